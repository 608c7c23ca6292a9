"""How entries are found in PostgreSQL: by arrays of terms with GIN, words as a tsquery."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workshop.search.conditions import Choice, Condition, StatusOn, Without
from workshop.search.kinds import JOINTS, TURN, facet_of
from workshop.search.query import Clause, Phrase, Query
from workshop.search.stores.common import Span, Sql, are_sorted, bounds_of, range_of, status_test, without_test


def matched(
    conditions: Sequence[Condition], query: Query | None, spans: Span, limit: int | None, *, ranked: bool
) -> Sql:
    """The entries for which all conditions hold, as ``ord``, ``terms`` and, if ``ranked``, ``rank``.

    With ``limit`` the newest of them; words need one.
    """
    tests, params = _tests(conditions)
    if query is None:
        newest = "" if limit is None else "ORDER BY e.ord DESC LIMIT %s"
        return (
            f"SELECT e.ord, e.terms, 0 AS rank FROM search_entry e WHERE e.ord BETWEEN %s AND %s {tests} {newest}",
            [*spans, *params, *([] if limit is None else [limit])],
        )
    words = query_text(query)
    rank = "ts_rank('{0.05, 0.05, 0.2, 1.0}', t.tokens, %s::tsquery)" if ranked else "0"
    # Where nothing else is asked, only those that are found are joined with their terms.
    found = "search_text w JOIN search_entry e USING (ord)" if tests else "search_text w"
    return (
        f"SELECT n.ord, m.terms, {rank} AS rank FROM ("
        f"SELECT w.ord FROM {found} "
        f"WHERE w.tokens @@ %s::tsquery AND w.ord BETWEEN %s AND %s {tests} ORDER BY w.ord DESC LIMIT %s"
        f") n JOIN search_entry m USING (ord){' JOIN search_text t USING (ord)' if ranked else ''}",
        [*([words] if ranked else []), words, *spans, *params, limit],
    )


def _tests(conditions: Sequence[Condition]) -> tuple[str, list[Any]]:
    tests, params = "", []
    for condition in conditions:
        if isinstance(condition, StatusOn):
            test, values = status_test(condition, f"({TURN} - (e.ord & {TURN}))")
        elif isinstance(condition, Without):
            test, values = without_test(condition, "e.ord")
        else:
            test, values = _choice(condition)
        tests += f" AND ({test})"
        params += values
    return tests, params


def _choice(choice: Choice) -> tuple[str, list[Any]]:
    tests: list[str] = []
    params: list[Any] = []
    for terms, word in ((choice.terms, ""), (choice.unless, "NOT ")):
        if terms:
            column = "joints" if facet_of(terms[0]) in JOINTS else "terms"
            tests.append(f"{word}e.{column} && %s::integer[]")
            params.append(list(terms))
    if choice.unless == ():
        tests.append("true")
    return " OR ".join(tests) or "false", params


def number(conditions: Sequence[Condition], spans: Span) -> Sql:
    """How many entries there are for which all conditions hold."""
    tests, params = _tests(conditions)
    return f"SELECT count(*) FROM search_entry e WHERE e.ord BETWEEN %s AND %s {tests}", [*spans, *params]


def walk(conditions: Sequence[Condition], spans: Span, order: str, limit: int, offset: int) -> Sql:
    """A page of the matches in an order: found in it, or, where they are few, put in it."""
    tests, params = _tests(conditions)
    page = f"ORDER BY {order} LIMIT %s OFFSET %s"
    if are_sorted(conditions):
        return (
            "WITH m AS MATERIALIZED (SELECT e.ord, e.code, e.updated FROM search_entry e "
            f"WHERE e.ord BETWEEN %s AND %s {tests}) SELECT ord FROM m {page}",
            [*spans, *params, limit, offset],
        )
    return (
        f"SELECT e.ord FROM search_entry e WHERE {range_of(order)} {tests} {page}",
        [*bounds_of(order, spans), *params, limit, offset],
    )


def query_text(query: Query) -> str:
    """The query as a tsquery. Tokens are letters and digits: nothing can break out."""
    wanted = " & ".join(dict.fromkeys(map(_clause, query.wanted)))  # the same word twice costs twice
    return wanted + "".join(f" & !{_clause(clause)}" for clause in query.unwanted)


def _clause(clause: Clause) -> str:
    return "(" + " | ".join(_phrase(phrase) for phrase in clause.phrases) + ")"


def _phrase(phrase: Phrase) -> str:
    return "(" + " <-> ".join(f"'{token}'" for token in phrase.tokens) + (":*" if phrase.prefix else "") + ")"
