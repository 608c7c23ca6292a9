"""Two versions of a record side by side: every field and row in words, with what came and what went."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib.admin.utils import flatten_fieldsets
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst

from workshop.editing.content import DELETE, Content, Fields, Place, Values, plainly
from workshop.editing.formdata import PageForms, clean
from workshop.editing.reading import ABSENT, Reader, in_order, part, pieces

LONGEST_SAME = 1_200  # letters of a stretch that is the same in both; of a longer one the ends are shown
LONGEST_OTHER = 12_000  # letters of a stretch that is not
MOST_MARKED = 200_000  # letters of a page that are compared word by word


class Legible(PageForms):
    """The forms of a page for reading alone: complete, also where somebody may look and not change."""

    def __init__(self, model_admin: Any, request: Any, record: Any | None):
        super().__init__(model_admin, request, record)
        if not self.form.fields:
            shown = flatten_fieldsets(model_admin.get_fieldsets(request, record))
            form = forms.modelform_factory(
                model_admin.model,
                fields=[name for name in shown if name not in model_admin.get_readonly_fields(request, record)],
                formfield_callback=lambda field, **kwargs: model_admin.formfield_for_dbfield(field, request, **kwargs),
            )
            self.form = form(instance=record)

    def everything(self) -> Content:
        """What is stored, with the rows that are shown and cannot be changed."""
        content = self.stored()
        for prefix in self.closed:
            rows = {str(form.instance.pk): self._row(form) for form in self.formsets[prefix].initial_forms}
            if any(rows.values()):
                content.rows[prefix] = rows
        return content


def not_for(user: Any, pages: PageForms) -> Callable[[str], bool]:
    """Of which fields somebody is told nothing: authors of those they have no field for, unless nobody has."""
    known = {found.name for found in pages.form._meta.model._meta.get_fields()}
    return lambda name: not user.publishes and name in known and name not in pages.form.fields


class Titles(Reader):
    """A reader that has asked for all names at once: one query for each field that chooses records."""

    def __init__(self, pages: PageForms, *contents: Content):
        super().__init__(pages)
        self.known: dict[tuple[str, str], dict[str, str]] = {}
        for prefix, form in [("", pages.form), *((prefix, self.row_form(prefix)) for prefix in pages.formsets)]:
            for name, chooser in form.fields.items():
                if isinstance(chooser, forms.ModelChoiceField):
                    keys = {key for content in contents for key in _chosen(content, prefix, name)}
                    found = chooser.queryset.filter(pk__in=clean(form, name, sorted(keys))) if keys else []
                    self.known[form.prefix or "", name] = {str(record.pk): str(record) for record in found}

    def words(self, form: Any, name: str, values: Values) -> str:
        """As a reader says it; several choices in one order, so that a comparison finds them."""
        titles = self.known.get((form.prefix or "", name))
        if titles is None:
            return super().words(form, name, values)
        return ", ".join(sorted(titles.get(key, ABSENT) for key in values if key))


def _chosen(content: Content, prefix: str, name: str) -> Values:
    if not prefix:
        return content.fields.get(name, [])
    return [key for row in content.rows.get(prefix, {}).values() for key in row.get(name, [])]


@dataclass(frozen=True)
class Line:
    """One field, or one row as a whole, in both versions."""

    label: str
    old: SafeString | str
    new: SafeString | str


@dataclass
class Comparison:
    """What differs, in the order of the page, and what does not."""

    changed: list[Line] = field(default_factory=list)
    same: list[Line] = field(default_factory=list)


class Comparing:
    """Compares two contents of one record."""

    def __init__(self, pages: PageForms, old: Content, new: Content, *, hides: Callable[[str], bool]):
        self.pages, self.old, self.new = pages, old, new
        self.reader = Titles(pages, old, new)
        self.hides = hides  # names of fields of which whoever asks is told nothing
        self.left = MOST_MARKED
        self.found = Comparison()

    def compared(self) -> Comparison:
        """Every field of the record, then the rows of each inline; what no form knows any more comes last."""
        for name in in_order(self.pages.form, {**self.old.fields, **self.new.fields}):
            if not self.hides(name):
                self._field(Place("", "", name))
        for prefix in dict.fromkeys([*self.pages.formsets, *self.old.rows, *self.new.rows]):
            for place, old, new in self._rows(prefix):
                self._row(place, old, new)
        return self.found

    def _rows(self, prefix: str) -> Iterator[tuple[Place, Fields | None, Fields | None]]:
        """The rows of an inline, in pairs. One that was restored has another key, and is known by its words."""
        if prefix in self.pages.formsets and not (prefix in self.old.rows and prefix in self.new.rows):
            return  # of one of them it was not kept: there is nothing to compare
        before, after = dict(self.old.rows.get(prefix, {})), self.new.rows.get(prefix, {})
        gone = {_said(fields): row for row, fields in before.items() if row not in after}
        for row, fields in after.items():
            known = row if row in before else gone.pop(_said(fields), None)
            yield Place(prefix, row, ""), before.pop(known, None) if known else None, fields
        for row, fields in before.items():
            yield Place(prefix, row, ""), fields, None

    def _row(self, place: Place, old: Fields | None, new: Fields | None) -> None:
        title = self._row_label(place, new or old or {})
        if old is None or new is None or _said(old) == _said(new):
            self._line(title, self._whole(place.prefix, old), self._whole(place.prefix, new))
            return
        for name in in_order(self._form(place.prefix), {**old, **new}):
            if name != DELETE:
                label = f"{title}: {self._label(place._replace(name=name)).lower()}"
                values = [self._words(place._replace(name=name), fields.get(name, [])) for fields in (old, new)]
                self._line(label, *values)

    def _field(self, place: Place) -> None:
        old, new = (self._words(place, content.at(place)) for content in (self.old, self.new))
        self._line(self._label(place), old, new)

    def _line(self, label: str, old: str, new: str) -> None:
        if plainly([old]) == plainly([new]):
            if new.strip():
                self.found.same.append(Line(label, "", shortened(new)))
            return
        self.left -= len(old) + len(new)
        self.found.changed.append(Line(label, *(sides(old, new) if self.left > 0 else apart(old, new))))

    # --- in words ----------------------------------------------------------------------

    def _label(self, place: Place) -> str:
        form = self._form(place.prefix)
        return capfirst(self.reader._field_label(form, place.name)) if form else _by_name(place.name)

    def _words(self, place: Place, values: Values) -> str:
        return self.reader.said_at(place, values)

    def _form(self, prefix: str) -> Any:
        if not prefix:
            return self.pages.form
        return self.reader.row_form(prefix) if prefix in self.pages.formsets else None

    def _row_label(self, place: Place, fields: Fields) -> str:
        if place.prefix in self.pages.formsets:
            noun = capfirst(str(self.pages.formsets[place.prefix].model._meta.verbose_name))
            return f"{noun} “{self.reader.row_title(place.prefix, fields)}”"
        first = next((value for values in fields.values() for value in values if value), "empty")
        return f"{_by_name(place.prefix)} “{Truncator(first).chars(50)}”"

    def _whole(self, prefix: str, fields: Fields | None) -> str:
        if fields is None:
            return ""
        if prefix in self.pages.formsets:
            return self.reader.row(prefix, fields)
        return "\n".join(f"{_by_name(name)}: {', '.join(values)}" for name, values in fields.items() if any(values))


def _by_name(name: str) -> str:
    return capfirst(name.replace("_", " "))


def _said(fields: Fields) -> tuple:
    return tuple(sorted((name, *plain) for name, values in fields.items() if (plain := plainly(values))))


def sides(old: str, new: str) -> tuple[SafeString, SafeString]:
    """Two texts: the old one with what went in ``<del>``, the new one with what came in ``<ins>``."""
    found = pieces(old, new)
    return _side([("" if p.same else "del", p.old) for p in found]), _side(
        [("" if p.same else "ins", p.new) for p in found]
    )


def apart(old: str, new: str) -> tuple[SafeString, SafeString]:
    """The same without looking for what they have in common."""
    return _side([("del", old)]), _side([("ins", new)])


def _side(parts: list[tuple[str, str]]) -> SafeString:
    return format_html_join("", "{}", ((part(tag, shortened(text, bool(tag))),) for tag, text in parts if text))


def shortened(text: str, other: bool = False) -> SafeString | str:
    """A long text with its beginning and its end, and how much was left out."""
    most = LONGEST_OTHER if other else LONGEST_SAME
    if len(text) <= most:
        return text
    end = most // 3
    left_out = f"{len(text) - 2 * end:,} more letters{'' if other else ', the same in both'}"
    return format_html('{}<span class="desk-gap">[… {} …]</span>{}', text[:end], left_out, text[-end:])
