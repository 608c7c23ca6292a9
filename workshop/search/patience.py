"""A search that was given up: one exception, whichever database lost its patience."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError

QUERY_CANCELED = "57014"  # what PostgreSQL calls it


class TookTooLong(Exception):
    """A statement ran into the time that ``bounded`` allows."""


@contextmanager
def patience() -> Iterator[None]:
    """Within it a statement that takes too long raises ``TookTooLong``; a database that is down stays what it is."""
    try:
        yield
    except OperationalError as error:
        if str(error) == "interrupted" or getattr(error.__cause__, "pgcode", "") == QUERY_CANCELED:
            raise TookTooLong from error
        raise
