"""Pages of experts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from recommendations.models import Position, Stance
from recommendations.newest import proposed_by, spoken_by, stands_taken
from recommendations.rows import RecommendationRow, StanceShown, on_page_of
from recommendations.stored import listed_rows
from speakers.models import Affiliation, Speaker
from speakers.views.rows import PersonRow, affiliation_rows, native_name, person_row, person_rows
from workshop.common.prepared import Prepared
from workshop.common.text import Text
from workshop.images.pictures import portrait_of
from workshop.models import DocumentPerson, Media, Quote, Talk, TalkSpeaker, Theme
from workshop.views.links import Link, coded, links_to, list_url, tag_links
from workshop.views.players import allow_players, media_shown
from workshop.views.public import PublicDetail, PublicList
from workshop.views.rows import DocumentRow, document_row, on_page_of_speaker, talk_rows, these_talks
from workshop.views.words import quotes_shown, teaser

SHOWN, FEW = 10, 5  # of each long list, the newest; the faceted list has the rest
OTHERS = [stance.value for stance in Stance if stance != Stance.PROPOSES]
AGREEING = (Stance.PROPOSES, Stance.SUPPORTS, Stance.CONDITIONS)
INITIAL_CONSONANTS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
WITHOUT_TENSE = str.maketrans("ㄲㄸㅃㅆㅉ", "ㄱㄷㅂㅅㅈ")


@dataclass(frozen=True)
class Letter:
    """The people under one letter of the alphabet."""

    letter: str
    people: list[PersonRow]


@dataclass(frozen=True)
class ByTheme:
    """Recommendations under a theme; without one, those that have none."""

    theme: Link | None
    rows: list[RecommendationRow]


@dataclass(frozen=True)
class Finding:
    """What to take away from a talk: shown where an expert proposes nothing."""

    talk: Link
    message: Text


@dataclass(frozen=True)
class Agreement:
    """Somebody who proposes or supports the same, and which recommendations that are."""

    person: PersonRow
    recommendations: list[Link]


class SpeakerList(PublicList):
    """All experts from A to Z, each with how much they propose and how often they spoke."""

    model = Speaker
    section = "speakers"
    template_name = "speakers/speaker_list.html"
    paginate_by = 100

    def rows(self, records: QuerySet[Speaker]) -> list[Letter]:
        proposals = proposed_by([record.slug for record in records])
        talks = spoken_by([record.pk for record in records])
        facts = {record.pk: in_numbers(proposals.get(record.slug, 0), talks.get(record.pk, 0)) for record in records}
        people = person_rows(records, facts)
        return [Letter(letter, list(row)) for letter, row in groupby(people, key=lambda row: initial(row.sort_name))]


STANCES = Prepared(
    lambda speaker, keys: (
        Position.objects.attributable()
        .filter(speaker=speaker, recommendation__in=keys)
        .exclude(stance=Stance.PROPOSES)
        .order_by()
        .values_list("recommendation", "stance")
    )
)
SPOKEN = Prepared(
    lambda speaker: (
        Talk.objects.public()
        .filter(pk__in=TalkSpeaker.objects.attributable().filter(speaker=speaker).values("talk"))
        .values_list("pk", flat=True)
    )
)
AFFILIATIONS = Prepared(lambda speaker: Affiliation.objects.public().filter(speaker=speaker))
MEDIA = Prepared(lambda talks: Media.objects.public().filter(talk__in=talks))
QUOTES = Prepared(lambda speaker: Quote.objects.attributable().filter(speaker=speaker)[:FEW])
THEMES = Prepared(
    lambda talks: Theme.objects.public().filter(
        pk__in=Talk.themes.through.objects.filter(talk__in=talks).values("theme")
    )
)
DOCUMENTS = Prepared(lambda speaker: DocumentPerson.objects.public().filter(speaker=speaker))
AGREED = Prepared(
    lambda keys: (
        Position.objects.attributable()
        .filter(recommendation__in=keys, stance__in=AGREEING, speaker__isnull=False)
        .order_by()
    )
)


class SpeakerDetail(PublicDetail):
    """One expert: who they are, what they propose, where they stand, what they said.

    Everything on it starts from ``.attributable()``.
    """

    model = Speaker
    section = "speakers"
    index_name = _("Experts")

    def related(self, records):
        return records.with_public("portrait", "expertise")

    def page(self, record: Speaker) -> dict[str, Any]:
        stands = stands_taken(record.slug)
        proposed, others = stands.newest([Stance.PROPOSES], SHOWN), stands.newest(OTHERS, FEW)
        stances = {key: StanceShown(stance, str(Stance(stance).label)) for key, stance in STANCES(record.pk, others)}
        rows = listed_rows([*proposed, *stances], stances)
        spoken = list(SPOKEN(record.pk))
        talks = [] if proposed else list(these_talks(spoken[:FEW]))
        affiliations = affiliation_rows(AFFILIATIONS(record.pk))
        here = Link.to(record)
        return {
            "description": teaser(record.text("descriptor"), record.text("bio")),
            "portrait": portrait_of(record.portrait),
            "native": native_name(record),
            "now": [row for row in affiliations if row.current],
            "then": [row for row in affiliations if not row.current],
            "proposals": by_theme(on_page_of(here, [row for row in rows if row.stance is None])),
            "proposal_count": stands.number([Stance.PROPOSES]),
            "proposals_shown": len(proposed),
            "proposals_url": list_url(speaker=record.slug, stance=Stance.PROPOSES.value),
            "stances": [row for row in rows if row.stance],
            "stance_count": stands.number(OTHERS),
            "stances_url": list_url(speaker=record.slug, stance=OTHERS),
            "talks": on_page_of_speaker(here, talk_rows(these_talks(spoken[:FEW]))),
            "talk_count": len(spoken),
            "findings": [Finding(Link.to(talk), message) for talk in talks if (message := talk.text("key_message"))],
            "media": media_shown(MEDIA(spoken[:FEW]), with_talk=True),
            "quotes": quotes_shown(QUOTES(record.pk), of_speaker=True),
            "documents": documents_of(record),
            "themes": links_to(THEMES(spoken)),
            "agreeing": agreeing_with(record, stands.newest(AGREEING, SHOWN)),
            "tags": tag_links(record.expertise.all()),
        }

    def render_to_response(self, context: dict[str, Any], **kwargs) -> HttpResponse:
        return allow_players(super().render_to_response(context, **kwargs), context["media"])


def in_numbers(proposals: int, talks: int) -> list[str]:
    """ "3 proposals", "1 talk"; nothing for none."""
    facts = []
    if proposals:
        facts.append(ngettext("%(n)s proposal", "%(n)s proposals", proposals) % {"n": proposals})
    if talks:
        facts.append(ngettext("%(n)s talk", "%(n)s talks", talks) % {"n": talks})
    return facts


def initial(sort_name: str) -> str:
    """The letter a name stands under; for Hangul the consonant that it begins with."""
    first = sort_name[:1].upper()
    if "가" <= first <= "힣":
        return INITIAL_CONSONANTS[(ord(first) - ord("가")) // 588].translate(WITHOUT_TENSE)
    return first if first.isalpha() else "#"


def by_theme(rows: Iterable[RecommendationRow]) -> list[ByTheme]:
    """The rows under their first theme, which they then need not name again."""
    groups: dict[Link | None, list[RecommendationRow]] = {}
    for row in rows:
        first, rest = (row.themes[0], row.themes[1:]) if row.themes else (None, [])
        groups.setdefault(first, []).append(replace(row, themes=rest))
    return [ByTheme(theme, listed) for theme, listed in groups.items()]


def documents_of(speaker: Speaker) -> list[DocumentRow]:
    """What they wrote, edited or chaired."""
    roles = DOCUMENTS(speaker.pk).with_public("document__issued_by")
    return [document_row(row.document, role=row.get_role_display()) for row in roles]


def agreeing_with(speaker: Speaker, recommendations: list[int]) -> list[Agreement]:
    """Others who propose or support any of these as well, on record."""
    others = [row for row in AGREED(recommendations).with_public("speaker__portrait", "recommendation")]
    others = [row for row in others if row.speaker_id != speaker.pk]
    others.sort(key=lambda row: (row.person.sort_name, row.person.pk, row.recommendation.code))
    agreements = [
        Agreement(person_row(person), [coded(row.recommendation) for row in rows])
        for person, rows in groupby(others, key=lambda row: row.person)
    ]
    return agreements[:FEW]
