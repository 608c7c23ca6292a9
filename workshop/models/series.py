"""A series of workshops."""

from __future__ import annotations

from django.db import models

from speakers.models import Organisation
from workshop.common.addresses import address_of
from workshop.common.publishing import Publishable
from workshop.common.text import Translated, either_language, korean
from workshop.common.writing.fields import MarkdownField
from workshop.slugs.models import Slugged


class Series(Slugged, Publishable, Translated):
    """What comes back every year: its name, who holds it, who pays for it."""

    name = models.CharField(max_length=200, blank=True)
    name_ko = korean(name)
    code = models.CharField(max_length=10, unique=True, help_text="Short, for codes of editions: KW gives KW12.")
    about = MarkdownField(blank=True, help_text="What the series is. Reused below each edition. Markdown.")
    about_ko = korean(about)
    hosts = models.ManyToManyField(Organisation, blank=True, related_name="series_hosted")
    funders = models.ManyToManyField(Organisation, blank=True, related_name="series_funded")
    recurrence = models.CharField(max_length=100, blank=True, help_text="Annual.")
    recurrence_ko = korean(recurrence)
    url = models.URLField("website", blank=True)

    translated = ("name", "about", "recurrence")

    class Meta(Publishable.Meta):
        abstract = False
        ordering = ["name", "name_ko"]
        verbose_name_plural = "series"
        constraints = [*Publishable.Meta.constraints, either_language("name")]

    def __str__(self) -> str:
        return str(self.text("name"))

    def get_absolute_url(self) -> str:
        """Its public page."""
        return address_of("series-detail", self.slug)
