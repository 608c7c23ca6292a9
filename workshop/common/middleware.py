"""What every request passes through: language, odd bytes, a database that is down."""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils import translation

log = logging.getLogger(__name__)
Handler = Callable[[HttpRequest], HttpResponse]


def language_of(path: str) -> str:
    """The language of what stands at a path, found or not: ``en`` or ``ko``."""
    return "ko" if f"{path}/".startswith("/ko/") else "en"  # with the slash that may be missing: /ko leads to /ko/


class LanguageOfPath:
    """The language of a page is that of its path, nothing else.

    Unlike Django's LocaleMiddleware it reads no cookie and no Accept-Language,
    so one address is one page, for caches as for people who cite it.
    """

    def __init__(self, get_response: Handler):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of(request.path_info)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class NulBytes:
    """A NUL in a query string becomes U+FFFD, which no text contains; one in a cookie a question mark.

    PostgreSQL refuses a NUL with an exception, SQLite does not; replaced here,
    it finds nothing on both. In a path no address has one.
    """

    def __init__(self, get_response: Handler):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query, cookie = request.META.get("QUERY_STRING", ""), request.META.get("HTTP_COOKIE", "")
        if "%00" in query or "\x00" in query:
            request.META["QUERY_STRING"] = query.replace("%00", "%EF%BF%BD").replace("\x00", "%EF%BF%BD")
        if "\\000" in cookie or "\x00" in cookie:
            request.META["HTTP_COOKIE"] = cookie.replace("\\000", "?").replace("\x00", "?")
        return self.get_response(request)


class DatabaseDown:
    """A database that does not answer is a designed 503, never a stack trace."""

    def __init__(self, get_response: Handler):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        log.error("The database does not answer: %s", type(exception).__name__)
        page = loader.get_template("503.html").render()
        return HttpResponse(page, status=503, headers={"Retry-After": "30", "Cache-Control": "no-store"})
