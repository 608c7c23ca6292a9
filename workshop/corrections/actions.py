"""Writes of corrections."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from workshop.actions import public_changed, withheld_names_in
from workshop.common.publishing import Publishable
from workshop.corrections.models import Correction


@transaction.atomic
def note_correction(
    *, record: Publishable, kind: str, note: str = "", note_ko: str = "", old_words: str = "", by: Any = None
) -> Correction:
    """Tell readers of a change to a record, from now on.

    Raises ValidationError for a kind that is not in ``CorrectionKind``, without a
    note, and where it would tell a name that the record withholds.
    """
    correction = Correction(
        model=record._meta.label_lower,
        object_id=record.pk,
        kind=kind,
        note=note,
        note_ko=note_ko,
        old_words=old_words,
        created_by=by,
    )
    correction.full_clean()
    refuse_withheld(record=record, note=note, note_ko=note_ko, old_words=old_words)
    correction.save()
    public_changed()
    return correction


def withholds(record: Publishable) -> bool:
    """Whether there is anybody whom a record must not name: its old words may, whatever they are."""
    return any(True for _ in record.people_withheld())


def refuse_withheld(*, record: Publishable, note: str, note_ko: str, old_words: str) -> None:
    """Raises ValidationError where a correction would tell a name that its record withholds."""
    if old_words and withholds(record):
        raise ValidationError({"old_words": "Somebody is not named here, so the words before stay unsaid."})
    if names := withheld_names_in(record, [note, note_ko]):
        raise ValidationError({"note": f"To be withheld here: {', '.join(names)}. Say it without the name."})
