"""The index in SQLite: postings, packed terms, and FTS5.

``search_posting`` has a row for each term and entry, to find entries by; to count,
each entry has its terms packed in one value, because GROUP BY over rows takes ten
times as long. ``search_fts`` has the tokens under the entry's order key as rowid, so
that the newest matches come first without a sort. FTS5 cuts at blanks and at nothing
else: the tokens are made by ``text``.
"""

from __future__ import annotations

import time
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection

from workshop.search.conditions import Choice, Condition, StatusOn, Without
from workshop.search.indexed import Indexed
from workshop.search.kinds import JOINTS, RECORDS, TURN, facet_of
from workshop.search.query import Clause, Phrase, Query
from workshop.search.stores.common import Gathered, Span, Sql, bounds_of, range_of, status_test, without_test

MOST = 400  # order keys named in one statement


def add(rows: Iterable[tuple[Indexed, Sequence[int]]]) -> None:
    """Write new entries: their row, what is shown of them, their terms and their tokens.

    In the order of their keys: FTS5 writes a segment whenever a rowid is less than the last.
    """
    rows = sorted(rows, key=lambda pair: pair[0].ord)
    moment = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_entry (ord, kind, object_id, until, updated, code, digest, face, terms, joints) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (
                    row.ord,
                    RECORDS[row.kind],
                    row.object_id,
                    moment(row.until),
                    moment(row.updated),
                    row.code,
                    row.digest,
                    row.face,
                    packed(terms, joint=False),
                    packed(terms, joint=True),
                )
                for row, terms in rows
            ],
        )
        cursor.executemany(
            "INSERT INTO search_text (ord, shown, body) VALUES (%s, %s, %s)",
            [(row.ord, row.shown_text, row.passage_text) for row, _ in rows],
        )
        cursor.executemany(
            "INSERT OR IGNORE INTO search_posting (term, ord) VALUES (%s, %s)",
            sorted((term, row.ord) for row, terms in rows for term in terms),
        )
        cursor.executemany(
            "INSERT INTO search_fts (rowid, title, names, body) VALUES (%s, %s, %s, %s)",
            [(row.ord, *(" ".join(column) for column in row.columns)) for row, _ in rows],
        )


def packed(terms: Iterable[int], *, joint: bool) -> bytes:
    """Terms as one value: those that stand for two facets at once, or the others."""
    return array("i", sorted(term for term in terms if (facet_of(term) in JOINTS) is joint)).tobytes()


def remove(ords: Sequence[int]) -> None:
    """Forget entries."""
    postings = [(term, ord_) for ord_, terms in terms_of(ords).items() for term in terms]
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM search_posting WHERE term = %s AND ord = %s", postings)
        for at in range(0, len(ords), MOST):
            some = ords[at : at + MOST]
            for table, key in (("search_entry", "ord"), ("search_text", "ord"), ("search_fts", "rowid")):
                cursor.execute(f"DELETE FROM {table} WHERE {key} IN ({_marks(some)})", some)


def terms_of(ords: Sequence[int]) -> dict[int, list[int]]:
    """The terms of entries."""
    found: dict[int, list[int]] = {ord_: [] for ord_ in ords}
    with connection.cursor() as cursor:
        for at in range(0, len(ords), MOST):
            some = ords[at : at + MOST]
            cursor.execute(f"SELECT ord, terms, joints FROM search_entry WHERE ord IN ({_marks(some)})", some)
            for ord_, terms, joints in cursor.fetchall():
                found[ord_] = [*array("i", terms), *array("i", joints)]
    return found


def every_terms() -> Iterator[list[int]]:
    """The terms of every entry, one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT terms, joints FROM search_entry")
        while rows := cursor.fetchmany(1000):
            yield from ([*array("i", terms), *array("i", joints)] for terms, joints in rows)


def match_text(query: Query) -> str:
    """The query in the words of FTS5's MATCH. Tokens are letters and digits: nothing can break out."""
    wanted = " AND ".join(_clause(clause) for clause in query.wanted)
    unwanted = "".join(f" NOT {_clause(clause)}" for clause in query.unwanted)
    return f"({wanted}){unwanted}" if query.unwanted else wanted


def _clause(clause: Clause) -> str:
    return "(" + " OR ".join(_phrase(phrase) for phrase in clause.phrases) + ")"


def _phrase(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.tokens)}"' + ("*" if phrase.prefix else "")


# --- Reading ---------------------------------------------------------------------------------


def matched(conditions: Sequence[Condition], query: Query | None, spans: Span, limit: int, *, ranked: bool) -> Sql:
    """The entries for which all conditions hold, as ``ord`` and, if ``ranked``, ``rank``."""
    if query is not None:
        tests, params = _tests(conditions, "f.rowid")
        rank = "-bm25(search_fts, 20.0, 4.0, 1.0)" if ranked else "0"
        return (
            f"SELECT f.rowid AS ord, {rank} AS rank FROM search_fts f WHERE search_fts MATCH %s "
            f"AND f.rowid BETWEEN %s AND %s {tests} ORDER BY f.rowid DESC LIMIT %s",
            [match_text(query), *spans, *params, limit],
        )
    driver = _driver(conditions)
    if driver is None:
        tests, params = _tests(conditions, "e.ord")
        return f"SELECT e.ord, 0 AS rank FROM search_entry e WHERE e.ord BETWEEN %s AND %s {tests}", [*spans, *params]
    tests, params = _tests([each for each in conditions if each is not driver], "d.ord")
    distinct = "DISTINCT" if len(driver.terms) > 1 else ""
    where = f"d.term IN ({_marks(driver.terms)})"
    return f"SELECT {distinct} d.ord, 0 AS rank FROM search_posting d WHERE {where} {tests}", [*driver.terms, *params]


def _driver(conditions: Sequence[Condition]) -> Choice | None:
    """The condition that leaves the fewest: its postings are walked, the others asked."""
    plain = [each for each in conditions if isinstance(each, Choice) and each.unless is None]
    return min(plain, key=lambda each: each.size, default=None)


def _tests(conditions: Sequence[Condition], ord_: str) -> tuple[str, list[Any]]:
    tests, params = "", list[Any]()
    for condition in conditions:
        if isinstance(condition, StatusOn):
            test, values = status_test(condition, f"({TURN} - ({ord_} & {TURN}))")
        elif isinstance(condition, Without):
            test, values = without_test(condition, ord_)
        else:
            test, values = _choice(condition, ord_)
        tests += f" AND ({test})"
        params += values
    return tests, params


def _choice(choice: Choice, ord_: str) -> tuple[str, list[Any]]:
    if not choice.terms and choice.unless is None:
        return "0", []
    having = "EXISTS (SELECT 1 FROM search_posting p WHERE p.term IN ({}) AND p.ord = {})"
    tests: list[str] = []
    params: list[Any] = []
    if choice.terms:
        tests.append(having.format(_marks(choice.terms), ord_))
        params += choice.terms
    if choice.unless is not None:
        tests.append("NOT " + having.format(_marks(choice.unless), ord_) if choice.unless else "1")
        params += choice.unless
    return " OR ".join(tests), params


def gather(matching: Sql, spans: Sequence[Span], order: str, start: int, stop: int) -> Gathered:
    """How many match, the page from ``start`` to ``stop``, and how often each term of these ranges occurs."""
    (statement, params) = matching
    rows = _rows(
        f"WITH m AS MATERIALIZED ({statement}) SELECT m.ord, m.rank, e.terms FROM m JOIN search_entry e USING (ord)",
        params,
    )
    counts = Counter(array("i", b"".join([terms for _, _, terms in rows])))
    if order.startswith(("ord", "rank")):
        ranked = order.startswith("rank")
        places = sorted(((rank, ord_) if ranked else (0, ord_) for ord_, rank, _ in rows), reverse=True)
        page = [ord_ for _, ord_ in places[start:stop]]
    else:
        paging = f"SELECT ord FROM m JOIN search_entry USING (ord) ORDER BY {order} LIMIT %s OFFSET %s"
        found = _rows(f"WITH m AS MATERIALIZED ({statement}) {paging}", [*params, stop - start, start])
        page = [ord_ for (ord_,) in found]
    kept = {term: n for term, n in counts.items() if any(first <= term <= last for first, last in spans)}
    return len(rows), page, kept


def joint_pairs(matching: Sql, span: Span) -> tuple[int, list[tuple[int, int]]]:
    """How many match, and which joint terms of a range each of them has."""
    statement, params = matching
    rows = _rows(
        f"WITH m AS MATERIALIZED ({statement}) SELECT e.ord, e.joints FROM m JOIN search_entry e USING (ord)", params
    )
    first, last = span
    return len(rows), [(ord_, term) for ord_, joints in rows for term in array("i", joints) if first <= term <= last]


def _rows(statement: str, params: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()


def walk(conditions: Sequence[Condition], spans: Span, order: str, limit: int, offset: int) -> Sql:
    """A page of many matches, found by walking in their order."""
    choice = conditions[0] if len(conditions) == 1 else None
    if isinstance(choice, Choice) and len(choice.terms) == 1 and order.startswith("ord"):
        way = order.replace("ord", "d.ord")
        return (
            f"SELECT d.ord FROM search_posting d WHERE d.term = %s ORDER BY {way} LIMIT %s OFFSET %s",
            [*choice.terms, limit, offset],
        )
    tests, params = _tests(conditions, "e.ord")
    return (
        f"SELECT e.ord FROM search_entry e WHERE {range_of(order)} {tests} ORDER BY {order} LIMIT %s OFFSET %s",
        [*bounds_of(order, spans), *params, limit, offset],
    )


def _marks(values: Sequence[Any]) -> str:
    return ",".join(["%s"] * len(values))


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """Within it no statement runs longer; one that does raises OperationalError."""
    connection.ensure_connection()
    deadline = time.monotonic() + seconds
    connection.connection.set_progress_handler(lambda: time.monotonic() > deadline, 50_000)
    try:
        yield
    finally:
        connection.connection.set_progress_handler(None, 0)


@contextmanager
def walking() -> Iterator[None]:
    """SQLite walks in the order that is asked for by itself."""
    yield


def estimate(query: Query | None, span: Span) -> int:
    """FTS5 gives the newest first, however many there are: nobody has to know."""
    return 0


def clear() -> None:
    """Forget everything that no model of Django's holds."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_posting")
        cursor.execute("DELETE FROM search_fts")
