"""Uploads that are no pictures: sound, film, papers, captions; checked by what is in them, and stripped.

As with pictures, this takes time: callers run it outside of a transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

from workshop.images import captions
from workshop.images.stripping import Damaged, Refused, mp3, mp4, ogg, webm

TEXT_MAX_BYTES = 4 * 1024 * 1024
HEAD = 16
TAIL = 4096

# ending -> what it is, how it begins, and what frees it of all but picture and sound: gives the new size
KINDS: dict[str, tuple[str, Callable[[bytes], bool], Callable[[Any, int], int]]] = {
    ".mp4": ("an MP4 film", lambda head: head[4:8] == b"ftyp", partial(mp4.strip, needs=mp4.FILM)),
    ".m4a": ("M4A sound", lambda head: head[4:8] == b"ftyp", partial(mp4.strip, needs=mp4.SOUND)),
    ".webm": ("a WebM film", lambda head: head.startswith(webm.HEAD), webm.strip),
    ".mp3": ("MP3 sound", lambda head: head.startswith((b"ID3", b"\xff")), mp3.strip),
    ".ogg": ("Ogg sound", lambda head: head.startswith(b"OggS"), ogg.strip),
    ".oga": ("Ogg sound", lambda head: head.startswith(b"OggS"), ogg.strip),
    ".pdf": ("a PDF", lambda head: head.startswith(b"%PDF-"), lambda file, size: _whole_pdf(file, size)),
}


def clean(upload: Any) -> Any:
    """The upload itself, checked, and stripped where it lies; once is enough.

    Raises ValidationError, with a sentence, for a file that is too large, not
    what its name says, damaged, or holds what cannot be taken out.
    """
    if getattr(upload, "is_stripped", False):
        return upload
    size, ending = upload.size or 0, PurePath(upload.name or "").suffix.lower()
    if size > settings.RECORDING_MAX_BYTES:
        megabytes = settings.RECORDING_MAX_BYTES // 1024 // 1024
        raise ValidationError(f"The file is larger than {megabytes} MB. Give the address of a provider instead.")
    upload.seek(0)
    try:
        if ending in {".txt", ".vtt"}:
            _check_text(upload.read(TEXT_MAX_BYTES + 1), ending)
        elif ending in KINDS:
            upload.size = _stripped(upload, size, ending)
        else:
            raise Refused("Files of this kind are not kept here.")
    except Refused as refusal:
        raise ValidationError(str(refusal)) from refusal
    upload.is_stripped = True
    upload.seek(0)
    return upload


def _stripped(upload: Any, size: int, ending: str) -> int:
    kind, looks_right, strip = KINDS[ending]
    if not looks_right(upload.read(HEAD).ljust(HEAD, b"\0")):
        raise Refused(f"The file ends in {ending}, but it is not {kind}.")
    return strip(upload.file, size)


def _whole_pdf(file: Any, size: int) -> int:
    file.seek(max(0, size - TAIL))
    if b"%%EOF" not in file.read(TAIL):
        raise Damaged
    return size


def _check_text(content: bytes, ending: str) -> None:
    kind = "plain text in UTF-8" if ending == ".txt" else "captions in UTF-8"
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(f"The file ends in {ending}, but it is not {kind}.") from error
    if "\0" in text or len(content) > TEXT_MAX_BYTES:
        raise Refused(f"The file ends in {ending}, but it is not {kind}, or too long.")
    if ending == ".vtt":
        captions.check(text)
