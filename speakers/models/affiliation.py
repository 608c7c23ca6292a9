"""Who belonged where, as what, and when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from speakers.models.organisation import Organisation
from speakers.models.speaker import Speaker
from workshop.common.dates import VagueDate, precision_field
from workshop.common.publishing import PublicQuerySet
from workshop.common.text import Translated, korean


class AffiliationQuerySet(PublicQuerySet):
    """Affiliations."""

    def current(self) -> AffiliationQuerySet:
        """Those that hold now."""
        return self.filter(current=True)

    def former(self) -> AffiliationQuerySet:
        """Those that held once."""
        return self.filter(current=False)


class Affiliation(Translated):
    """A person's place in an organisation; a fellowship is one with a funder and a term."""

    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="affiliations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="affiliations")
    role = models.CharField(max_length=200, blank=True, help_text="Professor of Law; deputy director.")
    role_ko = korean(role)
    chair = models.CharField("named chair", max_length=200, blank=True)
    chair_ko = korean(chair)
    funder = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="fellowships", help_text="Of a fellowship."
    )
    term = models.CharField(max_length=100, blank=True, help_text="Of a fellowship: winter quarter 2020.")
    term_ko = korean(term)
    start = models.DateField(null=True, blank=True)
    start_precision = precision_field("start")
    end = models.DateField(null=True, blank=True)
    end_precision = precision_field("end")
    current = models.BooleanField(
        default=True, help_text="Untick for a former post. Current means: when this was last checked."
    )
    order = models.PositiveSmallIntegerField(default=0)

    translated = ("role", "chair", "term")
    hidden_with = ("speaker", "organisation")

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        ordering = ["-current", "order", "-start", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(end__gte=F("start")),
                name="speakers_affiliation_end_not_before_start",
                violation_error_message="The affiliation ends before it starts.",
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(filter(None, [str(self.text("role")), str(self.organisation)]))

    @property
    def from_date(self) -> VagueDate | None:
        """When it began, as exactly as is known."""
        return VagueDate.of(self.start, self.start_precision)

    @property
    def to_date(self) -> VagueDate | None:
        """When it ended, as exactly as is known."""
        return VagueDate.of(self.end, self.end_precision)
