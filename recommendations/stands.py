"""Where experts stand on a recommendation, stance by stance, in their own words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from recommendations.models import Position, Recommendation, Stance
from workshop.common.text import Text
from workshop.models import Quote
from workshop.views.links import Link, link_to, person_or_body
from workshop.views.words import QuoteShown, words_shown


@dataclass(frozen=True)
class Stand:
    """One position; ``who`` is a person, a body, an affiliation, or says that nobody is named."""

    who: Link
    note: Text
    quote: QuoteShown | None
    talk: Link | None


@dataclass(frozen=True)
class Stands:
    """All positions of one stance."""

    slug: str
    label: str
    rows: list[Stand]


def stands_of(record: Recommendation, words: Iterable[Quote]) -> list[Stands]:
    """Every public position by its stance, with those of the words that it rests on.

    Reads ``source_withheld`` and public ``positions`` with all that they lead to.
    Talks and words are left out altogether where the source is withheld: said
    in the same talk, they would tell which one it was.
    """
    quotes = {} if record.source_withheld else {quote.id: quote for quote in words_shown(words)}
    groups = []
    for stance in Stance:
        rows = [_stand(row, record, quotes) for row in record.positions.all() if row.stance == stance]
        if rows:
            groups.append(Stands(stance.value, str(stance.label), rows))
    return groups


def _stand(row: Position, record: Recommendation, quotes: dict[str, QuoteShown]) -> Stand:
    link = person_or_body(row)
    named = bool(row.person or row.body)
    quote = None
    if named and row.quote_id and row.quote_id != record.source_quote_id:
        quote = quotes.get(Quote.anchor_of(row.quote_id))
    if quote and quote.speaker == link:
        quote = replace(quote, speaker=None)  # said above the words already
    talk = link_to(row.talk) if named and not record.source_withheld else None
    if talk and quote and quote.source and quote.source.url.partition("#")[0] == talk.url:
        talk = None  # the words lead there
    return Stand(who=link or Link(_("Not attributed")), note=row.text("note"), quote=quote, talk=talk)
