"""What makes a record public, and what takes it back."""

from __future__ import annotations

import datetime as dt
from copy import copy

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from workshop.actions.holding import lock, log, public_changed
from workshop.common.publishing import SILENT_WITHDRAWALS, Publishable, State, Withdrawal
from workshop.models.site import SiteState
from workshop.reviewing import actions as reviewing
from workshop.reviewing.models import Outcome


@transaction.atomic
def publish(*, record: Publishable, by=None) -> Publishable:
    """Make a record public, with the drafts that go public together with it.

    What counts is the row as it is stored: save a changed record first.
    Raises ValidationError, with sentences for the editor, where something that
    a published record needs is missing; nothing is written then.
    """
    now = timezone.now()
    record = lock(record)
    again = record.state == State.PUBLISHED
    record.state = State.PUBLISHED
    record.first_published_at = record.first_published_at or now
    if record.withdraw_at is not None and record.withdraw_at <= now:
        record.withdraw_at = None
    if record.withdrawn_at or record.withdraw_at is None:
        record.withdrawal = ""  # the reason of a withdrawal that is over
    record.withdrawn_at = record.publish_at = None
    record.full_clean()
    record.save()
    record.fate_changed()
    log(record, by, "Published.")
    for part in record.published_together():
        try:
            publish(record=part, by=by)
        except ValidationError as error:
            raise ValidationError([f"{part}: {message}" for message in error.messages]) from error
    reviewing.published(record=record, by=by, until=record.withdraw_at, again=again)
    if record.withdraw_at is not None:
        SiteState.cease_by(record.withdraw_at)
    public_changed()
    return record


def as_published(record: Publishable) -> Publishable:
    """A new record, unsaved, as it is once it is public: for those who save many at once."""
    record.state, record.first_published_at = State.PUBLISHED, timezone.now()
    return record


@transaction.atomic
def withdraw(*, record: Publishable, kind: str, by=None) -> Publishable:
    """Take a record back. Its address answers 410 from now on.

    Raises ValidationError for a kind that is not in ``Withdrawal``, for a
    record that never was public, and for a kind that shows more than the one
    for which it was withdrawn already.
    """
    if kind not in Withdrawal.values:
        raise ValidationError("Choose why it is withdrawn.")
    record = lock(record)
    if not record.was_published:
        raise ValidationError("It was never published: delete it, or leave it as a draft.")
    if record.withdrawal in SILENT_WITHDRAWALS and kind not in SILENT_WITHDRAWALS and record.withdrawn_at:
        raise ValidationError("It was withdrawn on request or for safety: not even its title may come back.")
    record.state, record.withdrawal, record.withdrawn_at = State.WITHDRAWN, kind, timezone.now()
    record.publish_at = record.withdraw_at = None
    record.save()
    record.fate_changed()
    log(record, by, f"{record.get_withdrawal_display()}.")
    reviewing.withdrawn(record=record, by=by)
    public_changed()
    return record


@transaction.atomic
def withdraw_later(*, record: Publishable, at: dt.datetime, kind: str, by=None) -> Publishable:
    """Let a public record cease to be public at a moment.

    From that moment readers do not see it, whether ``run_due`` has run or not.
    Raises ValidationError for a moment that has passed, an unknown kind, and a
    record that is not published.
    """
    if kind not in Withdrawal.values:
        raise ValidationError("Choose why it is withdrawn.")
    if at <= timezone.now():
        raise ValidationError("Choose a moment that is still to come.")
    record = lock(record)
    if record.state != State.PUBLISHED:
        raise ValidationError("It is not public: there is nothing to withdraw.")
    record.withdraw_at, record.withdrawal = at, kind
    record.full_clean()
    record.save()
    log(record, by, f"To be withdrawn on {_moment(at)}. {record.get_withdrawal_display()}.")
    reviewing.appoint(record=record, by=by)
    SiteState.cease_by(at)
    public_changed()
    return record


@transaction.atomic
def schedule(*, record: Publishable, at: dt.datetime, until: dt.datetime | None = None, by=None) -> Publishable:
    """Publish a record later, by ``run_due``, and withdraw it again at ``until``.

    Raises ValidationError for a moment that has passed, an end that comes
    before the beginning, and a record that is public already. One that was
    withdrawn stays so, with its reason, until that moment.
    """
    if at <= timezone.now():
        raise ValidationError("Choose a moment that is still to come.")
    if until is not None and until <= at:
        raise ValidationError("It would be withdrawn before it is published.")
    record = lock(record)
    if record.state == State.PUBLISHED:
        raise ValidationError("It is public already.")
    record.state, record.publish_at, record.withdraw_at = State.SCHEDULED, at, until
    record.full_clean()
    _refuse_unless_ready(record, at)
    record.save()
    log(record, by, f"To be published on {_moment(at)}{f', until {_moment(until)}' if until else ''}.")
    reviewing.answer(record=record, by=by, outcome=Outcome.PUBLISHED)
    reviewing.appoint(record=record, by=by)
    return record


def _refuse_unless_ready(record: Publishable, at: dt.datetime) -> None:
    """Raises what publishing would raise: better now than at night, to nobody."""
    trial = copy(record)
    trial.state, trial.first_published_at = State.PUBLISHED, record.first_published_at or at
    trial.full_clean()


def _moment(at: dt.datetime) -> str:
    """A moment as the desk writes it, in the site's time zone."""
    return f"{timezone.localtime(at):%-d %B %Y, %H:%M %Z}"
