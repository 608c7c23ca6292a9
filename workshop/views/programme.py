"""The programme of an edition: its themes, with what was said and proposed under each, and what stands outside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet

from recommendations.newest import themes_in
from recommendations.rows import RecommendationRow, on_page_of
from recommendations.stored import listed_rows
from workshop.common.prepared import Prepared
from workshop.models import Talk, Workshop, WorkshopTheme
from workshop.views.links import Link, list_url
from workshop.views.rows import TalkRow, talk_rows

SHOWN = 20  # under each theme: the first talks, the newest recommendations

Under = dict[int, set[str]]  # the slugs of the themes of each record, by its key, in the order of the records

TALKS = Prepared(
    lambda edition: _by_date(Talk.objects.public().filter(workshop=edition)).values_list("pk", "themes__slug")
)
in_order = Prepared(lambda keys: _by_date(Talk.objects.public().filter(pk__in=keys)))


def _by_date(talks: QuerySet[Talk]) -> QuerySet[Talk]:
    return talks.order_by(F("date").asc(nulls_last=True), "title", "pk")


@dataclass(frozen=True)
class ProgrammeItem:
    """A theme of an edition, with what was said and proposed under it."""

    theme: Link
    anchor: str
    in_programme: WorkshopTheme
    talks: list[TalkRow]
    talk_count: int
    recommendations: list[RecommendationRow]
    recommendation_count: int
    url: str


def programme(edition: Workshop) -> dict[str, Any]:
    """What ``edition_programme.html`` shows. Reads the public ``workshop_themes`` of the edition."""
    spoken, proposed = under_themes(TALKS(edition.pk)), themes_in(edition.slug)
    themes = {row.theme.slug for row in edition.workshop_themes.all()}
    other_talks, other_proposals = without(themes, spoken), without(themes, proposed)
    return {
        "programme": items_of(edition, spoken, proposed),
        "other_talks": talk_rows(in_order(other_talks[:SHOWN]), with_edition=False),
        "other_talk_count": len(other_talks),
        "other_proposals": by_code(listed_rows(other_proposals[:SHOWN])),
        "other_proposal_count": len(other_proposals),
        "talk_count": len(spoken),
        "proposal_count": len(proposed),
        "newest_proposals": list(proposed),
        "proposals_url": list_url(workshop=edition.slug),
    }


def under_themes(pairs: Iterable[tuple[int, str | None]]) -> Under:
    """The themes of each record, in the order of the records."""
    found: Under = {}
    for key, theme in pairs:
        found.setdefault(key, set()).update([theme] if theme else [])
    return found


def without(themes: set[str], records: Under) -> list[int]:
    """The records under none of the themes."""
    return [key for key, under in records.items() if not under & themes]


def by_code(rows: Iterable[RecommendationRow]) -> list[RecommendationRow]:
    """Rows in the order of their codes, which is that of the programme."""
    return sorted(rows, key=lambda row: row.code)


def items_of(edition: Workshop, talks: Under, proposals: Under) -> list[ProgrammeItem]:
    """The themes of an edition in their order, each with its first talks and its newest recommendations."""
    rows = edition.workshop_themes.all()
    spoken = {row.pk: [key for key, themes in talks.items() if row.theme.slug in themes] for row in rows}
    proposed = {row.pk: [key for key, themes in proposals.items() if row.theme.slug in themes] for row in rows}
    shown = {key for keys in spoken.values() for key in keys[:SHOWN]}
    talk_of = {row.pk: row for row in talk_rows(in_order(sorted(shown)), with_edition=False)}
    shown = {key for keys in proposed.values() for key in keys[:SHOWN]}
    proposal_of = {row.pk: row for row in listed_rows(sorted(shown))}
    items = []
    for row in rows:
        theme = Link.to(row.theme)
        found = by_code(proposal_of[key] for key in proposed[row.pk][:SHOWN])
        items.append(
            ProgrammeItem(
                theme=theme,
                anchor=f"theme-{row.pk}",
                in_programme=row,
                talks=[talk_of[key] for key in spoken[row.pk][:SHOWN]],
                talk_count=len(spoken[row.pk]),
                recommendations=on_page_of(theme, found),
                recommendation_count=len(proposed[row.pk]),
                url=list_url(workshop=edition.slug, theme=row.theme.slug),
            )
        )
    return items
