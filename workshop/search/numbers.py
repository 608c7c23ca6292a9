"""How many recommendations have a value, and the newest that have: for pages beside the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Sum

from workshop.search import freshness
from workshop.search.conditions import Condition, Terms, Without
from workshop.search.ended import ended
from workshop.search.facets import Selection
from workshop.search.kinds import BY_NAME, FIRST_SHIFT, RECORDS, key_of, record_span, span
from workshop.search.models import Entry, Pair, Term
from workshop.search.stores import store
from workshop.search.tallies import rows_of

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
    freshness.flush()
    names = tuple(BY_NAME)
    selection = Selection(names, {name: tuple(choices[name]) for name in names if choices.get(name)})
    conditions: list[Condition] = Terms(selection).conditions(selection)
    gone = ended(SPAN)
    conditions += [Without(gone)] if gone else []
    matching, params = store().matched(conditions, None, SPAN, 0, ranked=False)
    rows = rows_of(
        f"WITH m AS MATERIALIZED ({matching}) SELECT 0, count(*) FROM m "
        "UNION ALL SELECT * FROM (SELECT 1, ord FROM m ORDER BY ord DESC LIMIT %s) x",
        [*params, size],
    )
    ords = sorted((ord_ for what, ord_ in rows if what), reverse=True)
    return Newest(next(number for what, number in rows if not what), [key_of(ord_) for ord_ in ords])
