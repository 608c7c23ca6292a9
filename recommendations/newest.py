"""Which recommendations stand on a page that shows the newest of many, and how many there are.

Each function asks for keys alone, newest first; ``rows.these`` reads the few that
are shown. This is the one place that counts over all that a page is about.
"""

from __future__ import annotations

from django.db.models import Count, QuerySet

from recommendations.models import Addressee, Position, Recommendation, Stance
from recommendations.models.recommendation import EXPERT_ORIGINS, Origin
from workshop.common.prepared import Prepared, number_of
from workshop.models import TalkSpeaker

UN_ORIGINS = (Origin.UN_MECHANISM, Origin.PLEDGE)


def _keys(recommendations: QuerySet[Recommendation]) -> QuerySet:
    return recommendations.order_by("-made_on", "pk").values_list("pk", flat=True)


def _experts(origin: Origin) -> Prepared:
    return Prepared(lambda: Recommendation.objects.public().filter(origin=origin).order_by("-made_on", "pk")[:NEWEST])


NEWEST = 5  # on the front page

# One origin at a time: each is read from its end of the index, where both would be sorted first.
_NEWEST_OF_EXPERTS = [_experts(origin) for origin in EXPERT_ORIGINS]
_NUMBER_OF_EXPERTS = Prepared(lambda: number_of(Recommendation.objects.public().filter(origin__in=EXPERT_ORIGINS)))


def _counted(rows: QuerySet, of: str, what: str = "pk") -> QuerySet:
    """Pairs: each ``of`` of the rows, and how many different ``what`` it has."""
    return rows.order_by().values(of).annotate(n=Count(what, distinct=True)).values_list(of, "n")


_ALL_BY_THEME = Prepared(lambda: _counted(Recommendation.objects.public(), "themes"))
_ASKED_OF_EACH = Prepared(
    lambda organisations: _counted(Addressee.objects.public().filter(organisation__in=organisations), "organisation")
)
_PROPOSED_BY = Prepared(
    lambda speakers: _counted(
        Position.objects.attributable().filter(speaker__in=speakers, stance=Stance.PROPOSES),
        "speaker",
        "recommendation",
    )
)
_SPOKEN_BY = Prepared(
    lambda speakers: _counted(TalkSpeaker.objects.attributable().filter(speaker__in=speakers), "speaker", "talk")
)
_NUMBERS_BY_THEME = Prepared(
    lambda: _counted(Recommendation.objects.public().filter(origin__in=EXPERT_ORIGINS), "themes")
)
_ON_THEME = Prepared(
    lambda theme: _keys(Recommendation.objects.public().filter(themes=theme, origin__in=EXPERT_ORIGINS))
)
_ASKED_ON = Prepared(
    lambda themes: _keys(
        Recommendation.objects.public().filter(
            origin__in=UN_ORIGINS,
            pk__in=Recommendation.themes.through.objects.filter(theme__in=themes).values("recommendation"),
        )
    )
)

_ASKED_OF = Prepared(
    lambda organisation: _keys(
        Recommendation.objects.public().filter(
            pk__in=Addressee.objects.public().filter(organisation=organisation).values("recommendation")
        )
    )
)
_TAKEN_BY = Prepared(
    lambda organisation: _keys(
        Recommendation.objects.public().filter(
            pk__in=Position.objects.attributable().filter(organisation=organisation).values("recommendation")
        )
    )
)
_TAGGED = Prepared(lambda tag: _keys(Recommendation.objects.public().filter(tags__in=[tag])))


def experts_newest() -> list[int]:
    """The newest of the experts' proposals, for the front page."""
    newest = [row for rows in _NEWEST_OF_EXPERTS for row in rows()]
    newest.sort(key=lambda row: row.code)
    newest.sort(key=lambda row: row.made_on, reverse=True)
    return [row.pk for row in newest[:NEWEST]]


def experts_number() -> int:
    """How many proposals of experts there are."""
    return next(iter(_NUMBER_OF_EXPERTS()))


def experts_by_theme() -> dict[int, int]:
    """How many proposals of experts each theme has, by its key."""
    return dict(_NUMBERS_BY_THEME())


def experts_on_theme(theme: int) -> list[int]:
    """The keys of all proposals of experts on a theme."""
    return list(_ON_THEME(theme))


def asked_on_themes(themes: list[int]) -> list[int]:
    """The keys of all that the UN's mechanisms and pledges say on any of the themes."""
    return list(_ASKED_ON(themes))


def asked_of(organisation: int) -> list[int]:
    """The keys of all that is asked of an organisation."""
    return list(_ASKED_OF(organisation))


def taken_by(organisation: int) -> list[int]:
    """The keys of all on which an organisation takes a stand."""
    return list(_TAKEN_BY(organisation))


def tagged(tag: int) -> list[int]:
    """The keys of all that carry a keyword."""
    return list(_TAGGED(tag))


def all_by_theme() -> dict[int, int]:
    """How many recommendations of any origin each theme has, by its key."""
    return dict(_ALL_BY_THEME())


def asked_of_each(organisations: list[int]) -> dict[int, int]:
    """How much is asked of each of the organisations, by its key."""
    return dict(_ASKED_OF_EACH(organisations))


def proposed_by(speakers: list[int]) -> dict[int, int]:
    """How many recommendations each of the speakers proposes by name, by their key."""
    return dict(_PROPOSED_BY(speakers))


def spoken_by(speakers: list[int]) -> dict[int, int]:
    """How many talks each of the speakers is named in, by their key."""
    return dict(_SPOKEN_BY(speakers))
