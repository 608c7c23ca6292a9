"""What the facets of recommendations have in common: conditions, counts, names.

A recommendation has its values by rows that point to it (its positions, its
themes), or by a column of its own. A facet says which; the rest is the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Count, Q, QuerySet

from workshop.common.text import Text
from workshop.search.facets import NONE, Selection
from workshop.slugs.models import OldSlug

Labels = Mapping[str, Text | str]
NOTHING = Q(pk__in=[])


class FacetKind:
    """One facet. ``phrase`` and ``none_phrase`` are its part of the heading in words."""

    name: str
    label: Any
    none_label: Any = ""
    phrase: Any = "{names}"
    none_phrase: Any = ""
    named_live = False  # its names say more than the index keeps

    def matching(self, selection: Selection) -> Q:
        """The condition on recommendations that the choice makes."""
        raise NotImplementedError

    def counts(self, recommendations: QuerySet, selection: Selection) -> dict[str, int]:
        """How many of the recommendations have each value."""
        raise NotImplementedError

    def missing(self, selection: Selection) -> tuple[str, Q] | None:
        """The value that stands for "has none", with its condition; None where ``counts`` knows."""
        return None

    def labels(self, values: Iterable[str]) -> Labels:
        """What the values are called; one that readers may not know of has no label."""
        raise NotImplementedError

    def renamed(self, values: Collection[str]) -> dict[str, str]:
        """Of values that were addresses once those that readers may know by a new one, with that."""
        now = self.present(values)
        known = self.labels(now.values()) if now else {}
        return {old: new for old, new in now.items() if new in known}

    def present(self, values: Collection[str]) -> dict[str, str]:
        """Where the values lead that were addresses once, whether readers may know of it or not."""
        return {}

    def spoken(self, value: str, label: Text | str) -> Text | str:
        """What a value is called within a sentence."""
        return label

    def order(self, values: Mapping[str, int], labels: Labels) -> list[str]:
        """The values as they are listed: the most frequent first, then by name."""
        return sorted(values, key=lambda value: (-values[value], str(labels.get(value, value)).casefold(), value))


def present_slugs(model: type[models.Model], slugs: Collection[str]) -> dict[str, str]:
    """Old addresses of records with their present ones."""
    leads = OldSlug.objects.filter(model=model._meta.label_lower, slug__in=slugs)
    keys = dict(leads.values_list("slug", "object_id"))
    now = dict(model._base_manager.filter(pk__in=keys.values()).values_list("pk", "slug"))
    return {old: now[key] for old, key in keys.items() if key in now}


# --- By rows that point to it --------------------------------------------------------------


@dataclass(frozen=True)
class Rows:
    """Rows that give recommendations a value, with the ways to both."""

    queryset: QuerySet
    value: str
    about: str = "recommendation"

    def where(self, condition: Q) -> Q:
        """That a recommendation has such a row for which the condition holds."""
        return Q(pk__in=self.queryset.filter(condition).values(self.about))

    def missing(self) -> Q:
        """That it has no such row.

        NOT IN rather than NOT EXISTS: the database then reads the rows once,
        not once for every recommendation.
        """
        return ~Q(pk__in=self.queryset.values(self.about))

    def counted(self, recommendations: QuerySet) -> dict[str, int]:
        """The number of the recommendations that have each value."""
        among = self.queryset.filter(**{f"{self.about}__in": recommendations.values("pk")})
        return dict(among.order_by().values_list(self.value).annotate(n=Count(self.about, distinct=True)))


class RowFacet(FacetKind):
    """A facet whose values come from rows. Subclasses say which in ``rows()``."""

    missing_value = NONE

    def rows(self, selection: Selection) -> Rows:
        """The public rows; where another facet must hold on the same row, only those for which it does."""
        raise NotImplementedError

    def valued(self, rows: Rows, values: list[str]) -> Q:
        """The condition on a row that it has one of the values."""
        return Q(**{f"{rows.value}__in": values})

    def matching(self, selection: Selection) -> Q:
        rows, chosen = self.rows(selection), selection.of(self.name)
        values = [value for value in chosen if value != NONE]
        condition = rows.where(self.valued(rows, values)) if values else NOTHING
        return condition | rows.missing() if self.missing_value in chosen else condition

    def missing(self, selection: Selection) -> tuple[str, Q]:
        return self.missing_value, self.rows(selection).missing()

    def counts(self, recommendations: QuerySet, selection: Selection) -> dict[str, int]:
        return self.rows(selection).counted(recommendations)


class RecordFacet(RowFacet):
    """A facet whose values are records with a slug and a name."""

    title = "name"

    def present(self, values: Collection[str]) -> dict[str, str]:
        return present_slugs(self.known().model, values)

    def known(self) -> QuerySet:
        """The records that readers may know to be a value here."""
        raise NotImplementedError

    def labels(self, values: Iterable[str]) -> Labels:
        return {record.slug: self.called(record) for record in self.known().filter(slug__in=list(values))}

    def called(self, record: Any) -> Text | str:
        """What a record is called."""
        return record.text(self.title)


# --- By a list of words --------------------------------------------------------------------


class Worded(FacetKind):
    """A facet whose values are a fixed list of words, shown in its order."""

    choices: type[models.TextChoices] | type[models.IntegerChoices]

    def labels(self, values: Iterable[str]) -> Labels:
        return {str(choice.value): str(choice.label) for choice in self.choices}

    def spoken(self, value: str, label: Text | str) -> str:
        said = str(label)
        return said[:1].lower() + said[1:]

    def order(self, values: Mapping[str, int], labels: Labels) -> list[str]:
        places = {value: place for place, value in enumerate(labels)}
        return sorted(values, key=lambda value: (places.get(value, len(places)), value))


class ColumnFacet(Worded):
    """A facet whose value stands in a column of the recommendation."""

    column: str

    def matching(self, selection: Selection) -> Q:
        chosen = selection.of(self.name)
        stored = [choice.value for choice in self.choices if str(choice.value) in chosen]
        condition = Q(**{f"{self.column}__in": stored}) if stored else NOTHING
        return condition | Q(**{f"{self.column}__isnull": True}) if NONE in chosen else condition

    def counts(self, recommendations: QuerySet, selection: Selection) -> dict[str, int]:
        found = recommendations.order_by().values_list(self.column).annotate(n=Count("pk"))
        return {NONE if value is None else str(value): n for value, n in found}
