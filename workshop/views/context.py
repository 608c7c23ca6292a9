"""What every template knows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

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
    preview: Any = None  # what is said above a page that is not public: workshop.admin.rendering


def site(request: HttpRequest) -> dict[str, Site]:
    """``site``: its name, the page's canonical address, and whether robots keep out.

    Pages under /ko/ stay out of indexes until their content is translated; so does
    what is not public yet, and it has no address that one could cite.
    """
    preview = getattr(request, "preview", None)
    return {
        "site": Site(
            name=_("Rapporteur"),
            url=settings.SITE_URL,
            canonical="" if preview else f"{settings.SITE_URL}{request.path}",
            noindex=request.path.startswith("/ko/") or preview is not None,
            preview=preview,
        )
    }


def site_without_address(request: HttpRequest) -> dict[str, Site]:
    """``site`` for a page about what is not there: its address may hold the name that is not to be shown."""
    return {"site": replace(site(request)["site"], canonical="")}
