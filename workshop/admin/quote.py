"""Exact words at the desk: rows of talks and of documents."""

from __future__ import annotations

from django.contrib import admin

from workshop.admin.asking import AsksForCorrections
from workshop.admin.live import ShownAtOnce
from workshop.admin.previewing import Previewed
from workshop.editing.access import IN_WORK, own_q
from workshop.editing.records import PartAdmin, StackedRows
from workshop.models import Quote

LINES = {"exact": 3, "translation": 2}


class QuoteRows(StackedRows):
    """Exact words, on the page of what they were said in."""

    model = Quote
    not_copied = ("media", "media_start")  # the place in a recording of the original
    rows = LINES
    owner = ""  # the field that names whose page this is
    autocomplete_fields = ("speaker", "media", "talk", "document")
    fieldsets = (
        (None, {"fields": ("exact", "speaker", ("attribution", "affiliation"), ("paraphrase", "language", "order"))}),
        (
            "Where it stands, and its translation",
            {
                "fields": (
                    ("prefix", "suffix"),
                    "talk",
                    "document",
                    ("media", "media_start"),
                    "translation",
                    "affiliation_ko",
                ),
                "classes": ["collapse"],
            },
        ),
    )

    def get_fieldsets(self, request, obj=None):
        """Without the owner whose page this is."""
        first, (name, more) = self.fieldsets
        return first, (name, {**more, "fields": tuple(field for field in more["fields"] if field != self.owner)})


class QuotesOfTalk(QuoteRows):
    """Words said in a talk."""

    fk_name = owner = "talk"


class QuotesOfDocument(QuoteRows):
    """Words printed in a document."""

    fk_name = owner = "document"


@admin.register(Quote)
class QuoteAdmin(Previewed, AsksForCorrections, ShownAtOnce, PartAdmin):
    """Exact words, when one enters them from a recommendation or looks for them."""

    shown_on = ("talk", "document")
    rows = LINES
    search_fields = ("exact", "talk__title", "talk__title_ko", "document__title", "document__symbol")
    names_found = ("speaker__name", "speaker__name_ko")
    autocomplete_fields = ("talk", "document", "speaker", "media")
    list_display = ("exact", "talk", "document")
    list_select_related = ("talk", "document")
    fieldsets = (
        (None, {"fields": ("exact", "talk", "document", "speaker", ("attribution", "affiliation"))}),
        ("How it was said", {"fields": (("paraphrase", "language"), ("prefix", "suffix"), ("media", "media_start"))}),
        ("In another language", {"fields": ("translation", "affiliation_ko"), "classes": ["collapse"]}),
    )

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Authors put words into what is theirs and in work, not into what is public."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name in {"talk", "document"} and not request.user.publishes:
            own = own_q(db_field.related_model, request.user)
            field.queryset = field.queryset.filter(own, state__in=IN_WORK, first_published_at=None)
        return field
