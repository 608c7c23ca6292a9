"""The exact words, and where they stand."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q

from speakers.models import Speaker
from workshop.common.attribution import (
    Attributed,
    AttributedQuerySet,
    Attribution,
    attribution_field,
    same_speaker_in_talk,
)
from workshop.common.text import Translated, korean
from workshop.models.document import Document
from workshop.models.media import Media
from workshop.models.talk import Talk, TalkSpeaker


class Quote(Attributed, Translated):
    """Words somebody said or wrote, anchored so that the passage can be found.

    Prefix and suffix are a few words of context on either side (W3C Web
    Annotation, TextQuoteSelector).
    """

    talk = models.ForeignKey(Talk, models.CASCADE, null=True, blank=True, related_name="quotes")
    document = models.ForeignKey(
        Document,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="quotes",
        help_text="Where the words are printed.",
    )
    speaker = models.ForeignKey(
        Speaker, models.PROTECT, null=True, blank=True, related_name="quotes", verbose_name="expert"
    )
    exact = models.TextField("exact words", help_text="As they stand; […] for what is left out.")
    prefix = models.CharField("words before", max_length=200, blank=True)
    suffix = models.CharField("words after", max_length=200, blank=True)
    paraphrase = models.BooleanField(
        default=False, help_text="The source does not quote, it reports: these are not the person's own words."
    )
    language = models.CharField(max_length=8, default="en", help_text="Two letters: en, ko.")
    translation = models.TextField(blank=True, help_text="Into the other language, by us.")
    media = models.ForeignKey(Media, models.SET_NULL, null=True, blank=True, related_name="quotes")
    media_start = models.PositiveIntegerField("starts at second", null=True, blank=True)
    attribution = attribution_field(Attribution.ON_RECORD)
    affiliation = models.CharField(
        "affiliation to show",
        max_length=300,
        blank=True,
        help_text="For “affiliation only”: a former senior official.",
    )
    affiliation_ko = korean(affiliation)
    order = models.PositiveSmallIntegerField(default=1)

    translated = ("affiliation",)
    hidden_with = ("talk", "document")

    objects = AttributedQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(talk__isnull=False) | Q(document__isnull=False),
                name="workshop_quote_has_a_place",
                violation_error_message="Say where the words stand: in a talk, a document, or both.",
            ),
            models.CheckConstraint(
                condition=~Q(exact=""),
                name="workshop_quote_has_words",
                violation_error_message="A quotation needs its words.",
            ),
            models.CheckConstraint(
                condition=~Q(attribution=Attribution.AFFILIATION_ONLY) | ~Q(affiliation="", affiliation_ko=""),
                name="workshop_quote_affiliation_to_show",
                violation_error_message="“Affiliation only” needs the affiliation to show.",
            ),
        ]

    def __str__(self) -> str:
        return self.exact if len(self.exact) <= 80 else f"{self.exact[:79]}…"

    @property
    def anchor(self) -> str:
        """Where the words stand on the page of their talk or document."""
        return self.anchor_of(self.pk)

    @staticmethod
    def anchor_of(key: int) -> str:
        """The anchor of the words with this key."""
        return f"quote-{key}"

    @property
    def affiliation_shown(self):
        """What stands in for the name where only the affiliation may be shown."""
        return self.text("affiliation")

    @classmethod
    def tied_attributions(cls, level: int) -> list[Exists | Q]:
        """The speaker withheld in the talk, or in a position that rests on these words.

        A proposal that names nobody keeps the name off its source words too: the
        same sentence beside a name elsewhere would tell whose it is. Where a
        proposer is not stored at all it may be this speaker, unless this speaker
        proposes it by name as well; where the speaker of the words is not
        stored, it may be any of those who propose it.
        """
        positions = cls._meta.get_field("recommendations").related_model._meta.get_field("positions").related_model
        withheld = positions._base_manager.filter(attribution__gte=level)
        made_of_it = withheld.filter(recommendation__source_quote=OuterRef("pk"))
        nobody = Q(stance="proposes", speaker__isnull=True, organisation__isnull=True)
        by_name = positions._base_manager.filter(
            recommendation=OuterRef("recommendation"), stance="proposes", speaker=OuterRef(OuterRef("speaker"))
        )
        return [
            same_speaker_in_talk(TalkSpeaker, level, "talk"),
            Exists(withheld.filter(quote=OuterRef("pk"))),
            Exists(made_of_it.filter(Q(speaker=OuterRef("speaker")) | nobody & ~Exists(by_name))),
            Q(Exists(made_of_it.filter(stance="proposes", organisation__isnull=True)), speaker__isnull=True),
        ]
