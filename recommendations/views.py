"""Pages of recommendations."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import quote

from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from recommendations.citation import citation_of
from recommendations.facets import NAMES
from recommendations.facets.engine import SORTS
from recommendations.facets.heading import counted_among
from recommendations.facets.page import in_present_terms, shown
from recommendations.facets.values import values_listed, values_shown
from recommendations.facts import facts_of
from recommendations.models import Recommendation
from recommendations.relatives import relatives_of
from recommendations.rows import RecommendationLink, proposers_of, status_of, with_statuses
from recommendations.stands import stands_of
from recommendations.stored import listed_rows, stored_rows
from recommendations.timeline import timeline_of
from recommendations.trail import trail_of
from workshop.caching.parameters import reads
from workshop.common.prepared import Prepared
from workshop.models import Quote
from workshop.search.engine import IndexEngine
from workshop.search.facets import LONGEST_VALUE, Engine, fields_of, read
from workshop.search.patience import TookTooLong, patience
from workshop.search.reading import query_of
from workshop.views.context import site, site_without_address
from workshop.views.errors import search_given_up
from workshop.views.links import links_to, permanent_url
from workshop.views.pagination import pages_of
from workshop.views.public import PublicDetail, past_public
from workshop.views.rows import document_row
from workshop.views.words import teaser

ENGINE: Engine = IndexEngine()
VALUES_PER_PAGE = 100


@reads(*NAMES, "q", "as_of", "sort", "page", "per_page")
@require_safe
def recommendation_list(request: HttpRequest) -> HttpResponse:
    """The faceted list. Any query string has an answer; a page that does not exist is 404."""
    selection = read(request, names=NAMES, sorts=SORTS)
    path = reverse("recommendation-list")
    try:
        with patience():
            answer = ENGINE.answer(selection)
    except TookTooLong:
        return search_given_up(request, selection.q, path)
    query = query_of(selection.q) if selection.q else None
    around = shown(selection, answer, path, query)
    if around.unknown and (now := in_present_terms(selection, around.unknown)):
        return HttpResponsePermanentRedirect(now.url(path))
    try:
        page = Paginator(range(answer.total), selection.per_page).page(selection.page)
    except InvalidPage as error:
        raise Http404 from error
    context: dict[str, Any] = {
        "section": "recommendations",
        "path": path,
        "selection": selection,
        "shown": around,
        "rows": stored_rows(answer.ids, as_of=selection.as_of, query=query),
        "pages": pages_of(page, lambda number: selection.at_page(number).url(path)),
        "total": answer.total,
    }
    if selection.q:  # there is no end to what may be looked for
        context["site"] = replace(site(request)["site"], noindex=True)
    return render(request, "recommendations/recommendation_list.html", context)


@reads(*NAMES, "q", "as_of", "sort", "page", "per_page", "contains")
@require_safe
def recommendation_values(request: HttpRequest, name: str) -> HttpResponse:
    """All values of one facet, as links that choose them; ``contains`` narrows them by letters."""
    if name not in NAMES:
        raise Http404
    selection = read(request, names=NAMES, sorts=SORTS)
    contains = " ".join(fields_of(request).get("contains", "")[:LONGEST_VALUE].split())
    path, here = reverse("recommendation-list"), reverse("recommendation-values", args=[name])
    try:
        with patience():
            values, counted = values_listed(selection, name, contains)
    except TookTooLong:
        return search_given_up(request, selection.q, path)
    try:
        page = Paginator(values, VALUES_PER_PAGE).page(selection.page)
    except InvalidPage as error:
        raise Http404 from error
    first = selection.at_page(1)
    letters = f"contains={quote(contains)}&" if contains else ""
    context: dict[str, Any] = {
        "section": "recommendations",
        "site": replace(site_without_address(request)["site"], noindex=True),
        "here": here,
        "contains": contains,
        "note": counted_among(counted),
        "shown": values_shown(first, name, list(page.object_list), path),
        "pages": pages_of(page, lambda number: f"{here}?{letters}{selection.at_page(number).query()}".rstrip("?&")),
        "total": len(values),
    }
    return render(request, "recommendations/values.html", context)


WORDS = Prepared(lambda keys: Quote.objects.attributable().filter(pk__in=keys))


def words_of(record: Recommendation) -> dict[int | None, Quote]:
    """Its source words and those that its positions rest on, as far as their speakers may be named."""
    keys = {record.source_quote_id, *(row.quote_id for row in record.positions.all())}
    words = WORDS(sorted(key for key in keys if key)).with_public(
        "speaker", "document", "talk__talk_speakers__speaker"
    )
    return {quote.pk: quote for quote in words}


class RecommendationDetail(PublicDetail):
    """One recommendation: where it comes from, who is asked, what became of it."""

    model = Recommendation
    section = "recommendations"
    index_name = _("Recommendations")

    def related(self, records):
        return (
            records.with_source_withheld()
            .with_public("workshop__status_changes", "source_document", "legal_basis__issued_by")
            .with_public("positions__speaker", "positions__organisation", "positions__talk")
            .with_public("addressees__organisation", "addressees__responses__source")
            .with_public("follow_ups__evidence", "follow_ups__replaced_by")
            .with_public("themes", "affected", "goals", "tags", "parent", "children", "superseded_by", "supersedes")
        )

    def page(self, record: Recommendation) -> dict[str, Any]:
        with_statuses([record])
        words = words_of(record)
        timeline = timeline_of(record)
        children = [part.pk for part in record.children.all()]
        return {
            "description": teaser(record.text("statement")),
            "code": record.code.upper(),
            "status": status_of(record),
            "proposers": proposers_of(record),
            "addressees": links_to(row.organisation for row in record.addressees.all()),
            "facts": facts_of(record),
            "trail": trail_of(record, words.get(record.source_quote_id), len(timeline)),
            "timeline": timeline,
            "stands": stands_of(record, words.values()),
            "parents": [RecommendationLink.to(record.parent)] if record.parent else [],
            "children": [replace(row, part_of=None) for row in listed_rows(children)],
            "superseded_by": RecommendationLink.to(record.superseded_by) if record.superseded_by else None,
            "relatives": relatives_of(record, record.supersedes.all()),
            "legal_basis": [document_row(document) for document in record.legal_basis.all()],
            "citation": citation_of(record),
            "permanent_url": permanent_url(record),
        }

    def absent(self, request: HttpRequest, key: str) -> HttpResponse:
        """Codes are lower case: another case leads there, if anything is or was there."""
        if key != (code := key.lower()):
            record = Recommendation.objects.filter(code=code).first()
            if Recommendation.objects.public().filter(code=code).exists() or (record and past_public(record)):
                return HttpResponsePermanentRedirect(reverse("recommendation-detail", args=[code]))
            raise Http404
        return super().absent(request, key)
