"""What an import remembers: which row a recommendation came from, and tables that wait."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from recommendations.models.recommendation import Recommendation

KEPT_FOR = dt.timedelta(hours=24)


class ImportedRow(models.Model):
    """The row of a table that a recommendation came from.

    ``identity`` tells rows apart, ``ask`` finds those that ask the same of the
    same, ``content`` tells whether the rest of the row has changed since. All
    three are SHA-256 in hex, of what stands in the file: what editors do to
    the record afterwards neither makes it a new row nor is undone.
    """

    recommendation = models.OneToOneField(Recommendation, models.CASCADE, related_name="imported")
    source = models.CharField(max_length=20)
    identity = models.CharField(max_length=64)
    ask = models.CharField(max_length=64, db_index=True)
    content = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "identity"], name="recommendations_importedrow_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.identity[:8]}"


def new_token() -> str:
    """The part of an address that nobody guesses: 43 characters."""
    return secrets.token_urlsafe(32)


class WaitingTableQuerySet(models.QuerySet["WaitingTable"]):
    """Tables between upload and import."""

    def left_lying(self) -> Self:
        """Those that nobody came back to within a day."""
        return self.filter(created_at__lt=timezone.now() - KEPT_FOR)


class WaitingTable(models.Model):
    """An uploaded table that its editor has not yet imported or given up.

    It rests in the database, not among the media: no address serves it, and a
    restored backup holds no stray file. The content goes with the import; the
    row stays for a day, so that a second click learns that it was done. A long
    table is ``queued`` for ``run_due``, because no page may take that long.
    """

    token = models.CharField(max_length=43, unique=True, default=new_token, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    choices = models.JSONField(default=dict)
    queued = models.BooleanField(default=False)
    said = models.TextField(blank=True, help_text="What came of it: what was done, or why nothing was.")
    done = models.BooleanField(default=False)

    objects = WaitingTableQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name
