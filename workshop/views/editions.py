"""Pages of editions and of the series they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from recommendations.models import Position, Stance
from speakers.models import Speaker
from speakers.views.rows import PersonRow, person_row
from workshop.common.dates import VagueDate
from workshop.common.prepared import Prepared
from workshop.common.text import Text
from workshop.images.pictures import picture_of
from workshop.models import Series, StatusChange, Talk, TalkSpeaker, Workshop
from workshop.references import read_references
from workshop.views.citations import cite_edition
from workshop.views.links import Link, changes_of, link_to, links_to, permanent_url
from workshop.views.programme import programme
from workshop.views.public import PublicDetail, PublicList
from workshop.views.rows import (
    EditionRow,
    IndexRow,
    dates_of,
    document_row,
    edition_row,
    edition_rows,
    ordinal_of,
    place_of,
    span,
)
from workshop.views.words import teaser


@dataclass(frozen=True)
class SeriesShown:
    """The editions of a series; without one, those that stand on their own."""

    series: Link | None
    editions: list[EditionRow]


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
        for edition in records.with_public("series", "status_changes"):
            by_series.setdefault(link_to(edition.series), []).append(edition_row(edition))
        return [SeriesShown(series, editions) for series, editions in by_series.items()]


PEOPLE_SHOWN = 60
PROPOSALS_READ = 100  # for the names of those who made them

SPEAKING = Prepared(
    lambda edition: TalkSpeaker.objects.attributable().filter(
        talk__in=Talk.objects.filter(workshop=edition).values("pk"), speaker__isnull=False
    )[:PEOPLE_SHOWN]
)
PROPOSING = Prepared(
    lambda keys: Speaker.objects.public().filter(
        pk__in=Position.objects.attributable()
        .filter(recommendation__in=keys, stance=Stance.PROPOSES, speaker__isnull=False)
        .order_by()
        .values("speaker")
    )[:PEOPLE_SHOWN]
)


class WorkshopDetail(PublicDetail):
    """One edition: its plan and what became of it, its programme, its people."""

    model = Workshop
    section = "workshops"
    index_name = _("Workshops")

    def related(self, records):
        return records.with_public("series__hosts", "series__funders", "hero", "status_changes__source").with_public(
            "workshop_themes__theme", "documents__issued_by"
        )

    def page(self, record: Workshop) -> dict[str, Any]:
        shown = programme(record)
        series = record.series
        read_references([record, *record.workshop_themes.all(), *([series] if series else [])])
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
            "people": people_of(record, shown.pop("newest_proposals")[:PROPOSALS_READ]),
            "documents": [document_row(document) for document in record.documents.all()],
            "citation": cite_edition(record),
            "permanent_url": permanent_url(record),
            **shown,
        }


def people_of(edition: Workshop, proposals: list[int]) -> list[PersonRow]:
    """Those who spoke in it, or made one of the proposals, and may be named, as they were credited then."""
    people: dict[int | None, PersonRow] = {}
    for speaker in PROPOSING(proposals).with_public("portrait"):
        people[speaker.pk] = person_row(speaker)
    for row in SPEAKING(edition.pk).with_public("speaker__portrait"):
        people[row.speaker_id] = person_row(row.person, role=row.affiliation_shown)
    return sorted(people.values(), key=lambda person: person.sort_name)[:PEOPLE_SHOWN]


def decisions_of(edition: Workshop) -> list[Decision]:
    """Every change of the plan, in the order in which it was decided."""
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
        for change in sorted(edition.status_changes.all(), key=StatusChange.order_of)
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
