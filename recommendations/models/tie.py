"""How recommendations are related: the same ask, a wider one, one that contradicts."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from recommendations.models.recommendation import Recommendation
from workshop.common.publishing import PublicQuerySet


class TieKind(models.TextChoices):
    """How the first recommendation stands to the other one, for the desk; readers see headings instead."""

    SAME_ASK = "same-ask", "Same ask as"
    NARROWER = "narrower", "Narrower than"
    BROADER = "broader", "Broader than"
    BUILDS_ON = "builds-on", "Builds on"
    CONTRARY = "contrary", "Contrary to"
    SUPERSEDES = "supersedes", "Supersedes"


class TieQuerySet(PublicQuerySet):
    """Ties."""

    def of(self, recommendation: Recommendation) -> Self:
        """Those that a recommendation has, on either side."""
        return self.filter(Q(recommendation=recommendation) | Q(other=recommendation))


class Tie(models.Model):
    """That one recommendation is related to another one. Two have one tie at most."""

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="ties")
    kind = models.CharField("is", max_length=10, choices=TieKind, default=TieKind.SAME_ASK)
    other = models.ForeignKey(
        Recommendation, models.CASCADE, related_name="ties_from", verbose_name="other recommendation"
    )

    hidden_with = ("recommendation", "other")

    objects = TieQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "pk"]
        verbose_name = "related recommendation"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=TieKind.values),
                name="recommendations_tie_kind_known",
                violation_error_message="Choose how the two are related.",
            ),
            models.CheckConstraint(
                condition=~Q(recommendation=F("other")),
                name="recommendations_tie_of_two",
                violation_error_message="A recommendation is related to another one, not to itself.",
            ),
            models.UniqueConstraint(
                Least("recommendation", "other"),
                Greatest("recommendation", "other"),
                name="recommendations_tie_once",
                violation_error_message="These two are related already, perhaps on the page of the other one.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation.code.upper()} · {self.get_kind_display()} {self.other.code.upper()}"
