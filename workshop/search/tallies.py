"""How many matches have each value: kept numbers, and counted ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest

from django.db.models import Sum

from workshop.common.prepared import Prepared
from workshop.search.conditions import Choice, Condition, parts_of
from workshop.search.facets import NONE
from workshop.search.kinds import JOINTS, SHIFT, FacetSpec, facet_of, span
from workshop.search.models import Pair, Term
from workshop.search.stores.common import rows_of

_VALUES = Prepared(lambda keys: Term.objects.filter(pk__in=keys).values_list("id", "value"))
LISTED = 30  # values of a facet at the most, beside those that are chosen


@dataclass
class Tally:
    """The most frequent terms of one facet, and how many terms it has in all."""

    terms: dict[int, int] = field(default_factory=dict)
    size: int = 0


def kept(facets: Sequence[int], terms: Sequence[int], also: Iterable[int]) -> dict[int, Tally]:
    """Kept numbers: of all entries, or of those that have one of ``terms``, of which none has two.

    The most frequent of each facet, and ``also`` these, wherever they stand.
    """
    if terms:
        marks = ",".join(["%s"] * len(terms))
        table, key, condition = "search_pair", "other", f"term IN ({marks}) AND total > 0"
        total, group = ("sum(total)", "GROUP BY other") if len(terms) > 1 else ("total", "")
        facet_ = f"other >> {SHIFT}"
    else:
        table, key, total, group, facet_ = "search_term", "id", "total", "", "facet"
        condition = f"total > 0 AND facet < {min(JOINTS)}"
    part = (
        f"SELECT * FROM (SELECT {key} AS a, {total} AS b FROM {table} WHERE {condition} AND {{within}} {group} "
        f"ORDER BY 2 DESC LIMIT {LISTED}) x"
    )
    by_span = part.format(within=f"{key} BETWEEN %s AND %s" if terms else "facet = %s")
    wanted = [[*terms, *(span(facet) if terms else [facet])] for facet in facets]
    statements, params = [by_span] * len(facets), [value for each in wanted for value in each]
    if also := sorted(also):
        statements.append(part.format(within=f"{key} IN ({','.join(['%s'] * len(also))})"))
        params += [*terms, *also]
    found = grouped(dict(rows_of(" UNION ".join(statements), params, planned_once=True)))
    counted = "count(DISTINCT other)" if len(terms) > 1 else "count(*)"
    sizes = rows_of(f"SELECT {facet_}, {counted} FROM {table} WHERE {condition} GROUP BY 1", terms, planned_once=True)
    for facet, size in sizes:
        if facet in found:
            found[facet].size = size
    return found


def kept_number(conditions: Sequence[Condition]) -> int | None:
    """How many entries fulfil one condition, or two of which one is of a facet with few values, if that is kept."""
    choices = [each for each in conditions if isinstance(each, Choice) and each.exact and each.unless is None]
    if len(choices) != len(conditions) or not 1 <= len(choices) <= 2:
        return None
    if len(choices) == 1:
        return choices[0].size
    few = next((each for each in choices if each.counted), None)
    if few is None:
        return None
    (other,) = [each for each in choices if each is not few]
    if any(facet_of(term) in JOINTS for term in other.terms):
        return None
    pairs = Pair.objects.filter(term__in=few.terms, other__in=other.terms)
    return pairs.aggregate(n=Sum("total"))["n"] or 0


def grouped(counts: Mapping[int, int]) -> dict[int, Tally]:
    """Counts of terms, facet by facet."""
    found: dict[int, Tally] = {}
    for term, number in counts.items():
        tally = found.setdefault(facet_of(term), Tally())
        tally.terms[term] = number
        tally.size += 1
    return found


def most_frequent(tally: Tally, chosen: Iterable[int]) -> Tally:
    """No more terms than are listed; those that are chosen stay."""
    if len(tally.terms) <= LISTED:
        return tally
    best = nlargest(LISTED, tally.terms.items(), key=lambda each: (each[1], -each[0]))
    stay = {term: tally.terms[term] for term in chosen if term in tally.terms}
    return Tally(dict(best) | stay, tally.size)


def joint_totals(spec: FacetSpec, partner: str) -> Counter[str]:
    """How many entries have each value of a facet together with this one of its partner, as kept."""
    rows = Term.objects.filter(facet=spec.joint, total__gt=0)
    mark = f"|{partner}" if spec.leads else f"{partner}|"
    rows = rows.filter(value__endswith=mark) if spec.leads else rows.filter(value__startswith=mark)
    return Counter({parts_of(spec, value)[0]: total for value, total in rows.values_list("value", "total")})


def joint_values(
    spec: FacetSpec, partners: Sequence[str], pairs: Iterable[tuple[int, int]], total: int
) -> Counter[str]:
    """The same counted, from pairs of entry and joint term; no entry counts twice for one value."""
    pairs = list(pairs)
    names = dict(_VALUES(sorted({term for _, term in pairs})))
    having: dict[str, set[int]] = {}
    anything: set[int] = set()
    for ord_, term in pairs:
        own, partner = parts_of(spec, names[term])
        if partner in partners and own != NONE:
            having.setdefault(own, set()).add(ord_)
            anything.add(ord_)
    counts = Counter({value: len(ords) for value, ords in having.items()})
    if total > len(anything):
        counts[NONE] = total - len(anything)
    return counts
