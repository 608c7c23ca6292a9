"""Designed pages for what went wrong."""

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseNotFound, HttpResponseServerError
from django.shortcuts import render
from django.template import loader

from workshop.views.context import site_without_address


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the same page for what does not exist and for what one may not see."""
    return HttpResponseNotFound(loader.render_to_string("404.html", site_without_address(request), request))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return HttpResponseForbidden(loader.render_to_string("403.html", request=request))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that came from elsewhere, or was open for too long."""
    return render(request, "403.html", {"expired_form": True}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: rendered without context, so that it cannot fail for the same reason."""
    return HttpResponseServerError(loader.get_template("500.html").render())
