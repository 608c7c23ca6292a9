"""Facets of what kind of ask it is: origin, status, action, modality, year."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from recommendations.facets.kinds import NOTHING, ColumnFacet, FacetKind, Labels, RowFacet, Rows, Worded
from recommendations.models import ActionCategory, Modality, Origin, Status, StatusInterval
from workshop.common.text import Text
from workshop.search.facets import NONE, Selection

_YEAR = re.compile(r"[0-9]{4}")


class OriginFacet(ColumnFacet):
    """Where it comes from: the switch between the experts' and the UN's."""

    name = column = "origin"
    label = _("Origin")
    phrase = _("from {names}")
    choices = Origin


class ActionFacet(ColumnFacet):
    """How much action is asked for, on UPR Info's scale of 1 to 5."""

    name = column = "action"
    label = _("Action asked for")
    none_label = _("Not classified")
    phrase = _("asking for {names}")
    none_phrase = _("action not classified")
    choices = ActionCategory

    def labels(self, values: Iterable[str]) -> Labels:
        return {str(choice.value): f"{choice.value} · {choice.label}" for choice in self.choices}

    def spoken(self, value: str, label: Text | str) -> str:
        return super().spoken(value, str(label).partition(" · ")[2])


class ModalityFacet(ColumnFacet):
    """How strongly it is asked."""

    name = column = "modality"
    label = _("Modality")
    phrase = _("asked as “{names}”")
    choices = Modality


class StatusFacet(Worded, RowFacet):
    """What became of it, on the day that ``as_of`` names; "not assessed" where nothing is known."""

    name = "status"
    label = _("Status")
    phrase = "{names}"
    choices = Status
    missing_value = Status.NOT_ASSESSED.value

    def rows(self, selection: Selection) -> Rows:
        return Rows(StatusInterval.objects.on(selection.as_of), "status")


class YearFacet(FacetKind):
    """The year in which it was made."""

    name = "year"
    label = _("Year")
    phrase = _("made in {names}")

    def matching(self, selection: Selection) -> Q:
        condition = NOTHING
        for value in selection.of(self.name):
            if value == NONE:
                condition |= Q(made_on__isnull=True)
            elif _YEAR.fullmatch(value) and int(value) >= dt.MINYEAR:
                year = int(value)  # a range of days, because an index knows those
                condition |= Q(made_on__gte=dt.date(year, 1, 1), made_on__lte=dt.date(year, 12, 31))
        return condition

    def counts(self, recommendations: QuerySet, selection: Selection) -> dict[str, int]:
        found = recommendations.order_by().values_list("made_on__year").annotate(n=Count("pk"))
        return {NONE if year is None else f"{year:04d}": n for year, n in found}

    def labels(self, values: Iterable[str]) -> Labels:
        return {value: value for value in values if _YEAR.fullmatch(value)}

    def order(self, values: Mapping[str, int], labels: Labels) -> list[str]:
        return sorted(values, reverse=True)
