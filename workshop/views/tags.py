"""Pages of free keywords. A keyword exists for readers while a public record carries it."""

from __future__ import annotations

from collections import Counter

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from recommendations.models import Recommendation
from recommendations.rows import recommendation_rows
from speakers.models import Speaker
from speakers.views.rows import person_rows
from workshop.caching.parameters import reads
from workshop.common.keywords import Tag, TaggedItem
from workshop.common.text import as_written
from workshop.models import Document, Talk
from workshop.slugs.models import OldSlug
from workshop.views.links import Link, list_url, tag_links
from workshop.views.rows import IndexRow, document_rows, talk_rows

PROPOSALS_SHOWN = 50


@reads()
@require_safe
def tag_list(request: HttpRequest) -> HttpResponse:
    """All keywords of public records, with how many carry each."""
    counts = carried()
    tags = Tag.objects.filter(pk__in=counts).order_by("name")
    rows = [IndexRow(link, counts[tag.pk]) for tag, link in zip(tags, tag_links(tags), strict=True)]
    return render(request, "workshop/tag_list.html", {"rows": rows})


@reads()
@require_safe
def tag_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The public records that carry a keyword; 404 without any, as for an unknown one."""
    tag = Tag.objects.filter(slug=slug).first()
    if tag is None:
        tag = Tag.objects.filter(pk=OldSlug.objects.target(Tag, slug)).first()
        if tag is None or tag.pk not in carried():
            raise Http404
        return HttpResponsePermanentRedirect(reverse("tag-detail", args=[tag.slug]))
    proposals = Recommendation.objects.public().filter(tags__in=[tag]).newest_first()
    context = {
        "tag": tag,
        "here": as_written(tag.name),
        "steps": [Link(_("Keywords"), reverse("tag-list"))],
        "proposals": recommendation_rows(proposals[:PROPOSALS_SHOWN]),
        "proposal_count": proposals.count(),
        "proposals_url": list_url(tag=tag.slug),
        "people": person_rows(Speaker.objects.public().filter(expertise__in=[tag])),
        "talks": talk_rows(Talk.objects.public().filter(tags__in=[tag])),
        "documents": document_rows(Document.objects.public().filter(tags__in=[tag])),
    }
    if not any(context[name] for name in ("proposals", "people", "talks", "documents")):
        raise Http404
    return render(request, "workshop/tag_detail.html", context)


def carried() -> Counter[int]:
    """How many public records carry each keyword, by the keyword's primary key."""
    counts: Counter[int] = Counter()
    for model in (Recommendation, Speaker, Talk, Document):
        items = TaggedItem.objects.filter(
            content_type=ContentType.objects.get_for_model(model), object_id__in=model.objects.public().values("pk")
        )
        counts.update(dict(items.values("tag").annotate(n=Count("pk")).values_list("tag", "n")))
    return counts
