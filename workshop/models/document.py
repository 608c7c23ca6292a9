"""Documents: reports, laws, resolutions, write-ups, with their symbols."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from speakers.models import Organisation, Speaker
from workshop.common.addresses import address_of
from workshop.common.dates import VagueDate, precision_field
from workshop.common.keywords import keywords
from workshop.common.publishing import PublicQuerySet, Publishable, PublishableQuerySet
from workshop.common.text import Translated, either_language, korean
from workshop.common.writing.fields import MarkdownField
from workshop.slugs.models import Slugged

if TYPE_CHECKING:
    from workshop.models.talk import Talk


class DocumentKind(models.TextChoices):
    """What a document is."""

    REPORT = "report", _("Report")
    RESOLUTION = "resolution", _("Resolution")
    LAW = "law", _("Law")
    BOOK = "book", _("Book")
    ARTICLE = "article", _("Article")
    BRIEF = "brief", _("Brief")
    WRITE_UP = "write-up", _("Write-up")


class DocumentRole(models.TextChoices):
    """What a person did for a document."""

    AUTHOR = "author", _("Author")
    CHAIR = "chair", _("Chair")
    EDITOR = "editor", _("Editor")


class DocumentQuerySet(PublishableQuerySet):
    """Documents."""

    def of_talk(self, talk: Talk) -> Self:
        """Those that a talk discusses or was written up in.

        One by somebody whom the talk does not name is left out: its page would.
        """
        return self.filter(talks=talk).exclude(people__speaker__in=talk.people_withheld())


class Document(Slugged, Publishable, Translated):
    """A source or a subject. Its full text is kept for finding passages, not for show."""

    title = models.CharField(max_length=300, blank=True)
    title_ko = korean(title)
    kind = models.CharField(max_length=10, choices=DocumentKind, default=DocumentKind.REPORT)
    issued_by = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="documents", verbose_name="issuing body"
    )
    symbol = models.CharField(max_length=60, blank=True, help_text="As printed: A/HRC/25/63.")
    date = models.DateField(null=True, blank=True)
    date_precision = precision_field("date")
    description = MarkdownField(blank=True, help_text="What it is and why it matters here. Markdown.")
    description_ko = korean(description)
    url = models.URLField("address", max_length=500, blank=True)
    archived_url = models.URLField("archived address", max_length=500, blank=True)
    body = models.TextField(
        "full text", blank=True, help_text="Kept to find passages in. Not shown unless you say so."
    )
    body_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    language = models.CharField(max_length=8, default="en", help_text="Of the document: en, ko.")
    text_is_public = models.BooleanField(
        "full text is public", default=False, help_text="Tick only if you may republish all of it."
    )
    tags = keywords()

    translated = ("title", "description")
    slug_from = "title"

    objects = DocumentQuerySet.as_manager()

    class Meta(Publishable.Meta):
        abstract = False
        ordering = [F("date").desc(nulls_last=True), "title", "pk"]
        constraints = [*Publishable.Meta.constraints, either_language("title")]

    def __str__(self) -> str:
        title = str(self.text("title"))
        return f"{title} ({self.symbol})" if self.symbol else title

    def save(self, *args, **kwargs):
        """Save, with the hash of the text, by which a change of it is noticed."""
        self.body_sha256 = hashlib.sha256(self.body.encode()).hexdigest() if self.body else ""
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Its public page."""
        return address_of("document-detail", self.slug)

    @property
    def when(self) -> VagueDate | None:
        """Its date, as exactly as is known."""
        return VagueDate.of(self.date, self.date_precision)


class DocumentPerson(models.Model):
    """A person of ours who wrote a document, or chaired who wrote it."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="people")
    speaker = models.ForeignKey(Speaker, models.PROTECT, related_name="document_roles")
    role = models.CharField(max_length=10, choices=DocumentRole, default=DocumentRole.AUTHOR)

    hidden_with = ("document", "speaker")

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "speaker", "role"],
                name="workshop_documentperson_once",
                violation_error_message="This person has that role in the document already.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=DocumentRole.values), name="workshop_documentperson_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.speaker}, {self.get_role_display()}"
