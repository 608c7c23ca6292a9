"""One row about the site itself."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class SiteState(models.Model):
    """What every worker must share: the public version, and when due work last ran."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    version = models.PositiveBigIntegerField(default=1)
    due_ran_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="workshop_sitestate_is_one_row")]

    def __str__(self) -> str:
        return f"version {self.version}"

    @classmethod
    def raise_version(cls) -> None:
        """Say that something public changed: the last statement of its transaction."""
        if not cls.objects.filter(pk=1).update(version=F("version") + 1):
            cls.objects.get_or_create(pk=1)
