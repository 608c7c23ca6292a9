"""Texts in short: exact words as they may be shown, and descriptions of pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from workshop.common.dates import VagueDate
from workshop.common.text import Text
from workshop.common.writing.rendering import plain, to_html
from workshop.models import Quote
from workshop.views.links import Link, person_or_body

WORDS_SHOWN = 60  # of a text that is not ours to publish


@dataclass(frozen=True)
class QuoteShown:
    """Exact words with who said them and where, for ``components/quote.html``."""

    id: str
    words: str
    lang: str
    speaker: Link | None
    source: Link | None
    place: str
    date: VagueDate | None
    translation: str
    translation_lang: str
    is_paraphrase: bool
    role: str = ""
    printed_in: Link | None = None


def quotes_shown(
    quotes: QuerySet[Quote], *, of_speaker: bool = False, in_talk: bool = False, in_document: bool = False
) -> list[QuoteShown]:
    """Quotations, each with its speaker and its source unless the page is theirs.

    Hand over ``.attributable()`` ones: a list of words without names beside a
    list of names is a riddle that solves itself.
    """
    here = {"of_speaker": of_speaker, "in_talk": in_talk, "in_document": in_document}
    return words_shown(quotes.with_public("speaker", "talk", "document"), **here)


def words_shown(
    quotes: Iterable[Quote], *, of_speaker: bool = False, in_talk: bool = False, in_document: bool = False
) -> list[QuoteShown]:
    """The same for quotations that were read with their public ``speaker``, ``talk`` and ``document``."""
    shown = []
    for quote in quotes:
        places = [
            place for place, here in ((quote.talk, in_talk), (quote.document, in_document)) if place and not here
        ]
        sources = [Link(Link.to(place).label, f"{place.get_absolute_url()}#{quote.anchor}") for place in places]
        shown.append(
            QuoteShown(
                id=quote.anchor,
                words=words_of(quote),
                lang=foreign(quote.language),
                speaker=None if of_speaker else person_or_body(quote),
                source=sources[0] if sources else None,
                printed_in=sources[1] if len(sources) > 1 else None,
                place=_("at %(time)s") % {"time": clock(quote.media_start)} if quote.media_start is not None else "",
                date=None if in_talk or not quote.talk else quote.talk.when,
                translation=quote.translation,
                translation_lang=foreign("en" if quote.language.startswith("ko") else "ko"),
                is_paraphrase=quote.paraphrase,
            )
        )
    return shown


def words_of(quote: Quote) -> str:
    """The words, cut where the document's text is not public. Reads ``document``."""
    if quote.document and quote.document.text_is_public:
        return quote.exact
    return at_most(quote.exact)


def at_most(text: str, limit: int = WORDS_SHOWN) -> str:
    """The first words of a text, with […] where something was left out."""
    words = text.split()
    return text if len(words) <= limit else " ".join(words[:limit]) + " […]"


def foreign(language: str) -> str:
    """The language, or nothing where it is that of the page."""
    return "" if language[:2] == (get_language() or "en")[:2] else language


def clock(seconds: int) -> str:
    """``12:30`` or ``1:02:30``."""
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02d}:{second:02d}" if hours else f"{minute}:{second:02d}"


def teaser(*texts: Text, length: int = 160) -> str:
    """The first of the texts that says something, as a description of the page."""
    for text in texts:
        if running := plain(to_html(text.value)):
            return running if len(running) <= length else _cut(running, length)
    return ""


def _cut(running: str, length: int) -> str:
    """The beginning of a text, ended after a whole word where there are words."""
    return running[: length + 1].rsplit(" ", 1)[0][:length].rstrip(" ,;:–") + "…"
