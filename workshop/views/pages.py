"""Home, the pages about the site, and small files."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.generic import TemplateView


class Home(TemplateView):
    """The front page."""

    template_name = "workshop/home.html"


def about(request: HttpRequest) -> HttpResponse:
    """What this site is."""
    return render(request, "workshop/about.html")


def privacy(request: HttpRequest) -> HttpResponse:
    """What is and is not known of a reader."""
    return render(request, "workshop/privacy.html")


def accessibility(request: HttpRequest) -> HttpResponse:
    """What works for whom, and whom to tell where it does not."""
    return render(request, "workshop/accessibility.html")


def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers leave alone."""
    return HttpResponse("User-agent: *\nDisallow: /admin/\n", content_type="text/plain; charset=utf-8")


def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for this name, whatever the page says."""
    return redirect(static("img/favicon.svg"))
