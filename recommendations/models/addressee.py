"""Of whom it is asked, and what they answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from recommendations.models.recommendation import Recommendation
from speakers.models import Organisation
from workshop.common.dates import VagueDate, precision_field
from workshop.common.publishing import PublicQuerySet
from workshop.common.text import Translated, korean
from workshop.models import Document


class Answer(models.TextChoices):
    """What an addressee said to it."""

    SUPPORTED = "supported", _("Supported")
    IN_PART = "supported-in-part", _("Supported in part")
    NOTED = "noted", _("Noted")
    NOT_SUPPORTED = "not-supported", _("Not supported")
    UNCLEAR = "unclear", _("Unclear")


class Addressee(models.Model):
    """An organisation that is asked, by name or as we read it."""

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="addressees")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="addressed_in")
    inferred = models.BooleanField(
        "inferred by the editor",
        default=False,
        help_text="The source does not name it; readers see that we concluded it.",
    )
    order = models.PositiveSmallIntegerField(default=1)

    hidden_with = ("recommendation", "organisation")

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "organisation"],
                name="recommendations_addressee_once",
                violation_error_message="This organisation is addressed already.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class Response(Translated):
    """What an addressee answered, with the date and the source of it."""

    addressee = models.ForeignKey(Addressee, models.CASCADE, related_name="responses")
    date = models.DateField(null=True, blank=True)
    date_precision = precision_field("date")
    answer = models.CharField(max_length=20, choices=Answer)
    words = models.TextField("text", blank=True, help_text="What it said, in short.")
    words_ko = korean(words)
    source = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="responses")
    source_url = models.URLField("source address", max_length=500, blank=True)

    translated = ("words",)
    hidden_with = ("addressee",)

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["date", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__in=Answer.values),
                name="recommendations_response_answer_known",
                violation_error_message="Choose one of the answers.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.addressee}: {self.get_answer_display()}"

    @property
    def when(self) -> VagueDate | None:
        """When it was given, as exactly as is known."""
        return VagueDate.of(self.date, self.date_precision)
