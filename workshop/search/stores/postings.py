"""How entries are found in SQLite: by their postings, words by FTS5."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workshop.search.conditions import Choice, Condition, StatusOn, Without
from workshop.search.kinds import TURN
from workshop.search.query import Clause, Phrase, Query
from workshop.search.stores.common import (
    MOST_SORTED,
    Span,
    Sql,
    are_few,
    bounds_of,
    driver,
    range_of,
    status_test,
    without_test,
)

MOST_SEEKS, MOST_SEEKS_IN_ORDER = 4, 16  # of terms, for each entry: the newest are found before all are looked at


def matched(
    conditions: Sequence[Condition], query: Query | None, spans: Span, limit: int | None, *, ranked: bool
) -> Sql:
    """The entries for which all conditions hold, as ``ord`` and, if ``ranked``, ``rank``.

    With ``limit`` the newest of them; words need one.
    """
    if query is not None:
        tests, params = _tests(conditions, "f.rowid")
        rank = "-bm25(search_fts, 20.0, 4.0, 1.0)" if ranked else "0"
        return (
            f"SELECT f.rowid AS ord, {rank} AS rank FROM search_fts f WHERE search_fts MATCH %s "
            f"AND f.rowid BETWEEN %s AND %s {tests} ORDER BY f.rowid DESC LIMIT %s",
            [match_text(query), *spans, *params, limit],
        )
    statement, params = _found("ord, 0 AS rank", conditions, spans, in_order=limit is not None)
    if limit is not None:
        statement, params = f"{statement} ORDER BY ord DESC LIMIT %s", [*params, limit]
    return statement, params


def number(conditions: Sequence[Condition], spans: Span) -> Sql:
    """How many entries there are for which all conditions hold."""
    statement, params = _found("ord", conditions, spans)
    return f"SELECT count(*) FROM ({statement})", params


def _found(columns: str, conditions: Sequence[Condition], spans: Span, *, in_order: bool = False) -> Sql:
    """Entries by the postings of the condition that leaves the fewest; without such a one, all are looked at.

    ``in_order`` says that the newest are wanted: one term has its postings in order,
    those of several have to be sorted, which is right as long as they are few.
    """
    found = driver(conditions)
    seeks = MOST_SEEKS_IN_ORDER if in_order else MOST_SEEKS
    if found is None or (in_order and len(found.terms) > 1 and found.size > MOST_SORTED):
        tests, params = _tests(conditions, "e.ord", seeks)
        return f"SELECT {columns} FROM search_entry e WHERE e.ord BETWEEN %s AND %s {tests}", [*spans, *params]
    tests, params = _tests([each for each in conditions if each is not found], "d.ord", seeks)
    distinct = "DISTINCT" if len(found.terms) > 1 else ""
    where = f"d.term IN ({marks(found.terms)})"
    return f"SELECT {distinct} {columns} FROM search_posting d WHERE {where} {tests}", [*found.terms, *params]


def _tests(conditions: Sequence[Condition], ord_: str, seeks: int = MOST_SEEKS_IN_ORDER) -> tuple[str, list[Any]]:
    tests, params = "", list[Any]()
    for condition in conditions:
        if isinstance(condition, StatusOn):
            test, values = status_test(condition, f"({TURN} - ({ord_} & {TURN}))")
        elif isinstance(condition, Without):
            test, values = without_test(condition, ord_)
        else:
            test, values = _choice(condition, ord_, seeks)
        tests += f" AND ({test})"
        params += values
    return tests, params


def _choice(choice: Choice, ord_: str, seeks: int) -> tuple[str, list[Any]]:
    if not choice.terms and choice.unless is None:
        return "0", []
    tests: list[str] = []
    params: list[Any] = []
    if choice.terms:
        tests.append(_having(choice.terms, ord_, seeks))
        params += choice.terms
    if choice.unless is not None:
        tests.append("NOT " + _having(choice.unless, ord_, seeks) if choice.unless else "1")
        params += choice.unless
    return " OR ".join(tests), params


def _having(terms: Sequence[int], ord_: str, seeks: int) -> str:
    """That an entry has one of the terms: looked up for each, or, where they are many, read once for all."""
    if len(terms) <= seeks:
        return f"EXISTS (SELECT 1 FROM search_posting p WHERE p.term IN ({marks(terms)}) AND p.ord = {ord_})"
    return f"+{ord_} IN (SELECT p.ord FROM search_posting p WHERE p.term IN ({marks(terms)}))"


def walk(conditions: Sequence[Condition], spans: Span, order: str, limit: int, offset: int) -> Sql:
    """A page of the matches in an order: found in it, or, where they are few, put in it."""
    page = f"ORDER BY {order} LIMIT %s OFFSET %s"
    if order.startswith("ord"):
        statement, params = _found("ord", conditions, spans, in_order=True)
        return f"{statement} {page}", [*params, limit, offset]
    if are_few(conditions):
        statement, params = _found("ord", conditions, spans)
        return (
            f"WITH m AS MATERIALIZED ({statement}) SELECT ord FROM m JOIN search_entry USING (ord) {page}",
            [*params, limit, offset],
        )
    tests, params = _tests(conditions, "e.ord")
    return (
        f"SELECT e.ord FROM search_entry e WHERE {range_of(order)} {tests} {page}",
        [*bounds_of(order, spans), *params, limit, offset],
    )


def marks(values: Sequence[Any]) -> str:
    """A place for each of the values in a statement."""
    return ",".join(["%s"] * len(values))


def match_text(query: Query) -> str:
    """The query in the words of FTS5's MATCH. Tokens are letters and digits: nothing can break out."""
    wanted = " AND ".join(dict.fromkeys(map(_clause, query.wanted)))  # the same word twice costs twice
    unwanted = "".join(f" NOT {_clause(clause)}" for clause in query.unwanted)
    return f"({wanted}){unwanted}" if query.unwanted else wanted


def _clause(clause: Clause) -> str:
    return "(" + " OR ".join(_phrase(phrase) for phrase in clause.phrases) + ")"


def _phrase(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.tokens)}"' + ("*" if phrase.prefix else "")
