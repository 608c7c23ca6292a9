"""Drafts and unsaved words that name the record that goes: they name the kept one from now on.

Earlier revisions stay as they were. What a draft was begun from is kept a second time,
renamed likewise: else all that the merge has moved would seem somebody's change.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from typing import Any

from django.db import connection, models

from workshop.editing.models import Draft, Kept, Revision, Unsaved, kind_of
from workshop.editing.renaming import Renaming
from workshop.merging.changes import AT_ONCE, Changes

NOTE = "A record that it names went into another one."
BEGUN = ((Draft, "live"), (Unsaved, "base"))  # and which column tells what it was begun from
Place = tuple[int, int | None, str]  # a record, by kind and key, and the fingerprint of what it held


class WorkBeside:
    """What is kept of editors' work beside the records, and names the one that goes."""

    def __init__(self, changes: Changes, gone: Any, kept: Any, called: Collection[str]) -> None:
        self.changes, self.gone = changes, gone
        self.renaming = Renaming(gone, kept, called)
        self.anew: dict[Place, Revision] = {}

    def rename(self) -> Counter[type[models.Model]]:
        """Let it name the kept one; answers with how many drafts and unsaved pages do from now on."""
        renamed: Counter[type[models.Model]] = Counter()
        for model, column in BEGUN:
            # What was typed on the page of the one that goes waits with it for an undo.
            rows = [row for row in model.objects.select_related("content_type") if not self._is_of_gone(row)]
            bases = self._bases(rows, column)
            concerned = [row.pk for row in rows if self._names(row) or _place(row, getattr(row, column)) in bases]
            for row in _held(model, concerned):
                begun, before = bases.get(_place(row, getattr(row, column))), row.content
                if self._names(row):
                    renamed[model] += 1
                    values = {"payload": {**row.payload, **self._renamed(row).as_json()}}
                    self._keep_anew(bases.get(_place(row, before.fingerprint)))  # pages are open that show it
                    self.changes.set(self.changes.row(row), **values)
                if begun is not None:
                    self.changes.set(self.changes.row(row), **{column: self._keep_anew(begun)})
        return renamed

    def _is_of_gone(self, row: Any) -> bool:
        return row.content_type == kind_of(self.gone) and row.object_id == self.gone.pk

    def _renamed(self, row: Kept) -> Any:
        model = row.content_type.model_class()
        return row.content if model is None else self.renaming.of(model, row.content)

    def _names(self, row: Kept) -> bool:
        return bool(self._renamed(row) != row.content)

    def _bases(self, rows: list[Any], column: str) -> dict[Place, Revision]:
        """The revisions from which these were begun, or which they are, as far as they name the one that goes."""
        wanted: dict[int, set[tuple[int, str]]] = defaultdict(set)
        for row in rows:
            if row.object_id is not None:
                prints = {getattr(row, column), row.content.fingerprint}
                wanted[row.content_type_id] |= {(row.object_id, fingerprint) for fingerprint in prints}
        found: dict[Place, Revision] = {}
        for kind, places in wanted.items():
            pairs = sorted(places)
            for at in range(0, len(pairs), AT_ONCE):
                keys, prints = ({pair[part] for pair in pairs[at : at + AT_ONCE]} for part in (0, 1))
                kept = Revision.objects.filter(content_type=kind, object_id__in=keys, fingerprint__in=prints)
                for revision in kept.select_related("content_type").order_by("made_at", "pk"):
                    if self._names(revision):
                        found[_place(revision, revision.fingerprint)] = revision
        return found

    def _keep_anew(self, revision: Revision | None) -> str:
        """Keep a revision a second time, renamed; the fingerprint of that."""
        if revision is None:
            return ""
        place = _place(revision, revision.fingerprint)
        if place not in self.anew:
            content = self._renamed(revision)
            self.anew[place] = Revision(
                content_type=revision.content_type,
                object_id=revision.object_id,
                kind=revision.kind,
                title=revision.title,
                payload=content.as_json(),
                fingerprint=content.fingerprint,
                note=NOTE,
                author_id=revision.author_id,
                owner_id=revision.owner_id,
                made_at=revision.made_at,
            )
            self.changes.add(self.anew[place])
        return self.anew[place].fingerprint


def _place(row: Any, fingerprint: str) -> Place:
    return row.content_type_id, row.object_id, fingerprint


def _held(model: Any, keys: list[Any]) -> list[Any]:
    """The rows as they are now; held where something is to be written, so that nobody's words are written over."""
    rows = model.objects.filter(pk__in=keys).prefetch_related("content_type").order_by("pk")
    return list(rows.select_for_update() if connection.in_atomic_block else rows)
