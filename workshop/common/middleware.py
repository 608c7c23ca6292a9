"""What every request passes through: language, odd bytes, a database that is down."""

import logging
from collections.abc import Callable
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.http import ConditionalGetMiddleware
from django.template import loader
from django.utils import translation
from django.utils.cache import get_conditional_response, set_response_etag

log = logging.getLogger(__name__)
Handler = Callable[[HttpRequest], HttpResponse]


class LanguageOfPath:
    """The language of a page is that of its path, nothing else.

    Unlike Django's LocaleMiddleware it reads no cookie and no Accept-Language,
    so one address is one page, for caches as for people who cite it.
    """

    def __init__(self, get_response: Handler):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # With the slash that may be missing: /ko leads to /ko/.
        language = "ko" if f"{request.path_info}/".startswith("/ko/") else "en"
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class PublicPages:
    """A page that looked at no session is the same for everybody, and may be kept.

    ``no-cache`` makes browsers and proxies ask again each time, with the ETag
    that ConditionalGetMiddleware gives, so that a withdrawal is gone at once.
    """

    def __init__(self, get_response: Handler):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        session = getattr(request, "session", None)
        personal = session is None or session.accessed or response.cookies
        if request.method in {"GET", "HEAD"} and response.status_code < 500 and not personal:
            response.headers.setdefault("Cache-Control", "public, no-cache")
        return response


class Revalidation(ConditionalGetMiddleware):
    """ETag and 304 to HEAD as to GET, and no body to HEAD.

    Django leaves HEAD out because a view may answer it with less. Ours answer with
    the whole page, which the server would have to throw away.
    """

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        if request.method != "HEAD" or response.streaming:
            return super().process_response(request, response)
        if self.needs_etag(response) and not response.has_header("ETag"):
            set_response_etag(response)
        if etag := response.get("ETag"):
            response = get_conditional_response(request, etag=etag, response=response)
        response.content = b""
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
