"""Facets of what it is about and where it was made: theme, group, edition, keyword."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from recommendations.citation import edition_named
from recommendations.facets.kinds import Labels, RecordFacet, RowFacet, Rows, present_slugs
from recommendations.models import AffectedGroup, Recommendation
from workshop.common.keywords import Tag, TaggedItem
from workshop.common.prepared import Prepared
from workshop.common.text import as_written
from workshop.models import Theme, Workshop
from workshop.search.facets import Selection


class ThemeFacet(RecordFacet):
    """Themes of any scheme."""

    name = "theme"
    label = _("Theme")
    none_label = _("No theme")
    phrase = _("on {names}")
    none_phrase = _("without a theme")

    def rows(self, selection: Selection) -> Rows:
        return Rows(Recommendation.themes.through.objects.filter(theme__in=Theme.objects.public()), "theme__slug")

    def known(self) -> QuerySet[Theme]:
        return Theme.objects.public()


class AffectedFacet(RecordFacet):
    """Groups of people whom it is about."""

    name = "affected"
    label = _("People concerned")
    none_label = _("No group named")
    phrase = _("for {names}")
    none_phrase = _("for no group in particular")

    def rows(self, selection: Selection) -> Rows:
        return Rows(Recommendation.affected.through.objects.all(), "affectedgroup__slug")

    def known(self) -> QuerySet[AffectedGroup]:
        return AffectedGroup.objects.all()


EDITIONS = Prepared(lambda: Workshop.objects.public().with_public("status_changes"))


class WorkshopFacet(RecordFacet):
    """Editions, never named without their status."""

    name = "workshop"
    label = _("Edition")
    none_label = _("No edition")
    phrase = _("from {names}")
    none_phrase = _("from no edition")
    title = "title"
    named_live = True  # with its status

    def rows(self, selection: Selection) -> Rows:
        made_in = Recommendation.objects.filter(workshop__in=Workshop.objects.public())
        return Rows(made_in, "workshop__slug", "pk")

    def known(self) -> QuerySet[Workshop]:
        return Workshop.objects.public().with_public("status_changes")

    def labels(self, values: Iterable[str]) -> Labels:
        """Of all editions, which are few, those that are asked for: the query is then compiled once."""
        wanted = set(values)
        return {edition.slug: self.called(edition) for edition in EDITIONS() if edition.slug in wanted}

    def called(self, record: Workshop) -> SafeString:
        return edition_named(record)


class TagFacet(RowFacet):
    """Free keywords, as far as a public recommendation carries them."""

    name = "tag"
    label = _("Keyword")
    none_label = _("No keyword")
    phrase = _("with the keyword {names}")
    none_phrase = _("without keywords")

    def rows(self, selection: Selection) -> Rows:
        return Rows(_tagged(), "tag__slug", "object_id")

    def labels(self, values: Iterable[str]) -> Labels:
        public = _tagged().filter(object_id__in=Recommendation.objects.public().values("pk"))
        tags = Tag.objects.filter(pk__in=public.values("tag"), slug__in=list(values))
        return {tag.slug: as_written(tag.name) for tag in tags}

    def present(self, values: Collection[str]) -> dict[str, str]:
        return present_slugs(Tag, values)


def _tagged() -> QuerySet[TaggedItem]:
    # Through the join, not get_for_model(): that asks once, and not again.
    return TaggedItem.objects.filter(content_type__app_label="recommendations", content_type__model="recommendation")
