"""What the two stores say alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any

from django.db import connection

from workshop.search.conditions import Choice, Condition, StatusOn, Without
from workshop.search.kinds import RECORD_SHIFT, SPECS, facet_of

Span = tuple[int, int]
Sql = tuple[str, list[Any]]
Gathered = tuple[int, list[int], dict[int, int]]  # number of matches, a page of order keys, number of each term

MOST_SORTED = 10_000  # matches that are put in order sooner than found in it
MOST_TOGETHER = 200_000  # the same where they stand together, and may be far back
DATED = frozenset(spec.number for spec in SPECS if spec.dated)


def rows_of(statement: str, params: Sequence[Any], *, planned_once: bool = False) -> list[tuple[Any, ...]]:
    """What a statement answers. PostgreSQL plans it for its values, unless that is the same for all."""
    with _planned_anew() if not planned_once else nullcontext(), connection.cursor() as cursor:
        cursor.execute(statement, list(params))
        return cursor.fetchall()


@contextmanager
def _planned_anew() -> Iterator[None]:
    """Within it nothing is prepared: a rare word and a common one need different plans."""
    connection.ensure_connection()
    opened = connection.connection
    before = getattr(opened, "prepare_threshold", None)  # SQLite has none
    if before is None:
        yield
        return
    opened.prepare_threshold = None
    try:
        yield
    finally:
        opened.prepare_threshold = before


def plain(conditions: Sequence[Condition]) -> list[Choice]:
    """The choices that an entry fulfils by having a term."""
    return [each for each in conditions if isinstance(each, Choice) and each.unless is None]


def driver(conditions: Sequence[Condition]) -> Choice | None:
    """The choice that leaves the fewest, if there is any that an entry fulfils by having a term."""
    return min(plain(conditions), key=lambda each: each.size, default=None)


def are_few(conditions: Sequence[Condition], most: int = MOST_SORTED) -> bool:
    """Whether it is known without asking that no more than so many entries match."""
    found = driver(conditions)
    return found is not None and found.size <= most


def are_sorted(conditions: Sequence[Condition]) -> bool:
    """Whether a page of what matches is better put in order than found in it."""
    found = driver(conditions)
    if found is None:
        return False
    together = bool(found.terms) and facet_of(found.terms[0]) in DATED
    return found.size <= (MOST_TOGETHER if together else MOST_SORTED)


def status_test(condition: StatusOn, key: str) -> tuple[str, list[Any]]:
    """That a recommendation, whose key the expression gives, had one of the statuses on the day."""
    on = (
        "SELECT i.recommendation_id FROM recommendations_statusinterval i "
        'WHERE i.start <= %s AND (i."end" IS NULL OR i."end" > %s)'
    )
    day = condition.day.isoformat()
    tests: list[str] = []
    params: list[Any] = []
    if condition.statuses:
        marks = ",".join(["%s"] * len(condition.statuses))
        tests.append(f"{key} IN ({on} AND i.status IN ({marks}))")
        params += [day, day, *condition.statuses]
    if condition.missing:
        tests.append(f"{key} NOT IN ({on})")
        params += [day, day]
    return " OR ".join(tests) or "1 = 0", params


def without_test(condition: Without, ord_: str) -> tuple[str, list[Any]]:
    """That an entry is none of these."""
    return f"{ord_} NOT IN ({','.join(['%s'] * len(condition.ords))})", [*condition.ords]


def range_of(order: str) -> str:
    """The condition that keeps a walk to one kind of record, in the words of the index that it walks."""
    return "e.ord BETWEEN %s AND %s" if order.startswith("ord") else "e.kind = %s"


def bounds_of(order: str, span: Span) -> list[int]:
    """The parameters of ``range_of``."""
    return [*span] if order.startswith("ord") else [span[0] >> RECORD_SHIFT]
