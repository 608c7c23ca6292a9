"""Pages of talks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from recommendations.models import Position, Recommendation, Stance
from recommendations.rows import RecommendationRow, StanceShown
from recommendations.stored import listed_rows
from speakers.views.rows import PersonRow, person_row
from workshop.common.prepared import Prepared
from workshop.common.text import as_written
from workshop.models import Document, Media, Quote, Talk, TalkRole, TalkSpeaker
from workshop.templatetags.rapporteur import marked
from workshop.views.citations import cite_talk
from workshop.views.links import EditionLink, Link, links_to, permanent_url, tag_links
from workshop.views.players import allow_players, language_name, media_shown
from workshop.views.public import PublicDetail, PublicList
from workshop.views.rows import TalkRow, document_rows, talk_rows
from workshop.views.words import foreign, quotes_shown, teaser

AUTHORS = (TalkRole.SPEAKER, TalkRole.AUTHOR)


@dataclass(frozen=True)
class Occasion:
    """The talks of one edition; without one, those given elsewhere."""

    edition: EditionLink | None
    talks: list[TalkRow]


@dataclass(frozen=True)
class Part:
    """Those who did the same in a talk; ``unnamed`` are affiliations that stand for a name."""

    slug: str
    role: str
    people: list[PersonRow]
    unnamed: list[Link]


class TalkList(PublicList):
    """All talks, edition by edition, the newest first; those given elsewhere at the end."""

    model = Talk
    section = "talks"
    template_name = "workshop/talk_list.html"

    def related(self, records: QuerySet[Talk]) -> QuerySet[Talk]:
        return records.order_by(
            F("workshop__start").desc(nulls_last=True),
            F("workshop").desc(nulls_last=True),
            F("date").desc(nulls_last=True),
            "title",
            "pk",
        )

    def rows(self, records: QuerySet[Talk]) -> list[Occasion]:
        by_edition = groupby(talk_rows(records), key=lambda row: row.edition)
        return [Occasion(edition, [replace(talk, edition=None) for talk in talks]) for edition, talks in by_edition]


PEOPLE = Prepared(lambda talk: TalkSpeaker.objects.public().filter(talk=talk))
QUOTES = Prepared(lambda talk: Quote.objects.attributable().filter(talk=talk))
MEDIA = Prepared(lambda talk: Media.objects.public().filter(talk=talk))
DOCUMENTS = Prepared(lambda talk: Document.objects.public().of_talk(Talk(pk=talk)))
TAKEN = Prepared(lambda talk: Position.objects.attributable().taken_in(talk).values_list("recommendation", "stance"))
TRACED = Prepared(lambda talk: Recommendation.objects.public().from_talk(talk).values_list("pk", "source_quote__talk"))


class TalkDetail(PublicDetail):
    """One talk: who gave it, what was said, what came of it."""

    model = Talk
    section = "talks"
    index_name = _("Talks")

    def related(self, records):
        return records.with_public("workshop__status_changes", "themes", "tags")

    def steps(self, record: Talk) -> list[Link]:
        edition = [Link(record.workshop.code, record.workshop.get_absolute_url())] if record.workshop else []
        return super().steps(record) + edition

    def page(self, record: Talk) -> dict[str, Any]:
        parts = parts_of(record)
        authors = [row.person for part in parts if part.slug in AUTHORS for row in part.people]
        made, spoken_to = from_talk(record)
        return {
            "description": teaser(record.text("key_message"), record.text("summary")),
            "edition": EditionLink.to(record.workshop) if record.workshop else None,
            "parts": parts,
            "citation": cite_talk(record, authors),
            "permanent_url": permanent_url(record),
            "language": language_name(record.language) if foreign(record.language) else "",
            "quotes": quotes_shown(QUOTES(record.pk), in_talk=True),
            "media": media_shown(MEDIA(record.pk)),
            "proposals": made,
            "spoken_to": spoken_to,
            "themes": links_to(record.themes.all()),
            "documents": document_rows(DOCUMENTS(record.pk)),
            "tags": tag_links(record.tags.all()),
        }

    def render_to_response(self, context: dict[str, Any], **kwargs) -> HttpResponse:
        return allow_players(super().render_to_response(context, **kwargs), context["media"])


def parts_of(talk: Talk) -> list[Part]:
    """The people of a talk by what they did, each as credited then."""
    rows = list(PEOPLE(talk.pk).with_public("speaker__portrait"))
    parts = []
    for role in TalkRole:
        doing = [row for row in rows if row.role == role]
        people = [person_row(row.person, row.affiliation_shown, credited(row)) for row in doing if row.person]
        unnamed = [Link(row.affiliation_shown) for row in doing if row.by_affiliation]
        if people or unnamed:
            parts.append(Part(role.value, str(role.label), people, unnamed))
    return parts


def credited(row: TalkSpeaker) -> list[str]:
    """How the programme printed the name, where that is not the name we show."""
    if not row.credited_as or row.credited_as == str(row.person.text("name")):
        return []
    return [format_html(gettext("credited as {name}"), name=marked(as_written(row.credited_as)))]


def from_talk(talk: Talk) -> tuple[list[RecommendationRow], list[RecommendationRow]]:
    """The recommendations made in a talk, and those of others on which somebody takes a stand in it."""
    stances: dict[int, StanceShown | None] = {}
    traced = dict(TRACED(talk.pk))
    made = {key for key, source in traced.items() if source == talk.pk}
    for key, value in TAKEN(talk.pk):
        if value == Stance.PROPOSES:
            made.add(key)
            continue
        stance = StanceShown(value, str(Stance(value).label))
        # Where two take different stands, the record's own page tells who takes which.
        stances[key] = stance if stances.get(key, stance) == stance else None
    rows = sorted(listed_rows(traced, stances), key=lambda row: row.code)
    return [replace(row, stance=None) for row in rows if row.pk in made], [row for row in rows if row.pk not in made]
