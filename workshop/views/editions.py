"""Pages of editions and of the series they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from recommendations.models import Position, Recommendation, Stance
from recommendations.rows import RecommendationRow, on_page_of, recommendation_rows
from speakers.views.rows import PersonRow, person_row
from workshop.common.dates import VagueDate
from workshop.common.text import Text
from workshop.images.pictures import picture_of
from workshop.models import Series, StatusChange, TalkSpeaker, Workshop, WorkshopTheme
from workshop.views.citations import cite_edition
from workshop.views.links import Link, changes_of, link_to, links_to, permanent_url
from workshop.views.public import PublicDetail, PublicList
from workshop.views.rows import (
    EditionRow,
    IndexRow,
    TalkRow,
    dates_of,
    document_rows,
    edition_row,
    edition_rows,
    ordinal_of,
    place_of,
    span,
    talk_rows,
)
from workshop.views.words import teaser


@dataclass(frozen=True)
class SeriesShown:
    """The editions of a series; without one, those that stand on their own."""

    series: Link | None
    editions: list[EditionRow]


@dataclass(frozen=True)
class ProgrammeItem:
    """A theme of an edition, with what was said and proposed under it."""

    theme: Link
    anchor: str
    in_programme: WorkshopTheme
    talks: list[TalkRow]
    recommendations: list[RecommendationRow]


@dataclass(frozen=True)
class Decision:
    """One entry in the history of an edition's plan."""

    slug: str
    label: str
    decided: VagueDate
    reason: Text
    previous: str
    new: str
    source: Link | None
    source_url: str


class WorkshopList(PublicList):
    """All editions, the newest first."""

    model = Workshop
    section = "workshops"
    template_name = "workshop/workshop_list.html"

    def rows(self, records: QuerySet[Workshop]) -> list[SeriesShown]:
        by_series: dict[Link | None, list[EditionRow]] = {}
        for edition in records.with_public("series").prefetch_related("status_changes"):
            by_series.setdefault(link_to(edition.series), []).append(edition_row(edition))
        return [SeriesShown(series, editions) for series, editions in by_series.items()]


class WorkshopDetail(PublicDetail):
    """One edition: its plan and what became of it, its programme, its people."""

    model = Workshop
    section = "workshops"
    index_name = _("Workshops")

    def related(self, records):
        return records.with_public("series__hosts", "series__funders", "hero").prefetch_related("status_changes")

    def page(self, record: Workshop) -> dict[str, Any]:
        talks = talk_rows(
            record.talks.public().order_by(F("date").asc(nulls_last=True), "title", "pk"), with_edition=False
        )
        proposals = recommendation_rows(Recommendation.objects.public().filter(workshop=record))
        programme = programme_of(record, talks, proposals)
        themes = [item.theme for item in programme]
        series = record.series
        return {
            "description": teaser(record.text("question"), record.text("introduction")),
            "changes": changes_of(record),
            "series": link_to(series),
            "series_record": series,
            "hosts": links_to(series.hosts.all()) if series else [],
            "funders": links_to(series.funders.all()) if series else [],
            "ordinal": ordinal_of(record),
            "dates": dates_of(record),
            "place": place_of(record),
            "hero": picture_of(record.hero),
            "decisions": decisions_of(record),
            "programme": programme,
            "other_talks": [row for row in talks if not set(row.themes) & set(themes)],
            "other_proposals": [row for row in proposals if not set(row.themes) & set(themes)],
            "talk_count": len(talks),
            "proposal_count": len(proposals),
            "people": people_of(record),
            "documents": document_rows(record.documents.public()),
            "citation": cite_edition(record),
            "permanent_url": permanent_url(record),
        }


def programme_of(edition: Workshop, talks: list[TalkRow], proposals: list[RecommendationRow]) -> list[ProgrammeItem]:
    """The themes of an edition in their order, each with its talks and recommendations."""
    items = []
    for row in WorkshopTheme.objects.public().filter(workshop=edition).with_public("theme"):
        theme = Link.to(row.theme)
        items.append(
            ProgrammeItem(
                theme=theme,
                anchor=f"theme-{row.pk}",
                in_programme=row,
                talks=[talk for talk in talks if theme in talk.themes],
                recommendations=on_page_of(theme, [proposal for proposal in proposals if theme in proposal.themes]),
            )
        )
    return items


def people_of(edition: Workshop) -> list[PersonRow]:
    """Those who spoke or propose in it and may be named, as they were credited then."""
    speaking = TalkSpeaker.objects.attributable().filter(talk__workshop=edition, speaker__isnull=False)
    proposing = Position.objects.attributable().filter(
        recommendation__workshop=edition, stance=Stance.PROPOSES, speaker__isnull=False
    )
    people: dict[int | None, PersonRow] = {}
    for position in proposing.with_public("speaker__portrait"):
        people[position.speaker_id] = person_row(position.person)
    for row in speaking.with_public("speaker__portrait"):
        people[row.speaker_id] = person_row(row.person, role=row.affiliation_shown)
    return sorted(people.values(), key=lambda person: person.sort_name)


def decisions_of(edition: Workshop) -> list[Decision]:
    """Every change of the plan, in the order in which it was decided."""
    changes = StatusChange.objects.public().filter(workshop=edition).with_public("source")
    return [
        Decision(
            slug=change.slug,
            label=change.get_status_display() if change.as_planned else change.phrase(),
            decided=change.decided,
            reason=change.text("reason"),
            previous=span(change.previously, VagueDate.of(change.previous_end, change.previous_precision)),
            new=span(change.newly, VagueDate.of(change.new_end, change.new_precision)),
            source=link_to(change.source),
            source_url=change.source_url,
        )
        for change in sorted(changes, key=StatusChange.order_of)
    ]


class SeriesList(PublicList):
    """All series."""

    model = Series
    section = "workshops"
    template_name = "workshop/series_list.html"

    def rows(self, records: QuerySet[Series]) -> list[IndexRow]:
        return [
            IndexRow(Link.to(one), len(one.workshops.all()), note=one.text("recurrence"))
            for one in records.with_public("workshops")
        ]


class SeriesDetail(PublicDetail):
    """One series: what it is, who holds it and who pays for it, its editions."""

    model = Series
    section = "workshops"
    index_name = _("Series")

    def related(self, records):
        return records.with_public("hosts", "funders")

    def page(self, record: Series) -> dict[str, Any]:
        editions = (
            Workshop.objects.public()
            .filter(series=record)
            .order_by(F("ordinal").asc(nulls_last=True), F("start").asc(nulls_last=True), "pk")
        )
        return {
            "description": teaser(record.text("about")),
            "hosts": links_to(record.hosts.all()),
            "funders": links_to(record.funders.all()),
            "editions": edition_rows(editions),
        }
