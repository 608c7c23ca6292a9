"""Rows of lists of recommendations, wherever they are listed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Self

from django.db.models import Prefetch, QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from recommendations.models import FollowUp, Recommendation, Response, Stance, Status, StatusInterval
from workshop.common.dates import VagueDate
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
    ).prefetch_related(open_intervals(as_of))
    return [_row(record, (stances or {}).get(record.pk)) for record in wanted]


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


def open_intervals(as_of: dt.date | None = None) -> Prefetch:
    """Prefetches what ``status_of`` reads: the statuses of a day, or of now."""
    return Prefetch(
        "intervals", queryset=StatusInterval.objects.on(as_of).select_related("follow_up"), to_attr="open_intervals"
    )


def status_of(recommendation: Recommendation) -> StatusShown:
    """Its status. Reads ``open_intervals``; none means "not assessed"."""
    if not recommendation.open_intervals:
        return StatusShown(Status.NOT_ASSESSED.value, str(Status.NOT_ASSESSED.label))
    interval = recommendation.open_intervals[0]
    return StatusShown(interval.status, interval.get_status_display(), interval.follow_up.when)


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
    return [
        AnswerShown(
            recommendation=RecommendationLink.to(response.addressee.recommendation),
            organisation=Link.to(response.addressee.organisation),
            slug=response.answer,
            label=response.get_answer_display(),
            date=response.when,
            words=response.text("words"),
            source=link_to(response.source),
            source_url=response.source_url,
        )
        for response in wanted
    ]


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
