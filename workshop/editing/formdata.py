"""From the forms of a record's page to a ``Content``, and back.

The forms are those that its admin would make: what can be changed there, and nothing
else, so that whatever is kept can be shown, compared and saved again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms.formsets import INITIAL_FORM_COUNT, MAX_NUM_FORM_COUNT, MIN_NUM_FORM_COUNT, TOTAL_FORM_COUNT
from django.forms.utils import ErrorDict, ErrorList
from django.http import QueryDict

from workshop.editing.content import DELETE, Content, Fields, Values, is_new, new_row
from workshop.editing.files import KEPT, ComesBack

MOST_ROWS = 1000  # of one inline; what a page of ours could ever show
COUNTS = (TOTAL_FORM_COUNT, INITIAL_FORM_COUNT, MIN_NUM_FORM_COUNT, MAX_NUM_FORM_COUNT)


class PageForms:
    """The form and the formsets of a page, without anything that somebody typed."""

    def __init__(self, model_admin: Any, request: Any, record: Any | None):
        self.record = record
        change = record is not None
        fields = _flat(model_admin.get_fieldsets(request, record))
        self.form = model_admin.get_form(request, record, change=change, fields=fields)(instance=record)
        self.formsets: dict[str, Any] = {}
        self.inlines: dict[str, Any] = {}  # whose formsets they are
        self.closed: set[str] = set()  # rows that are shown and cannot be changed
        owner = record if change else model_admin.model()
        for formset_class, inline in model_admin.get_formsets_with_inlines(request, record):
            prefix = _prefix(formset_class, self.formsets)
            self.formsets[prefix] = formset_class(instance=owner, prefix=prefix, queryset=inline.get_queryset(request))
            self.inlines[prefix] = inline
            if not inline.has_change_permission(request, record):
                self.closed.add(prefix)

    # --- to content -------------------------------------------------------------------

    @property
    def names(self) -> str:
        """What the page has, to be sent along: a form that was opened before an update lacks something."""
        own = ",".join(_names(self.form))
        rows = [f"{prefix}:{','.join(_names(formset.empty_form))}" for prefix, formset in self.formsets.items()]
        return ";".join([own, *rows])

    def with_newer(self, content: Content, names: str, stored: Content) -> Content:
        """What was sent by a page that had only these names: what it could not know is as it is stored."""
        if not names or names == self.names:
            return content
        own, *others = names.split(";")
        known = {prefix: set(listed.split(",")) for prefix, _, listed in (other.partition(":") for other in others)}
        fields = {
            name: values if name in own.split(",") else stored.fields.get(name, [])
            for name, values in content.fields.items()
        }
        rows = {
            prefix: {
                row: {
                    **{n: v for n, v in stored.rows.get(prefix, {}).get(row, {}).items() if n not in known[prefix]},
                    **sent,
                }
                for row, sent in found.items()
            }
            if prefix in known
            else stored.rows.get(prefix, {})
            for prefix, found in content.rows.items()
        }
        return Content(fields, rows)

    def stored(self) -> Content:
        """What is stored, as the page would show it."""
        rows = {
            prefix: {str(form.instance.pk): self._row(form) for form in formset.initial_forms}
            for prefix, formset in self.formsets.items()
            if prefix not in self.closed
        }
        return Content(dict(_sent(self.form)), rows)

    def _row(self, form: Any) -> Fields:
        return {name: values for name, values in _sent(form) if name not in self._hidden(form)}

    @staticmethod
    def _hidden(form: Any) -> set[str]:
        """The keys of a row and of its owner: they are known without being sent."""
        return {name for name, field in form.fields.items() if _is_key(form, name, field)}

    def posted(self, data: Mapping[str, Any], base: Content | None = None) -> Content:
        """What somebody sent; only names that this page has. New rows keep the names that ``base`` has for them."""
        values = {name: _list(data, name) for name in data}
        fields = {name: values.get(name, []) for name in _names(self.form)}
        rows = {
            prefix: dict(self._posted_rows(prefix, values, base))
            for prefix in self.formsets
            if prefix not in self.closed
        }
        return Content(fields, rows)

    def _posted_rows(self, prefix: str, values: dict[str, Values], base: Content | None) -> Iterator:
        formset = self.formsets[prefix]
        names = [*_names(formset.empty_form), DELETE]
        hidden = self._hidden(formset.empty_form)
        known = [row for row in (base.rows.get(prefix, {}) if base else {}) if is_new(row)]
        pattern = re.compile(rf"{re.escape(prefix)}-(\d+)-")
        numbers = {int(found[1]) for name in values if (found := pattern.match(name)) and len(found[1]) < 5}
        for number in sorted(numbers)[:MOST_ROWS]:
            stem = f"{prefix}-{number}-"
            row = {name: sent for name in names if name not in hidden and (sent := values.get(f"{stem}{name}"))}
            key = next(iter(values.get(f"{stem}{_key_of(formset)}", [])), "")
            if key.isascii() and key.isdecimal():
                yield str(int(key)), row
            elif any(map(any, row.values())):
                yield (known.pop(0) if known else new_row()), row

    # --- and back ------------------------------------------------------------------------

    def data(self, content: Content) -> QueryDict:
        """What a browser would send to bring the page into this state.

        Stored rows come first and in their order, as formsets want it; one that the
        content does not know is as it is stored, one that is stored no more is new.
        """
        found = QueryDict(mutable=True)
        for name in _names(self.form):
            found.setlist(name, clean(self.form, name, content.fields.get(name, [])))
        for prefix, formset in self.formsets.items():
            self._add_rows(found, prefix, formset, content.rows.get(prefix, {}))
        return found

    def _add_rows(self, found: QueryDict, prefix: str, formset: Any, rows: Mapping[str, Fields]) -> None:
        stored = formset.initial_forms
        kept = {str(form.instance.pk) for form in stored}
        extra = [fields for row, fields in rows.items() if row not in kept and not fields.get(DELETE)]
        for number, form in enumerate(stored):
            fields = rows.get(str(form.instance.pk)) if prefix not in self.closed else None
            self._add_row(found, f"{prefix}-{number}", form, self._row(form) if fields is None else fields)
            found[f"{prefix}-{number}-{_key_of(formset)}"] = str(form.instance.pk)
        for number, fields in enumerate(extra if prefix not in self.closed else [], len(stored)):
            self._add_row(found, f"{prefix}-{number}", formset.empty_form, fields)
        total = len(stored) + (0 if prefix in self.closed else len(extra))
        for name, count in zip(COUNTS, (total, len(stored), 0, MOST_ROWS), strict=True):
            found[f"{prefix}-{name}"] = str(count)

    def _add_row(self, found: QueryDict, stem: str, form: Any, fields: Fields) -> None:
        for name in [*_names(form), DELETE]:
            if values := clean(form, name, fields.get(name, [])):
                found.setlist(f"{stem}-{name}", values)
        owner = getattr(self.record, "pk", None)
        for name, field in form.fields.items():
            if isinstance(field, forms.models.InlineForeignKeyField) and owner:
                found[f"{stem}-{name}"] = str(owner)

    def numbers(self, data: Mapping[str, Any], prefix: str) -> dict[str, str]:
        """Of the stored rows that were sent: their keys, with the stem of their fields' names."""
        name = re.compile(rf"({re.escape(prefix)}-\d+)-{re.escape(_key_of(self.formsets[prefix]))}$")
        return {data[key]: found[1] for key in data if (found := name.match(key)) and data[key]}


def quiet(form: Any) -> None:
    """Show what a bound form holds without saying what is wrong with it yet."""
    form._errors = ErrorDict()
    form.cleaned_data = {}


def quiet_formset(formset: Any) -> None:
    """The same for a formset and its rows."""
    for form in formset.forms:
        quiet(form)
    formset._errors = []
    formset._non_form_errors = ErrorList()


def _flat(fieldsets: Any) -> list[str]:
    from django.contrib.admin.utils import flatten_fieldsets

    return flatten_fieldsets(fieldsets)


def _prefix(formset_class: Any, taken: Mapping[str, Any]) -> str:
    """As the admin numbers several formsets of one model."""
    prefix = formset_class.get_default_prefix()
    number = 1 + sum(name == prefix or re.fullmatch(rf"{re.escape(prefix)}-\d+", name) is not None for name in taken)
    return prefix if number == 1 else f"{prefix}-{number}"


def _key_of(formset: Any) -> str:
    return formset.model._meta.pk.name


def _is_key(form: Any, name: str, field: Any) -> bool:
    return name == form._meta.model._meta.pk.name or isinstance(field, forms.models.InlineForeignKeyField)


def _list(data: Mapping[str, Any], name: str) -> Values:
    found = data.getlist(name) if isinstance(data, QueryDict) else data[name]
    return [str(value) for value in (found if isinstance(found, list | tuple) else [found])]


def _names(form: Any) -> Iterator[str]:
    """The names under which a browser sends the fields of a form, without its prefix; of a file, the stored one's."""
    for name, field in form.fields.items():
        if isinstance(field, ComesBack):
            yield f"{name}{KEPT}"
        if isinstance(field, forms.FileField) or name == DELETE:
            continue
        if isinstance(field.widget, forms.MultiWidget):
            yield from (f"{name}{ending}" for ending in field.widget.widgets_names)
        else:
            yield name


def _sent(form: Any) -> Iterator[tuple[str, Values]]:
    """What a browser would send of an untouched form."""
    for name, field in form.fields.items():
        if isinstance(field, ComesBack):
            stored = form.initial.get(name)
            yield f"{name}{KEPT}", [stored.name] if stored else []
        if isinstance(field, forms.FileField) or name == DELETE:
            continue
        value = form[name].value()
        widget = field.widget
        if isinstance(widget, forms.MultiWidget):
            parts: Any = value if isinstance(value, list | tuple) else widget.decompress(value)
            for ending, part, sub in zip(widget.widgets_names, parts, widget.widgets, strict=True):
                yield f"{name}{ending}", _texts(sub, part)
        else:
            yield name, _texts(widget, value)


def _texts(widget: Any, value: Any) -> Values:
    inner = getattr(widget, "widget", widget)  # the admin wraps those with a green plus
    if isinstance(inner, forms.CheckboxInput):
        return ["on"] if inner.check_test(value) else []
    if value is None or value == "":
        return []
    if isinstance(inner, forms.SelectMultiple):
        return [str(getattr(one, "pk", one)) for one in value]
    if isinstance(inner, forms.Select):
        return [str(getattr(value, "pk", value))]
    formatted = inner.format_value(value)
    return [] if formatted is None else [str(formatted)]


def clean(form: Any, name: str, values: Values) -> Values:
    """Without what is no key where a record is chosen: its search field would ask the database for it."""
    field = form.fields.get(name)
    if isinstance(field, forms.ModelChoiceField):
        return [value for value in values if value.isascii() and value.isdecimal() and len(value) <= 18]
    return values
