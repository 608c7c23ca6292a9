"""People and organisations at the desk."""

from django.contrib import admin

from speakers.models import Affiliation, Organisation, Speaker, SpeakerName
from workshop.admin.merging import MergePages
from workshop.admin.publishing import PublishableAdmin
from workshop.admin.takedown import TakeDownPages
from workshop.editing.columns import Mine, changed, count_of, korean, state
from workshop.editing.records import StackedRows, TabularRows


class AffiliationRows(StackedRows):
    """Where they belong, now and then."""

    model = Affiliation
    fk_name = "speaker"
    autocomplete_fields = ("organisation", "funder")
    fieldsets = (
        (None, {"fields": ("organisation", ("role", "chair"), ("current", "order"))}),
        (
            "Dates and fellowship",
            {
                "fields": (("start", "start_precision"), ("end", "end_precision"), "funder", "term"),
                "classes": ["collapse"],
            },
        ),
        korean("role", "chair", "term"),
    )


class NameRows(TabularRows):
    """What else they are called: readers find them by it."""

    model = SpeakerName
    fields = ("name", "kind")


@admin.register(Speaker)
class SpeakerAdmin(TakeDownPages, MergePages, PublishableAdmin):
    """An expert."""

    group, place = "People", 1
    list_display = ("name_shown", state, "descriptor", "sort_name", "post_count", changed)
    search_fields = ("name", "name_ko", "native_name", "family_name", "given_name")
    autocomplete_fields = ("portrait",)
    inlines = (NameRows, AffiliationRows)
    rows = {"bio": 8, "links": 3}
    not_copied = ("orcid", "wikidata")
    fieldsets = (
        (None, {"fields": (("honorific", "name"), "descriptor", "bio", "portrait")}),
        (
            "The name in its parts",
            {"fields": (("given_name", "family_name"), ("native_name", "native_language"), "sort_name")},
        ),
        ("Where to find them", {"fields": ("expertise", "links", ("orcid", "wikidata"))}),
        korean("honorific", "name", "descriptor", "bio"),
        ("Address", {"fields": ("slug",), "classes": ["collapse"]}),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(posts_there=count_of(Affiliation, "speaker"))

    @admin.display(description="name", ordering="name")
    def name_shown(self, speaker):
        return str(speaker)

    @admin.display(description="affiliations", ordering="posts_there")
    def post_count(self, speaker):
        return speaker.posts_there


class PeopleOfOrganisation(TabularRows):
    """Who belongs to it. Entered on the person's page."""

    model = Affiliation
    fk_name = "organisation"
    fields = readonly_fields = ("speaker", "role", "current")
    can_delete = False
    verbose_name_plural = "people who belong to it (entered on the page of each person)"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("speaker")

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Organisation)
class OrganisationAdmin(MergePages, PublishableAdmin):
    """An organisation: employer, host, funder, addressee."""

    group, place = "People", 2
    lists_from_index = True
    list_display = ("name_shown", state, "abbreviation", "kind", "country", changed)
    list_select_related = ("country",)
    list_filter = ("state", "kind", Mine)
    search_fields = ("name", "name_ko", "abbreviation", "aliases")
    autocomplete_fields = ("parent", "country")
    inlines = (PeopleOfOrganisation,)
    rows = {"aliases": 3, "about": 5}
    not_copied = ("ror",)
    fieldsets = (
        (None, {"fields": (("name", "abbreviation"), "kind", "aliases", "about")}),
        ("Where it belongs", {"fields": ("parent", "country")}),
        korean("name", "about"),
        ("Addresses", {"fields": ("url", "ror", "slug"), "classes": ["collapse"]}),
    )

    @admin.display(description="name", ordering="name")
    def name_shown(self, organisation):
        return str(organisation)
