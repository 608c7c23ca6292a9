"""Addresses on other sites that public records lead to, and what answered there."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

URL_LENGTH = 2000  # a unique index of PostgreSQL takes no more
DAYS_UNTIL_BROKEN = 2


class LinkQuerySet(models.QuerySet["Link"]):
    """Links."""

    def broken(self) -> Self:
        """Those that failed on two days, and never between."""
        return self.filter(failed_days__gte=DAYS_UNTIL_BROKEN)

    def due(self, now: dt.datetime, rest: dt.timedelta) -> Self:
        """Those that were not looked at for a while: new ones first, then the longest ago."""
        waiting = self.filter(Q(checked_at=None) | Q(checked_at__lte=now - rest))
        return waiting.order_by(F("checked_at").asc(nulls_first=True), "pk")


class Link(models.Model):
    """One address, wherever it stands."""

    url = models.CharField("address", max_length=URL_LENGTH, unique=True)
    checked_at = models.DateTimeField("checked", null=True, blank=True)
    status = models.PositiveSmallIntegerField("HTTP status", null=True, blank=True)
    said = models.CharField("what answered", max_length=200, blank=True)
    first_failed_at = models.DateTimeField("fails since", null=True, blank=True)
    last_failed_on = models.DateField(null=True, blank=True)
    failed_days = models.PositiveIntegerField(default=0)

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering = ["first_failed_at", "url"]
        indexes = [
            models.Index(fields=["failed_days"], condition=Q(failed_days__gt=0), name="linking_link_failing"),
            models.Index(fields=["checked_at"], name="linking_link_checked"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(failed_days=0, first_failed_at__isnull=True, last_failed_on__isnull=True)
                | Q(failed_days__gt=0, first_failed_at__isnull=False, last_failed_on__isnull=False),
                name="linking_link_failure_has_days",
                violation_error_message="A link that fails says since when, and only that.",
            ),
        ]

    def __str__(self) -> str:
        return self.url

    @property
    def is_broken(self) -> bool:
        """Whether it failed often enough to be called so."""
        return self.failed_days >= DAYS_UNTIL_BROKEN

    def note(self, *, failed: bool, said: str, status: int | None) -> None:
        """Write down what answered. A second failure on the same day counts as the first."""
        now = timezone.now()
        today = timezone.localdate(now)
        self.checked_at, self.status, self.said = now, status, said[:200]
        if not failed:
            self.first_failed_at, self.last_failed_on, self.failed_days = None, None, 0
        elif self.last_failed_on != today:
            self.first_failed_at = self.first_failed_at or now
            self.last_failed_on, self.failed_days = today, self.failed_days + 1
        self.save()


class Place(models.Model):
    """Where a link stands: a field of a record, or of a row that belongs to one."""

    link = models.ForeignKey(Link, models.CASCADE, related_name="places")
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey("content_type", "object_id")
    field = models.CharField(max_length=100)

    class Meta:
        ordering = ["content_type", "object_id", "field"]
        constraints = [
            models.UniqueConstraint(fields=["link", "content_type", "object_id", "field"], name="linking_place_once"),
        ]

    def __str__(self) -> str:
        return f"{self.content_type} {self.object_id}, {self.field}"
