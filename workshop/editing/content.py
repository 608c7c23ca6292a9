"""What the form of a record holds: one shape for drafts, unsaved work, revisions and conflicts.

A ``Content`` is what a browser would send of the form, sorted into the record's own
fields and the rows of its inlines. Rows that are stored go by their key, others by a
name of their own.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

Values = list[str]
Fields = dict[str, Values]
DELETE = "DELETE"  # the formsets' own name of the box that removes a row


class Place(NamedTuple):
    """Where a value stands: in the record itself, or in a row of an inline."""

    prefix: str  # of the inline; empty for the record's own fields
    row: str  # key of a stored row, or the name of a new one
    name: str  # of the field; empty for the row as such

    def __str__(self) -> str:
        return "|".join(self)

    @classmethod
    def read(cls, text: str) -> Place:
        """The place that ``str()`` wrote. Raises ValueError for anything else."""
        prefix, row, name = text.split("|")
        return cls(prefix, row, name)


def new_row() -> str:
    """A name for a row that is not stored yet."""
    return f"new-{secrets.token_hex(4)}"


def is_new(row: str) -> bool:
    """Whether a row is not stored yet."""
    return row.startswith("new-")


def plainly(values: Values) -> Values:
    """Values as they compare: no empty ones, one kind of line end, and a choice of several in no order."""
    return sorted(text for value in values if (text := value.replace("\r\n", "\n").replace("\r", "\n").strip()))


@dataclass(frozen=True)
class Content:
    """The values of a form, by name: its own, and those of each row of each inline."""

    fields: Fields = field(default_factory=dict)
    rows: dict[str, dict[str, Fields]] = field(default_factory=dict)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Content:
        """What ``as_json`` made; what is lacking in an old one is empty."""
        return cls(dict(stored.get("fields", {})), dict(stored.get("rows", {})))

    def as_json(self) -> dict[str, Any]:
        """For a JSON field."""
        return {"fields": self.fields, "rows": self.rows}

    @property
    def fingerprint(self) -> str:
        """The same for the same words, however they were sent."""
        said = json.dumps([[str(place), *values] for place, values in sorted(self._said())], ensure_ascii=False)
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def _said(self) -> Iterator[tuple[Place, Values]]:
        for place, values in self.places():
            if plain := plainly(values):
                yield place, plain

    def places(self) -> Iterator[tuple[Place, Values]]:
        """Every value with its place; a row counts even if all its fields are empty."""
        for name, values in self.fields.items():
            yield Place("", "", name), values
        for prefix, rows in self.rows.items():
            for row, fields in rows.items():
                yield Place(prefix, row, ""), [row]
                for name, values in fields.items():
                    yield Place(prefix, row, name), values

    def at(self, place: Place) -> Values:
        """The values at a place, none where there is no such place."""
        if not place.prefix:
            return self.fields.get(place.name, [])
        return self.rows.get(place.prefix, {}).get(place.row, {}).get(place.name, [])

    def having(self, place: Place, values: Values) -> Content:
        """The same with other values at one place; its row must be there."""
        if not place.prefix:
            return replace(self, fields={**self.fields, place.name: values})
        rows = self.rows.get(place.prefix, {})
        row = {**rows.get(place.row, {}), place.name: values}
        return replace(self, rows={**self.rows, place.prefix: {**rows, place.row: row}})

    @property
    def words(self) -> str:
        """A fingerprint that does not mind what new rows are called: each time they are sent they get another name."""
        rows = {
            prefix: {f"new-{n}" if is_new(row) else row: fields for n, (row, fields) in enumerate(found.items())}
            for prefix, found in self.rows.items()
        }
        return replace(self, rows=rows).fingerprint

    def says_the_same(self, other: Content) -> bool:
        """Whether both hold the same words."""
        return self.fingerprint == other.fingerprint


class Difference(NamedTuple):
    """A place where two contents differ, with both values; None for a row that one of them has not."""

    place: Place
    old: Values | None
    new: Values | None


def differences(old: Content, new: Content) -> list[Difference]:
    """Where two contents differ, in the order of the form: fields, then rows that came, went or changed."""
    found = []
    for name in dict.fromkeys([*old.fields, *new.fields]):
        found += _differ(Place("", "", name), old, new)
    for prefix in dict.fromkeys([*old.rows, *new.rows]):
        before, after = old.rows.get(prefix, {}), new.rows.get(prefix, {})
        for row in dict.fromkeys([*before, *after]):
            place = Place(prefix, row, "")
            if row not in before:
                found.append(Difference(place, None, _whole(after[row])))
            elif row not in after:
                found.append(Difference(place, _whole(before[row]), None))
            else:
                for name in dict.fromkeys([*before[row], *after[row]]):
                    found += _differ(Place(prefix, row, name), old, new)
    return found


def _differ(place: Place, old: Content, new: Content) -> list[Difference]:
    before, after = old.at(place), new.at(place)
    return [] if plainly(before) == plainly(after) else [Difference(place, before, after)]


def _whole(fields: Fields) -> Values:
    return [value for values in fields.values() for value in values]


@dataclass(frozen=True)
class Merged:
    """Two contents as one, with what has to be decided and what was taken over."""

    content: Content
    conflicts: list[Difference]  # old: theirs, new: mine; the content has mine
    taken: list[Difference]  # old: mine before, new: theirs, which the content has


def merge(base: Content | None, mine: Content, theirs: Content) -> Merged:
    """What one wrote and what another saved meanwhile, both begun from ``base``.

    Where only one of them changed a value, that one stands. Where both did, in
    different ways, or the base is not known, it is a conflict, and ``mine`` stands
    in the form until somebody decides. A row that they removed and I left alone is
    gone; one that I changed is kept, as a conflict.
    """
    merged, conflicts, taken = mine, [], []
    for difference in differences(mine, theirs):
        place, my_values, their_values = difference
        before = None if base is None else base.at(place) if place.name else _row_of(base, place)
        if place.name:
            if before is not None and plainly(my_values or []) == plainly(before):
                merged = merged.having(place, their_values or [])
                taken.append(difference)
            elif before is None or plainly(their_values or []) != plainly(before):
                conflicts.append(Difference(place, their_values, my_values))
        elif my_values is None:  # a row of theirs
            merged = _with_row(merged, place, theirs.rows[place.prefix][place.row])
            taken.append(difference)
        elif not is_new(place.row):  # a row of mine that they have removed
            same = before is not None and plainly(my_values) == plainly(before)
            row = mine.rows[place.prefix][place.row]
            merged = _with_row(merged, place, None)
            if row.get(DELETE):
                continue
            if same:
                taken.append(difference)
            else:
                kept = place._replace(row=f"new-{place.row}")
                merged = _with_row(merged, kept, row)
                conflicts.append(Difference(kept, None, my_values))
    return Merged(merged, conflicts, taken)


def _row_of(content: Content, place: Place) -> Values | None:
    fields = content.rows.get(place.prefix, {}).get(place.row)
    return None if fields is None else _whole(fields)


def _with_row(content: Content, place: Place, fields: Fields | None) -> Content:
    rows = {row: values for row, values in content.rows.get(place.prefix, {}).items() if row != place.row}
    if fields is not None:
        rows[place.row] = fields
    return replace(content, rows={**content.rows, place.prefix: rows})
