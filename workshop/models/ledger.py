"""Every code ever given. It outlives the row that had it."""

from __future__ import annotations

from django.db import models, transaction
from django.utils import timezone

from workshop.common.publishing import State, Withdrawal


class Fate(models.TextChoices):
    """What became of the record behind a code."""

    GIVEN = "given", "Given, never published"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"
    DELETED = "deleted", "Deleted before it was published"


class LedgerQuerySet(models.QuerySet):
    """The ledger's verbs."""

    def give(self, code: str, kind: str) -> Ledger:
        """Enter a code. Raises IntegrityError where it was given before, to whatever."""
        return self.create(code=code.lower(), kind=kind)

    def record(self, code: str, fate: str, withdrawal: str = "") -> None:
        """Write down what became of a code."""
        row = self.filter(code=code.lower())
        row.update(fate=fate, withdrawal=withdrawal)
        if fate == Fate.PUBLISHED:
            row.filter(first_published_at__isnull=True).update(first_published_at=timezone.now())


class Ledger(models.Model):
    """One code: what kind of record had it, when it was first public, and its fate."""

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=40)
    given_at = models.DateTimeField(default=timezone.now)
    first_published_at = models.DateTimeField(null=True, blank=True)
    fate = models.CharField(max_length=10, choices=Fate, default=Fate.GIVEN)
    withdrawal = models.CharField(max_length=10, choices=Withdrawal, blank=True)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = "code"
        verbose_name_plural = "ledger of codes"

    def __str__(self) -> str:
        return self.code


class Coded(models.Model):
    """A record with a permanent code; giving it writes the ledger."""

    class Meta:
        abstract = True

    def fate_changed(self) -> None:
        """Write the fate of the code into the ledger."""
        super().fate_changed()
        if self.state in {State.PUBLISHED, State.WITHDRAWN}:
            Ledger.objects.record(self.code, self.state, self.withdrawal)

    def save(self, *args, **kwargs):
        """Save; a new row's code is entered in the ledger in the same transaction."""
        new = self._state.adding
        with transaction.atomic():
            if new:
                Ledger.objects.give(self.code, self._meta.label_lower)
            super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        """Delete what was never public; the ledger remembers that the code was used."""
        with transaction.atomic():
            code, result = self.code, super().delete(*args, **kwargs)
            Ledger.objects.record(code, Fate.DELETED)
        return result
