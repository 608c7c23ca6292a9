"""From a draft to those who are asked about it, and back. The draft of a public record takes the same way."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from workshop.actions.holding import lock, log, move, with_words
from workshop.common.publishing import Publishable, State
from workshop.editing.models import Draft
from workshop.reviewing import actions as reviewing
from workshop.reviewing.models import Outcome, Review


@transaction.atomic
def submit(*, record: Publishable, by=None, to_user=None, to_role: str = "", comment: str = "") -> Publishable:
    """Ask somebody to look at a draft: a person, or all of a role; by default the editors.

    The draft of a public record is asked about without a change of what readers see.
    Raises ValidationError for anything but a draft, and for somebody who cannot be asked.
    """
    if _is_public_with_draft(record):
        record = lock(record)
    else:
        record = move(record, State.DRAFT, State.IN_REVIEW, "Only a draft can be submitted. Save one first.")
    review = reviewing.ask(record=record, by=by, to_user=to_user, to_role=to_role, comment=comment)
    log(record, by, with_words(f"Submitted for review, to {review.of_whom}", comment))
    return record


@transaction.atomic
def send_back(*, record: Publishable, by=None, comment: str = "") -> Publishable:
    """Return a record from review, with a word on what to change, or from the schedule, as a draft.

    One that was withdrawn before it was scheduled is withdrawn again. Who may not
    publish, but was asked, answers by this. Raises ValidationError for any other state,
    and for a review that is answered without a word.
    """
    if record.state == State.SCHEDULED:
        target = State.WITHDRAWN if record.withdrawn_at else State.DRAFT
        record = move(record, State.SCHEDULED, target, "It is not scheduled.")
        reviewing.cancel(record=record)
        log(record, by, "Taken off the schedule.")
        return record
    record = _out_of_review(record)
    outcome = Outcome.SENT_BACK if by is None or by.publishes else Outcome.ANSWERED
    reviewing.answer(record=record, by=by, outcome=outcome, comment=comment)
    log(record, by, with_words(outcome.label, comment))
    return record


@transaction.atomic
def take_back(*, record: Publishable, by) -> Publishable:
    """Return a record from review to who wrote it or asked, at their own wish.

    Raises ValidationError for anybody else, and for what is not in review.
    """
    review: Review | None = reviewing.open_review(record)
    if by.pk not in {record.created_by_id, review and review.asked_by_id}:
        raise ValidationError("Only who wrote it, or asked for the review, takes it back. Send it back instead.")
    record = _out_of_review(record)
    reviewing.answer(record=record, by=by, outcome=Outcome.TAKEN_BACK)
    log(record, by, "Taken back from review.")
    return record


def _is_public_with_draft(record: Publishable) -> bool:
    return record.state == State.PUBLISHED and Draft.objects.of(record).exists()


def _out_of_review(record: Publishable) -> Publishable:
    """A record is a draft again; one that is public stays so, it is its draft that was in review."""
    if record.state == State.PUBLISHED and reviewing.open_review(record) is not None:
        return lock(record)
    return move(record, State.IN_REVIEW, State.DRAFT, "It is not in review.")
