"""Writes around a recommendation."""

from __future__ import annotations

from django.db import transaction

from recommendations.models import Origin, Recommendation
from workshop.actions import next_code
from workshop.common.dates import Precision


@transaction.atomic
def create(*, recommendation: Recommendation) -> Recommendation:
    """Save a new recommendation with the next code of its edition, and its date.

    Raises ValueError for one without code and edition: then nothing could
    give it a permanent address.
    """
    if not recommendation.code:
        if recommendation.workshop is None:
            raise ValueError("A recommendation without an edition brings its own code.")
        recommendation.code = next_code(workshop=recommendation.workshop)
    date_from_source(recommendation)
    recommendation.save()
    return recommendation


def date_from_source(recommendation: Recommendation) -> None:
    """Fill ``made_on`` from the talk, the document or the edition, where it is empty."""
    if recommendation.made_on:
        return
    quote, document = recommendation.source_quote, recommendation.source_document
    candidates = []
    if recommendation.origin == Origin.TALK and quote and quote.talk:
        candidates.append((quote.talk.date, quote.talk.date_precision))
    if recommendation.origin == Origin.DOCUMENT:
        document = document or (quote.document if quote else None)
        if document:
            candidates.append((document.date, document.date_precision))
    if recommendation.workshop:
        candidates.append((recommendation.workshop.start, recommendation.workshop.dates_precision))
    for date, precision in candidates:
        if date:
            recommendation.made_on, recommendation.made_on_precision = date, precision
            return
    recommendation.made_on_precision = Precision.DAY
