"""The steps a record takes on its way to readers and back: as buttons, and in bulk.

Each wraps one function of ``workshop.actions``; nothing here changes a state.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from workshop import actions
from workshop.accounts.models import Role, User
from workshop.common.publishing import Publishable, State, Withdrawal
from workshop.editing.moments import Moment, zone
from workshop.reviewing.actions import open_review


class StepForm(forms.Form):
    """What a step asks first; ``user`` is who takes it."""

    def __init__(self, *args, user=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user


class ScheduleForm(StepForm):
    """When it goes public, and perhaps when it ceases to be."""

    publish_at = Moment(label="Publish at")
    withdraw_at = Moment(
        label="Withdraw at", required=False, help_text="Leave it empty, and it stays public until you withdraw it."
    )

    def clean(self):
        """The end comes after the beginning."""
        cleaned = super().clean() or {}
        start, end = cleaned.get("publish_at"), cleaned.get("withdraw_at")
        if start and end and end <= start:
            self.add_error("withdraw_at", "It would be withdrawn before it is published.")
        return cleaned


WITHDRAWALS = {
    Withdrawal.ERROR: "It was in error. Readers who follow a link learn that, with date and title.",
    Withdrawal.SUPERSEDED: "It was superseded. Readers who follow a link learn that, with date and title.",
    Withdrawal.REQUEST: "Somebody asked for it. Readers learn that it was withdrawn on request; its title goes.",
    Withdrawal.SAFETY: "Somebody could come to harm. Readers learn that it was withdrawn for safety; its title goes.",
}


class WithdrawForm(StepForm):
    """Why it is withdrawn, and whether now or later."""

    kind = forms.ChoiceField(label="Why", choices=list(WITHDRAWALS.items()), widget=forms.RadioSelect)
    at = Moment(label="When", required=False, help_text="Leave it empty to withdraw now.")


TO_ROLES = [("role:editor", "The editors: whoever comes first"), ("role:admin", "The admins")]


class SubmitForm(StepForm):
    """Who is to look at it, and what they should know."""

    to = forms.ChoiceField(label="Who is to look at it")
    comment = forms.CharField(
        label="What should they know?",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text="They read it at the desk. Messages by e-mail carry neither comments nor titles.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        colleagues = User.objects.filter(is_active=True, is_staff=True).exclude(pk=getattr(self.user, "pk", None))
        self.people = {f"user:{person.pk}": person for person in colleagues.order_by("first_name", "username")}
        named = [(key, f"{person.called}, {person.role}") for key, person in self.people.items()]
        self.fields["to"].choices = [("Everybody in a role", TO_ROLES), *([("One person", named)] if named else [])]
        self.fields["to"].initial = TO_ROLES[0][0]

    def clean(self):
        """The person or the role behind the choice."""
        cleaned = super().clean() or {}
        chosen = cleaned.pop("to", "")
        cleaned["to_user"] = self.people.get(chosen)
        cleaned["to_role"] = "" if cleaned["to_user"] else chosen.removeprefix("role:")
        return cleaned


class AnswerForm(StepForm):
    """What to change, or what one thinks of it."""

    comment = forms.CharField(
        label="Your words to the author",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5, "class": "vLargeTextField"}),
        help_text="They stand above the form and on the author’s front page until it is submitted again.",
        error_messages={"required": "Say what to change: the author reads it above the form."},
    )


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
        return allowed and (self.when is None or (record is not None and self.when(user, record)))


def _publish(*, record: Publishable, by) -> str:
    actions.publish(record=record, by=by)
    return ""


def _schedule(*, record: Publishable, by, publish_at, withdraw_at=None) -> str:
    actions.schedule(record=record, at=publish_at, until=withdraw_at, by=by)
    return ""


def _withdraw(*, record: Publishable, by, kind: str, at=None) -> str:
    if at is None:
        actions.withdraw(record=record, kind=kind, by=by)
        return ""
    actions.withdraw_later(record=record, at=at, kind=kind, by=by)
    return f"will be withdrawn on {timezone.localtime(at):%d %B %Y, %H:%M}, {zone()}."


def _submit(*, record: Publishable, by, to_user=None, to_role: str = Role.EDITOR, comment: str = "") -> str:
    actions.submit(record=record, by=by, to_user=to_user, to_role=to_role, comment=comment)
    return f"is submitted. {to_user.called if to_user else 'Those asked'} will find it on the front page of the desk."


def _send_back(*, record: Publishable, by, comment: str = "") -> str:
    actions.send_back(record=record, by=by, comment=comment)
    return ""


def _take_back(*, record: Publishable, by) -> str:
    actions.take_back(record=record, by=by)
    return ""


def _wrote_or_asked(user, record: Publishable) -> bool:
    """Who may take a record back from review."""
    if record.created_by_id == user.pk:
        return True
    review = open_review(record)
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
    frozenset({State.DRAFT}),
    _submit,
    form=SubmitForm,
    for_editors=False,
    question="You may still change it while it waits, and take it back.",
)
SEND_BACK = Step(
    "send_back",
    "Save and send back…",
    "Send back…",
    "is a draft again. Its author reads what you wrote.",
    frozenset({State.IN_REVIEW}),
    _send_back,
    form=AnswerForm,
    question="It becomes a draft again, and its author reads why.",
)
ANSWER = Step(
    "answer",
    "Answer…",
    "Answer…",
    "is with its author again, with what you wrote.",
    frozenset({State.IN_REVIEW}),
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
    frozenset({State.IN_REVIEW}),
    _take_back,
    for_editors=False,
    in_bulk=False,
    when=_wrote_or_asked,
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
STEPS = {step.name: step for step in (PUBLISH, SCHEDULE, SUBMIT, SEND_BACK, ANSWER, TAKE_BACK, UNSCHEDULE, WITHDRAW)}


def refused(error: ValidationError) -> str:
    """What an action refused, as running text."""
    return " ".join(error.messages)
