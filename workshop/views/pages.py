"""Home, the pages about the site, and small files."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from recommendations.models import Recommendation
from recommendations.models.recommendation import EXPERT_ORIGINS
from recommendations.rows import recommendation_rows
from speakers.models import Speaker
from speakers.views.rows import person_rows
from workshop.caching.parameters import reads
from workshop.images.pictures import picture_of
from workshop.models import Theme, Workshop
from workshop.views.links import Link
from workshop.views.rows import IndexRow, edition_row, index_rows

PROPOSALS_SHOWN = 5
PEOPLE_SHOWN = 12
# The desk, and addresses without an end: what is searched for, values of a facet under any selection.
KEPT_OUT = ("/admin/", "/search/", "/ko/search/", "/recommendations/values/", "/ko/recommendations/values/")


@reads()
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front page: the latest edition, the newest proposals, themes and experts."""
    proposals = Recommendation.objects.public().filter(origin__in=EXPERT_ORIGINS)
    people = Speaker.objects.public()
    context = latest_edition() | {
        "proposals": recommendation_rows(proposals.newest_first()[:PROPOSALS_SHOWN]),
        "proposal_count": proposals.count(),
        "themes": programme_themes(),
        "people": person_rows(people[:PEOPLE_SHOWN]),
        "people_count": people.count(),
    }
    return render(request, "workshop/home.html", context)


def latest_edition() -> dict[str, Any]:
    """The edition to lead with: the one with the latest plan."""
    editions = Workshop.objects.public().with_public("series", "hero").prefetch_related("status_changes")
    edition = editions.first()
    if edition is None:
        return {"edition": None}
    return {
        "edition": edition_row(edition),
        "series": Link.to(edition.series) if edition.series else None,
        "hero": picture_of(edition.hero),
    }


def programme_themes() -> list[IndexRow]:
    """The workshop's own themes with the number of experts' proposals on each."""
    counted = (
        Recommendation.objects.public().filter(origin__in=EXPERT_ORIGINS).values("themes").annotate(n=Count("pk"))
    )
    counts = dict(counted.values_list("themes", "n"))
    return index_rows(Theme.objects.public().programme(), counts)


@reads()
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What this site is."""
    return render(request, "workshop/about.html")


@reads()
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is and is not known of a reader."""
    return render(request, "workshop/privacy.html")


@reads()
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What works for whom, and whom to tell where it does not."""
    return render(request, "workshop/accessibility.html")


@reads()
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers leave alone."""
    rules = "".join(f"Disallow: {path}\n" for path in KEPT_OUT)
    return HttpResponse(f"User-agent: *\n{rules}", content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for this name, whatever the page says."""
    return redirect(static("img/favicon.svg"))
