"""A copy of a record: the page that adds one, filled with what another one says. Nothing is stored by it.

What belongs to the original alone is left out, and said; so is what whoever copies may
not choose. Nobody is named by a copy who is not named by the original: rows are as
strict as whatever applies to them there, because what ties them may not come along.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.utils.text import get_text_list

from workshop.common.attribution import Attributed, Attribution
from workshop.common.publishing import SILENT_WITHDRAWALS
from workshop.editing import restoring
from workshop.editing.comparing import Legible
from workshop.editing.content import DELETE, Content, Fields, new_row
from workshop.editing.files import KEPT
from workshop.editing.formdata import PageForms, clean
from workshop.editing.models import Draft

NOTE = "Made as a copy."  # of what is not said: who reads it may not see the original


@dataclass(frozen=True)
class Copied:
    """What fills the page that adds a record: another one's content, and what is said of it."""

    record: Any
    content: Content
    lacks: list[str]  # sentences

    @property
    def beside(self) -> dict[str, str]:
        """What the page sends along."""
        return {"_copied": "yes"}


def may_be_copied(model_admin: Any, request: Any, record: Any) -> bool:
    """Whether there is a copy of the record for who asks: what was taken back to protect somebody has none."""
    silent = getattr(record, "withdrawn_at", None) and record.withdrawal in SILENT_WITHDRAWALS
    seen = model_admin.has_view_or_change_permission(request, record)
    return model_admin.can_be_copied and seen and not silent and model_admin.has_add_permission(request)


class Copying:
    """Makes the copy of a record for who asks."""

    def __init__(self, model_admin: Any, request: Any, adding: PageForms, record: Any):
        self.admin, self.request, self.adding, self.record = model_admin, request, adding, record
        self.original = Legible(model_admin, request, record)

    def copied(self) -> Copied:
        """The copy, with sentences on what is not in it."""
        whole = restoring.to_recover(self.admin, self.request, self.record, self._content())
        told = {**self.adding.stored().fields, **dict(self._without(whole.fields, self.adding.form, self.admin))}
        rows = {prefix: found for prefix, found in whole.rows.items() if self._takes(prefix)}
        content = Content(told, {prefix: self._rows(prefix, found) for prefix, found in rows.items()})
        lacks = [*self._left_out(whole), *restoring.gone(self.adding, content, self.request.user)]
        return Copied(self.record, self._choosable(content), lacks)

    def _content(self) -> Content:
        """The draft, if there is one and whoever asks may work on it; else what is stored."""
        may_work = self.admin.has_change_permission(self.request, self.record)
        draft = Draft.objects.of(self.record).first() if may_work else None
        return draft.content if draft else self.original.everything()

    # --- what comes along ----------------------------------------------------------------------

    def _takes(self, prefix: str) -> bool:
        return restoring.takes_rows(self.adding, prefix) and self.adding.inlines[prefix].copied

    def _rows(self, prefix: str, rows: dict[str, Fields]) -> dict[str, Fields]:
        inline, form = self.adding.inlines[prefix], self.adding.formsets[prefix].empty_form
        kept = {key: fields for key, fields in rows.items() if not fields.get(DELETE)}
        of_it = [form.instance.pk for form in self.original.formsets[prefix].initial_forms]
        strict = as_strict(inline.model, of_it, kept) if issubclass(inline.model, Attributed) else kept
        return {new_row(): dict(self._without(fields, form, inline)) for fields in strict.values()}

    @staticmethod
    def _without(fields: Fields, form: Any, declared: Any) -> Iterator[tuple[str, list[str]]]:
        alone = belonging_to_one(form._meta.model, declared)
        for name, values in fields.items():
            stem = _stem(form, name)
            if stem in form.fields and stem not in alone and not name.endswith(KEPT):
                yield name, values

    def _choosable(self, content: Content) -> Content:
        """Without keys of records that whoever copies may not choose."""
        fields = _chosen_alone(self.adding.form, [content.fields])[0]
        rows = {}
        for prefix, found in content.rows.items():
            form = self.adding.formsets[prefix].empty_form
            rows[prefix] = dict(zip(found, _chosen_alone(form, [*found.values()]), strict=True))
        return Content(fields, rows)

    # --- what does not --------------------------------------------------------------------------

    def _left_out(self, whole: Content) -> Iterator[str]:
        form, alone = self.adding.form, belonging_to_one(self.adding.form._meta.model, self.admin)
        stems = dict.fromkeys(_stem(form, name) for name, values in whole.fields.items() if any(values))
        labels = [str(form.fields[name].label).lower() for name in stems if name in alone and name in form.fields]
        for prefix, rows in whole.rows.items():
            if rows and prefix in self.original.formsets and not self._takes(prefix):
                labels.append(str(self.original.formsets[prefix].model._meta.verbose_name_plural))
        if labels:
            named = get_text_list([*dict.fromkeys(labels)], "and")
            yield f"Not copied, because it belongs to that one alone: {named}."


def belonging_to_one(model: type[models.Model], declared: Any) -> set[str]:
    """The fields that no second record may have, or should: unique ones, addresses, and what an admin names."""
    unique = {field.name for field in model._meta.concrete_fields if field.unique}
    return {"slug", *unique, *declared.not_copied}


def as_strict(model: type[Attributed], keys: list[int], rows: dict[str, Fields]) -> dict[str, Fields]:
    """Rows that name nobody whom those with the keys do not name now. Of others nothing is known yet."""
    stored = {str(row.pk): row for row in model.objects.filter(pk__in=keys).with_attribution()}
    strict = {}
    for key, fields in rows.items():
        row = stored.get(key)
        same = row is not None and fields.get("speaker", []) == [str(row.speaker_id)] * bool(row.speaker_id)
        applies = row.shown_as if row is not None and same and not row.nameless else Attribution.NOT_ATTRIBUTED.value
        said = [int(value) for value in fields.get("attribution", []) if value.isdecimal()]
        strict[key] = {**fields, "attribution": [str(max([applies, *said]))]}
    return strict


def _stem(form: Any, name: str) -> str:
    """The field that a name belongs to: of “date_0” the date."""
    return name if name in form.fields else name.rpartition("_")[0]


def _chosen_alone(form: Any, held: list[Fields]) -> list[Fields]:
    for name, field in form.fields.items():
        if isinstance(field, forms.ModelChoiceField):
            keys = {key for fields in held for key in clean(form, name, fields.get(name, []))}
            there = {str(key) for key in field.queryset.filter(pk__in=keys).values_list("pk", flat=True)}
            held = [
                {**fields, name: [key for key in fields[name] if key in there]} if name in fields else fields
                for fields in held
            ]
    return held
