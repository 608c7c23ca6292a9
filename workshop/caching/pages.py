"""A finished answer: everything of it that does not depend on who asks, in each coding once."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

import brotli
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import get_conditional_response

KEPT_STATUS = frozenset({200, 410})
WORTH_COMPRESSING = 512  # bytes; less would hardly shrink
COMPRESSIBLE = ("text/", "application/json", "application/xml")
ALSO_COMPRESSIBLE = ("+json", "+xml")
OVERHEAD = 2048  # bytes that a page takes beside its text, generously
CACHE_CONTROL = "public, no-cache"

# Best first where a client likes several as much. The levels that cost a page 1 ms, not 40.
CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}
SUFFIXES = {"": "", "br": "-br", "gzip": "-gz"}  # another coding is another text, and has another ETag


@dataclass
class Page:
    """Status, headers and text. ``tag`` is the ETag without quotes, empty where there is none."""

    status: int
    headers: dict[str, str]
    tag: str
    bodies: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, response: HttpResponse, name: str | None) -> Page:
        """What a view has answered. Where no version vouches for its name, the ETag is that of its text."""
        headers = {key: value for key, value in response.items() if key not in {"Content-Length", "ETag"}}
        headers |= {"Cache-Control": CACHE_CONTROL, "Vary": "Accept-Encoding"}
        # Conditions hold for what is there (RFC 9110, 13.2.1): a 410 needs no ETag.
        tag = (name or digest_of(response.content)) if response.status_code == 200 else ""
        return cls(response.status_code, headers, tag, {"": response.content})

    @property
    def size(self) -> int:
        """Bytes of memory, about."""
        return OVERHEAD + sum(map(len, self.bodies.values()))

    def coding_for(self, accepted: str) -> str:
        """The coding of a client's choice that this page comes in; empty for none."""
        kind = self.headers.get("Content-Type", "").partition(";")[0]
        fits = kind.startswith(COMPRESSIBLE) or kind.endswith(ALSO_COMPRESSIBLE)
        return chosen_coding(accepted) if fits and len(self.bodies[""]) >= WORTH_COMPRESSING else ""

    def compress(self, coding: str) -> bool:
        """Have the page in a coding from now on. True where that was work."""
        if coding in self.bodies:
            return False
        self.bodies[coding] = CODINGS[coding](self.bodies[""])
        return True

    def answer(self, request: HttpRequest, coding: str = "") -> HttpResponse:
        """The answer to one request, in a coding that the page has: the text, none for HEAD, or 304."""
        body = self.bodies[coding]
        response = HttpResponse(b"" if request.method == "HEAD" else body, status=self.status, headers=self.headers)
        response.headers["Content-Length"] = str(len(body))
        if coding:
            response.headers["Content-Encoding"] = coding
        if not self.tag:
            return response
        etag = response.headers["ETag"] = etag_of(self.tag, coding)
        if "HTTP_IF_NONE_MATCH" in request.META or "HTTP_IF_MATCH" in request.META:
            return get_conditional_response(request, etag=etag, response=response) or response
        return response


def not_modified(tag: str, coding: str) -> HttpResponse:
    """304, for a client that has named the ETag: only we can have told it."""
    headers = {"Cache-Control": CACHE_CONTROL, "Vary": "Accept-Encoding", "ETag": etag_of(tag, coding)}
    return HttpResponseNotModified(headers=headers)


def etag_of(tag: str, coding: str) -> str:
    """The header: strong, and another one for each coding."""
    return f'"{tag}{SUFFIXES[coding]}"'


def digest_of(content: bytes, key: bytes = b"") -> str:
    """A name for bytes, which without the key nobody can make."""
    return hashlib.blake2b(content, digest_size=15, key=key).hexdigest()


def chosen_coding(accepted: str) -> str:
    """The coding for a client's Accept-Encoding; empty where it takes or prefers none."""
    return _chosen(accepted) if len(accepted) <= 200 else ""


@lru_cache(256)
def _chosen(accepted: str) -> str:
    weights = dict(map(_weight, accepted.lower().split(",")))
    anything = weights.get("*", 0.0)
    wanted = {coding: weights.get(coding, anything) for coding in CODINGS}
    best = max(wanted, key=lambda coding: wanted[coding])  # the first of equals
    return best if wanted[best] > 0 and wanted[best] >= weights.get("identity", 0.0) else ""


def _weight(part: str) -> tuple[str, float]:
    coding, _, parameters = part.partition(";")
    name, _, value = parameters.replace(" ", "").partition("=")
    try:
        return coding.strip(), float(value) if name == "q" else 1.0
    except ValueError:
        return coding.strip(), 0.0
