"""Bytes to text: which encoding and line ends a CSV file has."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_NAMES = {"mac-roman": "Mac OS Roman", "utf-8": "UTF-8", "utf-8-sig": "UTF-8 with a byte order mark"}
_NAMES |= {"cp1252": "Windows-1252", "utf-16": "UTF-16 with a byte order mark"}
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ENDS = {"\r\n": "carriage return and line feed", "\r": "carriage returns", "\n": "line feeds"}


class Undecodable(Exception):
    """Bytes that are no text in the encoding; the message is a sentence."""


@dataclass(frozen=True)
class Detected:
    """What a file turned out to be, in words."""

    format: str
    encoding: str = ""
    line_ends: str = ""
    why: str = ""  # how the encoding was found

    def __str__(self) -> str:
        if not self.encoding:
            return self.format
        return f"{self.format}, {self.encoding} ({self.why}), lines end in {self.line_ends}"


def decode(data: bytes, encoding: str = "") -> tuple[str, Detected]:
    """The text of a CSV file. An encoding that is given wins; else a mark, else the line ends, else a try.

    Carriage returns alone are the mark of old Macintosh programs, which wrote
    Mac OS Roman. Raises ``Undecodable`` for an encoding that nobody knows, for
    bytes that are none of its characters, and for a NUL.
    """
    name, why = (_known(encoding), "as you said") if encoding else _guess(data)
    if b"\0" in data and "16" not in name and "32" not in name:
        line = len(re.findall(rb"\r\n|\r|\n", data[: data.index(b"\0")])) + 1
        raise Undecodable(f"Line {line} holds a NUL byte: this is no text file, or it was damaged.")
    try:
        text = data.decode(name)
    except UnicodeError as error:
        place = f" (byte {error.start + 1:,})" if isinstance(error, UnicodeDecodeError) else ""
        raise Undecodable(f"The file is no {_NAMES.get(name, name)} text{place}: name its encoding.") from None
    if "\0" in text:
        raise Undecodable("The file holds a NUL character: its encoding is another one, or it was damaged.")
    end = re.search(r"\r\n|\r|\n", text)
    return text, Detected("CSV", _NAMES.get(name, name), _ENDS[end.group()] if end else "nothing", why)


def _guess(data: bytes) -> tuple[str, str]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name, "its first bytes say so"
    end = re.search(rb"\r\n|\r|\n", data)
    if end and end.group() == b"\r":
        return "mac-roman", "its lines end in carriage returns"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252", "it is no UTF-8"
    return "utf-8", "its bytes agree with it"


def _known(encoding: str) -> str:
    """Python's name of an encoding of text."""
    try:
        found = codecs.lookup(encoding)
    except (LookupError, ValueError):
        found = None
    if found is None or not found._is_text_encoding:  # type: ignore[attr-defined]  # rot13 and its like are none
        raise Undecodable(f"There is no encoding “{encoding}”. Try utf-8, mac-roman, cp1252 or euc-kr.")
    return found.name
