"""Serving pictures of public records."""

from django.http import Http404, HttpRequest, HttpResponse


def media(request: HttpRequest, name: str) -> HttpResponse:
    """Placeholder for the media view."""
    raise Http404
