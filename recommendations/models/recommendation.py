"""The recommendation: one imperative sentence, with a permanent code."""

from __future__ import annotations

from functools import cache
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Case, F, IntegerField, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from recommendations.models.vocabulary import AffectedGroup, Goal
from speakers.models import Organisation, Speaker
from workshop.common.addresses import address_of
from workshop.common.dates import Precision, VagueDate, precision_field
from workshop.common.keywords import keywords
from workshop.common.publishing import Publishable, PublishableQuerySet, State
from workshop.common.rules import ExistsFor, Rule
from workshop.common.text import Translated, either_language, korean
from workshop.common.writing.fields import MarkdownField
from workshop.models import Document, Quote, Talk, Theme, Workshop
from workshop.models.ledger import Coded


class Origin(models.TextChoices):
    """Where a recommendation comes from."""

    TALK = "talk", _("A talk")
    DOCUMENT = "document", _("A document")
    UN_MECHANISM = "un-mechanism", _("A UN mechanism")
    PLEDGE = "pledge", _("A voluntary pledge")


EXPERT_ORIGINS = (Origin.TALK, Origin.DOCUMENT)


class Polarity(models.TextChoices):
    """Whether something is to be done or to be left undone."""

    DO = "do", _("Do")
    DO_NOT = "do-not", _("Do not")


class Modality(models.TextChoices):
    """How strongly it is asked."""

    MUST = "must", _("Must")
    SHOULD = "should", _("Should")
    COULD = "could", _("Could")


class ActionCategory(models.IntegerChoices):
    """UPR Info's scale of how much action is asked for."""

    MINIMAL = 1, _("Minimal action")
    CONTINUING = 2, _("Continuing action")
    CONSIDERING = 3, _("Considering action")
    GENERAL = 4, _("General action")
    SPECIFIC = 5, _("Specific action")


class RecommendationQuerySet(PublishableQuerySet):
    """Recommendations."""

    def newest_first(self) -> Self:
        """Experts' proposals first, then by the date they were made, newest first; of one day as entered."""
        return self.annotate(
            experts_first=Case(When(origin__in=EXPERT_ORIGINS, then=Value(0)), default=1, output_field=IntegerField())
        ).order_by("experts_first", F("made_on").desc(nulls_last=True), "pk")

    def with_source_withheld(self) -> Self:
        """Annotate ``source_withheld``: its talk, words and document would tell a withheld name."""
        return self.annotate(source_withheld=_source_withheld())

    def tracing(self) -> Self:
        """Only those whose source may be shown beside them."""
        return self.exclude(_source_withheld())

    def withheld_sources(self) -> Self:
        """Those with a proposer who is not named, or with source words of such a person."""
        return self.filter(_source_withheld())

    def from_talk(self, talk: Talk) -> Self:
        """Those made in a talk, as far as that does not tell a withheld name."""
        from recommendations.models.position import Position  # the row below depends on this one

        words = Quote.objects.filter(talk=talk).order_by().values("pk")
        named = Position.objects.attributable().taken_in(talk).order_by().values("recommendation")
        made = Recommendation.objects.filter(source_quote__in=words).order_by().values("pk")
        # By their keys, so that the few are found first and the names asked for then.
        return self.tracing().filter(pk__in=made.union(named))

    def from_document(self, document: Document) -> Self:
        """Those that a document is the source of, as far as that tells no withheld name."""
        words = Quote.objects.filter(document=document).order_by().values("pk")
        made = Recommendation.objects.order_by().filter(source_document=document).values("pk")
        said = Recommendation.objects.order_by().filter(source_quote__in=words).values("pk")
        return self.tracing().filter(pk__in=made.union(said))


@cache
def _source_withheld() -> Rule:
    def condition() -> Q:
        from recommendations.models.position import Position, Stance  # the row below depends on this one

        unnamed = Position.objects.withheld().filter(stance=Stance.PROPOSES, recommendation=OuterRef("pk"))
        words = Quote.objects.withheld().filter(pk=OuterRef("source_quote"))
        return Q(ExistsFor(unnamed)) | Q(ExistsFor(words))

    return Rule(Recommendation, condition)


class Recommendation(Coded, Publishable, Translated):
    """What somebody asks of somebody. Its code is permanent and is its address."""

    code = models.CharField(
        max_length=40,
        unique=True,
        editable=False,
        validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)+$")],
        help_text="Lower case in addresses, capitals in print: kw12-r03.",
    )
    statement = models.TextField(
        blank=True, help_text="One imperative sentence, in your own words: Fill the post of special envoy."
    )
    statement_ko = korean(statement)
    detail = MarkdownField(blank=True, help_text="What exactly is meant. Markdown.")
    detail_ko = korean(detail)
    rationale = MarkdownField(blank=True, help_text="Why, as its proposers argue. Markdown.")
    rationale_ko = korean(rationale)
    obstacles = MarkdownField(blank=True, help_text="What stands in the way. Markdown.")
    obstacles_ko = korean(obstacles)
    origin = models.CharField(max_length=12, choices=Origin, default=Origin.TALK)
    source_quote = models.ForeignKey(
        Quote,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recommendations",
        verbose_name="source words",
        help_text="The exact words it rests on. Enter them on the talk first.",
    )
    source_document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="recommendations"
    )
    made_on = models.DateField(
        null=True, blank=True, help_text="When it was made: left empty, the date of the talk, document or edition."
    )
    made_on_precision = precision_field("made on")
    workshop = models.ForeignKey(
        Workshop,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recommendations",
        verbose_name="edition",
        help_text="The edition it belongs to. Gives it its code, so it stays.",
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="part of",
        help_text="The compound ask that this one is split from.",
    )
    polarity = models.CharField(max_length=6, choices=Polarity, default=Polarity.DO)
    modality = models.CharField(max_length=6, choices=Modality, default=Modality.SHOULD)
    action = models.PositiveSmallIntegerField("action asked for", choices=ActionCategory, null=True, blank=True)
    legal_basis = models.ManyToManyField(Document, blank=True, related_name="legal_basis_of")
    themes = models.ManyToManyField(Theme, blank=True, related_name="recommendations")
    affected = models.ManyToManyField(
        AffectedGroup, blank=True, related_name="recommendations", verbose_name="affected groups"
    )
    goals = models.ManyToManyField(Goal, blank=True, related_name="recommendations", verbose_name="SDGs")
    addressed_to = models.ManyToManyField(Organisation, through="Addressee", related_name="asked", blank=True)
    session = models.CharField(max_length=40, blank=True, help_text="Of the UN mechanism: the session it was made in.")
    symbol = models.CharField(max_length=60, blank=True, help_text="Of the UN document: A/HRC/13/13.")
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="supersedes")
    tags = keywords()

    translated = ("statement", "detail", "rationale", "obstacles")

    objects = RecommendationQuerySet.as_manager()

    class Meta(Publishable.Meta):
        abstract = False
        ordering = ["code"]
        indexes = [
            models.Index(fields=["origin", "-made_on", "id"], name="recommendations_rec_newest"),
            # Most have neither. To SQLite, an index full of NULL looks worse than to read the table.
            models.Index(fields=["parent"], condition=Q(parent__isnull=False), name="recommendations_rec_parts"),
            models.Index(
                fields=["superseded_by"], condition=Q(superseded_by__isnull=False), name="recommendations_rec_newer"
            ),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            either_language("statement"),
            models.CheckConstraint(
                condition=Q(first_published_at__isnull=True)
                | Q(origin=Origin.TALK, source_quote__isnull=False, source_document__isnull=True)
                | (Q(origin=Origin.DOCUMENT) & (Q(source_quote__isnull=False) | Q(source_document__isnull=False)))
                | (Q(origin__in=[Origin.UN_MECHANISM, Origin.PLEDGE]) & ~Q(session="")),
                name="recommendations_recommendation_origin_has_source",
                violation_error_message="Before it is published: one from a talk needs its source words, one from "
                "a document that document or its words, one from a UN mechanism its session.",
            ),
            models.CheckConstraint(
                condition=Q(first_published_at__isnull=True) | Q(made_on__isnull=False),
                name="recommendations_recommendation_published_has_made_on",
                violation_error_message="Before it is published it needs the date on which it was made.",
            ),
            models.CheckConstraint(
                condition=Q(workshop__isnull=False) | Q(origin__in=[Origin.UN_MECHANISM, Origin.PLEDGE]),
                name="recommendations_recommendation_experts_in_edition",
                violation_error_message="Choose the edition: it gives the recommendation its code.",
            ),
            models.CheckConstraint(
                condition=(Q(parent__isnull=True) | ~Q(parent=F("id")))
                & (Q(superseded_by__isnull=True) | ~Q(superseded_by=F("id"))),
                name="recommendations_recommendation_not_its_own_relative",
                violation_error_message="A recommendation is not a part of itself, and does not supersede itself.",
            ),
            models.CheckConstraint(
                condition=Q(action__isnull=True) | Q(action__gte=1, action__lte=5),
                name="recommendations_recommendation_action_one_to_five",
                violation_error_message="The action category is one of 1 to 5.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code.upper()} {self.text('statement')}"

    def get_absolute_url(self) -> str:
        """Its public page."""
        return address_of("recommendation-detail", self.code)

    def clean(self):
        """The source words stand where it says that it comes from."""
        super().clean()
        quote = self.source_quote
        if quote and self.origin == Origin.TALK and quote.talk_id is None:
            raise ValidationError("The source words stand in no talk: choose others, or another origin.")
        if quote and self.origin == Origin.DOCUMENT and quote.document_id is None:
            raise ValidationError("The source words stand in no document: choose others, or another origin.")

    def published_together(self):
        """Its follow-ups that are still drafts."""
        return self.follow_ups.filter(state=State.DRAFT)

    def people_withheld(self):
        """Those with a position on it who are not named, and the speaker of withheld source words."""
        unnamed = self.positions.withheld().values("speaker")
        words = Quote.objects.withheld().filter(pk=self.source_quote_id).values("speaker")
        return Speaker.objects.filter(Q(pk__in=unnamed) | Q(pk__in=words))

    @property
    def made(self) -> VagueDate | None:
        """When it was made, as exactly as is known.

        Where its source is withheld only the year: the day would tell the talk.
        """
        withheld = getattr(self, "source_withheld", False)
        return VagueDate.of(self.made_on, Precision.YEAR if withheld else self.made_on_precision)

    @property
    def by_experts(self) -> bool:
        """True for what comes from the workshop; False for the UN's rows."""
        return self.origin in EXPERT_ORIGINS
