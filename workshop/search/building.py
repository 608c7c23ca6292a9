"""Building the whole index, and comparing it with the records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from workshop.models import SiteState
from workshop.search import index
from workshop.search.freshness import silent
from workshop.search.kinds import FORMAT, RECORDS
from workshop.search.models import Entry, IndexState, Spelling, Term
from workshop.search.sources import MODELS, READERS
from workshop.search.stores import postgresql, store

AT_ONCE = 500


def has_tables() -> bool:
    """False before the first migration."""
    return IndexState._meta.db_table in connection.introspection.table_names()


def is_ready() -> bool:
    """Whether the index is there, in the format that this code reads."""
    return IndexState.objects.filter(pk=1, format=FORMAT).exists()


def build(progress: Callable[[str, int, int], None] = lambda kind, done, total: None) -> int:
    """Index everything anew, part by part, in place: at no moment is anything missing.

    An entry that is right already is not written. ``progress`` hears of each part:
    the kind, how many of it are done, and of how many. Returns the number of entries.
    """
    empty = not Entry.objects.exists()
    if empty:
        store().clear()  # tables that were emptied without the index
        _drop_indexes()
    words: set[str] = set()
    written, analyzed = 0, AT_ONCE
    with silent():
        for kind in READERS:
            keys = list(_keys(kind))
            progress(kind, 0, len(keys))
            for at in range(0, len(keys), AT_ONCE):
                with transaction.atomic():
                    index.lock()
                    index.refresh(kind, keys[at : at + AT_ONCE], words=words)
                progress(kind, min(at + AT_ONCE, len(keys)), len(keys))
                written += AT_ONCE
                if written >= analyzed * 4:  # else tables that grow are read from end to end, as if they were small
                    _analyze()
                    analyzed = written
        _create_indexes()  # also those that an interrupted build has left out
        with transaction.atomic():
            index.lock()
            index.recount()
            Spelling.objects.all().delete()  # those that are in no public text any more go
            index.write_spellings(words)
            IndexState.objects.update_or_create(pk=1, defaults={"format": FORMAT, "built_at": timezone.now()})
            SiteState.raise_version()
    _analyze()
    return Entry.objects.count()


def _keys(kind: str) -> Iterator[int]:
    """Every record of a kind, public or not, and every one that has an entry."""
    stored = Entry.objects.filter(kind=RECORDS[kind]).values_list("object_id", flat=True)
    return iter(sorted({*MODELS[kind]._base_manager.values_list("pk", flat=True), *stored}))


def _drop_indexes() -> None:
    """GIN is ten times faster to build than to fill row by row."""
    _run(postgresql.DROP_INDEXES)


def _create_indexes() -> None:
    _run(postgresql.INDEXES)


def _analyze() -> None:
    """Without statistics the planner takes every word for a rare one."""
    _run(("ANALYZE search_entry", "ANALYZE search_text", "ANALYZE search_term", "ANALYZE search_pair"))


def _run(statements: tuple[str, ...]) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def build_where_missing(sender: Any = None, using: str = "default", **kwargs: Any) -> None:
    """After migrations: build an index that is missing or of an older format."""
    if using == "default" and has_tables() and not is_ready():
        build()


# --- Comparing -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Difference:
    """What is wrong with the index, for one kind of record or for the totals."""

    what: str
    missing: tuple[int, ...] = ()
    left_over: tuple[int, ...] = ()
    outdated: tuple[int, ...] = ()
    wrong_totals: int = 0


def compare(progress: Callable[[str, int, int], None] = lambda kind, done, total: None) -> list[Difference]:
    """The differences between the index and what the records say now; none where all is right."""
    found = []
    for kind, read in READERS.items():
        keys = list(_keys(kind))
        missing: list[int] = []
        left_over: list[int] = []
        outdated: list[int] = []
        for at in range(0, len(keys), AT_ONCE):
            some = keys[at : at + AT_ONCE]
            now = {row.object_id: row.digest for row in read(some)}
            rows = Entry.objects.filter(kind=RECORDS[kind], object_id__in=some)
            stored = dict(rows.values_list("object_id", "digest"))
            missing += sorted(now.keys() - stored.keys())
            left_over += sorted(stored.keys() - now.keys())
            outdated += sorted(key for key in now.keys() & stored.keys() if now[key] != stored[key])
            progress(kind, at + len(some), len(keys))
        if missing or left_over or outdated:
            found.append(Difference(kind, tuple(missing), tuple(left_over), tuple(outdated)))
    wrong = wrong_totals()
    return [*found, Difference("totals", wrong_totals=wrong)] if wrong else found


def wrong_totals() -> int:
    """How many totals differ from what the entries say."""
    if connection.vendor == "postgresql":
        posted = "SELECT unnest(terms || joints) AS term FROM search_entry"
    else:
        posted = "SELECT term FROM search_posting"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT term, count(*) FROM ({posted}) p GROUP BY term")
        right = dict(cursor.fetchall())
    stored = dict(Term.objects.exclude(total=0).values_list("pk", "total"))
    return len(dict(right.items() ^ stored.items()))
