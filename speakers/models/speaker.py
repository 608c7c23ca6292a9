"""Experts: the people who speak and propose."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from workshop.common.addresses import address_of
from workshop.common.keywords import keywords
from workshop.common.publishing import PublicQuerySet, Publishable, PublishableQuerySet
from workshop.common.text import Translated, either_language, korean
from workshop.common.writing.fields import MarkdownField
from workshop.images.models import Image
from workshop.slugs.models import Slugged


class SpeakerQuerySet(PublishableQuerySet):
    """Experts."""


class Speaker(Slugged, Publishable, Translated):
    """A person who spoke, wrote or proposed. Published only if readers may know of them."""

    name = models.CharField(
        "display name", max_length=200, blank=True, help_text="As readers see it, without titles: Robert King."
    )
    name_ko = korean(name)
    sort_name = models.CharField(
        max_length=200, blank=True, help_text="How lists sort it: King, Robert. Left empty, it is made from the name."
    )
    honorific = models.CharField(max_length=60, blank=True, help_text="Ambassador, Professor, Justice.")
    honorific_ko = korean(honorific)
    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    native_name = models.CharField(
        "name in its own script", max_length=100, blank=True, help_text="For example 백태웅. Leave empty if unsure."
    )
    native_language = models.CharField(
        "language of that script", max_length=8, blank=True, help_text="Two letters: ko for Korean."
    )
    descriptor = models.CharField(
        max_length=200, blank=True, help_text="Half a line on what they know. Shown below the name."
    )
    descriptor_ko = korean(descriptor)
    bio = MarkdownField("biography", blank=True, help_text="Who they are, in your own words. Markdown.")
    bio_ko = korean(bio)
    portrait = models.ForeignKey(Image, models.PROTECT, null=True, blank=True, related_name="portrayed")
    expertise = keywords("Fields of expertise, separated by commas. They lead to the keyword pages.")
    orcid = models.CharField(
        "ORCID",
        max_length=19,
        blank=True,
        validators=[RegexValidator(r"^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$", "An ORCID looks like 0000-0002-1825-0097.")],
    )
    wikidata = models.CharField(
        "Wikidata",
        max_length=15,
        blank=True,
        validators=[RegexValidator(r"^Q[1-9]\d*$", "A Wikidata item looks like Q42.")],
    )
    links = models.TextField("links", blank=True, help_text="Pages about them, one address a line.")

    translated = ("name", "honorific", "descriptor", "bio")

    objects = SpeakerQuerySet.as_manager()

    class Meta(Publishable.Meta):
        abstract = False
        ordering = ["sort_name", "pk"]
        constraints = [*Publishable.Meta.constraints, either_language("name")]
        verbose_name = "expert"
        indexes = [models.Index(fields=["sort_name", "id"], name="speakers_speaker_by_name")]

    def __str__(self) -> str:
        return str(self.text("name"))

    def save(self, *args, **kwargs):
        """Save; where no sort name is given, the family name leads."""
        if not self.sort_name:
            if self.family_name:
                self.sort_name = f"{self.family_name}, {self.given_name}".strip(", ")
            else:
                given, __, family = self.name.rpartition(" ")
                self.sort_name = f"{family}, {given}" if given else (self.name or self.name_ko)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The public page."""
        return address_of("speaker-detail", self.slug)

    @property
    def initials(self) -> str:
        """One or two letters to stand where no portrait is."""
        words = (self.name or self.name_ko).split()
        if not self.name:
            return words[0][:1] if words else ""
        return "".join(word[0] for word in [words[0], words[-1]][: len(words)]).upper()

    @property
    def link_list(self) -> list[str]:
        """The links that are addresses; anything else is passed over."""
        return [line for line in map(str.strip, self.links.splitlines()) if line.startswith(("http://", "https://"))]


class NameKind(models.TextChoices):
    """How a further name came about."""

    ALIAS = "alias", _("Also known as")
    ROMANISATION = "romanisation", _("Other spelling")
    FORMER = "former", _("Former name")


class SpeakerName(models.Model):
    """Another name of an expert. Readers who search for it find the expert."""

    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="names")
    name = models.CharField(
        max_length=200,
        help_text="In any script or spelling: Paik Tae-ung. Whoever searches for it finds this page, "
        "so leave out a name that could harm.",
    )
    kind = models.CharField(max_length=12, choices=NameKind, default=NameKind.ALIAS)

    hidden_with = ("speaker",)

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "other name"
        constraints = [
            models.UniqueConstraint(
                fields=["speaker", "name"],
                name="speakers_speakername_once",
                violation_error_message="This name is there already.",
            ),
            models.CheckConstraint(
                condition=~models.Q(name=""),
                name="speakers_speakername_not_empty",
                violation_error_message="Give the name.",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=NameKind.values), name="speakers_speakername_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name
