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

from workshop.search.indexed import Indexed
from workshop.search.kinds import JOINTS, RECORDS, facet_of
from workshop.search.query import Query
from workshop.search.stores import postings
from workshop.search.stores.common import Gathered, Span, Sql, rows_of
from workshop.search.stores.postings import marks

MOST = 400  # order keys named in one statement

matched, number, walk = postings.matched, postings.number, postings.walk


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
                cursor.execute(f"DELETE FROM {table} WHERE {key} IN ({marks(some)})", some)


def terms_of(ords: Sequence[int]) -> dict[int, list[int]]:
    """The terms of entries."""
    found: dict[int, list[int]] = {ord_: [] for ord_ in ords}
    with connection.cursor() as cursor:
        for at in range(0, len(ords), MOST):
            some = ords[at : at + MOST]
            cursor.execute(f"SELECT ord, terms, joints FROM search_entry WHERE ord IN ({marks(some)})", some)
            for ord_, terms, joints in cursor.fetchall():
                found[ord_] = [*array("i", terms), *array("i", joints)]
    return found


def every_terms() -> Iterator[list[int]]:
    """The terms of every entry, one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT terms, joints FROM search_entry")
        while rows := cursor.fetchmany(1000):
            yield from ([*array("i", terms), *array("i", joints)] for terms, joints in rows)


# --- Reading ---------------------------------------------------------------------------------


def gather(matching: Sql, spans: Sequence[Span], order: str, start: int, stop: int) -> Gathered:
    """How many match, the page from ``start`` to ``stop``, and how often each term of these ranges occurs."""
    (statement, params) = matching
    rows = rows_of(
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
        found = rows_of(f"WITH m AS MATERIALIZED ({statement}) {paging}", [*params, stop - start, start])
        page = [ord_ for (ord_,) in found]
    kept = {term: n for term, n in counts.items() if any(first <= term <= last for first, last in spans)}
    return len(rows), page, kept


def joint_pairs(matching: Sql, span: Span) -> tuple[int, list[tuple[int, int]]]:
    """How many match, and which joint terms of a range each of them has."""
    rows = _rows_with("joints", matching)
    return len(rows), _pairs(rows, span)


def term_pairs(matching: Sql, span: Span) -> list[tuple[int, int]]:
    """Which terms of a range each of the matches has."""
    return _pairs(_rows_with("terms", matching), span)


def _rows_with(column: str, matching: Sql) -> list[Any]:
    statement, params = matching
    return rows_of(
        f"WITH m AS MATERIALIZED ({statement}) SELECT e.ord, e.{column} FROM m JOIN search_entry e USING (ord)", params
    )


def _pairs(rows: Iterable[tuple[int, bytes]], span: Span) -> list[tuple[int, int]]:
    first, last = span
    return [(ord_, term) for ord_, terms in rows for term in array("i", terms) if first <= term <= last]


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """Within it all statements together take no longer; else the one that runs raises OperationalError."""
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
