"""Searching everything public, and what is offered while somebody types."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from recommendations.rows import RecommendationRow
from recommendations.stored import found_rows
from workshop.caching.parameters import reads
from workshop.common.text import Text, in_language
from workshop.models import Workshop
from workshop.search.everything import Found, Group, Results, offered, search, search_kind
from workshop.search.facets import LONGEST_WORDS, fields_of, page_number
from workshop.search.kinds import RECORDS
from workshop.search.passages import marked_text, passage
from workshop.search.patience import TookTooLong, patience
from workshop.search.query import Query
from workshop.templatetags.rapporteur import marked, quoted, written
from workshop.views.context import site
from workshop.views.errors import search_given_up
from workshop.views.links import Change, Link, changes_of, list_url
from workshop.views.pagination import Pages, pages_of

PER_KIND = 5
PER_PAGE = 25
KINDS = {
    "recommendation": (gettext_lazy("Recommendations"), gettext_lazy("Recommendation")),
    "speaker": (gettext_lazy("Experts"), gettext_lazy("Expert")),
    "talk": (gettext_lazy("Talks"), gettext_lazy("Talk")),
    "theme": (gettext_lazy("Themes"), gettext_lazy("Theme")),
    "organisation": (gettext_lazy("Organisations"), gettext_lazy("Organisation")),
    "workshop": (gettext_lazy("Workshops"), gettext_lazy("Edition")),
    "document": (gettext_lazy("Documents"), gettext_lazy("Document")),
    "series": (gettext_lazy("Series"), gettext_lazy("Series")),
    "tag": (gettext_lazy("Keywords"), gettext_lazy("Keyword")),
}


@dataclass(frozen=True)
class HitShown:
    """A record that was found, with what was found marked; an edition with its status."""

    title: Link
    note: SafeString | str
    people: list[Link]
    passage: SafeString | str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class GroupShown:
    """The hits of one kind; ``rows`` are recommendations, ``hits`` all others."""

    kind: str
    label: str
    count: str
    url: str
    more: bool
    selected: bool
    rows: list[RecommendationRow] = field(default_factory=list)
    hits: list[HitShown] = field(default_factory=list)


@reads("q", "kind", "page")
@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Everything that has the words, by kind; with ``kind`` one kind, in pages. Any query has an answer."""
    fields = fields_of(request)
    typed = " ".join(fields.get("q", "")[:LONGEST_WORDS].split())
    kind = fields.get("kind", "") if fields.get("kind") in RECORDS else ""
    number = page_number(fields.get("page", "")) if kind else 1
    start = max(number - 1, 0) * PER_PAGE
    try:
        with patience():
            results = (
                search_kind(typed, kind, start=start, stop=start + PER_PAGE)
                if kind
                else search(typed, per_kind=PER_KIND)
            )
    except TookTooLong:
        return search_given_up(request, typed, reverse("search"))
    groups = groups_of(results, kind)
    context: dict[str, Any] = {
        "q": results.query.typed or typed,
        "words": words_of(results, typed),
        "query": results.query,
        "groups": [group for group in groups if group.hits or group.rows],
        "kinds": groups,
        "everything_url": search_url(results.query.typed),
        "kind": kind,
        "kind_label": KINDS[kind][0] if kind else "",
        "instead": Link(written(results.instead), search_url(results.instead)) if results.instead else None,
        "pages": _pages(results, kind, number),
    }
    if typed:
        here = site(request)["site"]
        context["site"] = replace(here, noindex=True, canonical=f"{here.canonical}?{urlencode({'q': typed})}")
    return render(request, "workshop/search.html", context)


def words_of(results: Results, typed: str) -> SafeString | str:
    """What was looked for, in quotation marks and in its language; empty where nothing was asked."""
    words = results.query.typed or typed
    return quoted(words) if words else ""


def search_url(q: str, **more: str) -> str:
    """The address of a search."""
    return f"{reverse('search')}?{urlencode({'q': q, **more})}"


def _pages(results: Results, kind: str, number: int) -> Pages | None:
    """The pages of one kind. One that does not exist is 404."""
    if not kind:
        return None
    total = next((group.total for group in results.groups if group.kind == kind), 0)
    try:
        page = Paginator(range(total), PER_PAGE).page(number)
    except InvalidPage as error:
        raise Http404 from error
    q = results.query.typed
    return pages_of(page, lambda n: search_url(q, kind=kind, **({"page": str(n)} if n > 1 else {})))


# --- What is shown of the hits --------------------------------------------------------------------


def groups_of(results: Results, kind: str = "") -> list[GroupShown]:
    """Every kind that has hits, with those that were asked for."""
    return [_group(group, results.query, kind) for group in results.groups]


def _group(group: Group, query: Query, kind: str) -> GroupShown:
    recommendations = group.kind == "recommendation"
    number = number_format(group.total, force_grouping=True)
    return GroupShown(
        kind=group.kind,
        label=str(KINDS[group.kind][0]),
        count=_("more than %(n)s") % {"n": number} if group.bounded else number,
        url=list_url(q=query.typed) if recommendations else search_url(query.typed, kind=group.kind),
        more=not kind and group.total > len(group.hits),
        selected=group.kind == kind,
        rows=found_rows(group.hits, query) if recommendations else [],
        hits=[] if recommendations else hits_of(group.hits, query),
    )


def hits_of(found: Iterable[Found], query: Query) -> list[HitShown]:
    """Hits of anything but recommendations, finished. An edition that is public no more is left out."""
    found = list(found)
    editions = editions_of(found)
    root = reverse("home")
    shown = []
    for hit in found:
        changes: tuple[Change, ...] = ()
        if hit.kind == "workshop":
            if hit.key not in editions:
                continue
            changes = changes_of(editions[hit.key])
        shown.append(
            HitShown(
                title=Link(_found_in(in_language(*hit.shown["title"]), query), root + hit.shown["path"]),
                note=_found_in(in_language(*hit.shown.get("note", ("", ""))), query),
                people=[
                    Link(_found_in(in_language(name, korean), query), root + path)
                    for name, korean, path in hit.shown.get("people", ())
                ],
                passage=written(passage(hit.body.split("\n"), query)),
                changes=changes,
            )
        )
    return shown


def editions_of(found: Iterable[Found]) -> dict[int, Workshop]:
    """The editions among the hits, by key, with their status: they are never named without it."""
    keys = [hit.key for hit in found if hit.kind == "workshop"]
    if not keys:
        return {}
    return Workshop.objects.public().prefetch_related("status_changes").in_bulk(keys)


def _found_in(text: Text, query: Query) -> SafeString | str:
    """A text with what was found in it marked, in its language."""
    return marked(Text(marked_text(text.value, query), text.language))


# --- While somebody types ----------------------------------------------------------------------------


@reads("q")
@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Records whose name begins like what was typed: a list of label, lang, kind and url."""
    try:
        with patience():
            found = offered(fields_of(request).get("q", "")[:LONGEST_WORDS])
    except TookTooLong:
        return JsonResponse([], safe=False, status=503, headers={"Cache-Control": "no-store"})
    editions = editions_of(found)
    root = reverse("home")
    offers = []
    for hit in found:
        label = in_language(*hit.shown["title"])
        if hit.kind == "workshop":
            if hit.key not in editions:
                continue
            status = editions[hit.key].status_line()
            label = replace(label, value=f"{label} ({status})") if status else label
        kind = str(KINDS[hit.kind][1])
        offers.append({"label": str(label), "lang": label.language, "kind": kind, "url": root + hit.shown["path"]})
    return JsonResponse(offers, safe=False)
