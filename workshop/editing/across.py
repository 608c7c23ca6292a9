"""Records of all kinds together, as one person may see them: for the front page and for the search."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import CharField, F, Q, Value
from django.urls import reverse
from django.utils.text import capfirst

from workshop.common.publishing import Publishable
from workshop.editing.records import RecordAdmin

Key = tuple[type[models.Model] | None, int]
Say = Callable[[Any, Any], dict[str, Any]]


@dataclass(frozen=True)
class Line:
    """One record: what kind it is, what it is called, and what is to be said of it."""

    kind: str
    title: str
    url: str  # empty for one that is no more
    note: str = ""
    words: str = ""
    at: dt.datetime | None = None
    alarm: bool = False


@dataclass(frozen=True)
class Listing:
    """A list of records of all kinds."""

    lines: list[Line] = field(default_factory=list)
    more: bool = False  # whether there is more than what is shown


class Across:
    """All kinds of records that a person may see, each asked through its own admin."""

    def __init__(self, registry: dict[type[models.Model], Any], request):
        self.request, self.user = request, request.user
        pages = {model: page for model, page in registry.items() if isinstance(page, RecordAdmin)}
        self.kinds = {model: page for model, page in pages.items() if page.has_view_permission(request)}
        self.publishable = [model for model in self.kinds if issubclass(model, Publishable)]
        self.hidden = [model for model in registry if model not in self.kinds]

    def moments(self, condition: Q, moment: str, among: Callable[[type[models.Model]], Q] | None = None) -> Any:
        """Label, key and moment of records that have a state: one query over all their tables."""
        parts = []
        for model in self.publishable:
            rows = model._base_manager.filter(condition, among(model) if among else Q()).order_by()
            kind = Value(model._meta.label_lower, output_field=CharField())
            parts.append(rows.annotate(which=kind, moment=F(moment)).values_list("which", "pk", "moment"))
        return parts[0].union(*parts[1:], all=True)

    def key_of(self, row: Any) -> Key:
        """Which record a row is about; the admin's log keeps keys as texts."""
        model = ContentType.objects.get_for_id(row.content_type_id).model_class()
        return model, int(row.object_id) if str(row.object_id).isdecimal() else 0

    def keys(self, moments: Iterable[tuple[str, int, Any]]) -> list[tuple[Key, Any]]:
        """The same of what ``moments`` answers."""
        models_ = {model._meta.label_lower: model for model in self.publishable}
        return [((models_[label], pk), at) for label, pk, at in moments]

    def records(self, keys: Iterable[Key]) -> dict[Key, models.Model]:
        """Those records that the person may open, by one query a kind."""
        wanted = defaultdict(set)
        for model, pk in keys:
            wanted[model].add(pk)
        return {
            (model, record.pk): record
            for model, pks in wanted.items()
            if model in self.kinds
            for record in self.kinds[model].get_queryset(self.request).filter(pk__in=pks)
        }

    def listing(self, rows: list[tuple[Key, Any]], limit: int, say: Say) -> Listing:
        """The first ``limit`` of the rows as lines, each with what ``say`` says of record and row.

        Rows of records one may not open are left out.
        """
        records = self.records(key for key, _ in rows[:limit])
        shown = [(records[key], row) for key, row in rows[:limit] if key in records]
        return Listing([line_of(record, **say(record, row)) for record, row in shown], more=len(rows) > limit)


def line_of(record: models.Model, **said: Any) -> Line:
    """A line that leads to a record's page at the desk."""
    meta = record._meta
    url = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk])
    return Line(str(capfirst(meta.verbose_name)), str(record), url, **said)
