"""The tables of a site as lines of JSON, without what is derived from them or ends with a session."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import connection, models

from workshop.common.columns import plain, read

LEFT_OUT = {"search", "sessions"}  # apps: the index is built anew, and everybody signs in again
LEFT_OUT_MODELS = {"editing.presence"}
MOST_PARAMETERS = 900  # of one statement: SQLite's limit was 999 for long


def models_of(registry: Apps) -> list[type[models.Model]]:
    """The models whose rows make up a site, also those between two, by the names of their tables."""
    found = [
        model
        for model in registry.get_models(include_auto_created=True)
        if model._meta.managed
        and not model._meta.proxy
        and model._meta.app_label not in LEFT_OUT
        and model._meta.label_lower not in LEFT_OUT_MODELS
    ]
    return sorted(found, key=lambda model: model._meta.db_table)


def fields_of(model: type[models.Model]) -> list[models.Field]:
    """The fields that have a column which is written."""
    return [field for field in model._meta.concrete_fields if not getattr(field, "generated", False)]


def lines(model: type[models.Model]) -> Iterator[str]:
    """The names of the columns, then every row, each as a line of JSON."""
    fields = fields_of(model)
    yield json.dumps([field.column for field in fields])
    rows = model._base_manager.order_by("pk").values_list(*(field.attname for field in fields))
    for row in rows.iterator(chunk_size=2000):
        yield json.dumps([plain(value) for value in row], ensure_ascii=False, separators=(",", ":"))


def empty(registry: Apps) -> None:
    """Remove every row of every table of the site, and of the index made from them."""
    tables = [model._meta.db_table for model in registry.get_models(include_auto_created=True) if model._meta.managed]
    connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), tables, reset_sequences=False))


def load(model: type[models.Model], written: Iterable[str]) -> int:
    """Write the lines of a table into it as they are: no clock, no signal. Returns the number of rows.

    Raises ValueError for a column that the table has not, or a value that it cannot hold.
    """
    rest = iter(written)
    by_column = {field.column: field for field in fields_of(model)}
    columns = row_of(next(rest, ""))
    if unknown := sorted(set(columns) - set(by_column)):
        raise ValueError(f"The table {model._meta.db_table} has no column {', '.join(unknown)}.")
    fields = [by_column[column] for column in columns]
    names = ", ".join(map(connection.ops.quote_name, columns))
    marks = f"({', '.join(['%s'] * len(columns))})"
    number = 0
    with connection.cursor() as cursor:
        while some := list(islice(rest, max(1, MOST_PARAMETERS // len(columns)))):
            values = [stored(field, value) for line in some for field, value in zip(fields, row_of(line), strict=True)]
            cursor.execute(
                f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({names}) "
                f"VALUES {', '.join([marks] * len(some))}",
                values,
            )
            number += len(some)
    return number


def row_of(line: str) -> list[Any]:
    row = json.loads(line) if line else None
    if not isinstance(row, list) or not row:
        raise ValueError(f"This is no row: {line[:60]}")
    return row


def stored(field: models.Field, value: Any) -> Any:
    """A value from JSON as the database takes it."""
    return field.get_db_prep_save(read(field, value), connection)


def count_on(registry: Apps) -> None:
    """New rows get keys above those that are there."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models_of(registry)):
            cursor.execute(statement)
