"""Pages of free keywords. A keyword exists for readers while a public record carries it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import InvalidPage, Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from recommendations.newest import all_by_tag, carrying
from recommendations.stored import listed_rows
from speakers.models import Speaker
from speakers.views.rows import person_rows
from workshop.caching.parameters import reads
from workshop.common.keywords import Tag, TaggedItem
from workshop.common.text import as_written
from workshop.models import Document, Talk
from workshop.search.facets import page_number
from workshop.slugs.models import OldSlug
from workshop.views.context import site
from workshop.views.links import Link, list_url, tag_links
from workshop.views.pagination import Pages, pages_of
from workshop.views.rows import IndexRow, document_rows, talk_rows

PROPOSALS_SHOWN = 50
SHOWN = 50  # of each other kind: one that has more has pages


@dataclass(frozen=True)
class Kind:
    """What may carry a keyword, beside recommendations: by which field, and how it is listed."""

    model: Any
    field: str
    rows: Callable[[Any], list[Any]]


KINDS = {
    "talks": Kind(Talk, "tags", talk_rows),
    "documents": Kind(Document, "tags", document_rows),
    "people": Kind(Speaker, "expertise", person_rows),
}


@dataclass(frozen=True)
class Carriers:
    """Some of the records of one kind, how many there are, and the way to the others or their pages."""

    rows: list[Any]
    count: int
    more_url: str = ""
    pages: Pages | None = None


@reads()
@require_safe
def tag_list(request: HttpRequest) -> HttpResponse:
    """All keywords of public records, with how many carry each."""
    proposals, others = all_by_tag(), carried()
    tags = [tag for tag in Tag.objects.order_by("name") if tag.slug in proposals or tag.pk in others]
    rows = [
        IndexRow(link, proposals.get(tag.slug, 0) + others[tag.pk])
        for tag, link in zip(tags, tag_links(tags), strict=True)
    ]
    return render(request, "workshop/tag_list.html", {"rows": rows})


@reads("kind", "page")
@require_safe
def tag_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The public records that carry a keyword, or those of one kind in pages.

    404 without any, as for an unknown keyword.
    """
    tag = Tag.objects.filter(slug=slug).first()
    if tag is None:
        tag = Tag.objects.filter(pk=OldSlug.objects.target(Tag, slug)).first()
        if tag is None or not (carrying(tag.slug, 1).total or tag.pk in carried()):
            raise Http404
        return HttpResponsePermanentRedirect(reverse("tag-detail", args=[tag.slug]))
    kind = request.GET.get("kind", "") if request.GET.get("kind") in KINDS else ""
    number = page_number(request.GET.get("page", "")) if kind else 1
    proposals = carrying(tag.slug, PROPOSALS_SHOWN)
    context: dict[str, Any] = {
        "tag": tag,
        "here": as_written(tag.name),
        "steps": [Link(_("Keywords"), reverse("tag-list"))],
        "proposals": [] if kind else listed_rows(proposals.keys),
        "proposal_count": proposals.total,
        "proposals_url": list_url(tag=tag.slug),
    }
    for name in KINDS:
        context[name] = Carriers([], 0) if kind and kind != name else carriers(tag, name, number, alone=bool(kind))
    if not context["proposals"] and not any(context[name].rows for name in KINDS):
        raise Http404
    if kind:  # pages of their own, for search engines too
        here = site(request)["site"]
        asked = {"kind": kind} | ({"page": number} if number > 1 else {})
        context["site"] = replace(here, canonical=f"{here.canonical}?{urlencode(asked)}")
    return render(request, "workshop/tag_detail.html", context)


def carriers(tag: Tag, name: str, number: int, *, alone: bool) -> Carriers:
    """The records of a kind that carry a keyword: the first, or a page of them. Raises Http404 past the last page."""
    kind = KINDS[name]
    records = kind.model.objects.public().filter(**{f"{kind.field}__in": [tag]})
    try:
        page = Paginator(records, SHOWN).page(number)
    except InvalidPage as error:
        raise Http404 from error
    here = f"{reverse('tag-detail', args=[tag.slug])}?{urlencode({'kind': name})}"
    pages = pages_of(page, lambda n: f"{here}&page={n}" if n > 1 else here) if alone else None
    more = here if page.has_next() and not alone else ""
    return Carriers(kind.rows(page.object_list), page.paginator.count, more, pages)


def carried() -> Counter[int]:
    """How many public records other than recommendations carry each keyword, by the keyword's primary key."""
    counts: Counter[int] = Counter()
    for kind in KINDS.values():
        items = TaggedItem.objects.filter(
            content_type=ContentType.objects.get_for_model(kind.model),
            object_id__in=kind.model.objects.public().values("pk"),
        )
        counts.update(dict(items.values("tag").annotate(n=Count("pk")).values_list("tag", "n")))
    return counts
