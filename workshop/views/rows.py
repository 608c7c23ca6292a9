"""Rows of lists: editions, talks, documents, and names with a number.

Each function takes a queryset of public records, adds the prefetches its rows
need, and reads it: a constant number of queries, whatever the number of rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from workshop.common.dates import VagueDate
from workshop.common.prepared import Prepared
from workshop.common.text import Text, as_written
from workshop.models import Document, Talk, Workshop
from workshop.views.links import Change, EditionLink, Link, changes_of, link_to, links_to, people_or_bodies


@dataclass(frozen=True)
class IndexRow:
    """A name with a number at the end of its line."""

    link: Link
    count: int | None = None
    count_label: str = ""
    note: Text | str = ""


@dataclass(frozen=True)
class EditionRow:
    """An edition in a list, never without its status."""

    title: Link
    ordinal: str
    dates: str
    place: Text
    question: Text
    changes: tuple[Change, ...]
    facts: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class TalkRow:
    """A talk in a list."""

    pk: int
    title: Link
    speakers: list[Link]
    date: VagueDate | None
    kind: str
    delivery: str
    media: list[str]
    edition: EditionLink | None
    occasion: Text
    themes: list[Link]


@dataclass(frozen=True)
class DocumentRow:
    """A document in a list."""

    title: Link
    symbol: str
    issuer: Link | None
    kind: str
    date: VagueDate | None
    role: str = ""


def edition_rows(editions: QuerySet[Workshop]) -> list[EditionRow]:
    """Editions with their status."""
    return [edition_row(edition) for edition in editions.with_public("status_changes")]


def edition_row(edition: Workshop) -> EditionRow:
    """One edition. Reads ``status_changes``: prefetch them."""
    return EditionRow(
        title=Link.to(edition),
        ordinal=" · ".join(filter(None, [ordinal_of(edition), edition.code])),
        dates=dates_of(edition),
        place=place_of(edition),
        question=edition.text("question"),
        changes=changes_of(edition),
    )


def ordinal_of(edition: Workshop) -> str:
    """ "12th edition"; empty for one without a number."""
    number = edition.ordinal
    if not number:
        return ""
    suffix = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    if (get_language() or "en").startswith("ko"):
        suffix = ""  # 제12회
    return _("%(ordinal)s edition") % {"ordinal": f"{number}{suffix}"}


def dates_of(edition: Workshop) -> str:
    """The current plan in words: one day, a span, or as much as is known."""
    return span(edition.starts, edition.ends)


def span(first: VagueDate | None, last: VagueDate | None) -> str:
    """From the first to the last day, without saying twice what they share."""
    if first is None or last is None or str(first) == str(last):
        return str(first or "")
    same_month = (first.date.year, first.date.month) == (last.date.year, last.date.month)
    if same_month:
        korean = (get_language() or "en").startswith("ko")
        return f"{first}–{last.date.day}일" if korean else f"{first.date.day}–{last}"
    return f"{first} – {last}"


def place_of(edition: Workshop) -> Text:
    """Where it is held: the town and the country, as far as they are given."""
    return as_written(", ".join(filter(None, [edition.city, edition.country])))


# Talks by their keys. Which keys a list has is asked apart, and narrow.
these_talks = Prepared(lambda keys: Talk.objects.public().filter(pk__in=keys))


def talk_rows(talks: QuerySet[Talk], *, with_edition: bool = True) -> list[TalkRow]:
    """Talks with those of their speakers whom readers may know of."""
    wanted = talks.with_public("talk_speakers__speaker", "workshop__status_changes", "media", "themes")
    return [
        TalkRow(
            pk=talk.pk,
            title=Link.to(talk),
            speakers=people_or_bodies(talk.talk_speakers.all()),
            date=talk.when,
            kind=talk.get_kind_display(),
            delivery=talk.get_delivery_display(),
            media=unique(media.get_kind_display() for media in talk.media.all()),
            edition=EditionLink.to(talk.workshop) if with_edition and talk.workshop else None,
            occasion=talk.text("occasion"),
            themes=links_to(talk.themes.all()),
        )
        for talk in wanted
    ]


def on_page_of_speaker(here: Link, rows: Iterable[TalkRow]) -> list[TalkRow]:
    """The rows without the name of the person on whose page they stand, where there is no other."""
    return [replace(row, speakers=[]) if row.speakers == [here] else row for row in rows]


def document_rows(documents: QuerySet[Document]) -> list[DocumentRow]:
    """Documents with the body that issued them."""
    return [document_row(document) for document in documents.with_public("issued_by")]


def document_row(document: Document, role: str = "") -> DocumentRow:
    """One document. Reads ``issued_by``: prefetch it among what is public."""
    return DocumentRow(
        title=Link.to(document),
        symbol=document.symbol,
        issuer=link_to(document.issued_by),
        kind=document.get_kind_display(),
        date=document.when,
        role=role,
    )


def index_rows(records: Iterable[Any], counts: dict[int, int] | None = None, label: str = "") -> list[IndexRow]:
    """Names with the number that ``counts`` has for each; 0 where it has none."""
    return [
        IndexRow(Link.to(record), counts.get(record.pk, 0) if counts is not None else None, label)
        for record in records
    ]


def unique(values: Iterable[Any]) -> list[Any]:
    """The values in the order in which they first come."""
    return list(dict.fromkeys(values))
