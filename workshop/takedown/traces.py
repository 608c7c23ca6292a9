"""What is left of rows that were removed: in the index, in memory, in the pages of the database's file."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.core.cache import cache
from django.db import DatabaseError, connection

from workshop.caching.middleware import PAGES
from workshop.common.writing.rendering import kept_html
from workshop.search.models import Pair, Spelling, Term
from workshop.search.text import fold

log = logging.getLogger(__name__)


@contextmanager
def overwritten() -> Iterator[None]:
    """Within it SQLite writes zeros over what is deleted. PostgreSQL does so with its next VACUUM."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA secure_delete").fetchone()[0]
        cursor.execute("PRAGMA secure_delete = ON")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA secure_delete = {int(before)}")


def out_of_index(forms: Collection[str]) -> None:
    """Spellings, values that nothing has any more, and what FTS5 has only struck out. After ``public_changed()``."""
    spelt = [word for word in Spelling.objects.values_list("word", flat=True) if fold(word) in forms]
    Spelling.objects.filter(word__in=spelt).delete()
    Pair.objects.filter(total=0).delete()
    Term.objects.filter(total=0).delete()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_fts (search_fts) VALUES ('optimize')")


def forget() -> None:
    """Empty what this process keeps in memory, and the cache that all share. Call it after the commit."""
    cache.clear()
    PAGES.clear()
    kept_html.cache_clear()
    if connection.in_atomic_block or connection.vendor != "sqlite":
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except DatabaseError as error:  # somebody reads: it happens by itself later
        log.warning("Traces of what was taken down stay in the database’s files for now: %s", type(error).__name__)
