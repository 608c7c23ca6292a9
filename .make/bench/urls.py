"""The site's addresses, a bare view to compare with, and the list with the plain ORM."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from bench.orm import orm_list
from workshop.urls import *  # noqa: F403  # handlers, too
from workshop.urls import urlpatterns as of_the_site


def bare(request: HttpRequest) -> HttpResponse:
    """What a view costs that does nothing, behind the same server and middleware."""
    return HttpResponse("bare", headers={"Cache-Control": "no-store"})


urlpatterns = [path("bare/", bare), path("orm/", orm_list), *of_the_site]
