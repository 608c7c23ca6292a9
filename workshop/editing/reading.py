"""Contents in words: how a place is called, what its values mean, and what changed, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from os.path import commonprefix
from pathlib import PurePath
from typing import Any, NamedTuple

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst

from workshop.editing.content import DELETE, Content, Difference, Fields, Place, Values
from workshop.editing.files import KEPT
from workshop.editing.formdata import PageForms, clean

ABSENT = "a record that is gone, or that you may not see"
# Beyond that a comparison word by word takes too long to be worth it. Words that recur all the time are
# no landmarks for it, either ("autojunk"): a text of two words repeated would take minutes.
MOST_WORDS = 4_000
_WORDS = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)


@dataclass(frozen=True)
class Change:
    """A difference in words."""

    place: Place
    label: str
    old: str
    new: str
    marked: SafeString  # the new text, with what came and what went


class Reader:
    """Reads contents with the labels and choices of a page's forms."""

    def __init__(self, pages: PageForms):
        self.pages = pages
        self._forms: dict[str, Any] = {}

    def row_form(self, prefix: str) -> Any:
        """The form of a row of an inline: made once, because that takes its time."""
        if prefix not in self._forms:
            self._forms[prefix] = self.pages.formsets[prefix].empty_form
        return self._forms[prefix]

    def label(self, place: Place, content: Content | None = None) -> str:
        """How the page calls a place: “Talk's speaker Ada Berg: role”."""
        if not place.prefix:
            return self._field_label(self.pages.form, place.name)
        formset = self.pages.formsets.get(place.prefix)
        if formset is None:
            return capfirst(place.prefix.replace("_", " "))
        noun = capfirst(str(formset.model._meta.verbose_name))
        row = content.rows.get(place.prefix, {}).get(place.row) if content else None
        title = f"{noun} “{self.row_title(place.prefix, row)}”" if row else noun
        return (
            f"{title}: {self._field_label(self.row_form(place.prefix), place.name).lower()}" if place.name else title
        )

    def row_title(self, prefix: str, fields: Fields) -> str:
        """What tells a row from the others: the first thing that stands in it."""
        form = self.row_form(prefix)
        for name, values in in_order(form, fields).items():
            if name != DELETE and any(values) and (said := self.words(form, name, values)):
                return Truncator(said).chars(50)
        return "empty"

    def row(self, prefix: str, fields: Fields) -> str:
        """A whole row as lines of “label: value”."""
        form = self.row_form(prefix)
        said = [
            f"{self._field_label(form, name)}: {self.words(form, name, values)}"
            for name, values in in_order(form, fields).items()
            if any(values) and name != DELETE
        ]
        return "\n".join(said)

    def words(self, form: Any, name: str, values: Values) -> str:
        """What the values of a field mean to a person."""
        if name == DELETE:
            return "to be removed" if values else ""
        if name.endswith(KEPT):
            return ", ".join(f"file {PurePath(value).stem[:8]}" for value in values if value)
        field = form.fields.get(name)
        if isinstance(field, forms.ModelChoiceField):
            return ", ".join(_titles(field, clean(form, name, values)))
        if isinstance(field, forms.BooleanField):
            return "yes" if values else "no"
        if isinstance(field, forms.ChoiceField):
            words = {str(key): str(word) for key, word in _flat(field.choices)}
            return ", ".join(words.get(value, value) for value in values if value)
        return "\n".join(values).replace("\r\n", "\n")

    def said_at(self, place: Place, values: Values | None) -> str:
        """The same by place; a row that is not there says nothing."""
        if values is None:
            return ""
        if not place.prefix:
            return self.words(self.pages.form, place.name, values)
        formset = self.pages.formsets.get(place.prefix)
        return self.words(self.row_form(place.prefix), place.name, values) if formset else "\n".join(values)

    def changes(self, found: Iterable[Difference], old: Content, new: Content) -> list[Change]:
        """Differences between two contents, as a person reads them."""
        return [self._change(difference, old, new) for difference in found]

    def _change(self, difference: Difference, old: Content, new: Content) -> Change:
        place = difference.place
        if place.name:
            before, after = self.said_at(place, difference.old), self.said_at(place, difference.new)
        else:
            before, after = (self._whole(place, content) for content in (old, new))
        label = self.label(place, new if place.row in new.rows.get(place.prefix, {}) else old)
        return Change(place, label, before, after, marked(before, after))

    def _whole(self, place: Place, content: Content) -> str:
        fields = content.rows.get(place.prefix, {}).get(place.row)
        return self.row(place.prefix, fields) if fields and place.prefix in self.pages.formsets else ""

    @staticmethod
    def _field_label(form: Any, name: str) -> str:
        if name == DELETE:
            return "Removal"
        stem = name if name in form.fields else name.rpartition("_")[0]
        field = form.fields.get(stem)
        return str(field.label or stem) if field is not None else capfirst(name.replace("_", " "))


def in_order(form: Any, fields: Fields) -> Fields:
    """Values in the order of their form, what it does not know last: PostgreSQL keeps none in JSON."""
    places = {name: place for place, name in enumerate(form.fields if form else ())}

    def place_of(name: str) -> tuple[int, str]:
        return places.get(name, places.get(name.rpartition("_")[0], len(places))), name

    return {name: fields[name] for name in sorted(fields, key=place_of)}


def _titles(field: Any, keys: Values) -> list[str]:
    found = {str(record.pk): str(record) for record in field.queryset.filter(pk__in=keys)}
    return [found.get(key, ABSENT) for key in keys]


def _flat(choices: Any) -> Iterable[tuple[Any, Any]]:
    for key, word in choices:
        if isinstance(word, list | tuple):
            yield from word
        else:
            yield key, word


class Piece(NamedTuple):
    """A stretch of two texts: the same in both, or what the one has where the other has something else."""

    old: str
    new: str
    same: bool


def pieces(old: str, new: str) -> list[Piece]:
    """Two texts cut where they differ: word by word, long ones line by line, very long ones as a whole."""
    if old == new:
        return [Piece(old, new, True)]
    start, end = _in_common(old, new)
    before, after = _tokens(old[start : len(old) - end], new[start : len(new) - end])
    found = [Piece(old[:start], new[:start], True)] if start else []
    for kind, i, j, k, m in SequenceMatcher(None, before, after).get_opcodes():
        found.append(Piece("".join(before[i:j]), "".join(after[k:m]), kind == "equal"))
    if end:
        found.append(Piece(old[len(old) - end :], new[len(new) - end :], True))
    return _without_islands(found)


def _without_islands(found: list[Piece]) -> list[Piece]:
    """A blank between two words that both differ differs with them: one mark, not three."""
    joined: list[Piece] = []
    for number, piece in enumerate(found):
        island = piece.same and not piece.new.strip() and 0 < number < len(found) - 1
        same = piece.same and not island
        if joined and not same and not joined[-1].same:
            joined[-1] = Piece(joined[-1].old + piece.old, joined[-1].new + piece.new, False)
        else:
            joined.append(piece._replace(same=same))
    return joined


def _in_common(old: str, new: str) -> tuple[int, int]:
    """How many letters both begin with, up to the end of a word, and how many they end with."""
    start = len(commonprefix((old, new)))
    while start and not old[start - 1].isspace():
        start -= 1
    end = len(commonprefix((old[start:][::-1], new[start:][::-1])))
    while end and not old[len(old) - end].isspace():
        end -= 1
    return start, end


def _tokens(old: str, new: str) -> tuple[list[str], list[str]]:
    short = len(old) + len(new) <= MOST_WORDS * 20
    before, after = (_WORDS.findall(old), _WORDS.findall(new)) if short else ([], [])
    if not short or len(before) + len(after) > MOST_WORDS:
        before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    if len(before) + len(after) > MOST_WORDS:
        before, after = [old], [new]
    return before, after


def marked(old: str, new: str) -> SafeString:
    """The new text with what came in ``<ins>`` and what went in ``<del>``, word by word."""
    parts: list[tuple[str, str]] = []
    for piece in pieces(old, new):
        parts += [("", piece.new)] if piece.same else [("del", piece.old), ("ins", piece.new)]
    return format_html_join("", "{}", ((part(tag, text),) for tag, text in parts if text))


def part(tag: str, text: str) -> str:
    """A text, within an element where one is named."""
    return format_html("<{0}>{1}</{0}>", tag, text) if tag else text
