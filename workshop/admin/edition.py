"""Editions at the desk: the programme, and how its plan changed."""

from __future__ import annotations

from django.contrib import admin

from workshop.actions import change_status, remove_status
from workshop.admin.publishing import PublishableAdmin
from workshop.editing.columns import Mine, changed, count_of, korean, state
from workshop.editing.records import StackedRows
from workshop.models import StatusChange, Talk, Workshop, WorkshopTheme


class WorkshopThemeRows(StackedRows):
    """The themes of the programme, in order."""

    model = WorkshopTheme
    autocomplete_fields = ("theme",)
    rows = {"introduction": 3}
    fieldsets = (
        (None, {"fields": ("theme", ("order", "day"), "introduction")}),
        ("In Korean", {"fields": ("introduction_ko",), "classes": ["collapse"]}),
    )


class StatusChangeRows(StackedRows):
    """Cancelled, postponed, moved online: each decision with its day and its reason."""

    model = StatusChange
    copied = False
    autocomplete_fields = ("source",)
    fieldsets = (
        (None, {"fields": ("status", ("decided_on", "decided_on_precision"), "reason")}),
        ("New dates: they become the edition's plan", {"fields": (("new_start", "new_end", "new_precision"),)}),
        (
            "Previous dates, source and Korean",
            {
                "fields": (
                    ("previous_start", "previous_end", "previous_precision"),
                    "source",
                    "source_url",
                    "reason_ko",
                ),
                "classes": ["collapse"],
            },
        ),
    )


@admin.register(Workshop)
class WorkshopAdmin(PublishableAdmin):
    """An edition of the workshop."""

    group, place = "Programme", 2
    list_display = ("title_shown", state, "code", "series", "dates", "plan", "talk_count", changed)
    list_select_related = ("series",)
    list_filter = ("state", "series", Mine)
    date_hierarchy = "start"
    search_fields = ("title", "title_ko", "code", "venue", "city")
    autocomplete_fields = ("series", "hero", "documents")
    inlines = (WorkshopThemeRows, StatusChangeRows)
    rows = {"introduction": 10}
    not_copied = ("ordinal", "start", "end", "dates_precision")
    fieldsets = (
        (None, {"fields": ("title", ("series", "ordinal", "code"), "question", "introduction", "byline")}),
        (
            "When and where",
            {"fields": (("start", "end", "dates_precision"), "time_zone", "attendance", ("venue", "city", "country"))},
        ),
        ("Picture and documents", {"fields": ("hero", "documents")}),
        korean("title", "question", "introduction"),
        ("Addresses", {"fields": ("url", "slug"), "classes": ["collapse"]}),
    )

    def get_queryset(self, request):
        editions = super().get_queryset(request).prefetch_related("status_changes")
        return editions.annotate(talks_there=count_of(Talk, "workshop"))

    def get_readonly_fields(self, request, obj=None):
        """The code stays; the dates change only through a change of status."""
        return ("code", "start", "end", "dates_precision") if obj else ()

    def save_formset(self, request, form, formset, change):
        """A change of status goes through its action, which moves the plan with it."""
        if formset.model is not StatusChange:
            return super().save_formset(request, form, formset, change)
        for entry in formset.save(commit=False):
            change_status(change=entry, by=request.user)
        for entry in formset.deleted_objects:
            remove_status(change=entry, by=request.user)
        return None

    @admin.display(description="title", ordering="title")
    def title_shown(self, edition):
        return str(edition)

    @admin.display(description="dates", ordering="start")
    def dates(self, edition):
        return " – ".join(str(date) for date in (edition.starts, edition.ends) if date) or "–"

    @admin.display(description="status")
    def plan(self, edition):
        return edition.status_line() or "As planned"

    @admin.display(description="talks", ordering="talks_there")
    def talk_count(self, edition):
        return edition.talks_there
