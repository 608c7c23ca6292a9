"""What was taken down: when, by whom, why and how much. Never what."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class Ground(models.TextChoices):
    """Why something is taken down."""

    REQUEST = "request", "The person asks for it"
    SAFETY = "safety", "Somebody could come to harm"
    LAW = "law", "A court or an authority demands it"
    RIGHTS = "rights", "We may not publish it"
    ERROR = "error", "It should never have been entered"


class TakeDown(models.Model):
    """One take-down. ``marks`` are keyed digests, by which it can be done again in a restored database."""

    token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    done_at = models.DateTimeField(default=timezone.now)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    ground = models.CharField("why", max_length=10, choices=Ground)
    reason = models.TextField("in words", blank=True)
    counts = models.JSONField(default=dict)  # rows by the label of their model
    person = models.BigIntegerField(null=True)  # the key that the expert had, where one was taken down
    marks = models.JSONField(default=dict)
    again_at = models.DateTimeField("done again", null=True)

    class Meta:
        ordering = ["-done_at"]
        verbose_name = "take-down"
        constraints = [
            models.CheckConstraint(condition=models.Q(ground__in=Ground.values), name="takedown_takedown_ground_known")
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.done_at):%-d %B %Y, %H:%M}"
