"""Pages of the programme."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from workshop.models import Document, Series, Talk, Theme, Workshop
from workshop.views.public import PublicDetail, PublicList


class WorkshopList(PublicList):
    """All editions."""

    model = Workshop


class WorkshopDetail(PublicDetail):
    """One edition."""

    model = Workshop


class SeriesList(PublicList):
    """All series."""

    model = Series


class SeriesDetail(PublicDetail):
    """One series."""

    model = Series


class TalkList(PublicList):
    """All talks."""

    model = Talk


class TalkDetail(PublicDetail):
    """One talk."""

    model = Talk


class ThemeList(PublicList):
    """All themes."""

    model = Theme


class ThemeDetail(PublicDetail):
    """One theme."""

    model = Theme


class DocumentList(PublicList):
    """All documents."""

    model = Document


class DocumentDetail(PublicDetail):
    """One document."""

    model = Document


def tag_list(request: HttpRequest) -> HttpResponse:
    """All keywords of public records."""
    return render(request, "workshop/tag_list.html", {})


def tag_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What carries a keyword."""
    raise Http404
