"""Pages of organisations: what is asked of them, and who belongs to them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from recommendations.models import Addressee, Answer, Position, Recommendation, Response
from recommendations.rows import StanceShown, answers_shown, on_page_of, recommendation_rows
from speakers.models import Affiliation, Organisation, OrganisationKind
from speakers.views.rows import affiliation_rows
from workshop.common.text import as_written
from workshop.models import Series, Workshop
from workshop.views.links import Link, link_to, links_to, list_url
from workshop.views.public import PublicDetail, PublicList
from workshop.views.rows import IndexRow, document_rows, edition_rows
from workshop.views.words import teaser

SHOWN = 50  # of each long list; the faceted list has the rest
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
        asked = Addressee.objects.public().values("organisation").annotate(n=Count("pk"))
        counts = dict(asked.values_list("organisation", "n"))
        return [
            KindShown(kind, str(OrganisationKind(kind).label), [in_index(one, counts) for one in of_kind])
            for kind, of_kind in groupby(records, key=lambda record: record.kind)
        ]


class OrganisationDetail(PublicDetail):
    """One organisation: what is asked of it, what it asks, who belonged to it."""

    model = Organisation
    section = "organisations"
    index_name = _("Organisations")

    def related(self, records):
        return records.with_public("parent", "country", "parts", "bodies")

    def page(self, record: Organisation) -> dict[str, Any]:
        affiliations = affiliation_rows(Affiliation.objects.public().filter(organisation=record))
        series = Series.objects.public().filter(Q(hosts=record) | Q(funders=record)).distinct()
        answers = Response.objects.public().filter(addressee__organisation=record)
        return {
            "description": teaser(record.text("about")),
            "parent": link_to(record.parent),
            "country": link_to(record.country),
            "parts": links_to(record.parts.all()),
            "bodies": links_to(record.bodies.all()),
            **asked_of(record),
            **taken_by(record),
            "answers": answers_shown(answers.order_by(F("date").desc(nulls_last=True), "pk")[:SHOWN]),
            "answer_count": answers.count(),
            "answers_url": list_url(addressee=record.slug, response=Answer.values),
            "now": [row for row in affiliations if row.current],
            "then": [row for row in affiliations if not row.current],
            "fellowships": affiliation_rows(Affiliation.objects.public().filter(funder=record)),
            "hosted": links_to(Series.objects.public().filter(hosts=record)),
            "funded": links_to(Series.objects.public().filter(funders=record)),
            "editions": edition_rows(Workshop.objects.public().filter(series__in=series)),
            "documents": document_rows(record.documents.public()),
        }


def asked_of(organisation: Organisation) -> dict[str, Any]:
    """The newest recommendations addressed to it, their number, and the way to all."""
    addressed = Addressee.objects.public().filter(organisation=organisation, recommendation=OuterRef("pk"))
    asked = Recommendation.objects.public().filter(Exists(addressed))
    return {
        "asked": on_page_of(Link.to(organisation), recommendation_rows(asked.newest_first()[:SHOWN])),
        "asked_count": asked.count(),
        "asked_url": list_url(addressee=organisation.slug),
    }


def taken_by(organisation: Organisation) -> dict[str, Any]:
    """The newest recommendations on which it takes a stand: most often it proposes them."""
    positions = Position.objects.attributable().filter(organisation=organisation)
    taken = Recommendation.objects.public().filter(Exists(positions.filter(recommendation=OuterRef("pk"))))
    newest = list(taken.newest_first()[:SHOWN].values_list("pk", flat=True))
    stances = {
        row.recommendation_id: StanceShown(row.stance, row.get_stance_display())
        for row in positions.filter(recommendation__in=newest)
    }
    rows = recommendation_rows(Recommendation.objects.public().filter(pk__in=newest).newest_first(), stances)
    return {
        "takes": on_page_of(Link.to(organisation), rows),
        "takes_count": taken.count(),
        "takes_url": list_url(proposer=f"org:{organisation.slug}"),
    }


def in_index(organisation: Organisation, counts: dict[int, int]) -> IndexRow:
    """One line of the index. Reads ``parent``: prefetch it among what is public."""
    note = organisation.parent.text("name") if organisation.parent else as_written(organisation.abbreviation)
    return IndexRow(Link.to(organisation), counts.get(organisation.pk), note=note)
