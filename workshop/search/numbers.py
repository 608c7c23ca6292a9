"""How many recommendations have a value, and the newest that have: for pages beside the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Sum

from recommendations.models.recommendation import EXPERT_ORIGINS
from workshop.search import freshness
from workshop.search.conditions import Choice, Condition, Terms, Without
from workshop.search.ended import ended
from workshop.search.facets import Selection
from workshop.search.kinds import BY_NAME, FIRST_SHIFT, JOINER, RECORDS, key_of, record_span, span
from workshop.search.models import Entry, Pair, Term
from workshop.search.stores import store
from workshop.search.stores.common import rows_of
from workshop.search.tallies import kept_number

SPAN = record_span(RECORDS["recommendation"])
EXPERTS = SPAN[0] | 1 << FIRST_SHIFT  # from here on come the experts' proposals


@dataclass(frozen=True)
class Newest:
    """How many there are, and the keys of the newest of them, in their order."""

    total: int
    keys: list[int]


def records_of(kind: str) -> int:
    """How many records of a kind are public."""
    freshness.flush()
    first, last = record_span(RECORDS[kind])
    return Entry.objects.filter(ord__gte=first, ord__lte=last).count() - len(ended((first, last)))


def totals(facet: str, values: Collection[str] | None = None, *, among: Mapping[str, Sequence[str]] | None = None):
    """How many recommendations have each value of a facet, by value; of these values, or of all.

    ``among`` narrows to those with one of the values of a facet that has few, of
    which no recommendation has two: ``{"origin": ["talk", "document"]}``.
    """
    freshness.flush()
    rows = Term.objects.filter(facet=BY_NAME[facet].number, total__gt=0)
    rows = rows if values is None else rows.filter(value__in=list(values))
    names = dict(rows.values_list("id", "value"))
    terms = _terms(among or {})
    if among:
        first, last = span(BY_NAME[facet].number)
        pairs = Pair.objects.filter(term__in=terms, other__gte=first, other__lte=last)
        found = Counter(dict(pairs.values_list("other").annotate(n=Sum("total"))))
    else:
        found = Counter(dict(rows.values_list("id", "total")))
    if gone := ended(SPAN):
        for having in store().terms_of(gone).values():
            if not among or set(terms) & set(having):
                found.subtract(having)
    return {names[term]: number for term, number in found.items() if number > 0 and term in names}


def _terms(choices: Mapping[str, Sequence[str]]) -> list[int]:
    found: list[int] = []
    for name, values in choices.items():
        found += Term.objects.filter(facet=BY_NAME[name].number, value__in=values).values_list("id", flat=True)
    return found


def newest_of_experts(size: int) -> list[int]:
    """The keys of the newest proposals of experts."""
    freshness.flush()
    rows = Entry.objects.filter(ord__gte=EXPERTS, ord__lte=SPAN[1]).exclude(ord__in=ended(SPAN)).order_by("-ord")
    return [key_of(ord_) for ord_ in rows.values_list("ord", flat=True)[:size]]


def newest(size: int, **choices: Sequence[str]) -> Newest:
    """The newest recommendations with these values, and their number: what the list with this choice shows."""
    conditions = _conditions(choices)
    total = kept_number(conditions)
    within = _span_of(choices.get("origin", ()))
    if total is None:
        ((total,),) = rows_of(*store().number(conditions, within))
    if not total:
        return Newest(0, [])
    rows = rows_of(*store().walk(conditions, within, "ord DESC", size, 0))
    return Newest(total, [key_of(ord_) for (ord_,) in rows])


def _span_of(origins: Sequence[str]) -> tuple[int, int]:
    """The part of the order in which recommendations of these origins stand: experts' come first."""
    experts = {origin in EXPERT_ORIGINS for origin in origins}
    if experts == {True}:
        return EXPERTS, SPAN[1]
    return (SPAN[0], EXPERTS - 1) if experts == {False} else SPAN


def values_of_each(facet: str, **choices: Sequence[str]) -> dict[int, set[str]]:
    """The values of a facet that each recommendation with these choices has, by its key, the newest first."""
    pairs = store().term_pairs(
        store().matched(_conditions(choices), None, SPAN, None, ranked=False), span(BY_NAME[facet].number)
    )
    names = dict(Term.objects.filter(pk__in={term for _, term in pairs}).values_list("id", "value"))
    found: dict[int, set[str]] = {}
    for ord_, term in sorted(pairs, reverse=True):
        found.setdefault(key_of(ord_), set()).add(names[term])
    return found


class Together:
    """The recommendations with one value of a facet, by the value of its partner on the same row.

    ``Together("speaker", "alice", Stance.values)``: where she stands, by the stance she takes.
    """

    def __init__(self, facet: str, value: str, partners: Iterable[str]):
        freshness.flush()
        names = {f"{value}{JOINER}{partner}": partner for partner in partners}
        rows = Term.objects.filter(facet=BY_NAME[facet].joint, value__in=list(names), total__gt=0)
        self.terms = {names[name]: (term, n) for term, name, n in rows.values_list("id", "value", "total")}
        self.gone = ended(SPAN)

    def number(self, values: Iterable[str]) -> int:
        """How many there are; one with two of the values counts twice."""
        total = sum(self.terms[value][1] for value in values if value in self.terms)
        if not self.gone:
            return total
        having = [term for terms in store().terms_of(self.gone).values() for term in terms]
        return total - sum(having.count(self.terms[value][0]) for value in values if value in self.terms)

    def newest(self, values: Iterable[str], size: int) -> list[int]:
        """The keys of the newest with any of the values."""
        known = [self.terms[value] for value in values if value in self.terms]
        if not known:
            return []
        choice = Choice(tuple(sorted(term for term, _ in known)), size=sum(total for _, total in known))
        conditions: list[Condition] = [choice, *([Without(self.gone)] if self.gone else [])]
        return [key_of(ord_) for (ord_,) in rows_of(*store().walk(conditions, SPAN, "ord DESC", size, 0))]


def _conditions(choices: Mapping[str, Sequence[str]]) -> list[Condition]:
    """What is asked of a recommendation, without what has ended by the clock."""
    freshness.flush()
    names = tuple(BY_NAME)
    selection = Selection(names, {name: tuple(choices[name]) for name in names if choices.get(name)})
    gone = ended(SPAN)
    return [*Terms(selection).conditions(selection), *([Without(gone)] if gone else [])]
