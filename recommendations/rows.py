"""Rows of lists of recommendations, wherever they are listed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Self

from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from recommendations.models import FollowUp, Recommendation, Response, Stance, Status, StatusInterval
from workshop.common.dates import VagueDate
from workshop.common.prepared import Prepared
from workshop.common.text import Text
from workshop.views.links import Link, coded, link_to, links_to, people_or_bodies


@dataclass(frozen=True)
class StatusShown:
    """What has become of a recommendation, and since when."""

    slug: str
    label: str
    date: VagueDate | None = None


@dataclass(frozen=True)
class StanceShown:
    """Where somebody stands."""

    slug: str
    label: str


@dataclass(frozen=True)
class RecommendationRow:
    """A recommendation in a list, for ``components/recommendation_list.html``."""

    pk: int
    code: str
    url: str
    statement: Text | SafeString
    proposers: list[Link]
    addressees: list[Link]
    themes: list[Link]
    status: StatusShown
    origin: str
    part_of: Link | None
    stance: StanceShown | None = None
    passage: SafeString | str = ""  # where words that were looked for stand, marked


def recommendation_rows(
    recommendations: QuerySet[Recommendation],
    stances: Mapping[int, StanceShown | None] | None = None,
    as_of: dt.date | None = None,
) -> list[RecommendationRow]:
    """Rows in a constant number of queries; ``stances`` by primary key, where the list is somebody's.

    ``as_of`` asks for the statuses that held on that day.
    """
    wanted = recommendations.with_public(
        "positions__speaker", "positions__organisation", "addressees__organisation", "themes", "parent"
    )
    records = with_statuses(list(wanted), as_of)
    return [_row(record, (stances or {}).get(record.pk)) for record in records]


def on_page_of(here: Link, rows: Iterable[RecommendationRow]) -> list[RecommendationRow]:
    """The rows without the name of the page they stand on, where standing there says it."""
    return [
        replace(
            row,
            themes=[theme for theme in row.themes if theme != here],
            proposers=[] if row.proposers == [here] else row.proposers,
            addressees=[] if row.addressees == [here] else row.addressees,
        )
        for row in rows
    ]


# Recommendations by their keys, newest first. Which keys a list has is asked apart, and narrow.
these = Prepared(lambda keys: Recommendation.objects.public().filter(pk__in=keys).newest_first())

_LAST_INTERVALS = Prepared(
    lambda keys: StatusInterval.objects.on(None).filter(recommendation__in=keys).select_related("follow_up").order_by()
)


def with_statuses(records: list[Recommendation], as_of: dt.date | None = None) -> list[Recommendation]:
    """The records with what ``status_of`` reads: ``open_interval``, of a day or of now, or None."""
    keys = [record.pk for record in records]
    if as_of is None:
        intervals = _LAST_INTERVALS(keys)
    else:
        intervals = StatusInterval.objects.on(as_of).filter(recommendation__in=keys).select_related("follow_up")
    found = {interval.recommendation_id: interval for interval in intervals}
    for record in records:
        record.open_interval = found.get(record.pk)
    return records


def status_of(recommendation: Recommendation) -> StatusShown:
    """Its status. Reads ``open_interval``; none means "not assessed"."""
    interval = recommendation.open_interval
    if interval is None:
        return StatusShown(Status.NOT_ASSESSED.value, str(Status.NOT_ASSESSED.label))
    return StatusShown(interval.status, str(Status(interval.status).label), interval.follow_up.when)


def proposers_of(recommendation: Recommendation) -> list[Link]:
    """Who proposes it, and that somebody does who is not to be named. Reads public ``positions``."""
    proposing = [position for position in recommendation.positions.all() if position.stance == Stance.PROPOSES]
    unnamed = [Link(_("a participant (not attributed)"))] if any(row.nameless for row in proposing) else []
    return [*people_or_bodies(proposing), *unnamed]


def _row(record: Recommendation, stance: StanceShown | None) -> RecommendationRow:
    return RecommendationRow(
        pk=record.pk,
        code=record.code.upper(),
        url=record.get_absolute_url(),
        statement=record.text("statement"),
        proposers=proposers_of(record),
        addressees=links_to(addressee.organisation for addressee in record.addressees.all()),
        themes=links_to(record.themes.all()),
        status=status_of(record),
        origin="" if record.by_experts else record.get_origin_display(),
        part_of=coded(record.parent) if record.parent else None,
        stance=stance,
    )


@dataclass(frozen=True)
class RecommendationLink(Link):
    """A recommendation named in a sentence: its statement and its code."""

    code: str = ""

    @classmethod
    def to(cls, record: Recommendation) -> Self:
        return cls(record.text("statement"), record.get_absolute_url(), record.code.upper())


@dataclass(frozen=True)
class AnswerShown:
    """What an addressee said to a recommendation."""

    recommendation: RecommendationLink
    organisation: Link
    slug: str
    label: str
    date: VagueDate | None
    words: Text
    source: Link | None
    source_url: str


@dataclass(frozen=True)
class FollowUpShown:
    """Something that became of a recommendation, outside its own page."""

    recommendation: RecommendationLink
    status: StatusShown
    summary: Text
    corrected: bool


def answers_shown(responses: QuerySet[Response]) -> list[AnswerShown]:
    """Public responses, each with its recommendation and who gave it."""
    wanted = responses.with_public("addressee__recommendation", "addressee__organisation", "source")
    return [answer_shown(response) for response in wanted]


def answer_shown(response: Response) -> AnswerShown:
    """One response. Reads its public ``source`` and ``addressee``, with the two that this one ties."""
    return AnswerShown(
        recommendation=RecommendationLink.to(response.addressee.recommendation),
        organisation=Link.to(response.addressee.organisation),
        slug=response.answer,
        label=response.get_answer_display(),
        date=response.when,
        words=response.text("words"),
        source=link_to(response.source),
        source_url=response.source_url,
    )


def follow_ups_shown(follow_ups: QuerySet[FollowUp]) -> list[FollowUpShown]:
    """Public follow-ups, each with its recommendation; corrected ones say so."""
    return [
        FollowUpShown(
            recommendation=RecommendationLink.to(follow_up.recommendation),
            status=StatusShown(follow_up.status, follow_up.get_status_display(), follow_up.when),
            summary=follow_up.text("summary"),
            corrected=hasattr(follow_up, "replaced_by"),
        )
        for follow_up in follow_ups.with_public("recommendation", "replaced_by")
    ]
