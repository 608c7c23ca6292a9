"""Follow-ups at the desk: drafts are edited, published ones are corrected by a new one."""

from __future__ import annotations

from django.contrib import admin
from django.http import Http404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode

from recommendations.models import FollowUp
from workshop.admin.publishing import PublishableAdmin
from workshop.admin.steps import STEPS, Step
from workshop.common.publishing import Publishable
from workshop.editing.access import chooseable_q
from workshop.editing.columns import Mine, changed, korean, state
from workshop.editing.forms import DeskForm
from workshop.editing.records import StackedRows, TabularRows

SAID = ("date", "date_precision", "status", "summary", "summary_ko", "confidence", "checked_on")
PROVED = ("evidence", "evidence_url", "evidence_title", "archived_url")
FIELDSETS = (
    (None, {"fields": (("date", "date_precision"), ("status", "confidence"), "summary")}),
    ("Evidence", {"fields": ("evidence", ("evidence_url", "evidence_title"), ("archived_url", "checked_on"))}),
)


def correction_of(follow_up: FollowUp) -> str:
    """Where a published follow-up is corrected: on the page of the one that replaces it."""
    if hasattr(follow_up, "replaced_by"):
        address = reverse("admin:recommendations_followup_change", args=[follow_up.replaced_by.pk])
        return format_html('<a class="desk-link" href="{}">Replaced by {}</a>', address, follow_up.replaced_by)
    address = reverse("admin:recommendations_followup_add")
    query = urlencode({"recommendation": follow_up.recommendation_id, "replaces": follow_up.pk})
    return format_html('<a class="desk-link" href="{}?{}">Correct it</a>', address, query)


class FollowUpForm(DeskForm):
    """A follow-up; a correction is one of the same recommendation."""

    def clean(self):
        cleaned = super().clean()
        recommendation = cleaned.get("recommendation") or getattr(self.instance, "recommendation", None)
        replaced = cleaned.get("replaces")
        if replaced and recommendation and replaced.recommendation_id != recommendation.pk:
            self.add_error("replaces", "That one belongs to another recommendation.")
        elif replaced and not replaced.was_published:
            self.add_error("replaces", "That one was never published: change it instead.")
        return cleaned


class DraftFollowUps(StackedRows):
    """What became of it, not public yet. They go public with the button that publishes."""

    model = FollowUp
    copied = False
    fk_name = "recommendation"
    autocomplete_fields = ("evidence",)
    rows = {"summary": 3}
    verbose_name = "new follow-up"
    verbose_name_plural = "new follow-ups: drafts that go public when you publish"
    fieldsets = (*FIELDSETS, ("In Korean", {"fields": ("summary_ko",), "classes": ["collapse"]}))

    def get_queryset(self, request):
        return super().get_queryset(request).filter(first_published_at=None)


class PublishedFollowUps(TabularRows):
    """What readers see, or saw. It stays as it is; a correction stands beside it."""

    model = FollowUp
    fk_name = "recommendation"
    verbose_name_plural = "published follow-ups: they stay as they are, and are corrected by a new one"
    fields = readonly_fields = ("when_shown", "status", "summary_shown", "confidence", "state_shown", "correct")
    can_delete = False

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(first_published_at=None).select_related("replaced_by")

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    @admin.display(description="date")
    def when_shown(self, follow_up):
        return str(follow_up.when)

    @admin.display(description="what happened")
    def summary_shown(self, follow_up):
        return str(follow_up.text("summary"))

    @admin.display(description="state")
    def state_shown(self, follow_up):
        return state(follow_up)

    @admin.display(description="correction")
    def correct(self, follow_up):
        return correction_of(follow_up)


@admin.register(FollowUp)
class FollowUpAdmin(PublishableAdmin):
    """A follow-up on a page of its own."""

    group, place = "Proposals", 2
    can_be_copied = False  # it says what became of one recommendation, on one day
    offered = False  # its date and its status tell nobody apart
    form = FollowUpForm
    shown_on = ("recommendation",)
    list_display = ("happened", state, "recommendation", "status", "confidence", "checked_on", changed)
    list_select_related = ("recommendation",)
    list_filter = ("state", "status", "confidence", Mine)
    date_hierarchy = "date"
    search_fields = ("summary", "summary_ko", "recommendation__code", "evidence_title")
    autocomplete_fields = ("recommendation", "evidence", "replaces")
    rows = {"summary": 4}
    fieldsets = (
        (None, {"fields": ("recommendation", *FIELDSETS[0][1]["fields"])}),
        FIELDSETS[1],
        ("Correction", {"fields": ("replaces",), "description": "Choose the published one that this one replaces."}),
        korean("summary"),
    )

    def has_change_permission(self, request, obj=None):
        """What was published is not edited in place, by nobody."""
        unpublished = obj is None or not obj.was_published
        return unpublished and super().has_change_permission(request, obj)

    def steps_for(self, request, record: Publishable | None) -> list[Step]:
        """What was published is withdrawn, though not edited; a correction takes its place."""
        if record is None or not record.was_published:
            return super().steps_for(request, record)
        return [step for step in STEPS.values() if not step.saves and step.offered_to(request.user, record)]

    def get_readonly_fields(self, request, obj=None):
        """It stays with its recommendation."""
        return ("recommendation", "correction") if obj is not None else ("correction",)

    def get_fieldsets(self, request, obj=None):
        """A published one says first how it is corrected."""
        if obj is None or not obj.was_published:
            return self.fieldsets
        return ((None, {"fields": ("correction",)}), *self.fieldsets)

    @admin.display(description="It stays as it is")
    def correction(self, follow_up):
        return correction_of(follow_up)

    def get_changeform_initial_data(self, request):
        """A correction begins with the words of what it corrects."""
        initial = super().get_changeform_initial_data(request)
        if replaced := request.GET.get("replaces", ""):
            allowed = FollowUp.objects.filter(chooseable_q(FollowUp, request.user))
            old = allowed.filter(pk=int(replaced)).first() if replaced.isdecimal() else None
            if old is None:
                raise Http404
            initial |= {name: getattr(old, name) for name in (*SAID, *PROVED)}
            initial |= {"recommendation": old.recommendation_id, "replaces": old.pk}
        return initial

    @admin.display(description="date", ordering="date")
    def happened(self, follow_up):
        return str(follow_up.when)
