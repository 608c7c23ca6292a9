"""Every code ever given. It outlives the row that had it."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.signals import class_prepared, post_delete
from django.dispatch import receiver
from django.utils import timezone

from workshop.common.publishing import State, Withdrawal


class Fate(models.TextChoices):
    """What became of the record behind a code."""

    GIVEN = "given", "Given, never published"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"
    DELETED = "deleted", "Deleted before it was published"


class LedgerQuerySet(models.QuerySet["Ledger"]):
    """The ledger's verbs."""

    def give(self, code: str, kind: str) -> Ledger:
        """Enter a code. Raises IntegrityError where it was given before, to whatever."""
        return self.create(code=code.lower(), kind=kind)

    def give_many(self, records: Iterable[Coded]) -> None:
        """Enter the codes of new records, with their fate. Raises IntegrityError where one was given before."""
        self.bulk_create(
            Ledger(
                code=record.code.lower(),
                kind=record._meta.label_lower,
                first_published_at=record.first_published_at,
                fate=Fate.PUBLISHED if record.was_published else Fate.GIVEN,
            )
            for record in records
        )

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

    _stored_code = ""

    class Meta:
        abstract = True

    def fate_changed(self) -> None:
        """Write the fate of the code into the ledger."""
        super().fate_changed()
        if self.state in {State.PUBLISHED, State.WITHDRAWN}:
            Ledger.objects.record(self.code, self.state, self.withdrawal)

    @classmethod
    def from_db(cls, db, field_names, values):
        """Remember the stored code, so that a change of it is noticed."""
        record = super().from_db(db, field_names, values)
        if "code" in field_names:
            record._stored_code = record.code
        return record

    def clean(self):
        """Refuse a code that was given before, to whatever, and a change of one that readers know."""
        super().clean()
        if self.code == self._stored_code:
            return
        if self.was_published:
            raise ValidationError("The code is permanent: readers may have cited it.")
        if self.code and Ledger.objects.filter(code=self.code.lower()).exists():
            raise ValidationError("This code was given before. Codes are never given twice: choose another one.")

    def save(self, *args, **kwargs):
        """Save; a new code is entered in the ledger in the same transaction."""
        fields, stored = kwargs.get("update_fields"), "" if self._state.adding else self._stored_code
        with transaction.atomic():
            if self.code != stored and (fields is None or "code" in fields):
                if stored:
                    Ledger.objects.record(stored, Fate.DELETED)
                Ledger.objects.give(self.code, self._meta.label_lower)
            super().save(*args, **kwargs)
        self._stored_code = self.code


@receiver(class_prepared)
def _watch(sender: type[models.Model], **kwargs) -> None:
    """Write down the end of every coded row, also in bulk and by cascade."""
    if issubclass(sender, Coded) and not sender._meta.abstract:
        post_delete.connect(_remember_the_deleted, sender=sender)


def _remember_the_deleted(sender: type[Coded], instance: Coded, **kwargs) -> None:
    Ledger.objects.record(instance.code, Fate.DELETED)
