"""Where somebody stands on a recommendation; "proposed by" is one of these."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from recommendations.models.recommendation import Recommendation
from speakers.models import Organisation, Speaker
from workshop.common.attribution import (
    Attributed,
    AttributedQuerySet,
    Attribution,
    attribution_field,
    same_speaker_in_talk,
    withheld_q,
)
from workshop.common.text import Translated, korean
from workshop.models import Quote, Talk, TalkSpeaker


class Stance(models.TextChoices):
    """How somebody stands to it, in their own words, never scored."""

    PROPOSES = "proposes", _("Proposes")
    SUPPORTS = "supports", _("Supports")
    CONDITIONS = "supports-with-conditions", _("Supports with conditions")
    DOUBTS = "doubts", _("Doubts")
    OPPOSES = "opposes", _("Opposes")


class PositionQuerySet(AttributedQuerySet):
    """Positions."""

    def taken_in(self, talk: Talk) -> Self:
        """Those that a talk shows, or words of it."""
        everywhere = self.model._base_manager.order_by()
        shown = everywhere.filter(talk=talk).values("pk")
        said = everywhere.filter(quote__in=Quote.objects.filter(talk=talk).values("pk")).values("pk")
        return self.filter(pk__in=shown.union(said))  # by their keys: an OR would read the whole table


class Position(Attributed, Translated):
    """One person's or body's stance, with the words and the talk that show it."""

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="positions")
    speaker = models.ForeignKey(
        Speaker, models.PROTECT, null=True, blank=True, related_name="positions", verbose_name="expert"
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="positions",
        help_text="Where a State or a body proposes, not a person.",
    )
    stance = models.CharField(max_length=25, choices=Stance, default=Stance.PROPOSES)
    note = models.TextField(blank=True, help_text="What they say, in your words: one or two sentences.")
    note_ko = korean(note)
    # Protected: without them, a name that they withhold would come out.
    quote = models.ForeignKey(
        Quote, models.PROTECT, null=True, blank=True, related_name="positions", help_text="The words that show it."
    )
    talk = models.ForeignKey(Talk, models.PROTECT, null=True, blank=True, related_name="positions")
    affiliation = models.CharField(
        "affiliation to show", max_length=300, blank=True, help_text="For “affiliation only”: a European diplomat."
    )
    affiliation_ko = korean(affiliation)
    attribution = attribution_field()
    order = models.PositiveSmallIntegerField(default=1)

    translated = ("note", "affiliation")
    hidden_with = ("recommendation", "organisation")

    objects = PositionQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        # The rule of "named" asks of every position for the withheld ones of its speaker.
        indexes = [models.Index(fields=["speaker", "attribution"], name="recommendations_withheld")]
        constraints = [
            models.CheckConstraint(
                condition=Q(speaker__isnull=True) | Q(organisation__isnull=True),
                name="recommendations_position_expert_or_organisation",
                violation_error_message="Choose an expert or an organisation, not both.",
            ),
            models.CheckConstraint(
                condition=Q(speaker__isnull=False)
                | Q(organisation__isnull=False)
                | Q(attribution=Attribution.NOT_ATTRIBUTED),
                name="recommendations_position_nobody_only_unattributed",
                violation_error_message="Choose who it is, or set the attribution to “not attributed”.",
            ),
            models.CheckConstraint(
                condition=~Q(attribution=Attribution.AFFILIATION_ONLY) | ~Q(affiliation="", affiliation_ko=""),
                name="recommendations_position_affiliation_to_show",
                violation_error_message="“Affiliation only” needs the affiliation to show.",
            ),
            models.CheckConstraint(
                condition=Q(stance__in=Stance.values),
                name="recommendations_position_stance_known",
                violation_error_message="Choose one of the stances.",
            ),
            models.UniqueConstraint(
                fields=["recommendation", "speaker"],
                name="recommendations_position_once_an_expert",
                violation_error_message="This expert has a position on it already.",
            ),
            models.UniqueConstraint(
                fields=["recommendation", "organisation"],
                name="recommendations_position_once_an_organisation",
                violation_error_message="This organisation has a position on it already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.speaker or self.organisation or '—'}: {self.get_stance_display()}"

    @property
    def body(self) -> Organisation | None:
        """The organisation to name, or None where it is withheld."""
        return self.organisation if self.shown_as == Attribution.ON_RECORD else None

    @property
    def affiliation_shown(self):
        """What stands in for the name where only the affiliation may be shown."""
        return self.text("affiliation")

    @classmethod
    def tied_attributions(cls, level: int) -> list[Exists | Q]:
        """The speaker withheld in the talk, in the words, or in another position on the same words.

        The talk of the source words binds as well, even where these name nobody:
        who has a stance on what was proposed there was there. So do the parts of
        a compound ask: who is named on one of them proposes them all.
        """
        source, speaker = OuterRef("recommendation__source_quote"), OuterRef("speaker")
        words = Quote.objects.filter(withheld_q(Quote, level))
        withheld = cls._base_manager.filter(attribution__gte=level)
        nobody = withheld.filter(stance=Stance.PROPOSES, speaker__isnull=True, organisation__isnull=True)
        by_name = cls._base_manager.filter(
            recommendation=OuterRef("recommendation"), stance=Stance.PROPOSES, speaker=OuterRef(OuterRef("speaker"))
        )
        family = (
            Q(recommendation=OuterRef("recommendation__parent"))
            | Q(recommendation__parent=OuterRef("recommendation"))
            | Q(recommendation__parent=OuterRef("recommendation__parent"))
        )
        same_words = Q(recommendation__source_quote=source) | Q(quote=source)
        told = Exists(nobody.filter(~Exists(by_name), recommendation__source_quote=source))
        unsaid = Exists(Quote.objects.filter(pk=source, speaker__isnull=True, attribution__gte=level))
        return [
            same_speaker_in_talk(TalkSpeaker, level, "talk", "recommendation__source_quote__talk"),
            Exists(words.filter(Q(pk=OuterRef("quote")) | Q(pk=source, speaker=speaker))),
            Exists(withheld.filter(same_words | family, speaker=speaker)),
            Q(stance=Stance.PROPOSES, speaker__isnull=False) & (told | unsaid),
        ]
