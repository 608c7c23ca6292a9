"""The one list of what has a public page; every outlet reads it.

Apps add their models in ``ready()``, from the ground up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models

from workshop.common.publishing import Publishable


@dataclass(frozen=True)
class Entry:
    """A kind of record with a page of its own."""

    model: type[models.Model]
    segment: str  # the first part of its address: "talks"
    key: str = "slug"  # the field that is the last part
    title: str = "name"  # the translated field that names it

    @property
    def name(self) -> str:
        """The stem of its URL names: ``talk`` of ``talk-list`` and ``talk-detail``."""
        return self.model._meta.model_name or ""


_entries: dict[type[models.Model], Entry] = {}


def register(entry: Entry) -> None:
    """Add a kind of record. Registering a model twice is a programming error."""
    if entry.model in _entries:
        raise ValueError(f"{entry.model.__name__} is registered already")
    _entries[entry.model] = entry


def entries() -> Iterator[Entry]:
    """Every kind, in the order of registration."""
    return iter(_entries.values())


def entry_of(model: type[models.Model]) -> Entry:
    """The entry of a model. Raises KeyError for one without a page."""
    return _entries[model]


def publishable_models() -> list[type[Publishable]]:
    """Every model with a publishing state, with a page of its own or without one."""
    return [model for model in apps.get_models() if issubclass(model, Publishable)]
