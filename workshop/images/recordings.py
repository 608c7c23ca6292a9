"""Uploads that are no pictures: sound, film, papers, captions; checked by what is in them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File

TEXT_MAX_BYTES = 4 * 1024 * 1024
HEAD = 16

CHECKS: dict[str, tuple[str, Callable[[bytes], bool]]] = {
    ".mp4": ("an MP4 film", lambda head: head[4:8] == b"ftyp"),
    ".m4a": ("M4A sound", lambda head: head[4:8] == b"ftyp"),
    ".webm": ("a WebM film", lambda head: head.startswith(b"\x1a\x45\xdf\xa3")),
    ".mp3": ("MP3 sound", lambda head: head.startswith(b"ID3") or head[0] == 0xFF and head[1] & 0xE0 == 0xE0),
    ".ogg": ("Ogg sound", lambda head: head.startswith(b"OggS")),
    ".oga": ("Ogg sound", lambda head: head.startswith(b"OggS")),
    ".pdf": ("a PDF", lambda head: head.startswith(b"%PDF-")),
}
TEXTS = {".txt": "plain text in UTF-8", ".vtt": "captions in WebVTT, which begin with the word WEBVTT"}


def check(upload: File) -> None:
    """Raises ValidationError, with a sentence, for a file that is too large or not what its name says."""
    size, ending = upload.size or 0, PurePath(upload.name or "").suffix.lower()
    if size > settings.RECORDING_MAX_BYTES:
        megabytes = settings.RECORDING_MAX_BYTES // 1024 // 1024
        raise ValidationError(f"The file is larger than {megabytes} MB. Give the address of a provider instead.")
    upload.seek(0)
    if ending in TEXTS:
        if size > TEXT_MAX_BYTES or not _is_text(upload.read(TEXT_MAX_BYTES), ending):
            raise ValidationError(f"The file ends in {ending}, but it is not {TEXTS[ending]}.")
    elif ending in CHECKS:
        kind, looks_right = CHECKS[ending]
        if not looks_right(upload.read(HEAD).ljust(HEAD, b"\0")):
            raise ValidationError(f"The file ends in {ending}, but it is not {kind}.")
    else:
        raise ValidationError("Files of this kind are not kept here.")
    upload.seek(0)


def _is_text(content: bytes, ending: str) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return "\0" not in text and (ending != ".vtt" or text.startswith("WEBVTT"))
