"""A query with the other names of what it names: DPRK finds North Korea."""

from __future__ import annotations

from collections import defaultdict

from workshop.search.models import Alias
from workshop.search.query import Query, read_query


def query_of(typed: str) -> Query:
    """What somebody typed, with the other names of what is public and named in it."""
    query = read_query(typed)
    runs = query.aliases_to_look_up()
    if not runs:
        return query
    named: dict[int, set[str]] = defaultdict(set)
    for ord_, phrase in Alias.objects.filter(phrase__in=runs).values_list("ord", "phrase"):
        named[ord_].add(phrase)
    if not named:
        return query
    others: dict[str, set[str]] = defaultdict(set)
    for ord_, phrase in Alias.objects.filter(ord__in=list(named)).values_list("ord", "phrase"):
        for own in named[ord_]:
            others[own].add(phrase)
    return query.with_aliases({own: frozenset(names - {own}) for own, names in others.items()})
