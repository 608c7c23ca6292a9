"""All values of one facet with their numbers under a selection: for the page that lists them."""

from __future__ import annotations

from collections import Counter

from django.db.models import Sum

from workshop.common.text import Text, in_language
from workshop.search import freshness
from workshop.search.conditions import Choice
from workshop.search.engine import SECONDS, _Answering
from workshop.search.facets import Selection
from workshop.search.kinds import BY_NAME, FacetSpec, span
from workshop.search.models import Pair, Term
from workshop.search.reading import query_of
from workshop.search.stores import store
from workshop.search.tallies import joint_totals, joint_values

MOST = 20_000  # values that are looked at; of more, the most frequent


def values_of(selection: Selection, name: str) -> dict[str, tuple[int, Text]]:
    """Each value of a facet that has a match, its own choice left out: its number, and its name as indexed.

    A value that has no name in the index (a vocabulary's, a year) comes with an
    empty one. The selection's page and order do not matter. Raises KeyError for a
    facet that does not exist.
    """
    freshness.flush()
    spec, query = BY_NAME[name], query_of(selection.q) if selection.q else None
    if query is not None and not query:
        return {}
    with store().bounded(SECONDS):
        return _AllValues(selection.without(name), query).of(spec)


class _AllValues(_Answering):
    """Counts as the list does, but of one facet and without leaving any value out."""

    def of(self, spec: FacetSpec) -> dict[str, tuple[int, Text]]:
        if spec.name == "status" and self.selection.as_of:
            return {value: (number, Text("", "")) for value, number in self._statuses_of_day().values.items()}
        conditions = self._conditions(self.selection)
        is_kept, choice = self._kept_term(conditions, self.selection)
        if partners := self._partners(spec):
            return self._named_by_value(spec, self._joint_all(spec, partners, conditions, is_kept))
        if not is_kept:
            with self._walking(conditions):
                _, _, counts = store().gather(self._matching(conditions), [span(spec.number)], "ord DESC", 0, 0)
            return self._named_by_key(spec, counts)
        if choice:
            return self._named_by_key(spec, self._kept_with(spec, choice))
        return {term.value: (term.total, in_language(term.label, term.label_ko)) for term in self._terms_of(spec)}

    def _joint_all(self, spec, partners, conditions, is_kept) -> Counter[str]:
        if is_kept and len(partners) == 1:
            return joint_totals(spec, partners[0])
        with self._walking(conditions):
            total, pairs = store().joint_pairs(self._matching(conditions), span(spec.joint))
        return joint_values(spec, partners, pairs, total)

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
