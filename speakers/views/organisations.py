"""Pages of organisations: what is asked of them, and who belongs to them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from recommendations.models import Answer, Position, Response, Stance
from recommendations.newest import answers_of, asked_of, asked_of_each, proposed_by_body, stands_otherwise
from recommendations.rows import StanceShown, answers_shown, on_page_of
from recommendations.stored import listed_rows
from speakers.models import Affiliation, Organisation, OrganisationKind
from speakers.views.rows import affiliation_rows
from workshop.common.prepared import Prepared
from workshop.common.text import as_written
from workshop.models import Document, Series, Workshop
from workshop.views.links import Link, link_to, links_to, list_url
from workshop.views.public import PublicDetail, PublicList
from workshop.views.rows import IndexRow, document_rows, edition_rows
from workshop.views.words import teaser

SHOWN = 10  # of each long list of recommendations, the newest; the faceted list has the rest
PEOPLE_SHOWN = 100
EDITIONS_SHOWN = DOCUMENTS_SHOWN = 50
KIND_ORDER = Case(*(When(kind=kind, then=Value(place)) for place, kind in enumerate(OrganisationKind.values)))


@dataclass(frozen=True)
class KindShown:
    """The organisations of one kind."""

    slug: str
    label: str
    rows: list[IndexRow]


class OrganisationList(PublicList):
    """All organisations by kind, each with how much is asked of it."""

    model = Organisation
    section = "organisations"
    template_name = "speakers/organisation_list.html"
    paginate_by = 200

    def related(self, records: QuerySet[Organisation]) -> QuerySet[Organisation]:
        return records.with_public("parent").order_by(KIND_ORDER, "name", "name_ko", "pk")

    def rows(self, records: QuerySet[Organisation]) -> list[KindShown]:
        counts = asked_of_each([record.slug for record in records])
        return [
            KindShown(kind, str(OrganisationKind(kind).label), [in_index(one, counts) for one in of_kind])
            for kind, of_kind in groupby(records, key=lambda record: record.kind)
        ]


MEMBERS = Prepared(lambda organisation: Affiliation.objects.public().filter(organisation=organisation)[:PEOPLE_SHOWN])
FELLOWSHIPS = Prepared(lambda organisation: Affiliation.objects.public().filter(funder=organisation)[:PEOPLE_SHOWN])
SERIES = Prepared(
    lambda organisation: Series.objects.public().filter(Q(hosts=organisation) | Q(funders=organisation)).distinct()
)
EDITIONS = Prepared(lambda series: Workshop.objects.public().filter(series__in=series)[:EDITIONS_SHOWN])
DOCUMENTS = Prepared(lambda organisation: Document.objects.public().filter(issued_by=organisation)[:DOCUMENTS_SHOWN])
ANSWERS = Prepared(
    lambda organisation, keys: (
        Response.objects.public()
        .filter(addressee__organisation=organisation, addressee__recommendation__in=keys)
        .order_by(F("date").desc(nulls_last=True), "pk")[:SHOWN]
    )
)
STANCES = Prepared(
    lambda organisation, keys: (
        Position.objects.attributable()
        .filter(organisation=organisation, recommendation__in=keys)
        .values_list("recommendation", "stance")
    )
)


class OrganisationDetail(PublicDetail):
    """One organisation: what is asked of it, what it asks, who belonged to it."""

    model = Organisation
    section = "organisations"
    index_name = _("Organisations")

    def related(self, records):
        return records.with_public("parent", "country", "parts", "bodies")

    def page(self, record: Organisation) -> dict[str, Any]:
        members, answers = affiliation_rows(MEMBERS(record.pk)), answers_of(record.slug)
        series = list(SERIES(record.pk).with_public("hosts", "funders"))
        return {
            "description": teaser(record.text("about")),
            "parent": link_to(record.parent),
            "country": link_to(record.country),
            "parts": links_to(record.parts.all()),
            "bodies": links_to(record.bodies.all()),
            **what_is_asked(record),
            **what_it_takes(record),
            "answers": answers_shown(ANSWERS(record.pk, answers.newest(Answer.values, SHOWN))),
            "answer_count": answers.number(Answer.values),
            "answers_url": list_url(addressee=record.slug, response=Answer.values),
            "now": [row for row in members if row.current],
            "then": [row for row in members if not row.current],
            "fellowships": affiliation_rows(FELLOWSHIPS(record.pk)),
            "hosted": links_to(one for one in series if record in one.hosts.all()),
            "funded": links_to(one for one in series if record in one.funders.all()),
            "editions": edition_rows(EDITIONS([one.pk for one in series])),
            "documents": document_rows(DOCUMENTS(record.pk)),
        }


def what_is_asked(organisation: Organisation) -> dict[str, Any]:
    """The newest recommendations addressed to it, their number, and the way to all."""
    asked = asked_of(organisation.slug, SHOWN)
    return {
        "asked": on_page_of(Link.to(organisation), listed_rows(asked.keys)),
        "asked_count": asked.total,
        "asked_url": list_url(addressee=organisation.slug),
    }


def what_it_takes(organisation: Organisation) -> dict[str, Any]:
    """The newest recommendations on which it takes a stand: most often it proposes them."""
    proposed, otherwise = proposed_by_body(organisation.slug, SHOWN), stands_otherwise(organisation.pk)
    keys = [*proposed.keys, *otherwise[:SHOWN]]
    stances = {key: StanceShown(stance, str(Stance(stance).label)) for key, stance in STANCES(organisation.pk, keys)}
    rows = listed_rows(keys, stances)[:SHOWN]
    return {
        "takes": on_page_of(Link.to(organisation), rows),
        "takes_count": proposed.total + len(otherwise),
        "takes_url": list_url(proposer=f"org:{organisation.slug}"),
    }


def in_index(organisation: Organisation, counts: dict[str, int]) -> IndexRow:
    """One line of the index. Reads ``parent``: prefetch it among what is public."""
    note = organisation.parent.text("name") if organisation.parent else as_written(organisation.abbreviation)
    return IndexRow(Link.to(organisation), counts.get(organisation.slug), note=note)
