"""Reads the public records that records lead to: one prepared query a step."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.db import models
from django.db.models import F

from workshop.common.keywords import TaggableManager, tags_of
from workshop.common.prepared import Prepared


class Read(list):
    """The rows that a relation was read with. To ask for others, ask the model."""

    def all(self) -> Read:
        """As a related manager is asked in views and templates."""
        return self


# What foreign keys led to so far: by model, then by key; None for what is not public.
Known = dict[type[models.Model], dict[Any, Any]]
AT_ONCE = 64  # records of which rows are read: asked of more, PostgreSQL asks the rules of the whole table
Reader = Callable[[list[Any], Known], list[Any]]


def read_public(
    model: type[models.Model], records: list[Any], paths: Iterable[str], known: Known | None = None
) -> None:
    """Attach to the records what each path (``"talk__workshop"``) leads to, public records only.

    A record that two paths lead to is read once.
    """
    known = {} if known is None else known
    tree: dict[str, list[str]] = {}
    for path in paths:
        step, _, rest = path.partition("__")
        tree.setdefault(step, []).extend([rest] if rest else [])
    for step, further in tree.items():
        found = _reader(model, step)(records, known)
        if found and further:
            related: Any = model._meta.get_field(step).related_model
            read_public(related, found, further, known)


@cache
def _reader(model: type[models.Model], step: str) -> Reader:
    """The function that attaches one step to records, and answers with what it attached."""
    field: Any = model._meta.get_field(step)
    if isinstance(field, TaggableManager):
        return _many(tags_of(model), field.name)
    if field.concrete and not field.many_to_many:
        return _forward(field)
    if field.many_to_many:
        forward = not field.auto_created
        back = field.related_query_name() if forward else field.field.name
        linked = Prepared(
            lambda keys: _public(field.related_model).filter(**{f"{back}__in": keys}).annotate(linked_to=F(back))
        )
        return _many(linked, field.name if forward else field.field.related_query_name())
    return _backward(field)


def _public(model: Any) -> models.QuerySet:
    manager = model._default_manager
    return manager.public() if hasattr(manager, "public") else manager.all()


def _forward(field: Any) -> Reader:
    """A foreign key: to a record that is not public it reads as None."""
    named = Prepared(lambda keys: _public(field.related_model).filter(pk__in=keys).order_by())

    def read(records: list[Any], known: Known) -> list[Any]:
        keys = {key for record in records if (key := getattr(record, field.attname)) is not None}
        found = known.setdefault(field.related_model, {})
        if missing := sorted(keys - found.keys()):
            found.update(dict.fromkeys(missing))
            found.update((row.pk, row) for row in named(missing))
        for record in records:
            field.set_cached_value(record, found.get(getattr(record, field.attname)))
        return [row for key in keys if (row := found[key]) is not None]

    return read


def _backward(relation: Any) -> Reader:
    """Rows that point to the record: a list, or for a one-to-one the row or nothing."""
    field = relation.field
    pointing = Prepared(lambda keys: _public(relation.related_model).filter(**{f"{field.name}__in": keys}))

    def read(records: list[Any], known: Known) -> list[Any]:
        by_key = {record.pk: record for record in records}
        found: dict[Any, Read] = {key: Read() for key in by_key}
        keys = sorted(by_key)
        rows = [row for at in range(0, len(keys), AT_ONCE) for row in pointing(keys[at : at + AT_ONCE])]
        for row in rows:
            key = getattr(row, field.attname)
            field.set_cached_value(row, by_key[key])
            found[key].append(row)
        for record in records:
            if relation.one_to_one:
                relation.set_cached_value(record, next(iter(found[record.pk]), None))
            else:
                _keep(record, relation.cache_name, found[record.pk])
        return rows

    return read


def _many(linked: Prepared, name: str) -> Reader:
    """Records on the other side of a table between; ``linked_to`` says to whom each belongs."""

    def read(records: list[Any], known: Known) -> list[Any]:
        found: dict[Any, Read] = {record.pk: Read() for record in records}
        rows = list(linked(sorted(found)))
        for row in rows:
            found[row.linked_to].append(row)
        for record in records:
            _keep(record, name, found[record.pk])
        return rows

    return read


def _keep(record: Any, name: str, rows: Read) -> None:
    """Where Django's related managers look before they ask."""
    if not hasattr(record, "_prefetched_objects_cache"):
        record._prefetched_objects_cache = {}
    record._prefetched_objects_cache[name] = rows
