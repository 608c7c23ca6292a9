"""Asking, answering, and keeping an appointment: the writes behind the workflow.

They know nothing of publishing states. Whoever changes one calls them in the same
transaction, so that a review and the state it led to are written together or not at all.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from workshop.accounts.models import Role, User
from workshop.reviewing import mail
from workshop.reviewing.models import WITH_WORDS, Appointment, Outcome, Review


def open_review(record: models.Model) -> Review | None:
    """The review of a record that nobody has answered yet."""
    return Review.objects.of(record).open().select_related("asked_by", "to_user").first()


def last_word(record: models.Model) -> Review | None:
    """What its author should read above the form: what was sent back and not settled since."""
    unsettled = Review.objects.of(record).filter(outcome__in=WITH_WORDS, settled=False)
    return unsettled.select_related("asked_by", "answered_by").first()


@transaction.atomic
def ask(*, record: models.Model, by: User | None, to_user: User | None = None, to_role: str = "", comment: str = ""):
    """Show a record to a person, or to everybody of a role: by default to the editors.

    Raises ValidationError where it is in review already, and for a person who
    has no desk, or who asks.
    """
    if to_user is None:
        to_role = to_role or Role.EDITOR
    elif not (to_user.is_active and to_user.is_staff):
        raise ValidationError("That person has no desk any more: choose somebody else.")
    elif to_user == by:
        raise ValidationError("Ask somebody else than yourself.")
    if open_review(record) is not None:
        raise ValidationError("It is in review already.")
    settle(record=record)
    review = Review(record=record, asked_by=by, to_user=to_user, to_role=to_role, comment=comment.strip())
    review.full_clean()
    review.save()
    mail.tell(mail.asked_in(review), record, "{by} asks you to review", by=by)
    return review


SAID = {
    Outcome.SENT_BACK: "{by} has sent back to you",
    Outcome.ANSWERED: "{by} has answered on",
    Outcome.PUBLISHED: "{by} has published",
    Outcome.TAKEN_BACK: "{by} has taken back from review",
}


@transaction.atomic
def answer(*, record: models.Model, by: User | None, outcome: str, comment: str = "") -> Review | None:
    """Close the open review of a record; gives None where there is none.

    Raises ValidationError where something is sent back without a word.
    """
    comment = comment.strip()
    if outcome in WITH_WORDS and not comment:
        raise ValidationError("Say what to change: the author reads it above the form.")
    review = open_review(record)
    if outcome not in WITH_WORDS:
        settle(record=record)
    if review is None:
        return None
    review.answered_by, review.answered_at, review.outcome, review.answer = by, timezone.now(), outcome, comment
    review.settled = outcome not in WITH_WORDS
    review.full_clean()
    review.save()
    people: list[Any] = [review.asked_by, getattr(record, "created_by", None)]
    if outcome == Outcome.TAKEN_BACK:
        people = [review.to_user]  # a role is not told twice
    if outcome != Outcome.PUBLISHED:  # of which ``published`` tells, reviewed or not
        mail.tell(people, record, SAID[Outcome(outcome)], by=by)
    return review


def settle(*, record: models.Model) -> None:
    """What was sent back has been worked on, or is no more: take it off the page and the desk."""
    Review.objects.of(record).filter(settled=False).exclude(answered_at=None).update(settled=True)


def forget(sender: type[models.Model], instance: models.Model, **kwargs) -> None:
    """What is about a record goes with it: called when one is deleted."""
    Review.objects.of(instance).delete()
    Appointment.objects.of(instance).delete()


@transaction.atomic
def published(*, record: models.Model, by: User | None, until: Any = None, again: bool = False) -> None:
    """Close what waited for the publication of a record, and tell those whose it is.

    ``by`` is None where the clock has published it: then who set the moment is told.
    ``until`` is the moment at which it is to be withdrawn again, which stays theirs.
    What was public before (``again``) is no news, unless somebody asked for it.
    """
    review = answer(record=record, by=by, outcome=Outcome.PUBLISHED)
    appointment = Appointment.objects.of(record).select_related("made_by").first()
    people = [getattr(record, "created_by", None), review.asked_by if review else None]
    people += [appointment.made_by if appointment else None]
    if review or not again:
        mail.tell(people, record, SAID[Outcome.PUBLISHED], by=by)
    if until is None:
        cancel(record=record)
    elif appointment is None:
        appoint(record=record, by=by)


@transaction.atomic
def withdrawn(*, record: models.Model, by: User | None) -> None:
    """Tell those whose record it is that readers do not see it any more."""
    appointment = Appointment.objects.of(record).select_related("made_by").first()
    people = [getattr(record, "created_by", None), appointment.made_by if appointment else None]
    mail.tell(people, record, "{by} has withdrawn", by=by)
    cancel(record=record)


# --- Appointments -------------------------------------------------------------------------


def appoint(*, record: models.Model, by: User | None) -> None:
    """Note who set a moment; one that was set before, and failed perhaps, is over."""
    cancel(record=record)
    Appointment.objects.create(record=record, made_by=by)


def cancel(*, record: models.Model) -> None:
    """The moment was kept, or is set no more."""
    Appointment.objects.of(record).delete()


@transaction.atomic
def failed(*, record: models.Model, reason: str) -> None:
    """Note that a moment could not be kept, and tell who set it: once for each reason."""
    appointment = Appointment.objects.of(record).select_related("made_by").first() or Appointment(record=record)
    if appointment.failed_at and appointment.reason == reason:
        return
    appointment.failed_at, appointment.reason = timezone.now(), reason
    appointment.save()
    people = [appointment.made_by] if appointment.made_by else mail.of_role(Role.EDITOR)
    mail.tell(people, record, "Could not be published or withdrawn at its time")
