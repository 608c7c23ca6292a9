"""The steps a record takes on its way to readers and back: as buttons, and in bulk.

Each wraps one function of ``workshop.actions``; nothing here changes a state.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from workshop import actions
from workshop.accounts.models import Role
from workshop.actions.holding import log
from workshop.admin.step_forms import AnswerForm, LaterForm, ScheduleForm, StepForm, SubmitForm, WithdrawForm
from workshop.common.publishing import Publishable, State
from workshop.editing import keeping, moments
from workshop.editing.models import Draft
from workshop.reviewing import mail
from workshop.reviewing.actions import open_review


@dataclass(frozen=True)
class Step:
    """One step: its words, where it is offered, and the action it takes."""

    name: str
    label: str  # of the button on a record's page
    many: str  # in the list of bulk actions
    done: str  # what is said of each record afterwards
    states: frozenset[str]
    act: Callable[..., Any]
    form: type[StepForm] | None = None
    for_editors: bool = True
    saves: bool = True  # its button saves the page first
    question: str = ""  # above the form
    in_bulk: bool = True
    when: Callable[[Any, Publishable], bool] | None = None  # a further condition, of the person and the record

    def offered_to(self, user, record: Publishable | None) -> bool:
        """Whether its button stands on the page of a record; None is one that is being added."""
        state = record.state if record is not None else State.DRAFT
        allowed = (user.publishes or not self.for_editors) and state in self.states
        return allowed and (self.when is None or record is None or self.when(user, record))

    @property
    def of_drafts(self) -> bool:
        """Whether it concerns the draft of a record that is public, and not what readers see."""
        return self.saves and self.name in {"submit", "send_back", "take_back", "later", "not_later"}


def _publish(*, record: Publishable, by) -> str:
    actions.publish(record=record, by=by)
    return ""


def _schedule(*, record: Publishable, by, publish_at, withdraw_at=None) -> str:
    actions.schedule(record=record, at=publish_at, until=withdraw_at, by=by)
    return ""


def _later(*, record: Publishable, by, publish_at) -> str:
    when = moments.said(publish_at)
    keeping.schedule_draft(record=record, at=publish_at, by=by)
    log(record, by, f"The draft is to be published on {when}.")
    return f"has a draft that readers see from {when}."


def _not_later(*, record: Publishable, by) -> str:
    _off_schedule(record, by)
    log(record, by, "Took the draft off the schedule.")
    return ""


def _off_schedule(record: Publishable, by) -> None:
    """The draft waits, where it was to go public by the clock; who had chosen the moment is told."""
    if before := keeping.unschedule_draft(record=record, by=by):
        mail.tell([before.scheduled_by], record, "{by} took the draft off its schedule", by=by)


def _withdraw(*, record: Publishable, by, kind: str, at=None) -> str:
    if at is None:
        actions.withdraw(record=record, kind=kind, by=by)
        return ""
    actions.withdraw_later(record=record, at=at, kind=kind, by=by)
    return f"will be withdrawn on {moments.said(at)}."


def _submit(*, record: Publishable, by, to_user=None, to_role: str = Role.EDITOR, comment: str = "") -> str:
    actions.submit(record=record, by=by, to_user=to_user, to_role=to_role, comment=comment)
    return f"is submitted. {to_user.called if to_user else 'Those asked'} will find it on the front page of the desk."


def _send_back(*, record: Publishable, by, comment: str = "") -> str:
    actions.send_back(record=record, by=by, comment=comment)
    _off_schedule(record, by)
    return ""


def _take_back(*, record: Publishable, by) -> str:
    actions.take_back(record=record, by=by)
    _off_schedule(record, by)
    return ""


def _has_scheduled_draft(user, record: Publishable) -> bool:
    """Whether the clock is to publish its draft."""
    return Draft.objects.of(record).filter(publish_at__isnull=False).exists()


def _not_asked_yet(user, record: Publishable) -> bool:
    """A draft, or the draft of a public record that is not in review."""
    return record.state == State.DRAFT or open_review(record) is None


def _in_review(user, record: Publishable) -> bool:
    """A record in review, or a public one whose draft is."""
    return record.state == State.IN_REVIEW or open_review(record) is not None


def _wrote_or_asked(user, record: Publishable) -> bool:
    """Who may take a record back from review."""
    review = open_review(record)
    if record.created_by_id == user.pk:
        return record.state == State.IN_REVIEW or review is not None
    return review is not None and review.asked_by_id == user.pk


def _is_asked(user, record: Publishable) -> bool:
    """An author who was asked: may read it, and say something."""
    review = None if user.publishes else open_review(record)
    return review is not None and review.to_user_id == user.pk


PUBLISH = Step(
    "publish",
    "Save and publish",
    "Publish",
    "is published. Readers see it now.",
    frozenset({State.DRAFT, State.IN_REVIEW, State.SCHEDULED, State.WITHDRAWN}),
    _publish,
)
SCHEDULE = Step(
    "schedule",
    "Save and publish later…",
    "Publish later…",
    "is scheduled.",
    frozenset({State.DRAFT, State.IN_REVIEW, State.SCHEDULED, State.WITHDRAWN}),
    _schedule,
    form=ScheduleForm,
    question="It goes public by itself, with the first run of “run_due” after this moment.",
)
SUBMIT = Step(
    "submit",
    "Save and submit for review…",
    "Submit for review…",
    "is submitted.",
    frozenset({State.DRAFT, State.PUBLISHED}),
    _submit,
    form=SubmitForm,
    for_editors=False,
    question="You may still change it while it waits, and take it back.",
    when=_not_asked_yet,
)
SEND_BACK = Step(
    "send_back",
    "Save and send back…",
    "Send back…",
    "is a draft again. Its author reads what you wrote.",
    frozenset({State.IN_REVIEW, State.PUBLISHED}),
    _send_back,
    form=AnswerForm,
    question="It becomes a draft again, and its author reads why.",
    when=_in_review,
)
ANSWER = Step(
    "answer",
    "Answer…",
    "Answer…",
    "is with its author again, with what you wrote.",
    frozenset({State.IN_REVIEW, State.PUBLISHED}),
    _send_back,
    form=AnswerForm,
    for_editors=False,
    saves=False,
    question="It goes back to its author with your words. Editors publish it.",
    in_bulk=False,
    when=_is_asked,
)
TAKE_BACK = Step(
    "take_back",
    "Save and take back from review",
    "Take back from review",
    "is a draft again.",
    frozenset({State.IN_REVIEW, State.PUBLISHED}),
    _take_back,
    for_editors=False,
    in_bulk=False,
    when=_wrote_or_asked,
)
LATER = Step(
    "later",
    "Save draft and publish it later…",
    "Publish the draft later…",
    "has a draft that is scheduled.",
    frozenset({State.PUBLISHED}),
    _later,
    form=LaterForm,
    question="Readers go on seeing what is published; the draft takes its place by itself, with the first run of "
    "“run_due” after this moment. If it cannot, because somebody changed the same words meanwhile, you are told.",
    in_bulk=False,
)
NOT_LATER = Step(
    "not_later",
    "Save draft and take it off the schedule",
    "Take the draft off the schedule",
    "has a draft that waits for you.",
    frozenset({State.PUBLISHED}),
    _not_later,
    in_bulk=False,
    when=_has_scheduled_draft,
)
UNSCHEDULE = Step(
    "unschedule",
    "Save and take off the schedule",
    "Take off the schedule",
    "is off the schedule.",
    frozenset({State.SCHEDULED}),
    _send_back,
)
WITHDRAW = Step(
    "withdraw",
    "Withdraw…",
    "Withdraw…",
    "is withdrawn. Readers do not see it any more.",
    frozenset({State.PUBLISHED, State.WITHDRAWN}),  # again, where more than was thought has to go
    _withdraw,
    form=WithdrawForm,
    saves=False,
    question="Its address keeps answering, and says to readers what you choose here.",
)
STEPS = {
    step.name: step
    for step in (
        PUBLISH,
        SCHEDULE,
        SUBMIT,
        SEND_BACK,
        ANSWER,
        TAKE_BACK,
        LATER,
        NOT_LATER,
        UNSCHEDULE,
        WITHDRAW,
    )
}


def refused(error: ValidationError) -> str:
    """What an action refused, as running text."""
    return " ".join(error.messages)
