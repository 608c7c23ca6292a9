"""What every template knows."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Site:
    """The site, for the page being rendered."""

    name: str
    url: str
    canonical: str
    noindex: bool


def site(request: HttpRequest) -> dict[str, Site]:
    """``site``: its name, the page's canonical address, and whether robots keep out.

    Pages under /ko/ stay out of indexes until their content is translated.
    """
    return {
        "site": Site(
            name=_("Rapporteur"),
            url=settings.SITE_URL,
            canonical=f"{settings.SITE_URL}{request.path}",
            noindex=request.path.startswith("/ko/"),
        )
    }


def site_without_address(request: HttpRequest) -> dict[str, Site]:
    """``site`` for a page about what is not there: its address may hold the name that is not to be shown."""
    return {"site": replace(site(request)["site"], canonical="")}
