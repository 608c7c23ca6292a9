"""Rows as they are and as they are to become: worked out first, then written, and undone from the same list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models import F
from django.utils import timezone

from workshop.common.columns import plain, read
from workshop.common.publishing import Publishable
from workshop.editing.models import Kept
from workshop.search import freshness
from workshop.search.sources import KINDS

AT_ONCE = 500
Key = tuple[type[models.Model], Any]


class Changes:
    """What is to be removed, changed and added. Nothing is written until ``write()``."""

    def __init__(self) -> None:
        self.rows: dict[Key, Any] = {}  # each row once, as it is to become
        self.before: dict[Key, dict[str, Any]] = {}
        self.removed: dict[Key, Any] = {}
        self.added: list[Any] = []

    def row(self, row: Any) -> Any:
        """The one object that stands for a row here, with what was changed of it so far."""
        return self.rows.setdefault((type(row), row.pk), row)

    def set(self, row: Any, **values: Any) -> None:
        """Change columns of a row; the values are those that the database holds."""
        key = type(row), row.pk
        for name, value in values.items():
            if getattr(row, name) != value:
                self.before.setdefault(key, {}).setdefault(name, getattr(row, name))
                setattr(row, name, value)

    def remove(self, row: Any) -> None:
        """Take a row out, as it was before anything here changed it."""
        key = type(row), row.pk
        for name, value in self.before.pop(key, {}).items():
            setattr(row, name, value)
        self.removed[key] = row

    def is_removed(self, row: Any) -> bool:
        """Whether a row is to go."""
        return (type(row), row.pk) in self.removed

    def add(self, row: Any) -> None:
        """Make a new row."""
        self.added.append(row)

    def changed(self) -> Iterator[tuple[Any, dict[str, Any], dict[str, Any]]]:
        """Rows that change, with the values before and after."""
        for key, before in self.before.items():
            row = self.rows[key]
            after = {name: getattr(row, name) for name in before}
            if after != before:
                yield row, before, after

    # --- writing -----------------------------------------------------------------------

    def write(self) -> None:
        """Write it, in the transaction that is open, past signals and rules of deletion."""
        keys: dict[type[models.Model], list[Any]] = defaultdict(list)
        for model, key in self.removed:
            keys[model].append(key)
        freshness.written(self.removed.values())  # while what they belong to is there
        for model, gone in keys.items():
            delete(model, gone)
        alike: dict[tuple[type[models.Model], str], tuple[dict[str, Any], list[Any]]] = {}
        for row, _, after in self.changed():
            alike.setdefault((type(row), repr(after)), (after, []))[1].append(row.pk)
        for (model, _), (values, changed) in alike.items():
            update(model, changed, values)
        for row in self.added:
            row.save()
        raise_versions(self.removed.values())
        touched([*(row for row, *_ in self.changed()), *self.added])

    def as_json(self) -> dict[str, list]:
        """All of it, for the day on which it is undone. Call it after ``write()``."""
        return {
            "removed": [_named(row) for row in self.removed.values()],
            "changed": [
                [
                    row._meta.label_lower,
                    plain(row.pk),
                    {name: [plain(v), plain(after[name])] for name, v in old.items()},
                ]
                for row, old, after in self.changed()
            ],
            "added": [_named(row) for row in self.added],
        }


def _named(row: models.Model) -> list:
    return [row._meta.label_lower, plain(row.pk), {f.attname: plain(getattr(row, f.attname)) for f in columns(row)}]


def columns(row: models.Model) -> list[Any]:
    """The columns of a row."""
    return list(row._meta.concrete_fields)


def value_of(label: str, name: str, value: Any) -> Any:
    """A column's value out of JSON, by the names of model and field."""
    return read(apps.get_model(label)._meta.get_field(name), value)


# --- Writing in bulk: no signals, so what is indexed is told by ``touched`` ------------------


def delete(model: type[models.Model], keys: list[Any]) -> None:
    """Remove rows, and nothing that hangs on them: whoever calls has dealt with that."""
    for at in range(0, len(keys), AT_ONCE):
        model._base_manager.filter(pk__in=keys[at : at + AT_ONCE])._raw_delete(connection.alias)


def update(model: type[models.Model], keys: list[Any], values: dict[str, Any]) -> None:
    """Set columns of many rows alike."""
    for at in range(0, len(keys), AT_ONCE):
        model._base_manager.filter(pk__in=keys[at : at + AT_ONCE]).update(**values)


def touched(rows: Collection[Any]) -> None:
    """Raise the versions of the records that these rows are or belong to, and have them indexed."""
    raise_versions(rows)
    freshness.written(rows)


def raise_versions(rows: Iterable[Any]) -> None:
    """A form that was opened before is stale then. Records that show a row anew are indexed anew."""
    owners: dict[type[models.Model], set[Any]] = defaultdict(set)
    for row in rows:
        for model, key in owners_of(row):
            owners[model].add(key)
    for model, keys in owners.items():
        update(model, sorted(keys), {"version": F("version") + 1, "updated_at": timezone.now()})
        if model in KINDS:
            freshness.changed(model, keys)


def owners_of(row: Any) -> Iterator[tuple[type[models.Model], Any]]:
    """The records with a version that a row is, or is a part of; work beside a record is none."""
    if isinstance(row, Publishable):
        yield type(row), row.pk
        return
    if isinstance(row, Kept):
        return
    for field in row._meta.concrete_fields:
        key = getattr(row, field.attname)
        owned = field.is_relation and field.remote_field.on_delete is models.CASCADE
        if key is not None and owned and issubclass(field.related_model, Publishable):
            yield field.related_model, key
    kind = getattr(row, "content_type", None)
    if kind is not None and not hasattr(row, "action_flag"):  # the admin's history belongs to nobody's version
        model = kind.model_class()
        if model is not None and issubclass(model, Publishable):
            yield model, row.object_id
