"""Talks, and who gave them."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from speakers.models import Speaker
from workshop.common.addresses import address_of
from workshop.common.attribution import Attributed, AttributedQuerySet, Attribution, attribution_field
from workshop.common.dates import VagueDate, precision_field
from workshop.common.keywords import keywords
from workshop.common.publishing import Publishable, PublishableQuerySet
from workshop.common.text import Translated, either_language, korean
from workshop.common.writing.fields import MarkdownField
from workshop.models.document import Document
from workshop.models.edition import Workshop
from workshop.models.theme import Theme
from workshop.slugs.models import Slugged


class TalkKind(models.TextChoices):
    """What a talk is."""

    PRESENTATION = "presentation", _("Presentation")
    KEYNOTE = "keynote", _("Keynote")
    PANEL = "panel", _("Panel")
    SEMINAR = "seminar", _("Seminar")
    QA = "q-and-a", _("Q&A")
    DISCUSSION = "discussion", _("Discussion")
    PAPER = "paper", _("Paper")


class Delivery(models.TextChoices):
    """Whether and how it was given."""

    IN_PERSON = "in-person", _("Delivered in person")
    ONLINE = "online", _("Delivered online")
    NOT_DELIVERED = "not-delivered", _("Prepared, not delivered")
    ELSEWHERE = "elsewhere", _("Delivered elsewhere")


class TalkRole(models.TextChoices):
    """What a person did in a talk."""

    SPEAKER = "speaker", _("Speaker")
    MODERATOR = "moderator", _("Moderator")
    DISCUSSANT = "discussant", _("Discussant")
    AUTHOR = "author", _("Author")


class TalkQuerySet(PublishableQuerySet):
    """Talks."""

    def in_document(self, document: Document) -> Self:
        """Those that a document discusses or writes up, unless it would tell whom a talk does not name."""
        by_its_people = {"speaker__in": document.people.values("speaker")}
        quotes = self.model._meta.get_field("quotes").related_model
        telling = TalkSpeaker.objects.withheld().filter(**by_its_people).values("talk")
        quoting = quotes.objects.withheld().filter(talk__isnull=False, **by_its_people).values("talk")
        return self.filter(documents=document).exclude(pk__in=telling).exclude(pk__in=quoting)


class Talk(Slugged, Publishable, Translated):
    """What somebody said or wrote for an edition, or elsewhere."""

    workshop = models.ForeignKey(
        Workshop,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="talks",
        verbose_name="edition",
        help_text="Leave empty for a talk given elsewhere.",
    )
    occasion = models.CharField(
        max_length=200, blank=True, help_text="Where it was given, if not at an edition: a seminar, a video Q&A."
    )
    occasion_ko = korean(occasion)
    title = models.CharField(max_length=300, blank=True)
    title_ko = korean(title)
    kind = models.CharField(max_length=15, choices=TalkKind, default=TalkKind.PRESENTATION)
    delivery = models.CharField(max_length=15, choices=Delivery, default=Delivery.IN_PERSON)
    date = models.DateField(null=True, blank=True)
    date_precision = precision_field("date")
    summary = MarkdownField(blank=True, help_text="What was said, in your own words. Markdown.")
    summary_ko = korean(summary)
    body = MarkdownField("longer text", blank=True, help_text="A full write-up, where there is one. Markdown.")
    body_ko = korean(body)
    key_message = MarkdownField(blank=True, help_text="One or two sentences: what to take away.")
    key_message_ko = korean(key_message)
    language = models.CharField(max_length=8, default="en", help_text="In which it was given: en, ko.")
    themes = models.ManyToManyField(Theme, blank=True, related_name="talks")
    documents = models.ManyToManyField(
        Document, blank=True, related_name="talks", help_text="Documents that it discusses or was written up in."
    )
    source_url = models.URLField("source address", max_length=500, blank=True)
    tags = keywords()

    translated = ("title", "occasion", "summary", "body", "key_message")
    hidden_with = ("workshop",)
    slug_from = "title"

    objects = TalkQuerySet.as_manager()

    class Meta(Publishable.Meta):
        abstract = False
        ordering = [F("date").desc(nulls_last=True), "title", "pk"]
        constraints = [
            *Publishable.Meta.constraints,
            either_language("title"),
            models.CheckConstraint(
                condition=Q(workshop__isnull=True) | ~Q(delivery=Delivery.ELSEWHERE),
                name="workshop_talk_elsewhere_has_no_edition",
                violation_error_message="A talk delivered elsewhere belongs to no edition; name the occasion instead.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.text("title"))

    def get_absolute_url(self) -> str:
        """Its public page."""
        return address_of("talk-detail", self.slug)

    def people_withheld(self):
        """Those in it, or quoted from it, who are not named."""
        in_talk = self.talk_speakers.withheld().values("speaker")
        return Speaker.objects.filter(Q(pk__in=in_talk) | Q(pk__in=self.quotes.withheld().values("speaker")))

    @property
    def when(self) -> VagueDate | None:
        """Its date, as exactly as is known."""
        return VagueDate.of(self.date, self.date_precision)


class TalkSpeaker(Attributed, Translated):
    """A person in a talk, as credited then."""

    talk = models.ForeignKey(Talk, models.CASCADE, related_name="talk_speakers")
    speaker = models.ForeignKey(
        Speaker,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="talk_speakers",
        verbose_name="expert",
        help_text="May stay empty where the person is not attributed.",
    )
    order = models.PositiveSmallIntegerField(default=1)
    role = models.CharField(max_length=12, choices=TalkRole, default=TalkRole.SPEAKER)
    credited_as = models.CharField(max_length=200, blank=True, help_text="As the programme printed the name.")
    affiliation_then = models.CharField(
        max_length=300, blank=True, help_text="As it was at the time. Also what “affiliation only” shows."
    )
    affiliation_then_ko = korean(affiliation_then)
    attribution = attribution_field(Attribution.ON_RECORD)

    translated = ("affiliation_then",)
    hidden_with = ("talk",)

    objects = AttributedQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = "speaker"
        constraints = [
            models.UniqueConstraint(
                fields=["talk", "speaker"],
                name="workshop_talkspeaker_once",
                violation_error_message="This expert is in the talk already.",
            ),
            models.CheckConstraint(
                condition=Q(speaker__isnull=False) | Q(attribution=Attribution.NOT_ATTRIBUTED),
                name="workshop_talkspeaker_nobody_only_unattributed",
                violation_error_message="Choose the expert, or set the attribution to “not attributed”.",
            ),
            models.CheckConstraint(
                condition=~Q(attribution=Attribution.AFFILIATION_ONLY)
                | ~Q(affiliation_then="", affiliation_then_ko=""),
                name="workshop_talkspeaker_affiliation_to_show",
                violation_error_message="“Affiliation only” needs the affiliation to show.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.speaker or '—'}"

    @property
    def affiliation_shown(self):
        """What stands in for the name where only the affiliation may be shown."""
        return self.text("affiliation_then")
