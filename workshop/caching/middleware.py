"""The way of a request to a public page: told from memory, or rendered and kept."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.http import parse_http_date_safe

from workshop.caching.pages import (
    CACHE_CONTROL,
    KEPT_STATUS,
    Page,
    chosen_coding,
    digest_of,
    etag_of,
    not_modified,
)
from workshop.caching.parameters import canonical, read_at
from workshop.caching.store import Store
from workshop.caching.version import current_version

Handler = Callable[[HttpRequest], HttpResponse]
SAFE = frozenset({"GET", "HEAD"})

PAGES = Store()
# Drawn when the server starts, before its workers fork: no name outlives the code and the
# settings that rendered the page, and nobody else can make one.
KEY = secrets.token_bytes(32)


class PublicPages:
    """Public pages are the same for everybody: each is rendered once for each version.

    A view says with ``reads`` that its page is public, and which parameters it
    reads. It is given these and no others, and no cookie: an editor who is logged
    in gets the page that everybody gets, and nobody can make it say anything that
    is not in its name. ``no-cache`` makes browsers and proxies ask again each time,
    so that a withdrawal is gone at once.

    Everything else passes. What set no cookie and looked at no session is said to
    be public as well, with an ETag of its text, and not kept.
    """

    def __init__(self, get_response: Handler):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE or request.path_info.startswith(settings.STATIC_URL):
            return self.get_response(request)
        names = read_at(request.path_info)
        response = self.beside(request) if names is None else self.page(request, names)
        if request.method == "HEAD" and not response.streaming:
            response.content = b""  # after Content-Length: the server would have to throw it away
        return response

    def beside(self, request: HttpRequest) -> HttpResponse:
        """What is no page that is kept: the desk, files, health, what is not found."""
        return unkept(request, self.get_response(request))

    def page(self, request: HttpRequest, names: frozenset[str]) -> HttpResponse:
        """A public page, from memory where a version vouches for it."""
        request.get_host()  # refuses a host that is not ours, as CommonMiddleware would below
        name = None
        query = canonical(request.META.get("QUERY_STRING", ""), names)
        if query is not None:
            request.META["QUERY_STRING"] = query
            name = name_of(request, query) if settings.PAGE_CACHE_BYTES else None
        if name:
            coding = chosen_coding(request.META.get("HTTP_ACCEPT_ENCODING", ""))
            if etag_of(name, coding) in request.META.get("HTTP_IF_NONE_MATCH", ""):
                return not_modified(name, coding)
            if page := PAGES.get(name):
                return self.told(request, page, name)
        for personal in ("HTTP_COOKIE", "HTTP_AUTHORIZATION"):
            request.META.pop(personal, None)
        response = self.get_response(request)
        if not is_page(request, response):
            return unkept(request, response)
        page = Page.of(response, name)
        return self.told(request, page, name, new=True) if name else page.answer(request)

    def told(self, request: HttpRequest, page: Page, name: str, *, new: bool = False) -> HttpResponse:
        """A page that is kept, in the coding that the client likes best."""
        coding = page.coding_for(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        if page.compress(coding) or new:
            PAGES.put(name, page, settings.PAGE_CACHE_BYTES)
        return page.answer(request, coding)


def name_of(request: HttpRequest, query: str) -> str | None:
    """The name of a page: version, day, path and what it reads; None where no version vouches for it.

    The day is in it because a page says of a plan whether it lies ahead. It is the
    page's ETag as well: whoever names it was told it with this very page.
    """
    version = current_version()
    if version is None:
        return None
    today = dt.date.today().isoformat()
    text = "\0".join((str(version), today, request.path, request.path_info, query))
    return digest_of(text.encode("utf-8", "surrogatepass"), KEY)


def is_page(request: HttpRequest, response: HttpResponse) -> bool:
    """True for an answer that anybody may be shown, whatever the view below has promised."""
    return (
        response.status_code in KEPT_STATUS
        and not response.streaming
        and response.content != b""  # an answer to HEAD alone is no page
        and not is_touched(request, response)
        and not response.has_header("Vary")
        and not response.has_header("Cache-Control")
        and not response.has_header("Content-Encoding")
    )


def is_touched(request: HttpRequest, response: HttpResponse) -> bool:
    """True where the answer looked at a session or sets a cookie."""
    session = getattr(request, "session", None)
    return session is None or session.accessed or bool(response.cookies)


def unkept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """An answer that is not kept: still public where it may be, and 304 where it is the same."""
    if response.status_code < 500 and not is_touched(request, response):
        response.headers.setdefault("Cache-Control", CACHE_CONTROL)
    if "no-store" in response.headers.get("Cache-Control", ""):
        return response
    if not response.has_header("ETag"):
        set_response_etag(response)
    changed = response.headers.get("Last-Modified")
    conditional = get_conditional_response(
        request,
        etag=response.headers.get("ETag"),
        last_modified=parse_http_date_safe(changed) if changed else None,
        response=response,
    )
    return conditional or response
