"""What the steps of a record ask first."""

from __future__ import annotations

from django import forms

from workshop.accounts.models import User
from workshop.common.publishing import Withdrawal
from workshop.editing.moments import Moment


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


class LaterForm(StepForm):
    """When readers see the draft of what is public."""

    publish_at = Moment(label="Publish the draft at")


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
