"""Fixed lists that a recommendation points to; their rows come with a migration."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from workshop.common.text import Translated


class AffectedGroup(Translated):
    """A group of people, in the Universal Human Rights Index's terms."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=100)
    name_ko = models.CharField(max_length=100, blank=True)

    translated = ("name",)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return str(self.text("name"))


class Goal(Translated):
    """One of the seventeen Sustainable Development Goals."""

    number = models.PositiveSmallIntegerField(unique=True)
    name = models.CharField(max_length=100)
    name_ko = models.CharField(max_length=100, blank=True)

    translated = ("name",)

    class Meta:
        ordering = ["number"]
        verbose_name = "Sustainable Development Goal"
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=17), name="recommendations_goal_one_of_seventeen"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text('name')}"
