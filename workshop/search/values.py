"""All values of one facet with their numbers under a selection: for the page that lists them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Sum

from workshop.common.text import Text, in_language
from workshop.search import freshness
from workshop.search.conditions import Choice
from workshop.search.counting import SECONDS, Counting
from workshop.search.facets import Selection
from workshop.search.kinds import BY_NAME, FacetSpec, span
from workshop.search.models import Pair, Term
from workshop.search.reading import query_of
from workshop.search.stores import store

MOST = 20_000  # values that are looked at; of more, the most frequent


@dataclass(frozen=True)
class Values:
    """Each value with its number and its name as indexed.

    A value that has no name in the index (a vocabulary's, a year) comes with an
    empty one. ``counted`` is not 0 where more match than are counted: the numbers
    are then those of so many, the newest.
    """

    found: dict[str, tuple[int, Text]]
    counted: int = 0


def values_of(selection: Selection, name: str) -> Values:
    """Each value of a facet that has a match, its own choice left out.

    The selection's page and order do not matter. Raises KeyError for a facet that
    does not exist.
    """
    freshness.flush()
    spec, query = BY_NAME[name], query_of(selection.q) if selection.q else None
    if query is not None and not query:
        return Values({})
    with store().bounded(SECONDS):
        counting = _AllValues(selection.without(name), query)
        found = counting.of(spec)
        return Values(found, counting.counted)


class _AllValues(Counting):
    """Counts as the list does, but of one facet and without leaving any value out."""

    def of(self, spec: FacetSpec) -> dict[str, tuple[int, Text]]:
        if spec.name == "status" and self.selection.as_of:
            return {value: (number, Text("", "")) for value, number in self.statuses_of_day().items()}
        conditions = self.conditions(self.selection)
        is_kept, choice = self.kept_of(conditions)
        if partners := self.partners(spec):
            return self._named_by_value(spec, self.joint(spec, partners, conditions, is_kept=is_kept))
        if not is_kept:
            _, _, counts = self.gathered(conditions, [span(spec.number)])
            return self._named_by_key(spec, counts)
        if choice:
            return self._named_by_key(spec, self._kept_with(spec, choice))
        return {term.value: (term.total, in_language(term.label, term.label_ko)) for term in self._terms_of(spec)}

    def _kept_with(self, spec: FacetSpec, choice: Choice) -> dict[int, int]:
        rows = Pair.objects.filter(term__in=choice.terms, other__range=span(spec.number), total__gt=0)
        return dict(rows.values_list("other").annotate(n=Sum("total")))

    def _terms_of(self, spec: FacetSpec) -> list[Term]:
        return list(Term.objects.filter(facet=spec.number, total__gt=0).order_by("-total", "id")[:MOST])

    def _named_by_key(self, spec: FacetSpec, counts: dict[int, int]) -> dict[str, tuple[int, Text]]:
        return {
            term.value: (counts[term.pk], in_language(term.label, term.label_ko))
            for term in self._terms_of(spec)
            if counts.get(term.pk)
        }

    def _named_by_value(self, spec: FacetSpec, counts: Counter[str]) -> dict[str, tuple[int, Text]]:
        names = {term.value: in_language(term.label, term.label_ko) for term in self._terms_of(spec)}
        return {value: (number, names.get(value, Text("", ""))) for value, number in counts.items() if number}
