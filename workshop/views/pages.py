"""Home, the pages about the site, and small files."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from recommendations.newest import experts_by_theme, experts_newest, experts_number
from recommendations.stored import listed_rows
from speakers.models import Speaker
from speakers.views.rows import person_rows
from workshop.caching.parameters import reads
from workshop.common.prepared import Prepared
from workshop.images.pictures import picture_of
from workshop.models import Theme, Workshop
from workshop.search.numbers import records_of
from workshop.views.links import Link
from workshop.views.rows import IndexRow, edition_row, index_rows

THEMES_SHOWN = 24
PEOPLE_SHOWN = 12
# The desk, and addresses without an end: what is searched for, values of a facet under any selection.
KEPT_OUT = ("/admin/", "/search/", "/ko/search/", "/recommendations/values/", "/ko/recommendations/values/")

LATEST = Prepared(lambda: Workshop.objects.public().with_public("series", "hero", "status_changes")[:1])
PROGRAMME = Prepared(lambda: Theme.objects.public().programme())
PEOPLE = Prepared(lambda: Speaker.objects.public()[:PEOPLE_SHOWN])


@reads()
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front page: the latest edition, the newest proposals, themes and experts."""
    themes = list(PROGRAMME())
    context = latest_edition() | {
        "proposals": listed_rows(experts_newest()),
        "proposal_count": experts_number(),
        "themes": most_proposed_on(themes),
        "theme_count": len(themes),
        "people": person_rows(PEOPLE()),
        "people_count": records_of("speaker"),
    }
    return render(request, "workshop/home.html", context)


def latest_edition() -> dict[str, Any]:
    """The edition to lead with: the one with the latest plan."""
    edition = next(iter(LATEST()), None)
    if edition is None:
        return {"edition": None}
    return {
        "edition": edition_row(edition),
        "series": Link.to(edition.series) if edition.series else None,
        "hero": picture_of(edition.hero),
    }


def most_proposed_on(themes: list[Theme]) -> list[IndexRow]:
    """The themes with the number of experts' proposals on each; of many, those that have most."""
    counts = experts_by_theme()
    most = {theme.pk for theme in sorted(themes, key=lambda theme: -counts.get(theme.slug, 0))[:THEMES_SHOWN]}
    shown = [theme for theme in themes if theme.pk in most]
    return index_rows(shown, {theme.pk: counts.get(theme.slug, 0) for theme in shown})


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
