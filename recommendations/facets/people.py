"""Facets of who stands where: experts, proposers, stances.

A name is a value only where readers may see it, so everything with a person
starts from ``.attributable()``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Concat
from django.utils.translation import gettext_lazy as _

from recommendations.facets.kinds import Labels, RecordFacet, RowFacet, Rows, Worded, present_slugs
from recommendations.models import Position, Stance
from speakers.models import Organisation, Speaker
from workshop.common.text import Text
from workshop.search.facets import Selection

ORGANISATION = "org:"
SPOKEN = {
    Stance.PROPOSES.value: _("proposed"),
    Stance.SUPPORTS.value: _("supported"),
    Stance.CONDITIONS.value: _("supported with conditions"),
    Stance.DOUBTS.value: _("doubted"),
    Stance.OPPOSES.value: _("opposed"),
}


# Never evaluated, only cloned: to build these conditions anew costs more than to ask them.
@cache
def taken() -> QuerySet[Position]:
    """Positions of anybody, named or not."""
    return Position.objects.public().order_by()


@cache
def named() -> QuerySet[Position]:
    """Positions of experts whom readers may know of."""
    return Position.objects.attributable().filter(speaker__isnull=False).order_by()


@cache
def proposing() -> QuerySet[Position]:
    """Positions of experts and bodies that propose and that readers may know of."""
    return Position.objects.attributable().filter(stance=Stance.PROPOSES).order_by()


class SpeakerFacet(RecordFacet):
    """Experts with any position; with ``stance``, with that one."""

    name = "speaker"
    label = _("Expert")
    none_label = _("No expert named")
    phrase = _("with a position of {names}")
    none_phrase = _("without a position of a named expert")

    def rows(self, selection: Selection) -> Rows:
        stances = selection.real("stance")
        positions = named().filter(stance__in=stances) if stances else named()
        return Rows(positions, "speaker__slug")

    def known(self) -> QuerySet[Speaker]:
        return _with(Speaker.objects.public(), named(), "speaker")


class ProposerFacet(RowFacet):
    """Experts and organisations that propose; the latter as ``org:<slug>``."""

    name = "proposer"
    label = _("Proposed by")
    none_label = _("No proposer named")
    phrase = _("proposed by {names}")
    none_phrase = _("without a named proposer")

    def rows(self, selection: Selection) -> Rows:
        body = Concat(Value(ORGANISATION), "organisation__slug", output_field=CharField())
        slug = Coalesce("speaker__slug", body, output_field=CharField())
        return Rows(proposing().annotate(proposer=slug), "proposer")

    def valued(self, rows: Rows, values: list[str]) -> Q:
        return Q(speaker__slug__in=values) | Q(organisation__slug__in=_bodies(values))

    def labels(self, values: Iterable[str]) -> Labels:
        values = list(values)
        people = _with(Speaker.objects.public(), proposing(), "speaker").filter(slug__in=values)
        bodies = _with(Organisation.objects.public(), proposing(), "organisation").filter(slug__in=_bodies(values))
        labels: dict[str, Text | str] = {speaker.slug: speaker.text("name") for speaker in people}
        return labels | {f"{ORGANISATION}{body.slug}": body.text("name") for body in bodies}

    def present(self, values: Collection[str]) -> dict[str, str]:
        bodies = present_slugs(Organisation, _bodies(values))
        return present_slugs(Speaker, values) | {f"{ORGANISATION}{a}": f"{ORGANISATION}{b}" for a, b in bodies.items()}


class StanceFacet(Worded, RowFacet):
    """Stances that anybody takes, named or not; with ``speaker``, that this expert takes."""

    name = "stance"
    label = _("Stance")
    none_label = _("No stance")
    phrase = _("{names} by somebody")
    none_phrase = _("without a position of anybody")
    choices = Stance

    def rows(self, selection: Selection) -> Rows:
        speakers = selection.real("speaker")
        positions = named().filter(speaker__slug__in=speakers) if speakers else taken()
        return Rows(positions, "stance")

    def spoken(self, value: str, label: Text | str) -> str:
        return str(SPOKEN.get(value, label))


def _with(records: QuerySet, positions: QuerySet[Position], name: str) -> QuerySet:
    """The records that have such a position; asked one by one, because few are asked about and positions are many."""
    return records.filter(Exists(positions.filter(**{name: OuterRef("pk")})))


def _bodies(values: Iterable[str]) -> list[str]:
    """The slugs among the values that are of organisations."""
    return [value.removeprefix(ORGANISATION) for value in values if value.startswith(ORGANISATION)]
