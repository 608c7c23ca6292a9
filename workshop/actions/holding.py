"""What every action does: hold the row as it is now, say who did it, let it show at once."""

from __future__ import annotations

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import ValidationError
from django.db import models

from workshop.common.publishing import Publishable
from workshop.search import freshness


def public_changed() -> None:
    """Index what was written and raise the public version. Call it last in the transaction."""
    freshness.flush()


def lock(record: Publishable):
    """The row as it is now, held until the transaction ends.

    Its owners are held first and from the top, so that two editors at work on
    the same record and its parts wait in the same order.
    """
    for name in record.hidden_with:
        if owner := getattr(record, name):
            lock(owner)
    return type(record)._default_manager.select_for_update().get(pk=record.pk)


def move(record: Publishable, source: str, target: str, refusal: str) -> Publishable:
    """Bring a record from one state into another. Raises ValidationError with the refusal where it is in a third."""
    record = lock(record)
    if record.state != source:
        raise ValidationError(refusal)
    record.state, record.publish_at, record.withdraw_at = target, None, None
    record.save()
    return record


def log(record: models.Model, by, said: str) -> None:
    """Who did what and when, in the admin's own history."""
    if by is not None:
        LogEntry.objects.log_actions(by.pk, [record], CHANGE, change_message=said, single_object=True)


def with_words(said: str, comment: str) -> str:
    """What is said in the history, with the words that somebody added."""
    return f"{said}: “{comment.strip()}”" if comment.strip() else f"{said}."
