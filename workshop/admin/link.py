"""Links to other sites that do not answer any more: found by a command, read by editors."""

from __future__ import annotations

from collections import defaultdict

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.db.models import Prefetch
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from workshop.common.publishing import Publishable
from workshop.editing.access import OWNERS
from workshop.editing.frontpage import Awaiting, at_most
from workshop.editing.records import ReadOnly, RecordAdmin
from workshop.linking.models import DAYS_UNTIL_BROKEN, Link, Place

AWAY = '<a class="desk-link" href="{}" rel="nofollow noopener noreferrer">{}</a>'
BREAK = SafeString("<br>")


class Standing(admin.SimpleListFilter):
    """Broken ones, unless one asks for all."""

    title = "how it stands"
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        return [("failed", "Failed once, looked at again"), ("all", "All")]

    def choices(self, changelist):
        """The first choice is what the list shows by itself."""
        first, *others = super().choices(changelist)
        return [first | {"display": "Broken"}, *others]

    def queryset(self, request, queryset):
        if self.value() == "all":
            return queryset
        if self.value() == "failed":
            return queryset.filter(failed_days__gt=0, failed_days__lt=DAYS_UNTIL_BROKEN)
        return queryset.broken()


class WithPlaces(ChangeList):
    """A page of links, with the records they stand in: a query for each kind of record."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        wanted = defaultdict(set)
        for link in self.result_list:
            for place in link.places.all():
                wanted[place.content_type.model_class()].add(place.object_id)
        rows = {
            (model, row.pk): row
            for model, keys in wanted.items()
            if model is not None
            for row in model._base_manager.select_related(*OWNERS.get(model._meta.label_lower, ())).filter(pk__in=keys)
        }
        for link in self.result_list:
            found = (rows.get((place.content_type.model_class(), place.object_id)) for place in link.places.all())
            link.rows = list(dict.fromkeys(row for row in found if row is not None))


@admin.register(Link)
class LinkAdmin(ReadOnly, RecordAdmin):
    """An address on another site. The command ``check_links`` keeps them; records hold them."""

    group, place = "Sources", 4
    empty_words = "No link was found broken."
    list_display = ("address", "said", "since", "stands_in", "archived")
    list_display_links = None
    list_filter = (Standing,)
    search_fields = ("url",)

    def get_queryset(self, request):
        places = Place.objects.select_related("content_type")
        return super().get_queryset(request).prefetch_related(Prefetch("places", places))

    def get_changelist(self, request, **kwargs):
        return WithPlaces

    def awaits(self, request):
        """How many do not answer."""
        address = reverse("admin:linking_link_changelist")
        count = at_most(Link.objects.broken())
        yield Awaiting(count, "link found broken" if count == 1 else "links found broken", address)

    # --- columns ---------------------------------------------------------------------

    @admin.display(description="address", ordering="url")
    def address(self, link):
        return format_html(
            '<a class="desk-link" href="{}" rel="nofollow noopener noreferrer">{}</a>', link.url, link.url
        )

    @admin.display(description="fails since", ordering="first_failed_at")
    def since(self, link):
        return f"{timezone.localtime(link.first_failed_at):%-d %b %Y}" if link.first_failed_at else "–"

    @admin.display(description="stands in")
    def stands_in(self, link):
        owners = dict.fromkeys(_owner_of(row) for row in link.rows)
        return format_html_join(BREAK, "{}", ((_named(owner),) for owner in owners)) or "–"

    @admin.display(description="archived at")
    def archived(self, link):
        """A copy that a record names beside the address."""
        copies = {getattr(row, "archived_url", "") for row in link.rows} - {"", link.url}
        return format_html_join(BREAK, AWAY, ((copy, copy) for copy in sorted(copies))) or "–"


def _owner_of(row: models.Model) -> models.Model:
    """The record on whose page a row is edited."""
    if isinstance(row, Publishable):
        return row
    for name in (*OWNERS.get(row._meta.label_lower, ()), *getattr(row, "hidden_with", ())):
        if (owner := getattr(row, name)) is not None:
            return _owner_of(owner)
    return row


def _named(record: models.Model) -> str:
    meta = record._meta
    try:
        address = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk])
    except NoReverseMatch:
        return str(record)
    return format_html('<a class="desk-link" href="{}">{}</a>', address, record)
