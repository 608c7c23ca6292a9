"""The number that vouches for what is kept: one row, asked for by every request."""

from __future__ import annotations

from functools import cache

from django.db import InterfaceError, OperationalError, connection
from django.db.models import BooleanField, Case, Value, When
from django.db.models.functions import Now

from workshop.models import SiteState


def current_version() -> int | None:
    """The version of what is public; None where nothing that was kept may be shown.

    That is so from the moment at which something ceases to be public by the clock
    until ``run_due`` has closed it, and where the database does not answer: the
    view then says what there is to say. One query, without the ORM's own cost.
    """
    # This question is the health check: on PostgreSQL it would be a second one.
    kept_open, connection.health_check_done = connection.connection is not None, True
    try:
        try:
            row = _ask()
        except (OperationalError, InterfaceError):
            if not kept_open or connection.in_atomic_block:
                raise
            connection.close()  # the server has ended what was kept open: ask it anew, once
            row = _ask()
    except (OperationalError, InterfaceError):
        return None
    version, over = row or (0, False)
    return None if over else version


def _ask() -> tuple[int, bool] | None:
    with connection.cursor() as cursor:
        cursor.execute(*_question(connection.vendor))
        return cursor.fetchone()


@cache
def _question(vendor: str) -> tuple[str, tuple]:
    """The query as the ORM writes it for a database, written once."""
    over = Case(When(ceases_at__lte=Now(), then=Value(True)), default=Value(False), output_field=BooleanField())
    return SiteState.objects.filter(pk=1).values_list("version", over).query.sql_with_params()
