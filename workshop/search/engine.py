"""The faceted list answered from the index: a page, the total, the counts.

Where nothing is chosen, or one value of a facet that has few, every number is kept
(``Term``, ``Pair``) and the page is found by walking the newest first. Otherwise
the matches are made once and everything is counted of them. Words are matched up
to ``BOUND``: of more, the newest are ranked and counted, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from heapq import nlargest
from math import prod

from django.utils.translation import get_language

from workshop.common.text import Text, in_language
from workshop.search import freshness
from workshop.search.conditions import Choice, Condition, Terms, Without
from workshop.search.ended import ended
from workshop.search.everything import BOUND, many
from workshop.search.facets import NONE, Answer, Selection
from workshop.search.kinds import BY_NAME, RECORDS, SPECS, TURN, FacetSpec, key_of, record_span, span
from workshop.search.models import Term
from workshop.search.query import Query
from workshop.search.reading import query_of
from workshop.search.stores import store
from workshop.search.tallies import (
    LISTED,
    Tally,
    grouped,
    joint_totals,
    joint_values,
    kept,
    most_frequent,
    rows_of,
)

SECONDS = 3.0  # that a statement may take
SPAN = record_span(RECORDS["recommendation"])
# An order, and the same backwards: the last pages are read from the end.
ORDERS = {
    "": ("ord DESC", "ord ASC"),
    "code": ("code ASC, ord DESC", "code DESC, ord ASC"),
    "updated": ("updated DESC, ord DESC", "updated ASC, ord ASC"),
}


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


class _Answering:
    """One selection being answered."""

    def __init__(self, selection: Selection, query: Query | None):
        self.selection = selection
        self.query = query
        self.terms = Terms(selection)
        self.gone = ended(SPAN)

    def answer(self) -> Answer:
        conditions = self._conditions(self.selection)
        total, ords, tallies = self._kept(conditions) or self._matched(conditions)
        bounded = self.query is not None and total > BOUND
        total = BOUND if bounded else total
        start = (self.selection.page - 1) * self.selection.per_page
        if self.selection.page < 1 or start >= max(total, 1):
            return Answer((), total, {})
        counted = self._named({spec.name: self._counts_of(spec, tallies, total) for spec in SPECS})
        return Answer(
            ids=tuple(map(key_of, ords)),
            total=total,
            counts={name: each.values for name, each in counted.items()},
            beyond={name: each.size - len(each.values) for name, each in counted.items()},
            labels={name: each.labels for name, each in counted.items()},
            bounded=bounded,
        )

    def _conditions(self, selection: Selection) -> list[Condition]:
        return [*self.terms.conditions(selection), *([Without(self.gone)] if self.gone else [])]

    # --- numbers that are kept ----------------------------------------------------------------

    def _kept_term(self, conditions: Sequence[Condition], selection: Selection) -> tuple[bool, Choice | None]:
        """Whether all numbers are kept, and of which choice; None where nothing is chosen."""
        if self.query is not None or selection.as_of or self.gone:
            return False, None
        if not conditions:
            return True, None
        only = conditions[0]
        if len(conditions) == 1 and isinstance(only, Choice) and only.counted and only.terms:
            return True, only
        return False, None

    def _kept(self, conditions: Sequence[Condition]) -> tuple[int, list[int], dict[int, Tally]] | None:
        is_kept, choice = self._kept_term(conditions, self.selection)
        if not is_kept:
            return None
        tallies = self._kept_tallies(choice, SPECS)
        total = choice.size if choice else sum(tallies.get(BY_NAME["origin"].number, Tally()).terms.values())
        return total, self._walked(conditions, total), tallies

    def _kept_tallies(self, choice: Choice | None, specs: Sequence[FacetSpec]) -> dict[int, Tally]:
        facets = [spec.number for spec in specs]
        chosen = [pk for (facet, _), (pk, _) in self.terms.known.items() if facet in facets]
        return kept(facets, choice.terms if choice else (), chosen)

    def _orders(self) -> tuple[str, str]:
        return ORDERS.get(self.selection.sort, ORDERS[""])

    def _walked(self, conditions: Sequence[Condition], total: int) -> list[int]:
        """A page in the order of the index; behind the middle it is counted from the end."""
        size, start = self.selection.per_page, (self.selection.page - 1) * self.selection.per_page
        if self.selection.page < 1 or start >= total:
            return []
        forwards, backwards = self._orders()
        if start <= total // 2:
            with store().walking():
                return [ord_ for (ord_,) in rows_of(*store().walk(conditions, SPAN, forwards, size, start))]
        end = min(start + size, total)
        with store().walking():
            found = rows_of(*store().walk(conditions, SPAN, backwards, end - start, total - end))
        return [ord_ for (ord_,) in reversed(found)]

    # --- numbers that are counted ---------------------------------------------------------------

    def _matched(self, conditions: Sequence[Condition]) -> tuple[int, list[int], dict[int, Tally]]:
        """The matches, made once: their number, one page of them, and their terms."""
        spans = [span(spec.number) for spec in SPECS if not self.selection.of(spec.name) and not self._partners(spec)]
        order = "rank DESC, ord DESC" if self.selection.by_relevance else self._orders()[0]
        start = max(self.selection.page - 1, 0) * self.selection.per_page
        with self._walking(conditions):
            matching = self._matching(conditions, ranked=self.selection.by_relevance)
            total, page, counts = store().gather(matching, spans, order, start, start + self.selection.per_page)
        return total, page, grouped(counts)

    def _matching(self, conditions: Sequence[Condition], *, ranked: bool = False):
        return store().matched(conditions, self.query, SPAN, BOUND + 1, ranked=ranked)

    def _walking(self, conditions: Sequence[Condition]):
        return store().walking() if self._many(conditions) else nullcontext()

    def _many(self, conditions: Sequence[Condition]) -> bool:
        """Whether the matches of the words are better walked to than looked up."""
        if self.query is None:
            return False
        whole = max(store().estimate(None, SPAN), 1)
        shares = [min(each.size / whole, 1) for each in conditions if isinstance(each, Choice) and each.unless is None]
        return many(self.query, SPAN, prod(shares))

    # --- one facet ------------------------------------------------------------------------------

    def _partners(self, spec: FacetSpec) -> tuple[str, ...]:
        return self.selection.real(spec.partner) if spec.partner else ()

    def _counts_of(self, spec: FacetSpec, tallies: dict[int, Tally], total: int) -> Counted | Tally:
        """The numbers of a facet's values, its own choice left out."""
        if spec.name == "status" and self.selection.as_of:
            return self._statuses_of_day()
        selection = self.selection.without(spec.name)
        conditions = self._conditions(selection)
        partners = self._partners(spec)
        is_kept, choice = self._kept_term(conditions, selection)
        if partners:
            return self._joint(spec, partners, conditions, kept_=is_kept)
        if not self.selection.of(spec.name):
            return tallies.get(spec.number, Tally())
        if is_kept:
            return self._kept_tallies(choice, [spec]).get(spec.number, Tally())
        with self._walking(conditions):
            _, _, counts = store().gather(self._matching(conditions), [span(spec.number)], "ord DESC", 0, 0)
        return grouped(counts).get(spec.number, Tally())

    def _joint(
        self, spec: FacetSpec, partners: Sequence[str], conditions: Sequence[Condition], *, kept_: bool
    ) -> Counted:
        if kept_ and len(partners) == 1:
            values = joint_totals(spec, partners[0])
        else:
            with self._walking(conditions):
                total, pairs = store().joint_pairs(self._matching(conditions), span(spec.joint))
            values = joint_values(spec, partners, pairs, total)
        chosen = set(self.selection.of(spec.name)) | {NONE}
        best = dict(nlargest(LISTED, values.items(), key=lambda each: each[1]))
        return Counted(best | {v: values[v] for v in chosen if values[v]}, size=len(values))

    def _statuses_of_day(self) -> Counted:
        """Statuses on the day that is asked for: they are not indexed, but read from the intervals."""
        day = self.selection.as_of.isoformat() if self.selection.as_of else ""
        conditions = self._conditions(self.selection.without("status"))
        matching, params = self._matching(conditions)
        rows = rows_of(
            f"WITH m AS MATERIALIZED ({matching}) SELECT i.status, count(*) "
            f"FROM m JOIN recommendations_statusinterval i ON i.recommendation_id = ({TURN} - (m.ord & {TURN})) "
            'WHERE i.start <= %s AND (i."end" IS NULL OR i."end" > %s) GROUP BY i.status '
            "UNION ALL SELECT '', count(*) FROM m",
            [*params, day, day],
        )
        counts = dict(rows)
        unknown = counts.pop("") - sum(counts.values())
        counts |= {BY_NAME["status"].missing: unknown} if unknown else {}
        return Counted(counts, size=len(counts))

    # --- names --------------------------------------------------------------------------------------

    def _named(self, counts: dict[str, Counted | Tally]) -> dict[str, Counted]:
        """Values and names in the place of the keys of terms: one query for all facets."""
        chosen = {pk for pk, _ in self.terms.known.values()}
        tallies = {name: most_frequent(t, chosen) for name, t in counts.items() if isinstance(t, Tally)}
        keys = {term for tally in tallies.values() for term in tally.terms}
        rows = Term.objects.filter(pk__in=keys).values_list("id", "value", "label", "label_ko")
        named = {key: (value, *labels) for key, value, *labels in rows}
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
