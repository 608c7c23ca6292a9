"""The faceted list answered from the index: a page, the total, the counts.

Numbers are kept or counted (see ``counting``). A page of many matches is found by
walking them, the newest first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from heapq import nlargest

from django.utils.translation import get_language

from workshop.common.prepared import Prepared
from workshop.common.text import Text, in_language
from workshop.search import freshness
from workshop.search.conditions import Condition
from workshop.search.counting import SECONDS, SPAN, Counting
from workshop.search.everything import BOUND
from workshop.search.facets import NONE, Answer, Selection
from workshop.search.kinds import BY_NAME, SPECS, FacetSpec, key_of, span
from workshop.search.models import Term
from workshop.search.reading import query_of
from workshop.search.stores import store
from workshop.search.stores.common import are_sorted, rows_of
from workshop.search.tallies import LISTED, Tally, grouped, most_frequent

# An order, and the same backwards: the last pages are read from the end.
ORDERS = {
    "": ("ord DESC", "ord ASC"),
    "code": ("code ASC, ord DESC", "code DESC, ord ASC"),
    "updated": ("updated DESC, ord DESC", "updated ASC, ord ASC"),
}

NAMES = Prepared(lambda keys: Term.objects.filter(pk__in=keys).values_list("id", "value", "label", "label_ko"))


@dataclass
class Counted:
    """The values of one facet with their numbers; ``size`` is how many there are in all."""

    values: dict[str, int] = field(default_factory=dict)
    labels: dict[str, Text] = field(default_factory=dict)
    size: int = 0


class IndexEngine:
    """The ``Engine`` over the index."""

    def answer(self, selection: Selection) -> Answer:
        """One page, the total and the counts. A page past the end, or none, is empty."""
        freshness.flush()
        query = query_of(selection.q) if selection.q else None
        if query is not None and not query:
            return Answer((), 0, {})
        with store().bounded(SECONDS):
            return _Answering(selection, query).answer()


class _Answering(Counting):
    """One selection being answered."""

    def answer(self) -> Answer:
        conditions = self.conditions(self.selection)
        total, ords, tallies = self._kept(conditions) or self._matched(conditions)
        bounded = self.query is not None and total > BOUND
        total = BOUND if bounded else total
        start = (self.selection.page - 1) * self.selection.per_page
        if self.selection.page < 1 or start >= max(total, 1):
            return Answer((), total, {})
        counted = self._named({spec.name: self._counts_of(spec, tallies) for spec in SPECS})
        return Answer(
            ids=tuple(map(key_of, ords)),
            total=total,
            counts={name: each.values for name, each in counted.items()},
            beyond={name: each.size - len(each.values) for name, each in counted.items()},
            labels={name: each.labels for name, each in counted.items()},
            bounded=bounded,
            counted=0 if self.query else self.counted,
        )

    # --- the page ---------------------------------------------------------------------------------

    def _kept(self, conditions: Sequence[Condition]) -> tuple[int, list[int], dict[int, Tally]] | None:
        """The number of matches, one page of them, and their terms, where all numbers are kept."""
        is_kept, choice = self.kept_of(conditions)
        if not is_kept:
            return None
        tallies = self.kept_tallies(choice, SPECS)
        total = choice.size if choice else sum(tallies.get(BY_NAME["origin"].number, Tally()).terms.values())
        return total, self._walked(conditions, total), tallies

    def _matched(self, conditions: Sequence[Condition]) -> tuple[int, list[int], dict[int, Tally]]:
        """The same counted. Of more matches than are counted, a page may lie beyond those that are."""
        spans = [span(spec.number) for spec in SPECS if not self.selection.of(spec.name) and not self.partners(spec)]
        order = "rank DESC, ord DESC" if self.selection.by_relevance else self._orders()[0]
        start = max(self.selection.page - 1, 0) * self.selection.per_page
        stop = start + self.selection.per_page
        total, page, counts = self.gathered(conditions, spans, order, start, stop)
        if self.query is None and total >= self.most:
            total = self.total(conditions)
            if self.selection.sort or stop > self.most:
                page = self._walked(conditions, total)
        return total, page, grouped(counts)

    def _orders(self) -> tuple[str, str]:
        return ORDERS.get(self.selection.sort, ORDERS[""])

    def _walked(self, conditions: Sequence[Condition], total: int) -> list[int]:
        """A page in the order of the index; behind the middle it is counted from the end."""
        size, start = self.selection.per_page, (self.selection.page - 1) * self.selection.per_page
        if self.selection.page < 1 or start >= total:
            return []
        forwards, backwards = self._orders()
        turned = start > total // 2
        stop = min(start + size, total)
        with nullcontext() if are_sorted(conditions) else store().walking():
            page = (backwards, stop - start, total - stop) if turned else (forwards, size, start)
            found = [ord_ for (ord_,) in rows_of(*store().walk(conditions, SPAN, *page))]
        return found[::-1] if turned else found

    # --- one facet ------------------------------------------------------------------------------

    def _counts_of(self, spec: FacetSpec, tallies: dict[int, Tally]) -> Counted | Tally:
        """The numbers of a facet's values, its own choice left out."""
        if spec.name == "status" and self.selection.as_of:
            statuses = self.statuses_of_day()
            return Counted(statuses, size=len(statuses))
        conditions = self.conditions(self.selection.without(spec.name))
        is_kept, choice = self.kept_of(conditions)
        if partners := self.partners(spec):
            return self._listed(spec, self.joint(spec, partners, conditions, is_kept=is_kept))
        if not self.selection.of(spec.name):
            return tallies.get(spec.number, Tally())
        if is_kept:
            return self.kept_tallies(choice, [spec]).get(spec.number, Tally())
        _, _, counts = self.gathered(conditions, [span(spec.number)])
        return grouped(counts).get(spec.number, Tally())

    def _listed(self, spec: FacetSpec, values: Counter[str]) -> Counted:
        """The most frequent values, and those that are chosen."""
        chosen = set(self.selection.of(spec.name)) | {NONE}
        best = dict(nlargest(LISTED, values.items(), key=lambda each: each[1]))
        return Counted(best | {v: values[v] for v in chosen if values[v]}, size=len(values))

    # --- names --------------------------------------------------------------------------------------

    def _named(self, counts: dict[str, Counted | Tally]) -> dict[str, Counted]:
        """Values and names in the place of the keys of terms: one query for all facets."""
        chosen = {pk for pk, _ in self.terms.known.values()}
        tallies = {name: most_frequent(t, chosen) for name, t in counts.items() if isinstance(t, Tally)}
        keys = {term for tally in tallies.values() for term in tally.terms}
        named = {key: (value, *labels) for key, value, *labels in NAMES(sorted(keys))}
        language = (get_language() or "en")[:2]
        found = {name: each for name, each in counts.items() if isinstance(each, Counted)}
        for name, tally in tallies.items():
            found[name] = counted = Counted(size=tally.size)
            for key, number in tally.terms.items():
                value, label, label_ko = named[key]
                counted.values[value] = number
                if label or label_ko:
                    counted.labels[value] = in_language(label, label_ko, language)
        return found
