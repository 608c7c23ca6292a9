"""Columns, filters and previews that the desk's lists and forms share."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import admin
from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from workshop.common.publishing import Publishable
from workshop.editing.access import chooseable_q
from workshop.editing.models import Draft


@admin.display(description="state", ordering="state")
def state(record: Publishable) -> str:
    """The state as a word with a shape; a scheduled one with its moment."""
    word = record.get_state_display()
    if record.publish_at:
        word = f"{word}, {timezone.localtime(record.publish_at):%d %b %Y %H:%M}"
    shown = format_html('<span class="desk-state" data-state="{}">{}</span>', record.state, word)
    if not (begun := getattr(record, "draft_saved_at", None)):
        return shown
    who = f" by {record.draft_author}" if record.draft_author else ""
    when = f"{timezone.localtime(begun):%d %b, %H:%M}"
    newer = format_html('{} <span class="desk-newer">Newer draft{}, {}</span>', shown, who, when)
    if not (at := record.draft_publish_at):
        return newer
    moment = f"{timezone.localtime(at):%d %b %Y %H:%M}"
    return format_html('{} <span class="desk-newer">live on {}</span>', newer, moment)


@admin.display(description="changed", ordering="updated_at")
def changed(record: Publishable) -> str:
    """The day of the last change."""
    return f"{timezone.localtime(record.updated_at):%d %b %Y}"


def count_of(model: type[models.Model], owner: str) -> Coalesce:
    """How many rows of a model point to a record: for a column, in the list's own query."""
    rows = model._base_manager.filter(**{owner: OuterRef("pk")}).order_by().values(owner)
    return Coalesce(Subquery(rows.annotate(rows=Count("pk")).values("rows")), 0)


def preview(image, width: int = 320) -> str:
    """A picture as the desk sees it, published or not; empty for none."""
    if image is None or not image.pk:
        return ""
    address = reverse("admin:images_image_preview", args=[image.pk, width])
    height = round(width * image.height / image.width) if image.width else width
    alt = image.alt or image.alt_ko or "No alternative text yet"
    return format_html(
        '<img class="desk-preview" src="{}" width="{}" height="{}" alt="{}" loading="lazy">',
        address,
        width,
        height,
        alt,
    )


def korean(*names: str) -> tuple[str, dict]:
    """The fieldset of the Korean twins of these fields."""
    return ("In Korean", {"classes": ["collapse"], "fields": [f"{name}_ko" for name in names]})


class Lacks(admin.SimpleListFilter):
    """“Lacks”: records without something that a reader would look for.

    Subclasses say in ``gaps`` which: value, words, and the condition.
    """

    title = "what it lacks"
    parameter_name = "lacks"

    def gaps(self) -> Sequence[tuple[str, str, models.Q]]:
        """What may be missing, asked anew each time: conditions may know the day."""
        raise NotImplementedError

    def lookups(self, request, model_admin):
        return [(value, words) for value, words, _ in self.gaps()]

    def queryset(self, request, queryset):
        for value, _, condition in self.gaps():
            if value == self.value():
                return queryset.filter(condition)
        return queryset


class Related(admin.RelatedFieldListFilter):
    """A filter by another record; authors are not told the names of hidden ones."""

    def field_choices(self, field, request, model_admin):
        chooseable = chooseable_q(field.related_model, request.user)
        ordering = self.field_admin_ordering(field, request, model_admin)
        return field.get_choices(include_blank=False, ordering=ordering, limit_choices_to=chooseable)


class Drafted(admin.SimpleListFilter):
    """Public records with a draft that is newer."""

    title = "work in progress"
    parameter_name = "drafted"

    def lookups(self, request, model_admin):
        return [("yes", "With a newer draft"), ("mine", "With a draft of mine")]

    def queryset(self, request, queryset):
        if self.value() not in {"yes", "mine"}:
            return queryset
        drafts = Draft.objects.of_kind(queryset.model)
        drafts = drafts.filter(author=request.user) if self.value() == "mine" else drafts
        return queryset.filter(pk__in=drafts.values("object_id"))


def with_drafts(records: models.QuerySet) -> models.QuerySet:
    """Records with when their newer draft was saved, by whom, and when the clock publishes it: ``draft_…``."""
    drafts = Draft.objects.of_kind(records.model).filter(object_id=OuterRef("pk"))
    return records.annotate(
        draft_saved_at=Subquery(drafts.values("saved_at")[:1]),
        draft_author=Subquery(drafts.values("author__username")[:1]),
        draft_publish_at=Subquery(drafts.values("publish_at")[:1]),
    )


class Mine(admin.SimpleListFilter):
    """“Written by me”, for those who see everybody's."""

    title = "who wrote it"
    parameter_name = "by"

    def lookups(self, request, model_admin):
        return [("me", "Written by me")] if request.user.publishes else []

    def queryset(self, request, queryset):
        return queryset.filter(created_by=request.user) if self.value() == "me" else queryset
