"""The provenance trail: from the edition to what came of it, each step a link.

Steps that would tell a withheld name (the talk, the exact words, the document)
are left out; the numbers close up over them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recommendations.models import Addressee, Recommendation, Response
from recommendations.rows import answers_shown
from workshop.common.dates import VagueDate
from workshop.common.text import Text, as_written
from workshop.models import Document, Quote, Talk
from workshop.views.links import EditionLink, Link
from workshop.views.rows import document_rows, talk_rows
from workshop.views.words import QuoteShown, quotes_shown


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


def trail_of(record: Recommendation, follow_ups: int) -> list[Step]:
    """All steps. Reads ``source_withheld`` and a public ``workshop``; ``follow_ups`` is their number."""
    here = Item(Link(record.text("statement"), record.get_absolute_url()))
    return [
        *_edition(record),
        *([] if record.source_withheld else _source(record)),
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


def _source(record: Recommendation) -> Iterator[Step]:
    """Talk, document and exact words, as far as they are public."""
    words = Quote.objects.attributable().filter(pk=record.source_quote_id)
    for talk in talk_rows(Talk.objects.public().filter(pk__in=words.values("talk"))):
        item = Item(talk.title, people=talk.speakers, facts=[talk.kind, talk.delivery], date=talk.date)
        yield Step(_("Talk"), [item])
    sources = Document.objects.public().filter(Q(pk__in=words.values("document")) | Q(pk=record.source_document_id))
    items = [
        Item(row.title, facts=[fact for fact in (row.symbol, row.kind) if fact], date=row.date)
        for row in document_rows(sources)
    ]
    if items:
        yield Step(_("Document"), items)
    for quote in quotes_shown(words):
        yield Step(_("Paraphrase") if quote.is_paraphrase else _("Exact words"), quote=quote)


def _addressees(record: Recommendation) -> Step:
    items = [
        Item(
            Link.to(row.organisation),
            facts=[_("inferred by the editor") if row.inferred else _("named in the source")],
        )
        for row in Addressee.objects.public().filter(recommendation=record).with_public("organisation")
    ]
    if not items:
        return Step(_("Addressed to"), text=_("Nobody is named."), state="none")
    return Step(_("Addressed to"), items)


def _responses(record: Recommendation) -> Step:
    items = [
        Item(
            answer.organisation,
            facts=[answer.label],
            date=answer.date,
            text=answer.words,
            sources=sources_of(answer.source, answer.source_url),
        )
        for answer in answers_shown(Response.objects.public().filter(addressee__recommendation=record))
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
