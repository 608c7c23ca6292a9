"""Talks at the desk."""

from django.contrib import admin

from workshop.admin.media import MediaRows, WithRecordings
from workshop.admin.publishing import PublishableAdmin
from workshop.admin.quote import QuotesOfTalk
from workshop.editing.columns import Mine, Related, changed, count_of, korean, state
from workshop.editing.records import StackedRows
from workshop.models import Talk, TalkSpeaker


class TalkSpeakerRows(StackedRows):
    """Who gave it, as credited then."""

    model = TalkSpeaker
    autocomplete_fields = ("speaker",)
    fieldsets = (
        (None, {"fields": ("speaker", ("role", "order", "attribution"), "affiliation_then")}),
        ("As the programme printed it", {"fields": ("credited_as", "affiliation_then_ko"), "classes": ["collapse"]}),
    )


@admin.register(Talk)
class TalkAdmin(WithRecordings, PublishableAdmin):
    """A talk: what somebody said or wrote."""

    group, place = "Programme", 3
    list_display = ("title_shown", state, "edition", "kind", "day", "speaker_count", changed)
    list_select_related = ("workshop",)
    list_filter = ("state", ("workshop", Related), "kind", "delivery", ("themes", Related), Mine)
    date_hierarchy = "date"
    search_fields = ("title", "title_ko", "occasion", "workshop__title")
    names_found = ("talk_speakers__speaker__name", "talk_speakers__speaker__name_ko")
    autocomplete_fields = ("workshop", "themes", "documents")
    inlines = (TalkSpeakerRows, MediaRows, QuotesOfTalk)
    rows = {"summary": 10, "body": 6, "key_message": 2}
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "title",
                    "workshop",
                    "occasion",
                    ("kind", "delivery"),
                    ("date", "date_precision", "language"),
                )
            },
        ),
        ("What was said", {"fields": ("key_message", "summary", "body")}),
        ("Where it belongs", {"fields": ("themes", "documents", "tags")}),
        korean("title", "occasion", "key_message", "summary", "body"),
        ("Addresses", {"fields": ("source_url", "slug"), "classes": ["collapse"]}),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(speakers_there=count_of(TalkSpeaker, "talk"))

    @admin.display(description="title", ordering="title")
    def title_shown(self, talk):
        return str(talk)

    @admin.display(description="edition", ordering="workshop__code")
    def edition(self, talk):
        return talk.workshop.code if talk.workshop else "Elsewhere"

    @admin.display(description="date", ordering="date")
    def day(self, talk):
        return talk.when or "–"

    @admin.display(description="speakers", ordering="speakers_there")
    def speaker_count(self, talk):
        return talk.speakers_there
