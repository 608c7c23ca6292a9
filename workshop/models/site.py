"""One row about the site itself."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Least


class SiteState(models.Model):
    """What every worker must share: the public version, and when due work last ran.

    ``ceases_at`` is the earliest moment at which something ceases to be public by
    the clock: no version moves then, so from it on no page that was kept is shown,
    until ``run_due`` has closed what is over. It may be too early, never too late.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    version = models.PositiveBigIntegerField(default=1)
    ceases_at = models.DateTimeField(null=True, blank=True)
    due_ran_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="workshop_sitestate_is_one_row")]

    def __str__(self) -> str:
        return f"version {self.version}"

    @classmethod
    def raise_version(cls) -> None:
        """Say that something public changed: the last statement of its transaction."""
        row = cls.objects.filter(pk=1)
        if not row.update(version=F("version") + 1) and not cls.objects.get_or_create(pk=1)[1]:
            row.update(version=F("version") + 1)

    @classmethod
    def cease_by(cls, moment: dt.datetime) -> None:
        """Say that something public ceases to be so at a moment, in the transaction that decides it."""
        cls.objects.get_or_create(pk=1)
        earliest = Least(Coalesce(F("ceases_at"), moment), moment)
        cls.objects.filter(pk=1).update(ceases_at=earliest)
