"""Which recommendations stand on a page that shows the newest of many, and how many there are.

Asked of the index, which keeps the numbers; ``rows.these`` reads the few that are
shown. What the index does not hold (talks) is counted here and nowhere else.
"""

from __future__ import annotations

from django.db.models import Count, QuerySet

from recommendations.models import Position, Stance
from recommendations.models.recommendation import EXPERT_ORIGINS, Origin
from workshop.common.prepared import Prepared
from workshop.models import TalkSpeaker
from workshop.search.numbers import Newest, newest, newest_of_experts, totals

NEWEST = 5  # on the front page
EXPERTS = [origin.value for origin in EXPERT_ORIGINS]
UN = [Origin.UN_MECHANISM.value, Origin.PLEDGE.value]


def _counted(rows: QuerySet, of: str, what: str = "pk") -> QuerySet:
    """Pairs: each ``of`` of the rows, and how many different ``what`` it has."""
    return rows.order_by().values(of).annotate(n=Count(what, distinct=True)).values_list(of, "n")


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


def experts_newest() -> list[int]:
    """The newest of the experts' proposals, for the front page."""
    return newest_of_experts(NEWEST)


def experts_number() -> int:
    """How many proposals of experts there are."""
    return sum(totals("origin", EXPERTS).values())


def experts_by_theme() -> dict[str, int]:
    """How many proposals of experts each theme has, by its slug."""
    return totals("theme", among={"origin": EXPERTS})


def all_by_theme() -> dict[str, int]:
    """How many recommendations of any origin each theme has, by its slug."""
    return totals("theme")


def asked_of_each(organisations: list[str]) -> dict[str, int]:
    """How much is asked of each of the organisations, by its slug."""
    return totals("addressee", organisations)


def experts_on_theme(theme: str, size: int) -> Newest:
    """The newest proposals of experts on a theme, and their number."""
    return newest(size, theme=[theme], origin=EXPERTS)


def asked_on_themes(themes: list[str], size: int) -> Newest:
    """The newest of what the UN's mechanisms and pledges say on any of the themes, and their number."""
    return newest(size, theme=themes, origin=UN)


def asked_of(organisation: str, size: int) -> Newest:
    """The newest of what is asked of an organisation, and how much it is."""
    return newest(size, addressee=[organisation])


def proposed_by(speakers: list[int]) -> dict[int, int]:
    """How many recommendations each of the speakers proposes by name, by their key."""
    return dict(_PROPOSED_BY(speakers))


def spoken_by(speakers: list[int]) -> dict[int, int]:
    """How many talks each of the speakers is named in, by their key."""
    return dict(_SPOKEN_BY(speakers))


_TAKEN_BY = Prepared(
    lambda organisation: (
        Position.objects.attributable()
        .filter(organisation=organisation)
        .order_by("-recommendation__made_on", "recommendation")
        .values_list("recommendation", flat=True)
    )
)


def taken_by(organisation: int) -> list[int]:
    """The keys of all on which an organisation takes a stand, the newest first."""
    return list(_TAKEN_BY(organisation))
