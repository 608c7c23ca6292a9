"""Doing something for the eye only: in a transaction that is always undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import OperationalError, connection, transaction

from workshop.search import freshness

Result = TypeVar("Result")

PATIENCE = 2  # seconds that a rehearsal waits for others who write, before it gives up


class Busy(Exception):
    """Others are writing for so long that it is better to try again."""


def rehearse(act: Callable[[], Result], *, indexing: bool = False) -> Result:
    """Do something, and undo it: no row, no index entry and no hook of it remains, only what it returns.

    What it returns must be finished: nothing of it may read the database again. The
    index stays as it is during the rehearsal, unless ``indexing``: its lock, and the
    time that it takes, are for what cannot be shown otherwise. Raises Busy where the
    database is held by others. On PostgreSQL, keys that were drawn are not drawn again.
    """
    with freshness.apart(indexing=indexing), _little_patience():
        try:
            with transaction.atomic():
                _bound_waiting()
                try:
                    return act()
                finally:
                    transaction.set_rollback(True)
        except OperationalError as error:
            raise Busy from error


@contextmanager
def _little_patience() -> Iterator[None]:
    """SQLite: wait two seconds for the one write lock, not twenty."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {int(before)}")


def _bound_waiting() -> None:
    """PostgreSQL: the same for each row that somebody else holds, until the transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
