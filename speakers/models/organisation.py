"""Organisations: employers, hosts, funders, and those of whom something is asked."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from workshop.common.addresses import address_of
from workshop.common.publishing import Publishable, PublishableQuerySet
from workshop.common.text import Translated, either_language, korean
from workshop.common.writing.fields import MarkdownField
from workshop.slugs.models import Slugged


class OrganisationKind(models.TextChoices):
    """What an organisation is."""

    STATE = "state", _("State")
    GOVERNMENT_BODY = "government-body", _("Government body")
    INTERGOVERNMENTAL_BODY = "intergovernmental-body", _("Intergovernmental body")
    UN_ORGAN = "un-organ", _("United Nations organ")
    UNIVERSITY = "university", _("University")
    NGO = "ngo", _("Non-governmental organisation")
    MEDIA = "media", _("Media")
    FOUNDATION = "foundation", _("Foundation")
    INTERNATIONAL_COMMUNITY = "international-community", _("International community")
    OTHER = "other", _("Other")


class OrganisationQuerySet(PublishableQuerySet):
    """Organisations."""


class Organisation(Slugged, Publishable, Translated):
    """A body that people belong to, or of which something is asked."""

    name = models.CharField(max_length=200, blank=True)
    name_ko = korean(name)
    abbreviation = models.CharField(max_length=30, blank=True)
    aliases = models.TextField(
        blank=True, help_text="Other names it is known by, one a line. Search will find all of them."
    )
    kind = models.CharField(max_length=30, choices=OrganisationKind, default=OrganisationKind.OTHER)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", help_text="The body it is a part of."
    )
    country = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bodies",
        limit_choices_to={"kind": OrganisationKind.STATE},
        help_text="The State it belongs to, or sits in.",
    )
    about = MarkdownField(blank=True, help_text="A few sentences for its page. Markdown.")
    about_ko = korean(about)
    ror = models.CharField(
        "ROR", max_length=9, blank=True, help_text="The last part of its ror.org address, for example 00f54p054."
    )
    url = models.URLField("website", blank=True)

    translated = ("name", "about")

    objects = OrganisationQuerySet.as_manager()

    class Meta(Publishable.Meta):
        abstract = False
        ordering = ["name", "name_ko", "pk"]
        constraints = [
            *Publishable.Meta.constraints,
            either_language("name"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="speakers_organisation_not_its_own_part",
                violation_error_message="An organisation is not a part of itself.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.text("name"))

    def get_absolute_url(self) -> str:
        """Its public page."""
        return address_of("organisation-detail", self.slug)

    @property
    def other_names(self) -> list[str]:
        """Abbreviation and aliases, as given."""
        return [name for name in [self.abbreviation, *map(str.strip, self.aliases.splitlines())] if name]
