"""The recommendation at the desk, with everything that hangs on it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.text import Truncator

from recommendations.actions import create, date_from_source
from recommendations.admin.follow_up import DraftFollowUps, PublishedFollowUps
from recommendations.admin.imports import ImportPages
from recommendations.admin.responses import ResponseRows
from recommendations.models import (
    Addressee,
    FollowUp,
    Position,
    Recommendation,
    Response,
    Status,
    StatusInterval,
    Tie,
)
from recommendations.models.recommendation import EXPERT_ORIGINS
from workshop.admin.publishing import PublishableAdmin
from workshop.admin.steps import PUBLISH
from workshop.common.publishing import State
from workshop.editing.columns import Lacks, Mine, Related, changed, count_of, korean, state
from workshop.editing.forms import DeskForm
from workshop.editing.frontpage import at_most
from workshop.editing.records import StackedRows, TabularRows

UNCHECKED_AFTER = dt.timedelta(days=180)


def unchecked_q() -> Q:
    """Published, followed up once, and nobody has looked for half a year."""
    limit = timezone.now() - UNCHECKED_AFTER
    standing = FollowUp.objects.filter(recommendation=OuterRef("pk"), state=State.PUBLISHED)
    lately = standing.filter(Q(checked_on__gte=limit.date()) | Q(recorded_at__gte=limit))
    return Q(Exists(standing)) & ~Q(Exists(lately)) & Q(state=State.PUBLISHED)


def gaps() -> list[tuple[str, str, Q]]:
    """What a reader would look for in a recommendation, and when it is missing."""
    kept = ~Q(state=State.WITHDRAWN)
    sourceless = Q(origin__in=EXPERT_ORIGINS, source_quote=None, source_document=None)
    addressed = Exists(Addressee.objects.filter(recommendation=OuterRef("pk")))
    themed = Exists(Recommendation.themes.through.objects.filter(recommendation=OuterRef("pk")))
    return [
        ("evidence", "Words or a document as its source", kept & sourceless),
        ("addressee", "An addressee", kept & ~Q(addressed)),
        ("theme", "A theme", kept & ~Q(themed)),
        ("check", "A look at its status within 180 days", unchecked_q()),
    ]


class RecommendationLacks(Lacks):
    """Recommendations without what a reader looks for."""

    def gaps(self):
        return gaps()


class RecommendationForm(DeskForm):
    """A recommendation; a new one needs the edition that gives it its code."""

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk is None and "workshop" not in self.errors and not cleaned.get("workshop"):
            self.add_error("workshop", "Choose the edition: it gives the recommendation its code.")
        return cleaned


class PositionRows(StackedRows):
    """Who proposes it, and who else stands where."""

    model = Position
    rows = {"note": 2}
    autocomplete_fields = ("speaker", "organisation", "quote", "talk")
    fieldsets = (
        (None, {"fields": (("speaker", "organisation"), ("stance", "attribution", "order"), "affiliation", "note")}),
        ("The words and the talk that show it", {"fields": ("quote", "talk"), "classes": ["collapse"]}),
        korean("note", "affiliation"),
    )


class AddresseeRows(TabularRows):
    """Of whom it is asked."""

    model = Addressee
    autocomplete_fields = ("organisation",)


class TieRows(TabularRows):
    """How it is related to others; their pages say the same from their side."""

    model = Tie
    copied = False
    fk_name = "recommendation"
    autocomplete_fields = ("other",)
    verbose_name_plural = "related recommendations: this one is …"


class TiesFrom(TabularRows):
    """What was entered on the page of another one. It can be removed here, and added there."""

    model = Tie
    fk_name = "other"
    fields = readonly_fields = ("from_code", "kind")
    verbose_name_plural = "related recommendations: entered on the page of the other one, which is …"

    def has_add_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("recommendation", "other")

    @admin.display(description="other recommendation")
    def from_code(self, tie):
        return str(tie.recommendation)


@admin.register(Recommendation)
class RecommendationAdmin(ImportPages, PublishableAdmin):
    """A recommendation: one imperative sentence, and what became of it."""

    group, place = "Proposals", 1
    form = RecommendationForm
    list_display = ("code_shown", "statement_shown", state, "edition", "now", "asked", "proposed", changed)
    list_display_links = ("code_shown", "statement_shown")
    list_select_related = ("workshop",)
    list_filter = ("state", RecommendationLacks, "origin", ("workshop", Related), ("themes", Related), Mine)
    date_hierarchy = "made_on"
    search_fields = ("code", "statement", "statement_ko", "symbol")
    names_found = ("positions__speaker__name", "positions__speaker__name_ko")
    autocomplete_fields = (
        "workshop",
        "source_quote",
        "source_document",
        "themes",
        "parent",
        "superseded_by",
        "affected",
        "goals",
        "legal_basis",
    )
    readonly_fields = ("code_shown",)
    not_copied = ("symbol", "superseded_by")
    inlines = (PositionRows, AddresseeRows, ResponseRows, DraftFollowUps, PublishedFollowUps, TieRows, TiesFrom)
    rows = {"statement": 2, "detail": 4, "rationale": 4, "obstacles": 3}
    fieldsets = (
        (None, {"fields": ("code_shown", "workshop", "statement", ("polarity", "modality", "action"))}),
        (
            "Where it comes from",
            {"fields": ("origin", "source_quote", "source_document", ("made_on", "made_on_precision"))},
        ),
        ("In more words", {"fields": ("detail", "rationale", "obstacles")}),
        ("What it is about", {"fields": ("themes", "tags", "affected", "goals", "legal_basis")}),
        korean("statement", "detail", "rationale", "obstacles"),
        (
            "Its relatives, and the UN’s references",
            {"fields": ("parent", "superseded_by", ("session", "symbol")), "classes": ["collapse"]},
        ),
    )

    def get_queryset(self, request):
        latest = StatusInterval.objects.filter(recommendation=OuterRef("pk"), end=None).values("status")[:1]
        return (
            super()
            .get_queryset(request)
            .annotate(
                status_now=Subquery(latest),
                addressees_there=count_of(Addressee, "recommendation"),
                positions_there=count_of(Position, "recommendation"),
            )
        )

    def get_readonly_fields(self, request, obj=None):
        """Its code comes from its edition, so both stay."""
        return (*self.readonly_fields, *(("workshop",) if obj is not None else ()))

    def steps_for(self, request, record):
        """On a public one the button publishes the follow-ups that are still drafts."""
        steps = super().steps_for(request, record)
        if record is not None and record.state == State.PUBLISHED and request.user.publishes:
            steps = [replace(PUBLISH, label="Save and publish new follow-ups"), *steps]
        return steps

    def save_model(self, request, obj, form, change):
        """A new one gets its code; the date is filled in from where it comes from."""
        if change:
            date_from_source(obj)
            return super().save_model(request, obj, form, change)
        obj.created_by = request.user
        create(recommendation=obj)
        return None

    def save_related(self, request, form, formsets, change):
        """Responses first: an addressee that goes takes its responses with it."""
        formsets = sorted(formsets, key=lambda formset: formset.model is not Response)
        super().save_related(request, form, formsets, change)

    def awaits(self, request):
        """What readers would miss."""
        words = {
            "evidence": "without words or a document as source",
            "addressee": "without an addressee",
            "theme": "without a theme",
            "check": "whose status nobody checked for 180 days",
        }
        if request.user.publishes:
            for name, _, condition in gaps():
                yield self.waiting(at_most(Recommendation.objects.filter(condition)), words[name], f"lacks={name}")

    # --- columns ---------------------------------------------------------------------

    @admin.display(description="code", ordering="code")
    def code_shown(self, recommendation):
        return recommendation.code.upper() or "Given when you save, from the edition."

    @admin.display(description="statement", ordering="statement")
    def statement_shown(self, recommendation):
        return Truncator(str(recommendation.text("statement"))).chars(90)

    @admin.display(description="edition", ordering="workshop__code")
    def edition(self, recommendation):
        return recommendation.workshop.code if recommendation.workshop else "–"

    @admin.display(description="status", ordering="status_now")
    def now(self, recommendation):
        return Status(recommendation.status_now or Status.NOT_ASSESSED).label

    @admin.display(description="addressees", ordering="addressees_there")
    def asked(self, recommendation):
        return recommendation.addressees_there

    @admin.display(description="positions", ordering="positions_there")
    def proposed(self, recommendation):
        return recommendation.positions_there
