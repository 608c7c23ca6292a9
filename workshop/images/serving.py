"""Which files the world may have, and how they are sent.

Every folder of the storage has one function that says whether a file in it
belongs to something public. Apps add theirs in ``ready()``; a file in a folder
without one is never served.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import PurePath

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import http_date, parse_etags

TYPES = {
    ".avif": "image/avif",
    ".webp": "image/webp",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
    ".pdf": "application/pdf",
    ".txt": "text/plain; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
}
# Whatever a file says it is, it runs nothing, frames nothing, and goes by no name.
ALWAYS = {
    "Accept-Ranges": "bytes",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Content-Disposition": "inline",
}
CHUNK = 64 * 1024
NAME = re.compile(r"(?P<folder>[a-z]+)/[0-9a-f]{32}[-0-9a-z]{0,20}(?P<ending>\.[a-z0-9]{2,4})")
RANGE = re.compile(r"bytes=([0-9]*)-([0-9]*)")

_folders: dict[str, Callable[[str], bool]] = {}


def register(folder: str, provides: Callable[[str], bool]) -> None:
    """Let files of a folder be served where the function says so of their name."""
    _folders[folder] = provides


def may_serve(name: str) -> bool:
    """True for a file of an allowed type that belongs to something public."""
    found = NAME.fullmatch(name)
    if not found or found["folder"] not in _folders or found["ending"] not in TYPES:
        return False
    return _folders[found["folder"]](name)


def send(request: HttpRequest, name: str, cache: str) -> HttpResponseBase:
    """The file, the part of it that was asked for, or that it has not changed.

    Raises FileNotFoundError where the storage has no such file.
    """
    size = default_storage.size(name)
    changed = default_storage.get_modified_time(name)
    etag = f'"{hashlib.sha256(f"{name} {size} {changed.timestamp()}".encode()).hexdigest()[:32]}"'
    response: HttpResponseBase
    if _matches(request.headers.get("If-None-Match", ""), etag):
        response = HttpResponseNotModified()
    else:
        response = _body(request, name, size, etag)
        response.headers["Last-Modified"] = http_date(changed.timestamp())
    for header, value in {"ETag": etag, "Cache-Control": cache, **ALWAYS}.items():
        response.headers[header] = value
    return response


def _matches(header: str, etag: str) -> bool:
    weak = {tag.removeprefix("W/") for tag in parse_etags(header)}
    return bool(weak & {etag, "*"})


def _body(request: HttpRequest, name: str, size: int, etag: str) -> HttpResponseBase:
    kind = TYPES[PurePath(name).suffix]
    wanted = request.headers.get("Range", "") if request.headers.get("If-Range", etag) == etag else ""
    try:
        part = _part(wanted, size)
    except ValueError:
        return HttpResponse(status=416, content_type=kind, headers={"Content-Range": f"bytes */{size}"})
    first, last = part or (0, size - 1)
    length = last - first + 1
    headers = {"Content-Length": str(length)}
    if part:
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    status = 206 if part else 200
    if request.method == "HEAD":
        return HttpResponse(status=status, content_type=kind, headers=headers)
    return StreamingHttpResponse(_read(default_storage.open(name), first, length), kind, status, headers=headers)


def _part(wanted: str, size: int) -> tuple[int, int] | None:
    """First and last byte asked for; None for all of them.

    Raises ValueError for a range that the file does not have. What is no range
    of bytes, or several at once, is answered with the entire file.
    """
    found = RANGE.fullmatch(wanted.strip())
    if not found or not any(found.groups()):
        return None
    first, last = found.groups()
    if not first:
        span = (max(0, size - int(last)), size - 1)
        if int(last) == 0:
            raise ValueError(wanted)
    else:
        span = (int(first), min(int(last), size - 1) if last else size - 1)
        if last and int(last) < int(first):
            return None
    if span[0] >= size:
        raise ValueError(wanted)
    return span


def _read(file: File, first: int, length: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        while length > 0 and (chunk := file.read(min(CHUNK, length))):
            length -= len(chunk)
            yield chunk
