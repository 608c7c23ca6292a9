"""Merges that can still be undone."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import timezone

UNDOABLE_FOR = dt.timedelta(days=30)


class MergeQuerySet(models.QuerySet["Merge"]):
    """Merges."""

    def undoable(self) -> Self:
        """Those that were not undone, and are not yet too old to be."""
        return self.filter(undone_at=None, done_at__gt=timezone.now() - UNDOABLE_FOR)

    def too_old(self) -> Self:
        """Those whose undo data is to be forgotten."""
        return self.filter(done_at__lte=timezone.now() - UNDOABLE_FOR)

    def of(self, model: type[models.Model]) -> Self:
        """Those of one kind of record."""
        return self.filter(model=model._meta.label_lower)


class Merge(models.Model):
    """That one record went into another one, and every row that this changed.

    ``changes`` holds rows as they were and as they became: all that undoing needs.
    """

    model = models.CharField(max_length=80)
    kept_key = models.BigIntegerField()
    gone_key = models.BigIntegerField()
    kept_name = models.CharField(max_length=300)
    gone_name = models.CharField(max_length=300)
    done_at = models.DateTimeField(default=timezone.now)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    changes = models.JSONField(default=dict)

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-done_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.gone_name} → {self.kept_name}"

    @property
    def kind(self) -> type[models.Model]:
        """The model of both records."""
        return apps.get_model(self.model)

    @property
    def until(self) -> dt.datetime:
        """When it can be undone for the last time."""
        return self.done_at + UNDOABLE_FOR
