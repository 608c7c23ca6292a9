"""The correction: what readers are told of a change to something that they may have quoted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workshop.common.publishing import PublicQuerySet
from workshop.common.text import Translated, either_language, korean
from workshop.registry import entries

LONGEST_OLD_WORDS = 3_000


class CorrectionKind(models.TextChoices):
    """What kind of change it was."""

    ERRATUM = "erratum", _("Correction")
    REVISION = "revision", _("Revision")
    RETRACTION = "retraction", _("Retraction")


class CorrectionQuerySet(PublicQuerySet):
    """Corrections of records of any kind."""

    def public(self) -> Self:
        """Only those of records that any reader may see."""
        condition = Q(pk__in=[])
        for entry in entries():
            seen = entry.model._default_manager.public().filter(pk=OuterRef("object_id")).order_by()
            condition |= Q(Exists(seen), model=entry.model._meta.label_lower)
        return self.filter(condition)

    def of(self, record: models.Model) -> Self:
        """Those of one record, the newest first."""
        return self.filter(model=record._meta.label_lower, object_id=record.pk)


class Correction(Translated):
    """One change to a public record that readers should know of, in a sentence for them."""

    model = models.CharField(max_length=80)
    object_id = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=10, choices=CorrectionKind)
    date = models.DateField(default=timezone.localdate, help_text="When it was corrected here.")
    note = models.TextField(
        "what was corrected",
        blank=True,
        help_text="A sentence for readers: The year was wrong: it was 2013, not 2031.",
    )
    note_ko = korean(note)
    old_words = models.TextField(
        "the words before",
        blank=True,
        max_length=LONGEST_OLD_WORDS,
        help_text="What stood there, if readers are to see it. Left empty, they do not.",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    translated = ("note",)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-date", "-pk"]
        constraints = [
            either_language("note"),
            models.CheckConstraint(
                condition=Q(kind__in=CorrectionKind.values),
                name="corrections_correction_kind_known",
                violation_error_message="Say what kind of change it was.",
            ),
        ]
        indexes = [
            models.Index(fields=["model", "object_id"], name="corrections_of_record"),
            models.Index(fields=["-date", "-id"], name="corrections_newest"),
        ]

    def __str__(self) -> str:
        return f"{CorrectionKind(self.kind).label if self.kind else 'Correction'}, {self.date}: {self.text('note')}"


def records_of(corrections: Iterable[Correction], *, public: bool, **reading: tuple[str, ...]) -> dict[int, Any]:
    """The records that corrections are of, by the correction's key: one query for each kind of record.

    ``reading`` names, by model, what is read with the public records of a kind.
    """
    corrections = list(corrections)
    found: dict[int, Any] = {}
    for entry in entries():
        of_kind = [row for row in corrections if row.model == entry.model._meta.label_lower]
        if not of_kind:
            continue
        records = entry.model._default_manager.filter(pk__in={row.object_id for row in of_kind})
        if public:
            records = records.public().with_public(*reading.get(entry.name, ()))
        known = {record.pk: record for record in records}
        found |= {row.pk: known[row.object_id] for row in of_kind if row.object_id in known}
    return found
