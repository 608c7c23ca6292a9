"""How demo content is entered: what is there already is left as it stands."""

from __future__ import annotations

from typing import Any

from django.db import models

from workshop.slugs.models import OldSlug


def find(model: type[models.Model], slug: str) -> Any:
    """The record with this address, or with this former address; None where there is none."""
    records = model._base_manager
    return records.filter(slug=slug).first() or records.filter(pk=OldSlug.objects.target(model, slug)).first()


def found(model: type[models.Model], slugs: list[str]) -> list:
    """The records with these addresses, in their order."""
    return [find(model, slug) for slug in slugs]


def draft(model: type[models.Model], *, slug: str, **values: Any) -> Any:
    """A new draft under this address; None where an editor may have been at work already."""
    if find(model, slug) is not None:
        return None
    return model._base_manager.create(slug=slug, **resolved(model, values))


def resolved(model: type[models.Model], values: dict[str, Any]) -> dict[str, Any]:
    """The values of a row, each foreign key that is given as an address now a record."""
    return {name: _resolved(model._meta.get_field(name), value) for name, value in values.items()}


def _resolved(field: Any, value: Any) -> Any:
    return find(field.related_model, value) if field.is_relation and isinstance(value, str) else value
