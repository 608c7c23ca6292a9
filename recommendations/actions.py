"""Writes around a recommendation."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.admin.models import ADDITION, LogEntry
from django.db import transaction

from recommendations.models import Origin, Recommendation
from workshop.actions import as_published, next_code
from workshop.common.dates import Precision
from workshop.models import Ledger


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


@transaction.atomic
def enter(*, recommendations: Sequence[Recommendation], publish: bool, by=None, said: str = "") -> None:
    """Save many new recommendations that have their codes and dates, as drafts or public at once.

    What saving and publishing do for one is done for all of them: state, first
    publication, version, ledger, history. The database holds the constraints;
    forms are not asked. The caller raises the public version, last.
    """
    for record in recommendations:
        record.version, record.created_by = 1, by
        if publish:
            as_published(record)
    Recommendation.objects.bulk_create(recommendations)
    Ledger.objects.give_many(recommendations)
    if by is not None and recommendations:
        LogEntry.objects.log_actions(by.pk, recommendations, ADDITION, change_message=said)


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
