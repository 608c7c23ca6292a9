"""What undoing a merge brings back, and what has changed since and stays."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.text import capfirst

from workshop.common.columns import plain
from workshop.editing.models import Kept, Revision
from workshop.merging import kinds
from workshop.merging.changes import delete, raise_versions, touched, update, value_of
from workshop.merging.models import Merge
from workshop.search import freshness
from workshop.slugs.models import OldSlug, Slugged


class Undoing:
    """Worked out by reading only; ``write()`` does it. ``left`` says what stays as it is now."""

    def __init__(self, merge: Merge) -> None:
        self.merge = merge
        self.left: list[str] = []
        self.out: list[Any] = []
        self.values: list[tuple[Any, dict[str, Any]]] = []
        self.back: list[Any] = []
        self.refusal = _refusal(merge)
        if not self.refusal:
            self.rows = _as_they_are(merge)
            self._added()
            self._removed()
            self._changed()

    def write(self) -> None:
        """Do it, in the transaction that is open."""
        freshness.written(self.out)
        for row in self.out:
            delete(type(row), [row.pk])
        for row, values in self.values:
            update(type(row), [row.pk], values)
            for name, value in values.items():
                setattr(row, name, value)
        for row in self.back:
            row.save_base(raw=True, force_insert=True)
        raise_versions(self.out)
        touched([*(row for row, _ in self.values), *self.back])

    # --- what the merge made, took, and changed --------------------------------------------

    def _added(self) -> None:
        for label, key, values in self.merge.changes["added"]:
            row = self.rows[label].get(key)
            if row is not None and all(plain(getattr(row, name)) == value for name, value in values.items()):
                self.out.append(row)
            elif isinstance(row, Revision):
                self.out.append(row)
                if row.recovered_as is not None:
                    self.left.append(f"“{row.title}” was recovered as a record of its own since, and that stays.")
            elif row is not None:
                self.left.append(f"{_called(row)} was changed since, and stays.")

    def _removed(self) -> None:
        coming = {(label, key) for label, key, _ in self.merge.changes["removed"]}
        for label, key, values in self.merge.changes["removed"]:
            model: Any = apps.get_model(label)
            row = model(**{name: value_of(label, name, value) for name, value in values.items()})
            itself = (label, key) == (self.merge.model, self.merge.gone_key)
            if itself and isinstance(row, Slugged):
                self._free_address(row)
            if problem := self._in_the_way(row, coming):
                if itself:
                    self.refusal = problem
                else:
                    self.left.append(f"{capfirst(model._meta.verbose_name)} is not brought back: {problem}")
            else:
                self.back.append(row)

    def _free_address(self, row: Any) -> None:
        """Another record may have been given the address of one that never was public."""
        label = row._meta.label_lower
        old = OldSlug.objects.filter(model=label, slug=row.slug).exclude(object_id=self.merge.kept_key)
        if type(row)._base_manager.filter(slug=row.slug).exists() or old.exists():
            taken, row.slug = row.slug, row._free_slug()
            self.left.append(f"The address “{taken}” is another record’s by now: it becomes “{row.slug}”.")

    def _in_the_way(self, row: Any, coming: set[tuple[str, Any]]) -> str:
        """Why a row cannot come back; empty where it can. Ties that may be empty are emptied."""
        for column in row._meta.concrete_fields:
            key = getattr(row, column.attname)
            if column.is_relation and key is not None:
                target: Any = column.related_model
                if (target._meta.label_lower, plain(key)) in coming or target._base_manager.filter(pk=key).exists():
                    continue
                if not column.null:
                    return f"what it belonged to ({target._meta.verbose_name}) is not there any more."
                setattr(row, column.attname, None)
                self.left.append(f"{_called(row)}: its {column.verbose_name} is not there any more.")
        others = type(row)._base_manager.exclude(
            pk__in=[change.pk for change in self.out if type(change) is type(row)]
        )
        for names in _unique(type(row)):
            values = {name: getattr(row, name) for name in names}
            if None in values.values():
                continue
            there = others.filter(**values).first()
            if there is not None and not self._gives_way(there, names):
                return f"{_called(there)} stands where it was."
        return ""

    def _gives_way(self, row: Any, names: tuple[str, ...]) -> bool:
        """Whether undoing takes from a row what another needs: the kept keyword gives a name back."""
        for label, key, values in self.merge.changes["changed"]:
            if (label, key) == (row._meta.label_lower, plain(row.pk)):
                return bool(set(values) & set(names))
        return False

    def _changed(self) -> None:
        for label, key, values in self.merge.changes["changed"]:
            row = self.rows[label].get(key)
            model: Any = apps.get_model(label)
            if row is None and issubclass(model, Kept):
                continue  # published or dropped since: there is nothing to bring back
            if row is None:
                self.left.append(f"{capfirst(model._meta.verbose_name)} that had moved is not there any more.")
                continue
            back = {}
            for name, (before, after) in values.items():
                now = getattr(row, name)
                if plain(now) == after:
                    back[name] = value_of(label, name, before)
                elif name in kinds.LINES:
                    back[name] = _without(now, set(kinds.lines(after)) - set(kinds.lines(before)))
                elif isinstance(row, Kept):
                    again = f"{_called(row)} was saved again since: look whom it names."
                    self.left += [again] if again not in self.left else []
                else:
                    field = row._meta.get_field(name)
                    self.left.append(f"{_called(row)}: {field.verbose_name} was changed since, and stays.")
            if back:
                self.values.append((row, back))


def _refusal(merge: Merge) -> str:
    """Why a merge cannot be undone; empty where it can."""
    if merge.undone_at is not None:
        return "It was undone already."
    if not Merge.objects.undoable().filter(pk=merge.pk).exists():
        return "It was done more than 30 days ago: what undoing needs is forgotten."
    later = Merge.objects.of(merge.kind).filter(undone_at=None, gone_key=merge.kept_key, pk__gt=merge.pk).first()
    if later is not None:
        return f"“{later.gone_name}” itself went into “{later.kept_name}” since then. Undo that first."
    return ""


def _as_they_are(merge: Merge) -> dict[str, dict[Any, Any]]:
    """The rows that the merge made or changed, by label and key."""
    keys: dict[str, list[Any]] = defaultdict(list)
    for label, key, _ in [*merge.changes["added"], *merge.changes["changed"]]:
        keys[label].append(key)
    return {label: apps.get_model(label)._base_manager.in_bulk(some) for label, some in keys.items()}


def _called(row: models.Model) -> str:
    if isinstance(row, Kept):
        record = row.content_type.get_all_objects_for_this_type(pk=row.object_id).first()  # type: ignore[attr-defined]
        return f"{capfirst(row._meta.verbose_name)} of “{record}”"
    return f"{capfirst(row._meta.verbose_name)} “{row}”"


def _without(text: str, added: set[str]) -> str:
    """The lines of a text, but those that the merge had added."""
    return "\n".join(line for line in kinds.lines(text) if line not in added)


def _unique(model: type[models.Model]) -> list[tuple[str, ...]]:
    """The columns that are unique, alone or together, the key aside."""
    meta: Any = model._meta
    sets = [(each.name,) for each in meta.concrete_fields if each.unique and not each.primary_key]
    sets += [tuple(names) for names in meta.unique_together]
    sets += [each.fields for each in meta.constraints if isinstance(each, models.UniqueConstraint) and each.fields]
    return [tuple(meta.get_field(name).attname for name in names) for names in sets]
