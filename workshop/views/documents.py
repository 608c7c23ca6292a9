"""Pages of documents: reports, laws, resolutions, write-ups."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from recommendations.models import FollowUp, Recommendation, Response
from recommendations.rows import answers_shown, follow_ups_shown, recommendation_rows
from speakers.views.rows import PersonRow, person_row
from workshop.common.prepared import Prepared
from workshop.models import Document, DocumentKind, DocumentPerson, Media, Quote, StatusChange, Talk, Workshop
from workshop.views.links import EditionLink, link_to, tag_links
from workshop.views.players import allow_players, language_name, media_shown
from workshop.views.public import PublicDetail, PublicList
from workshop.views.rows import DocumentRow, document_row, edition_rows, talk_rows
from workshop.views.words import foreign, quotes_shown, teaser


@dataclass(frozen=True)
class KindShown:
    """The documents of one kind."""

    slug: str
    label: str
    rows: list[DocumentRow]


class DocumentList(PublicList):
    """All documents, the newest first; those on one page by kind."""

    model = Document
    section = "documents"
    template_name = "workshop/document_list.html"

    def rows(self, records: QuerySet[Document]) -> list[KindShown]:
        of_kind: dict[str, list[DocumentRow]] = {kind: [] for kind in DocumentKind.values}
        for document in records.with_public("issued_by"):
            of_kind[document.kind].append(replace(document_row(document), kind=""))
        return [KindShown(kind, str(DocumentKind(kind).label), rows) for kind, rows in of_kind.items() if rows]


# What hangs on one document is little; the bound is for the one that is not like the others.
SHOWN = 50
QUOTES = Prepared(lambda document: Quote.objects.attributable().filter(document=document)[:SHOWN])
MEDIA = Prepared(lambda document: Media.objects.public().filter(document=document))
PROPOSALS = Prepared(lambda document: Recommendation.objects.public().from_document(document)[:SHOWN])
BASED = Prepared(lambda document: Recommendation.objects.public().filter(legal_basis=document)[:SHOWN])
TALKS = Prepared(lambda document: Talk.objects.public().in_document(Document(pk=document))[:SHOWN])
EDITIONS = Prepared(lambda document: Workshop.objects.public().filter(documents=document)[:SHOWN])
FOLLOW_UPS = Prepared(lambda document: FollowUp.objects.public().filter(evidence=document)[:SHOWN])
ANSWERS = Prepared(lambda document: Response.objects.public().filter(source=document)[:SHOWN])
PEOPLE = Prepared(lambda document: DocumentPerson.objects.public().filter(document=document))
DECISIONS = Prepared(lambda document: StatusChange.objects.public().filter(source=document))


class DocumentDetail(PublicDetail):
    """One document: what it is, the words taken from it, all that rests on it.

    Its full text is shown only where the editors may republish it.
    """

    model = Document
    section = "documents"
    index_name = _("Documents")

    def related(self, records):
        return records.with_public("issued_by", "tags")

    def page(self, record: Document) -> dict[str, Any]:
        return {
            "description": teaser(record.text("description")),
            "issuer": link_to(record.issued_by),
            "people": people_of(record),
            "language": language_name(record.language) if foreign(record.language) else "",
            "text_language": foreign(record.language),
            "full_text": record.body if record.text_is_public else "",
            "quotes": quotes_shown(QUOTES(record.pk), in_document=True),
            "media": media_shown(MEDIA(record.pk)),
            "proposals": recommendation_rows(PROPOSALS(record.pk)),
            "based_on_it": recommendation_rows(BASED(record.pk)),
            "talks": talk_rows(TALKS(record.pk)),
            "editions": edition_rows(EDITIONS(record.pk)),
            "decisions": decisions_in(record),
            "follow_ups": follow_ups_shown(FOLLOW_UPS(record.pk)),
            "answers": answers_shown(ANSWERS(record.pk)),
            "tags": tag_links(record.tags.all()),
        }

    def render_to_response(self, context: dict[str, Any], **kwargs) -> HttpResponse:
        return allow_players(super().render_to_response(context, **kwargs), context["media"])


def people_of(document: Document) -> list[PersonRow]:
    """Who wrote, edited or chaired it."""
    roles = PEOPLE(document.pk).with_public("speaker__portrait")
    return [person_row(row.speaker, facts=[row.get_role_display()]) for row in roles]


@dataclass(frozen=True)
class DecisionShown:
    """A change of an edition's plan that a document reports."""

    edition: EditionLink
    label: str


def decisions_in(document: Document) -> list[DecisionShown]:
    """Editions whose change of plan it is the source of, and what changed."""
    changes = DECISIONS(document.pk).with_public("workshop__status_changes")
    return [DecisionShown(EditionLink.to(change.workshop), change.phrase()) for change in changes]
