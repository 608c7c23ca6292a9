"""The provenance trail: from the edition to what came of it, each step a link.

Steps that would tell a withheld name (the talk, the exact words, the document)
are left out; the numbers close up over them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recommendations.models import Recommendation
from recommendations.rows import answer_shown
from workshop.common.dates import VagueDate
from workshop.common.text import Text, as_written
from workshop.models import Quote
from workshop.views.links import EditionLink, Link, people_or_bodies
from workshop.views.rows import unique
from workshop.views.words import QuoteShown, words_shown


@dataclass(frozen=True)
class Item:
    """One thing in a step: its link, and the little that is said of it."""

    link: Link
    people: list[Link] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    date: VagueDate | None = None
    text: Text | str = ""
    sources: list[Link] = field(default_factory=list)


@dataclass(frozen=True)
class Step:
    """A step of the trail; ``state`` is "here" for this page and "none" where nothing is known."""

    kind: str
    items: list[Item] = field(default_factory=list)
    quote: QuoteShown | None = None
    text: Text | str = ""
    state: str = ""


def trail_of(record: Recommendation, words: Quote | None, follow_ups: int) -> list[Step]:
    """All steps.

    Reads ``source_withheld`` and what is public of ``workshop``, ``source_document``
    and ``addressees`` with their ``responses``. ``words`` are its source words if
    their speaker may be named, with their public talk, its people, and document;
    ``follow_ups`` is a number.
    """
    here = Item(Link(record.text("statement"), record.get_absolute_url()))
    return [
        *_edition(record),
        *([] if record.source_withheld else _source(record, words)),
        Step(_("Recommendation"), [here], state="here"),
        _addressees(record),
        _responses(record),
        _follow_ups(follow_ups),
    ]


def _edition(record: Recommendation) -> Iterator[Step]:
    if record.workshop:
        yield Step(_("Edition"), [Item(EditionLink.to(record.workshop), facts=[record.workshop.code])])
    if record.session:
        said = " · ".join(filter(None, [record.session, record.symbol]))
        yield Step(record.get_origin_display(), text=as_written(said))


def _source(record: Recommendation, words: Quote | None) -> Iterator[Step]:
    """Talk, document and exact words, as far as they are public."""
    if words and (talk := words.talk):
        facts = [talk.get_kind_display(), talk.get_delivery_display()]
        people = people_or_bodies(talk.talk_speakers.all())
        yield Step(_("Talk"), [Item(Link.to(talk), people=people, facts=facts, date=talk.when)])
    sources = unique([words.document if words else None, record.source_document])
    items = [
        Item(Link.to(row), facts=[fact for fact in (row.symbol, row.get_kind_display()) if fact], date=row.when)
        for row in sources
        if row
    ]
    if items:
        yield Step(_("Document"), items)
    for quote in words_shown([words] if words else []):
        yield Step(_("Paraphrase") if quote.is_paraphrase else _("Exact words"), quote=quote)


def _addressees(record: Recommendation) -> Step:
    items = [
        Item(
            Link.to(row.organisation),
            facts=[_("inferred by the editor") if row.inferred else _("named in the source")],
        )
        for row in record.addressees.all()
    ]
    if not items:
        return Step(_("Addressed to"), text=_("Nobody is named."), state="none")
    return Step(_("Addressed to"), items)


def _responses(record: Recommendation) -> Step:
    responses = [response for row in record.addressees.all() for response in row.responses.all()]
    responses.sort(key=lambda response: (response.date or dt.date.max, response.pk))
    items = [
        Item(
            answer.organisation,
            facts=[answer.label],
            date=answer.date,
            text=answer.words,
            sources=sources_of(answer.source, answer.source_url),
        )
        for answer in map(answer_shown, responses)
    ]
    if not items:
        return Step(_("Response"), text=_("None recorded."), state="none")
    return Step(_("Response"), items)


def _follow_ups(number: int) -> Step:
    if not number:
        said = _("Nobody has looked yet; that does not mean that nothing was done.")
        return Step(_("What became of it"), text=said, state="none")
    label = ngettext("%(n)s follow-up", "%(n)s follow-ups", number) % {"n": number}
    return Step(_("What became of it"), [Item(Link(label, "#follow-ups"))])


def sources_of(document: Link | None, url: str, title: str = "") -> list[Link]:
    """The document, and the address elsewhere under its title or its host."""
    elsewhere = [Link(as_written(title or urlsplit(url).hostname or url), url)] if url else []
    return [*([document] if document else []), *elsewhere]
