"""A search that was given up: one exception, whichever database lost its patience; and how much of it is left."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError

QUERY_CANCELED = "57014"  # what PostgreSQL calls it


class TookTooLong(Exception):
    """The time that ``bounded`` allows is over."""


@contextmanager
def patience() -> Iterator[None]:
    """Within it a statement that takes too long raises ``TookTooLong``; a database that is down stays what it is."""
    try:
        yield
    except OperationalError as error:
        if str(error) == "interrupted" or getattr(error.__cause__, "sqlstate", "") == QUERY_CANCELED:
            raise TookTooLong from error
        raise


class Remaining:
    """For ``execute_wrapper`` on PostgreSQL: leaves each statement what the ones before it left of the time.

    A tenth more or less is not worth a message to the database.
    """

    def __init__(self, seconds: float):
        self.allowed = seconds
        self.deadline = time.monotonic() + seconds

    def __call__(self, execute, sql, params, many, context):
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TookTooLong
        if left < self.allowed * 0.9:
            self.allowed = left
            execute("SELECT set_config('statement_timeout', %s, true)", [milliseconds(left)], False, context)
        return execute(sql, params, many, context)


def milliseconds(seconds: float) -> str:
    """For ``statement_timeout``, where 0 would mean for ever."""
    return str(max(1, int(seconds * 1000)))
