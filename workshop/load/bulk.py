"""Rows into tables at the speed of the database: COPY on PostgreSQL, executemany on SQLite."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.utils import timezone

_SPECIAL = re.compile(r"[\\\n\r\t]")
_ESCAPES = {"\\": r"\\", "\n": r"\n", "\r": r"\r", "\t": r"\t"}


class Table:
    """Rows of one model on their way into its table.

    ``columns`` are what every row brings, ``same`` is what all have in common;
    the rest are the fields' defaults. Keys count up from the greatest there is.
    """

    def __init__(self, model: type[models.Model], columns: str, **same: Any):
        self.model, self.name = model, model._meta.db_table
        self.key = (model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0) + 1
        self.written, self._rows = 0, list[tuple]()
        given = [model._meta.get_field(name).column for name in columns.split()]
        rest = [field for field in model._meta.concrete_fields if not field.primary_key and field.column not in given]
        self.columns = [model._meta.pk.column, *given, *(field.column for field in rest)]
        self._tail = tuple(same.get(field.name, _default(field)) for field in rest)

    def add(self, *values: Any) -> int:
        """Put a row down; its key."""
        key = self.key
        self._rows.append((key, *values))
        self.key += 1
        return key

    def flush(self) -> None:
        """Write what was put down."""
        if self._rows:
            self.written += len(self._rows)
            (_copy if connection.vendor == "postgresql" else _insert)(self, self._rows, self._tail)
            self._rows = []


def _default(field: models.Field) -> Any:
    """What a new row of the model would hold."""
    if getattr(field, "auto_now", False):
        return timezone.now()
    return field.get_default()


def _copy(table: Table, rows: list[tuple], tail: tuple) -> None:
    end = "".join(f"\t{_copied(value)}" for value in tail) + "\n"
    text = "".join("\t".join(map(_copied, row)) + end for row in rows)
    columns = ", ".join(f'"{column}"' for column in table.columns)
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
        copy.write(text)


def _copied(value: Any) -> str:
    if value is None:
        return r"\N"
    text = str(value)
    return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], text) if _SPECIAL.search(text) else text


def _insert(table: Table, rows: list[tuple], tail: tuple) -> None:
    end = tuple(map(_stored, tail))
    columns, marks = ", ".join(f'"{column}"' for column in table.columns), ", ".join(["%s"] * len(table.columns))
    with connection.cursor() as cursor:
        cursor.executemany(
            f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})',
            [tuple(map(_stored, row)) + end for row in rows],
        )


def _stored(value: Any) -> Any:
    """As Django stores it in SQLite: moments in UTC without a zone, dates as text."""
    if isinstance(value, dt.datetime):
        return str(value.replace(tzinfo=None))
    return str(value) if isinstance(value, dt.date) else value


@contextmanager
def filling(tables: Collection[Table]) -> Iterator[None]:
    """One transaction in which the tables have no indexes and foreign keys but those made anew at its end.

    Building an index over everything costs a fraction of keeping it row by row;
    a row that breaks a constraint fails then, and all of it is taken back.
    """
    names = sorted({table.name for table in tables})
    with _relaxed(), transaction.atomic():
        restore = _set_aside_postgresql(names) if connection.vendor == "postgresql" else _set_aside_sqlite(names)
        yield
        with connection.cursor() as cursor:
            for statement in restore:
                cursor.execute(statement)
            for statement in connection.ops.sequence_reset_sql(no_style(), [table.model for table in tables]):
                cursor.execute(statement)


@contextmanager
def _relaxed() -> Iterator[None]:
    """SQLite does not wait for the disk meanwhile; nothing to do inside a transaction, or on PostgreSQL."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.execute("PRAGMA cache_size=-256000")
    try:
        yield
    finally:
        connection.close()  # the next one opens with the site's own settings


def _set_aside_sqlite(names: list[str]) -> list[str]:
    marks = ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({marks})",
            names,
        )
        found = cursor.fetchall()
        for name, _ in found:
            cursor.execute(f'DROP INDEX "{name}"')
    return [sql for _, sql in found]


def _set_aside_postgresql(names: list[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")  # no row may be waiting for DDL
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        cursor.execute(
            """SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
            WHERE contype IN ('f', 'u') AND conrelid::regclass::text = ANY(%s) ORDER BY contype DESC, oid""",
            [names],
        )
        constraints = cursor.fetchall()
        for table, name, _ in constraints:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        cursor.execute(
            """SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
            WHERE NOT indisprimary AND indrelid::regclass::text = ANY(%s) ORDER BY indexrelid""",
            [names],
        )
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
    made = [f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}" for table, name, definition in constraints]
    return [sql for _, sql in indexes] + made
