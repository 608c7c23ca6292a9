"""What a selection matches, and how many of the matches have each value.

Where nothing is chosen, or one value of a facet that has few, every number is kept
(``Term``, ``Pair``). Otherwise the matches are made and everything is counted of
them: of words up to ``BOUND`` matches, of choices alone up to ``COUNTED`` (less where
several facets are chosen), in both cases the newest. Who shows such numbers says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext

from workshop.search.conditions import Choice, Condition, Terms, Without
from workshop.search.ended import ended
from workshop.search.everything import BOUND, many
from workshop.search.facets import Selection
from workshop.search.kinds import BY_NAME, RECORDS, SPECS, TURN, FacetSpec, record_span, span
from workshop.search.query import Query
from workshop.search.stores import store
from workshop.search.stores.common import Gathered, Span, Sql, are_few, plain, rows_of
from workshop.search.tallies import Tally, joint_totals, joint_values, kept, kept_number

COUNTED = 20_000  # matches of choices whose values are counted, at the most
COUNTED_IN_ALL = 20_000  # by all facets together: each chosen one is counted among other matches
MANY_VALUES = 6  # so many make each match dearer by as much again
SECONDS = 3.0  # that all statements of an answer may take together
SPAN = record_span(RECORDS["recommendation"])


class Counting:
    """One selection being counted, up to ``most`` matches; ``counted`` turns to ``most`` where there are more."""

    def __init__(self, selection: Selection, query: Query | None):
        self.selection = selection
        self.query = query
        self.terms = Terms(selection)
        self.gone = ended(SPAN)
        self.most = min(COUNTED, COUNTED_IN_ALL // self._effort()) if query is None else BOUND
        self.counted = 0

    def _effort(self) -> int:
        """How often matches are made and counted: two facets that hold on one row cost twice, many values more."""
        rounds = 1 + sum(2 if self.partners(spec) else 1 for spec in SPECS if self.selection.of(spec.name))
        values = sum(len(self.selection.of(spec.name)) for spec in SPECS)
        return rounds * (1 + values // MANY_VALUES)

    def conditions(self, selection: Selection) -> list[Condition]:
        """What the selection asks, without what has ended by the clock."""
        return [*self.terms.conditions(selection), *([Without(self.gone)] if self.gone else [])]

    def partners(self, spec: FacetSpec) -> tuple[str, ...]:
        """The chosen values that must hold on the same row as the facet's own."""
        return self.selection.real(spec.partner) if spec.partner else ()

    # --- numbers that are kept ----------------------------------------------------------------

    def kept_of(self, conditions: Sequence[Condition]) -> tuple[bool, Choice | None]:
        """Whether all numbers are kept, and of which choice; None where nothing is chosen."""
        if self.query is not None or self.gone:
            return False, None
        if not conditions:
            return True, None
        only = conditions[0]
        if len(conditions) == 1 and isinstance(only, Choice) and only.counted and only.terms:
            return True, only
        return False, None

    def kept_tallies(self, choice: Choice | None, specs: Sequence[FacetSpec]) -> dict[int, Tally]:
        """The kept numbers of these facets, beside the choice or of everything."""
        facets = [spec.number for spec in specs]
        chosen = [pk for (facet, _), (pk, _) in self.terms.known.items() if facet in facets]
        return kept(facets, choice.terms if choice else (), chosen)

    def total(self, conditions: Sequence[Condition]) -> int:
        """How many match, whether that is kept or not. For selections without words."""
        number = kept_number(conditions)
        if number is None:
            ((number,),) = rows_of(*store().number(conditions, SPAN))
        return number

    # --- numbers that are counted ---------------------------------------------------------------

    def gathered(
        self, conditions: Sequence[Condition], spans: Sequence[Span], order: str = "", start: int = 0, stop: int = 0
    ) -> Gathered:
        """The matches as far as they are counted: their number, a page of them, and their terms."""
        order = order or "ord DESC"
        with self._walking(conditions):
            matching = self.matching(conditions, ranked=order.startswith("rank"))
            found = store().gather(matching, spans, order, start, stop)
        self._note(conditions, found[0])
        return found

    def matching(self, conditions: Sequence[Condition], *, ranked: bool = False) -> Sql:
        """The matches that are counted, as a statement."""
        return store().matched(conditions, self.query, SPAN, self._limit(conditions), ranked=ranked)

    def joint(
        self, spec: FacetSpec, partners: Sequence[str], conditions: Sequence[Condition], *, is_kept: bool
    ) -> Counter[str]:
        """The values of a facet on the same rows as those of its partner."""
        if is_kept and len(partners) == 1:
            return joint_totals(spec, partners[0])
        with self._walking(conditions):
            total, pairs = store().joint_pairs(self.matching(conditions), span(spec.joint))
        self._note(conditions, total)
        return joint_values(spec, partners, pairs, total)

    def statuses_of_day(self) -> Counter[str]:
        """Statuses on the day that is asked for: they are not indexed, but read from the intervals."""
        day = self.selection.as_of.isoformat() if self.selection.as_of else ""
        conditions = self.conditions(self.selection.without("status"))
        matching, params = self.matching(conditions)
        rows = rows_of(
            f"WITH m AS MATERIALIZED ({matching}) SELECT i.status, count(*) "
            f"FROM m JOIN recommendations_statusinterval i ON i.recommendation_id = ({TURN} - (m.ord & {TURN})) "
            'WHERE i.start <= %s AND (i."end" IS NULL OR i."end" > %s) GROUP BY i.status '
            "UNION ALL SELECT '', count(*) FROM m",
            [*params, day, day],
        )
        counts = Counter(dict(rows))
        total = counts.pop("")
        self._note(conditions, total)
        unknown = total - sum(counts.values())
        counts |= {BY_NAME["status"].missing: unknown} if unknown else {}
        return counts

    def _limit(self, conditions: Sequence[Condition]) -> int | None:
        """How many matches are made; None where there cannot be too many: then they need not be put in order."""
        if self.query is not None:
            return BOUND + 1
        return None if are_few(conditions, self.most) else self.most

    def _note(self, conditions: Sequence[Condition], found: int) -> None:
        limit = self._limit(conditions)
        if limit is not None and found >= limit:
            self.counted = self.most

    def _walking(self, conditions: Sequence[Condition]):
        """Whether the matches of the words are better walked to than looked up."""
        walked = self.query is not None and many(self.query, SPAN, [each.size for each in plain(conditions)])
        return store().walking() if walked else nullcontext()
