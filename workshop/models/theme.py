"""Themes: the curated subjects, ours and those of other schemes."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from workshop.common.addresses import address_of
from workshop.common.publishing import PublicQuerySet, Publishable, PublishableQuerySet
from workshop.common.text import Translated, either_language, korean
from workshop.common.writing.fields import MarkdownField
from workshop.slugs.models import Slugged


class Scheme(models.TextChoices):
    """Whose list of subjects a theme belongs to."""

    PROGRAMME = "programme", _("Workshop themes")
    UPR = "upr", _("Universal Periodic Review issues")
    UHRI = "uhri", _("Universal Human Rights Index themes")


class MatchKind(models.TextChoices):
    """How a theme of another scheme compares (SKOS)."""

    EXACT = "exact", _("Same subject")
    BROADER = "broader", _("Wider subject")


class ThemeQuerySet(PublishableQuerySet):
    """Themes."""

    def programme(self) -> ThemeQuerySet:
        """The workshop's own."""
        return self.filter(scheme=Scheme.PROGRAMME)


class Theme(Slugged, Publishable, Translated):
    """A subject. Free keywords are tags; this list is short and edited."""

    name = models.CharField(max_length=200, blank=True)
    name_ko = korean(name)
    description = MarkdownField(blank=True, help_text="What it covers. Opens its page. Markdown.")
    description_ko = korean(description)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    synonyms = models.TextField(blank=True, help_text="Other words for it, one a line. Search will find them.")
    scheme = models.CharField(max_length=10, choices=Scheme, default=Scheme.PROGRAMME)
    matches = models.ManyToManyField(
        "self", through="ThemeMatch", symmetrical=False, related_name="matched_by", blank=True
    )

    translated = ("name", "description")

    objects = ThemeQuerySet.as_manager()

    class Meta(Publishable.Meta):
        abstract = False
        ordering = ["scheme", "name", "name_ko", "pk"]
        constraints = [
            *Publishable.Meta.constraints,
            either_language("name"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="workshop_theme_not_its_own_child",
                violation_error_message="A theme is not a part of itself.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.text("name"))

    def get_absolute_url(self) -> str:
        """Its public page."""
        return address_of("theme-detail", self.slug)


class ThemeMatch(models.Model):
    """That a theme means the same as, or less than, one of another scheme."""

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="theme_matches")
    match = models.ForeignKey(Theme, models.CASCADE, related_name="theme_matches_to")
    kind = models.CharField(max_length=10, choices=MatchKind, default=MatchKind.EXACT)

    hidden_with = ("theme", "match")

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "theme matches"
        constraints = [
            models.UniqueConstraint(fields=["theme", "match"], name="workshop_themematch_once"),
            models.CheckConstraint(
                condition=~Q(theme=F("match")),
                name="workshop_themematch_of_two_themes",
                violation_error_message="A theme is matched to another one, not to itself.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.theme} → {self.match}"
