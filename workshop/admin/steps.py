"""The steps a record takes on its way to readers and back: as buttons, and in bulk.

Each wraps one function of ``workshop.actions``; nothing here changes a state.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import ValidationError
from django.utils import timezone

from workshop import actions
from workshop.common.publishing import Publishable, State, Withdrawal


class Moment(forms.SplitDateTimeField):
    """A day and a time, in the zone of the desk."""

    widget = AdminSplitDateTime


def zone() -> str:
    """The zone in which the desk types and reads times, with its distance from UTC."""
    now = timezone.localtime()
    return f"{timezone.get_current_timezone_name()} (UTC{now:%z})" if now.utcoffset() else "UTC"


class ScheduleForm(forms.Form):
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


class WithdrawForm(forms.Form):
    """Why it is withdrawn, and whether now or later."""

    kind = forms.ChoiceField(label="Why", choices=list(WITHDRAWALS.items()), widget=forms.RadioSelect)
    at = Moment(label="When", required=False, help_text="Leave it empty to withdraw now.")


@dataclass(frozen=True)
class Step:
    """One step: its words, where it is offered, and the action it takes."""

    name: str
    label: str  # of the button on a record's page
    many: str  # in the list of bulk actions
    done: str  # what is said of each record afterwards
    states: frozenset[str]
    act: Callable[..., Any]
    form: type[forms.Form] | None = None
    for_editors: bool = True
    saves: bool = True  # its button saves the page first
    question: str = ""  # above the form

    def offered_to(self, user, record: Publishable | None) -> bool:
        """Whether its button stands on the page of a record; None is one that is being added."""
        state = record.state if record is not None else State.DRAFT
        return (user.publishes or not self.for_editors) and state in self.states


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


def _submit(*, record: Publishable, by) -> str:
    actions.submit(record=record, by=by)
    return ""


def _send_back(*, record: Publishable, by) -> str:
    actions.send_back(record=record, by=by)
    return ""


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
    "Save and submit for review",
    "Submit for review",
    "is submitted. The editors find it on their front page.",
    frozenset({State.DRAFT}),
    _submit,
    for_editors=False,
)
SEND_BACK = Step(
    "send_back",
    "Save and send back to draft",
    "Send back, or take off the schedule",
    "is a draft again.",
    frozenset({State.IN_REVIEW, State.SCHEDULED}),
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
STEPS = {step.name: step for step in (PUBLISH, SCHEDULE, SUBMIT, SEND_BACK, WITHDRAW)}


def refused(error: ValidationError) -> str:
    """What an action refused, as running text."""
    return " ".join(error.messages)
