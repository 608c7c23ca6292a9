"""A content that names a record which went into another one names that one instead.

What a field or a row is of is asked of the models, not of a page's forms: who merges two
records has none at hand.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from workshop.common.keywords import Tag, TaggableManager, in_place_of
from workshop.common.writing.fields import MarkdownField
from workshop.editing.content import Content, Fields, Values
from workshop.references import reference_to, relinked


class Renaming:
    """One record in the place of another of its kind: in choices, in links of texts, in keywords."""

    def __init__(self, gone: models.Model, kept: models.Model, called: Collection[str] = ()) -> None:
        """``called`` are the names under which keywords are known that are now called as ``kept`` is."""
        self.model = type(gone)
        self.old, self.new = str(gone.pk), str(kept.pk)
        self.links = reference_to(gone), reference_to(kept)
        self.called, self.now_called = called, str(kept)

    def of(self, model: type[models.Model], content: Content) -> Content:
        """What the form of a record of that model held."""
        rows = {
            prefix: {row: self._renamed(row_model(model, prefix), fields) for row, fields in found.items()}
            for prefix, found in content.rows.items()
        }
        return Content(self._renamed(model, content.fields), rows)

    def _renamed(self, model: type[models.Model] | None, fields: Fields) -> Fields:
        return {name: self._values(_field(model, name), values) for name, values in fields.items()}

    def _values(self, field: Any, values: Values) -> Values:
        if isinstance(field, TaggableManager):
            tags = issubclass(self.model, Tag)
            return [in_place_of(text, self.called, self.now_called) for text in values] if tags else values
        if isinstance(field, MarkdownField):
            return [relinked(text, *self.links) for text in values]
        if field is not None and field.related_model is self.model:
            return list(dict.fromkeys(self.new if key == self.old else key for key in values))
        return values


def _field(model: type[models.Model] | None, name: str) -> Any:
    try:
        return model._meta.get_field(name) if model is not None else None
    except FieldDoesNotExist:  # one of the form's own, or a part of one: “date_0”
        return None


def row_model(model: type[models.Model], prefix: str) -> type[models.Model] | None:
    """Of what the rows of an inline are: formsets are called by how a record leads to their rows."""
    stem = re.sub(r"-\d+$", "", prefix)
    rows = _rows_of(model)
    further = {name: found for part in rows.values() for name, found in _rows_of(part).items()}
    return rows.get(stem) or further.get(stem)  # the responses of a recommendation hang on its addressees


@cache
def _rows_of(model: type[models.Model]) -> dict[str, type[models.Model]]:
    found = (each for each in model._meta.get_fields(include_hidden=True) if isinstance(each, models.ForeignObjectRel))
    return {each.get_accessor_name() or "": each.related_model for each in found}  # type: ignore[misc]  # apps are ready
