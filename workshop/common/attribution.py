"""Who is named: on record, by affiliation only, or not at all.

The values are ordered, so that the strictest of several is their greatest.
"""

from __future__ import annotations

from functools import cache, partial, reduce
from operator import or_
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from workshop.common.publishing import PublicQuerySet
from workshop.common.rules import Rule


class Attribution(models.IntegerChoices):
    """What readers may learn about who spoke."""

    ON_RECORD = 0, _("On record")
    AFFILIATION_ONLY = 1, _("Affiliation only")
    NOT_ATTRIBUTED = 2, _("Not attributed")


def attribution_field(default: Attribution = Attribution.NOT_ATTRIBUTED) -> models.PositiveSmallIntegerField:
    """The field that says whether readers see the name."""
    return models.PositiveSmallIntegerField(
        "attribution",
        choices=Attribution,
        default=default,
        help_text="On record: readers see the name. Affiliation only: they see the words you give as "
        "affiliation, and no name anywhere. Not attributed: neither.",
    )


class AttributedQuerySet(PublicQuerySet):
    """Rows that name a person, or are not to."""

    def with_attribution(self) -> Self:
        """Annotate ``shown_as``: the strictest attribution that applies to the row."""
        return self.annotate(shown_as=_shown_as(self.model))

    def public(self) -> Self:
        """What any reader may see, each row with ``shown_as``."""
        return super().public().with_attribution()

    def attributable(self) -> Self:
        """Public rows whose person may be named: the one rule of "named"."""
        on_record = models.Value(Attribution.ON_RECORD.value, output_field=models.PositiveSmallIntegerField())
        named = super().public().filter(~withheld_q(self.model, Attribution.AFFILIATION_ONLY))
        return named.annotate(shown_as=on_record)  # what is left is on record: no need to ask the rows again

    def withheld(self) -> Self:
        """Rows whose person may not be named, public or not."""
        return self.filter(withheld_q(self.model, Attribution.AFFILIATION_ONLY))


def withheld_q(model: type[models.Model], level: int) -> Q:
    """True where the row's own attribution, or a tied one, is at least ``level``."""
    return Q(_withheld_rule(model, level))


@cache
def _withheld_rule(model: type[models.Model], level: int) -> Rule:
    return Rule(model, partial(_withheld, model, level))


def _withheld(model: type[models.Model], level: int) -> Q:
    return reduce(or_, model.tied_attributions(level), Q(attribution__gte=level))


@cache
def _shown_as(model: type[models.Model]) -> Rule:
    return Rule(model, partial(_strictest, model), models.PositiveSmallIntegerField())


def _strictest(model: type[models.Model]) -> models.Case:
    """What applies to a row. Most are on record, so that is asked first: once, not once a level."""
    return models.Case(
        models.When(~withheld_q(model, Attribution.AFFILIATION_ONLY), Attribution.ON_RECORD.value),
        models.When(withheld_q(model, Attribution.NOT_ATTRIBUTED), Attribution.NOT_ATTRIBUTED.value),
        default=Attribution.AFFILIATION_ONLY.value,
        output_field=models.PositiveSmallIntegerField(),
    )


class Attributed(models.Model):
    """A row with a person and a rule about naming them.

    Templates ask for ``person``, never for ``speaker``: it is None where the
    name is withheld, and it refuses a row that was not asked through
    ``.public()`` or ``.attributable()``.
    """

    attribution = attribution_field()
    shown_as: int

    # A hidden speaker hides the row, unless the row names nobody anyway.
    named: ClassVar[tuple[str, ...]] = ("speaker",)

    objects = AttributedQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def tied_attributions(cls, level: int) -> list[Exists | Q]:
        """Conditions on other rows that tell of the same words by the same person."""
        return []

    @property
    def person(self):
        """The speaker to name, or None."""
        return self.speaker if self.shown_as == Attribution.ON_RECORD else None

    @property
    def by_affiliation(self) -> bool:
        """True where the affiliation stands in for the name.

        Where a tied row withholds the name, this one may have no affiliation to show.
        """
        return self.shown_as == Attribution.AFFILIATION_ONLY and bool(self.affiliation_shown)

    @property
    def nameless(self) -> bool:
        """True where readers learn nothing of who it was."""
        return self.shown_as != Attribution.ON_RECORD and not self.by_affiliation


def same_speaker_in_talk(model: type[models.Model], level: int, *talks: str) -> Exists:
    """That the row's speaker is withheld in one of its talks.

    ``model`` is TalkSpeaker; it is passed in, because this module knows no tables.
    """
    one_of_them = reduce(or_, (Q(talk=OuterRef(talk)) for talk in talks))
    return Exists(model.objects.filter(one_of_them, speaker=OuterRef("speaker"), attribution__gte=level))
