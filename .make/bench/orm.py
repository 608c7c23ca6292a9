"""The list as textbook Django would have it: prefetched rows, one aggregate for each facet.

What the index is compared with, in speed and in lines of code.
"""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from recommendations.facets import FACETS, NAMES
from recommendations.facets.engine import SORTS, OrmEngine
from recommendations.facets.page import shown
from recommendations.models import Recommendation
from recommendations.rows import recommendation_rows
from workshop.search.facets import read
from workshop.views.pagination import pages_of

ENGINE = OrmEngine(FACETS)


def orm_list(request: HttpRequest) -> HttpResponse:
    """``/recommendations/`` without an index; ``q`` is not read."""
    selection = read(request, names=NAMES, sorts=SORTS)
    answer = ENGINE.answer(selection)
    page = Paginator(range(answer.total), selection.per_page).get_page(selection.page)
    path = reverse("recommendation-list")
    places = {pk: place for place, pk in enumerate(answer.ids)}
    rows = recommendation_rows(Recommendation.objects.public().filter(pk__in=answer.ids), as_of=selection.as_of)
    context = {
        "section": "recommendations",
        "path": path,
        "selection": selection,
        "shown": shown(selection, answer, path),
        "rows": sorted(rows, key=lambda row: places[row.pk]),
        "pages": pages_of(page, lambda number: selection.at_page(number).url(path)),
        "total": answer.total,
    }
    return render(request, "recommendations/recommendation_list.html", context)
