"""Rows of lists of people, and of where they belong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import QuerySet

from speakers.models import Affiliation, Speaker
from workshop.common.dates import VagueDate
from workshop.common.text import Text
from workshop.images.pictures import Picture, portrait_of
from workshop.views.links import Link, link_to


@dataclass(frozen=True)
class PersonRow:
    """A person in a list or beside a text."""

    pk: int
    person: Link
    native: Text | None
    role: Text | str
    portrait: Picture | None
    initials: str
    sort_name: str
    facts: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class AffiliationRow:
    """Somebody's place in an organisation: the organisation, or the person, is the page's own."""

    person: Link
    organisation: Link
    role: Text
    chair: Text
    funder: Link | None
    term: Text
    start: VagueDate | None
    end: VagueDate | None
    current: bool


def person_rows(speakers: QuerySet[Speaker], facts: Mapping[int, list[str]] | None = None) -> list[PersonRow]:
    """People with their portraits; the role is what they know."""
    return [
        person_row(speaker, facts=(facts or {}).get(speaker.pk, [])) for speaker in speakers.with_public("portrait")
    ]


def person_row(speaker: Speaker, role: Text | str = "", facts: list[str] | None = None) -> PersonRow:
    """One person. Reads ``portrait``: prefetch it among what is public."""
    return PersonRow(
        pk=speaker.pk,
        person=Link.to(speaker),
        native=native_name(speaker),
        role=role or speaker.text("descriptor"),
        portrait=portrait_of(speaker.portrait),
        initials=speaker.initials,
        sort_name=speaker.sort_name,
        facts=facts or [],
    )


def native_name(speaker: Speaker) -> Text | None:
    """The name in its own script, unless it is the name that is shown anyway."""
    if not speaker.native_name or speaker.native_name == str(speaker.text("name")):
        return None
    return Text(speaker.native_name, speaker.native_language or "und")


def affiliation_rows(affiliations: QuerySet[Affiliation]) -> list[AffiliationRow]:
    """Public affiliations with both ends and, for a fellowship, who pays."""
    return [
        AffiliationRow(
            person=Link.to(row.speaker),
            organisation=Link.to(row.organisation),
            role=row.text("role"),
            chair=row.text("chair"),
            funder=link_to(row.funder),
            term=row.text("term"),
            start=row.from_date,
            end=row.to_date,
            current=row.current,
        )
        for row in affiliations.with_public("speaker", "organisation", "funder")
    ]
