"""Who points to a record: foreign keys, tables between two models, and rows that name it by kind and key.

Found in the models themselves, so that what is added later is found as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

DERIVED = frozenset({"search"})  # made of the records, and made anew with them


@dataclass(frozen=True)
class Reference:
    """A column of a model that holds the keys of records of one kind."""

    model: type[models.Model]
    field: models.Field
    among: tuple[tuple[str, Any], ...] = ()  # the rows that mean this kind, where others name others

    @property
    def name(self) -> str:
        """The attribute that holds the key: ``speaker_id``."""
        return str(self.field.attname)

    @property
    def generic(self) -> bool:
        """Whether the row says in another column of which kind the record is."""
        return bool(self.among)

    def value(self, key: Any) -> Any:
        """The key as the column holds it; the admin's history keeps it as text."""
        return key if self.field.is_relation else self.field.to_python(key)

    def rows(self, key: Any) -> models.QuerySet:
        """The rows that point to the record with this key."""
        return self.model._base_manager.filter(**dict(self.among), **{self.name: self.value(key)}).order_by("pk")


def references(model: type[models.Model]) -> Iterator[Reference]:
    """Every column that may hold the key of a record of this model."""
    for other in apps.get_models(include_auto_created=True):
        if other._meta.app_label in DERIVED or other._meta.proxy:
            continue
        for field in other._meta.concrete_fields:
            if field.is_relation and field.related_model._meta.concrete_model is model._meta.concrete_model:
                yield Reference(other, field)
        yield from _by_kind(other, model._meta)


def _by_kind(other: type[models.Model], meta: Any) -> Iterator[Reference]:
    """Columns whose kind another column tells: a content type, or the label of a model."""
    fields = {field.name: field for field in other._meta.concrete_fields}
    pairs = {(f.ct_field, f.fk_field) for f in other._meta.private_fields if isinstance(f, GenericForeignKey)}
    if "object_id" in fields:
        pairs |= {(name, "object_id") for name, field in fields.items() if field.related_model is ContentType}
        label = fields.get("model")
        if isinstance(label, models.CharField):
            yield Reference(other, fields["object_id"], (("model", meta.label_lower),))
    for kind, key in sorted(pairs):
        among = ((f"{kind}__app_label", meta.app_label), (f"{kind}__model", meta.model_name))
        yield Reference(other, fields[key], among)
