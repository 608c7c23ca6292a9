"""Designed pages for what went wrong."""

from dataclasses import replace

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseNotFound, HttpResponseServerError
from django.shortcuts import render
from django.template import loader

from workshop.editing import returning
from workshop.views.context import site_without_address


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the same page for what does not exist and for what one may not see."""
    return HttpResponseNotFound(loader.render_to_string("404.html", site_without_address(request), request))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return HttpResponseForbidden(loader.render_to_string("403.html", request=request))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that came from elsewhere, or was open since before a login.

    A record's page comes back with what was sent, if its origin was right and only its token was not.
    """
    if reason.startswith("CSRF ") and (answer := returning.refused(admin.site, request)):
        return answer
    return render(request, "403.html", {"expired_form": True}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: rendered without context, so that it cannot fail for the same reason."""
    return HttpResponseServerError(loader.get_template("500.html").render())


def search_given_up(request: HttpRequest, q: str, action: str) -> HttpResponse:
    """503 for a search that took too long; ``action`` is the address of the form that it came from."""
    kept_out = replace(site_without_address(request)["site"], noindex=True)
    context = {"q": q, "action": action, "site": kept_out}
    response = render(request, "workshop/search_given_up.html", context, status=503)
    response["Retry-After"], response["Cache-Control"] = "30", "no-store"
    return response
