"""Pages of recommendations."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from recommendations.models import Recommendation
from workshop.views.public import PublicDetail


def recommendation_list(request: HttpRequest) -> HttpResponse:
    """The faceted list."""
    return render(request, "recommendations/recommendation_list.html", {})


class RecommendationDetail(PublicDetail):
    """One recommendation."""

    model = Recommendation
