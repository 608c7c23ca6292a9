"""A row that says something else than when it was imported."""

from __future__ import annotations

from recommendations.imports.entries import Entry
from recommendations.imports.plan import Plan
from recommendations.models import Addressee, ImportedRow, Recommendation, Response
from workshop.common.publishing import State

# What follows the table. The statement is the identity; what editors add beside it stays theirs.
FOLLOWS = ("origin", "made_on", "session", "symbol", "action", "modality", "polarity")


def change(plan: Plan, entry: Entry, pk: int, by) -> None:
    """Bring a recommendation up to its row: its facts, themes of the table's scheme, and response."""
    record = Recommendation.objects.select_for_update().get(pk=pk)
    if record.state == State.WITHDRAWN:
        return
    for name in FOLLOWS:
        setattr(record, name, getattr(entry, name))
    record.made_on_precision = entry.precision
    for name in ("statement_ko", "detail", "rationale"):
        if value := getattr(entry, name):
            setattr(record, name, value)
    record.save()
    asked = [theme for theme in (plan.themes.pk(name) for name in entry.themes) if theme]
    record.themes.remove(*record.themes.filter(scheme=plan.mapping.scheme).exclude(pk__in=asked))
    record.themes.add(*asked)
    for name in entry.addressees:
        addressee, _ = Addressee.objects.get_or_create(
            recommendation=record, organisation_id=plan.organisations.pk(name)
        )
        _answer(addressee, entry.answer)
    ImportedRow.objects.filter(recommendation=record).update(content=entry.content_hash)


def _answer(addressee: Addressee, answer: str) -> None:
    """The one response that the table knows: the first, as the import entered it."""
    response = addressee.responses.order_by("pk").first()
    if response is None and answer:
        Response.objects.create(addressee=addressee, answer=answer)
    elif response is not None and answer and response.answer != answer:
        response.answer = answer
        response.save()
    elif response is not None and not answer and not (response.words or response.words_ko or response.source_id):
        response.delete()
