"""Contents in words: how a place is called, what its values mean, and what changed, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst

from workshop.editing.content import DELETE, Content, Difference, Fields, Place, Values
from workshop.editing.formdata import PageForms, clean

ABSENT = "a record that is gone, or that you may not see"
MOST_WORDS = 4_000  # beyond that a comparison word by word takes too long to be worth it
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
        return f"{title}: {self._field_label(formset.empty_form, place.name).lower()}" if place.name else title

    def row_title(self, prefix: str, fields: Fields) -> str:
        """What tells a row from the others: the first thing that stands in it."""
        form = self.pages.formsets[prefix].empty_form
        for name, values in fields.items():
            if name != DELETE and any(values) and (said := self.words(form, name, values)):
                return Truncator(said).chars(50)
        return "empty"

    def row(self, prefix: str, fields: Fields) -> str:
        """A whole row as lines of “label: value”."""
        form = self.pages.formsets[prefix].empty_form
        said = [
            f"{self._field_label(form, name)}: {self.words(form, name, values)}"
            for name, values in fields.items()
            if any(values) and name != DELETE
        ]
        return "\n".join(said)

    def words(self, form: Any, name: str, values: Values) -> str:
        """What the values of a field mean to a person."""
        if name == DELETE:
            return "to be removed" if values else ""
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
        return self.words(formset.empty_form, place.name, values) if formset else "\n".join(values)

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


def _titles(field: Any, keys: Values) -> list[str]:
    found = {str(record.pk): str(record) for record in field.queryset.filter(pk__in=keys)}
    return [found.get(key, ABSENT) for key in keys]


def _flat(choices: Any) -> Iterable[tuple[Any, Any]]:
    for key, word in choices:
        if isinstance(word, list | tuple):
            yield from word
        else:
            yield key, word


def marked(old: str, new: str) -> SafeString:
    """The new text with what came in ``<ins>`` and what went in ``<del>``, word by word."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if len(before) + len(after) > MOST_WORDS:
        before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    parts: list[tuple[str, str]] = []
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(("", "".join(before[i:j])))
        if kind in {"delete", "replace"}:
            parts.append(("del", "".join(before[i:j])))
        if kind in {"insert", "replace"}:
            parts.append(("ins", "".join(after[k:m])))
    return format_html_join("", "{}", ((_part(tag, text),) for tag, text in parts))


def _part(tag: str, text: str) -> str:
    return format_html("<{0}>{1}</{0}>", tag, text) if tag else text
