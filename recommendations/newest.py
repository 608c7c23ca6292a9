"""Which recommendations stand on a page that shows the newest of many, and how many there are.

Asked of the index, which keeps the numbers; ``rows.these`` reads the few that are
shown. What the index does not hold (talks) is counted here and nowhere else.
"""

from __future__ import annotations

from django.db.models import Count, QuerySet

from recommendations.models import Answer, Position, Stance
from recommendations.models.recommendation import EXPERT_ORIGINS, Origin
from workshop.common.prepared import Prepared
from workshop.models import TalkSpeaker
from workshop.search.kinds import NONE
from workshop.search.numbers import Newest, Together, newest, newest_of_experts, totals, values_of_each
from workshop.search.sources.recommendation import ORGANISATION

NEWEST = 5  # on the front page
EXPERTS = [origin.value for origin in EXPERT_ORIGINS]
UN = [Origin.UN_MECHANISM.value, Origin.PLEDGE.value]


def _counted(rows: QuerySet, of: str, what: str = "pk") -> QuerySet:
    """Pairs: each ``of`` of the rows, and how many different ``what`` it has."""
    return rows.order_by().values(of).annotate(n=Count(what, distinct=True)).values_list(of, "n")


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


def all_by_tag() -> dict[str, int]:
    """How many recommendations carry each keyword, by its slug."""
    return totals("tag")


def carrying(tag: str, size: int) -> Newest:
    """The newest recommendations that carry a keyword, and their number."""
    return newest(size, tag=[tag])


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


def themes_in(edition: str) -> dict[int, set[str]]:
    """The themes of each recommendation of an edition, by its key, the newest first."""
    having = values_of_each("theme", workshop=[edition])
    return {key: themes - {NONE} for key, themes in having.items()}


def proposed_by(speakers: list[str]) -> dict[str, int]:
    """How many recommendations each of the speakers proposes by name, by slug."""
    return totals("proposer", speakers)


def stands_taken(speaker: str) -> Together:
    """On which recommendations somebody takes a stand by name, stance by stance."""
    return Together("speaker", speaker, Stance.values)


def answers_of(organisation: str) -> Together:
    """The recommendations to which an organisation answered, answer by answer."""
    return Together("addressee", organisation, Answer.values)


def spoken_by(speakers: list[int]) -> dict[int, int]:
    """How many talks each of the speakers is named in, by their key."""
    return dict(_SPOKEN_BY(speakers))


def proposed_by_body(organisation: str, size: int) -> Newest:
    """The newest that an organisation proposes, and their number."""
    return newest(size, proposer=[f"{ORGANISATION}{organisation}"])


# In two steps: asked at once, PostgreSQL asks the rules of all that an organisation proposes.
_OTHERWISE = Prepared(
    lambda organisation: (
        Position.objects.filter(organisation=organisation)
        .exclude(stance=Stance.PROPOSES)
        .order_by()
        .values_list("pk", flat=True)
    )
)
_NAMED = Prepared(
    lambda positions: (
        Position.objects.attributable()
        .filter(pk__in=positions)
        .order_by("-recommendation__made_on", "recommendation")
        .values_list("recommendation", flat=True)
    )
)


def stands_otherwise(organisation: int) -> list[int]:
    """The keys of all on which an organisation takes another stand than to propose it, the newest first."""
    return list(_NAMED(list(_OTHERWISE(organisation))))
