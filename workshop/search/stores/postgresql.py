"""The index in PostgreSQL: an array of terms with GIN, and tsvectors made of our own tokens.

The tsvector is written as a literal, so that PostgreSQL's parser has no say in what a
word is. ``search_entry`` stays narrow, because counting reads many of its rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from workshop.search.indexed import Indexed
from workshop.search.kinds import JOINTS, RECORDS, facet_of
from workshop.search.patience import Remaining, milliseconds
from workshop.search.query import Query
from workshop.search.stores import arrays
from workshop.search.stores.common import Gathered, Span, Sql, rows_of
from workshop.search.text import BREAK

# Without a pending list: a reader never pays for what a writer left undone.
INDEXES = (
    "CREATE INDEX IF NOT EXISTS search_entry_terms ON search_entry USING gin (terms) WITH (fastupdate = off)",
    "CREATE INDEX IF NOT EXISTS search_entry_joints ON search_entry USING gin (joints) WITH (fastupdate = off)",
    "CREATE INDEX IF NOT EXISTS search_text_tokens ON search_text USING gin (tokens) WITH (fastupdate = off)",
)
DROP_INDEXES = tuple(
    f"DROP INDEX IF EXISTS {name}" for name in ("search_entry_terms", "search_entry_joints", "search_text_tokens")
)
LAST_POSITION = 16_383  # a tsvector counts no further
MOST_SPANS = 4  # beyond, all terms are counted
MOST_PLACES = 255  # of one word in one text

matched, number, walk = arrays.matched, arrays.number, arrays.walk


def add(rows: Iterable[tuple[Indexed, Sequence[int]]]) -> None:
    """Write new entries: their row, what is shown of them, their terms and their tokens."""
    rows = list(rows)
    entries: list[Any] = [
        [row.ord for row, _ in rows],
        [RECORDS[row.kind] for row, _ in rows],
        [row.object_id for row, _ in rows],
        [row.until for row, _ in rows],
        [row.updated for row, _ in rows],
        [row.code for row, _ in rows],
        [row.digest for row, _ in rows],
        [row.face for row, _ in rows],
        [_array(terms, joint=False) for _, terms in rows],
        [_array(terms, joint=True) for _, terms in rows],
    ]
    texts: list[Any] = [
        [row.ord for row, _ in rows],
        [row.shown_text for row, _ in rows],
        [row.passage_text for row, _ in rows],
        [vector(row) for row, _ in rows],
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_entry (ord, kind, object_id, until, updated, code, digest, face, terms, joints) "
            "SELECT a, b, c, d, e, f, g, h, i::integer[], j::integer[] "
            "FROM unnest(%s::bigint[], %s::smallint[], %s::bigint[], %s::timestamptz[], %s::timestamptz[], "
            "%s::text[], %s::text[], %s::text[], %s::text[], %s::text[]) "
            "AS n (a, b, c, d, e, f, g, h, i, j)",
            entries,
        )
        cursor.execute(
            "INSERT INTO search_text (ord, shown, body, tokens) SELECT a, b, c, d::tsvector "
            "FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[]) AS n (a, b, c, d)",
            texts,
        )


def _array(terms: Iterable[int], *, joint: bool) -> str:
    """Terms as the literal of an array: those that stand for two facets at once, or the others."""
    return "{" + ",".join(str(term) for term in sorted(terms) if (facet_of(term) in JOINTS) is joint) + "}"


def remove(ords: Sequence[int]) -> None:
    """Forget entries."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_entry WHERE ord = ANY(%s)", [list(ords)])
        cursor.execute("DELETE FROM search_text WHERE ord = ANY(%s)", [list(ords)])


def terms_of(ords: Sequence[int]) -> dict[int, list[int]]:
    """The terms of entries."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ord, terms || joints FROM search_entry WHERE ord = ANY(%s)", [list(ords)])
        return dict(cursor.fetchall())


def vector(row: Indexed) -> str:
    """The tokens of an entry as the literal of a tsvector: title A, names B, body D."""
    places: dict[str, list[str]] = {}
    position = 0
    for column, weight in zip(row.columns, "ABD", strict=True):
        for token in column:
            position += 1
            if token != BREAK:
                seen = places.setdefault(token, [])
                if len(seen) < MOST_PLACES:
                    seen.append(f"{min(position, LAST_POSITION)}{weight}")
        position += 1  # no phrase spans two columns
    return " ".join(f"'{token}':{','.join(seen)}" for token, seen in places.items())


# --- Reading ---------------------------------------------------------------------------------


def gather(matching: Sql, spans: Sequence[Span], order: str, start: int, stop: int) -> Gathered:
    """How many match, the page from ``start`` to ``stop``, and how often each term of these ranges occurs."""
    statement, params = matching
    within = " OR ".join(["t BETWEEN %s AND %s"] * len(spans)) or "false"
    within = within if len(spans) <= MOST_SPANS else "true"
    source = "m" if order.startswith(("ord", "rank")) else "m JOIN search_entry USING (ord)"
    rows = rows_of(
        f"WITH m AS MATERIALIZED ({statement}) SELECT 0, count(*), 0 FROM m "
        f"UNION ALL (SELECT 1, t, count(*) FROM m, unnest(m.terms) t WHERE {within} GROUP BY t) "
        f"UNION ALL (SELECT 2, ord, row_number() OVER (ORDER BY {order}) FROM {source} "
        f"ORDER BY {order} LIMIT %s OFFSET %s)",
        [*params, *([key for span in spans for key in span] if within != "true" else []), stop - start, start],
    )
    total = next(number for what, number, _ in rows if what == 0)
    page = sorted((place, ord_) for what, ord_, place in rows if what == 2)
    return total, [ord_ for _, ord_ in page], {term: number for what, term, number in rows if what == 1}


def joint_pairs(matching: Sql, span: Span) -> tuple[int, list[tuple[int, int]]]:
    """How many match, and which joint terms of a range each of them has."""
    statement, params = matching
    rows = rows_of(
        f"WITH m AS MATERIALIZED ({statement}) SELECT 0, count(*) FROM m UNION ALL "
        "SELECT m.ord, t FROM m JOIN search_entry e USING (ord), unnest(e.joints) t WHERE t BETWEEN %s AND %s",
        [*params, *span],
    )
    return next(n for ord_, n in rows if not ord_), [row for row in rows if row[0]]


def term_pairs(matching: Sql, span: Span) -> list[tuple[int, int]]:
    """Which terms of a range each of the matches has."""
    statement, params = matching
    return rows_of(
        f"SELECT m.ord, t FROM ({statement}) m, unnest(m.terms) t WHERE t BETWEEN %s AND %s", [*params, *span]
    )


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """Within it all statements together take no longer; else the one that runs raises OperationalError."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('statement_timeout', %s, true), set_config('work_mem', '32MB', true)",
            [milliseconds(seconds)],
        )
        with connection.execute_wrapper(Remaining(seconds)):
            yield


@contextmanager
def walking() -> Iterator[None]:
    """Within it matches are found by walking the newest first: right where they are many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL enable_bitmapscan = off; SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off"
        )
        yield
        cursor.execute("SET LOCAL enable_bitmapscan = on; SET LOCAL enable_seqscan = on; SET LOCAL enable_sort = on")


def estimate(query: Query | None, span: Span) -> int:
    """How many entries of a range the planner expects a query to find; without one, how many there are."""
    words = "AND w.tokens @@ %s::tsquery" if query else ""
    statement = f"EXPLAIN (FORMAT JSON) SELECT 1 FROM search_text w WHERE w.ord BETWEEN %s AND %s {words}"
    ((plan,),) = rows_of(statement, [*span, *([arrays.query_text(query)] if query else [])])
    return int(plan[0]["Plan"]["Plan Rows"])


def clear() -> None:
    """Nothing is kept beside the rows of Django's models."""
