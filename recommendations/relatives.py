"""Related recommendations on the page of one: each kind of tie under its heading, read from either side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from recommendations.models import Recommendation, Tie, TieKind
from recommendations.rows import RecommendationLink, proposers_of
from workshop.views.links import Link

SHOWN = 12  # of one kind; the rest is counted
# How a tie reads from its other side, where it reads differently.
BACKWARDS = {
    TieKind.NARROWER: TieKind.BROADER,
    TieKind.BROADER: TieKind.NARROWER,
    TieKind.BUILDS_ON: "built-on-by",
    TieKind.SUPERSEDES: "superseded-by",
}


@dataclass(frozen=True)
class Relative(RecommendationLink):
    """A related recommendation, and who proposes it: of the same ask that is what differs."""

    proposers: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Relatives:
    """The related recommendations of one kind: those listed, and how many there are."""

    id: str
    title: str
    links: list[Relative]
    count: int

    @property
    def more(self) -> int:
        """How many are not listed."""
        return self.count - len(self.links)


def titles() -> dict[str, str]:
    """The headings, in the order in which they stand on the page."""
    return {
        TieKind.SAME_ASK: _("The same ask"),
        TieKind.NARROWER: _("Wider asks"),
        TieKind.BROADER: _("Narrower asks"),
        TieKind.BUILDS_ON: _("Builds on"),
        "built-on-by": _("Built on by"),
        TieKind.CONTRARY: _("Contrary asks"),
        TieKind.SUPERSEDES: _("Supersedes"),
        "superseded-by": _("Superseded by"),
    }


def relatives_of(record: Recommendation, superseded: Iterable[Recommendation] = ()) -> list[Relatives]:
    """The public ones; with those that name the record as what superseded them."""
    found: dict[str, dict[str, int]] = defaultdict(dict)  # by kind: keys by code
    for other in superseded:
        found[TieKind.SUPERSEDES][other.code] = other.pk
    ties = (
        Tie.objects.public()
        .of(record)
        .values_list("kind", "recommendation", "recommendation__code", "other", "other__code")
    )
    for kind, first, first_code, second, second_code in ties:
        if first == record.pk:
            found[kind][second_code] = second
        else:
            found[BACKWARDS.get(TieKind(kind), kind)][first_code] = first
    listed = {kind: [pk for _, pk in sorted(others.items())[:SHOWN]] for kind, others in found.items()}
    links = _links({pk for keys in listed.values() for pk in keys})
    return [
        Relatives(f"ties-{kind}", title, [links[pk] for pk in listed[kind] if pk in links], len(found[kind]))
        for kind, title in titles().items()
        if found[kind]
    ]


def _links(keys: set[int]) -> dict[int, Relative]:
    if not keys:
        return {}
    others = Recommendation.objects.public().filter(pk__in=keys)
    return {
        other.pk: replace(Relative.to(other), proposers=tuple(proposers_of(other)))
        for other in others.with_public("positions__speaker", "positions__organisation")
    }
