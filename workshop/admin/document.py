"""Documents at the desk."""

from django.contrib import admin

from workshop.admin.media import MediaRows, WithRecordings
from workshop.admin.publishing import PublishableAdmin
from workshop.admin.quote import QuotesOfDocument
from workshop.editing.columns import Mine, changed, korean, state
from workshop.editing.records import TabularRows
from workshop.models import Document, DocumentPerson


class DocumentPersonRows(TabularRows):
    """Who wrote it, or chaired who wrote it."""

    model = DocumentPerson
    autocomplete_fields = ("speaker",)
    verbose_name = "person"
    verbose_name_plural = "people"


@admin.register(Document)
class DocumentAdmin(WithRecordings, PublishableAdmin):
    """A document: a source or a subject."""

    group, place = "Sources", 1
    list_display = ("title_shown", state, "symbol", "kind", "issued_by", "day", changed)
    list_select_related = ("issued_by",)
    list_filter = ("state", "kind", Mine)
    date_hierarchy = "date"
    search_fields = ("title", "title_ko", "symbol", "issued_by__name")
    autocomplete_fields = ("issued_by",)
    inlines = (DocumentPersonRows, QuotesOfDocument, MediaRows)
    rows = {"description": 5, "body": 12}
    not_copied = ("symbol",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "title",
                    ("kind", "symbol"),
                    "issued_by",
                    ("date", "date_precision", "language"),
                    "description",
                )
            },
        ),
        ("Where it is", {"fields": ("url", "archived_url", "tags")}),
        ("Full text", {"fields": ("body", "text_is_public"), "classes": ["collapse"]}),
        korean("title", "description"),
        ("Address here", {"fields": ("slug",), "classes": ["collapse"]}),
    )

    @admin.display(description="title", ordering="title")
    def title_shown(self, document):
        return str(document.text("title"))

    @admin.display(description="date", ordering="date")
    def day(self, document):
        return document.when or "–"
