"""What pages say of corrections."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.safestring import SafeString

from workshop.common.dates import VagueDate
from workshop.common.text import Text, as_written
from workshop.corrections.actions import withholds
from workshop.corrections.models import Correction, CorrectionKind, records_of
from workshop.references import linked, public_pages, references_in
from workshop.views.links import Link, link_to

SHOWN = 5  # on a record's own page


@dataclass(frozen=True)
class CorrectionRow:
    """One correction, in finished values. ``record`` is none on the record's own page."""

    kind: str
    label: str
    date: VagueDate
    note: Text
    record: Link | None = None
    old_words: SafeString | str = ""
    old_language: str = ""


def is_corrected(model: Any) -> Exists:
    """Whether a record has corrections: asked with the record, so that others cost no query."""
    return Exists(Correction.objects.filter(model=model._meta.label_lower, object_id=OuterRef("pk")).order_by())


def corrections_of(record: Any) -> list[CorrectionRow]:
    """Those of a public record, the newest first. Where somebody is withheld, old words are not shown."""
    if not getattr(record, "is_corrected", False):
        return []
    rows = list(Correction.objects.of(record)[:SHOWN])
    silent = any(row.old_words for row in rows) and withholds(record)
    return [_row(row, None, "" if silent else row.old_words) for row in rows]


def correction_rows(corrections: Iterable[Correction]) -> list[CorrectionRow]:
    """Corrections of public records, each with its record; one query for each kind of record."""
    corrections = list(corrections)
    records = records_of(corrections, public=True, workshop=("status_changes",))
    return [_row(row, link_to(records[row.pk])) for row in corrections if row.pk in records]


def _row(row: Correction, record: Link | None, old_words: str = "") -> CorrectionRow:
    return CorrectionRow(
        row.kind,
        str(CorrectionKind(row.kind).label),
        VagueDate(row.date),
        row.text("note"),
        record,
        linked(old_words, public_pages(references_in(old_words))),
        as_written(old_words).language,
    )
