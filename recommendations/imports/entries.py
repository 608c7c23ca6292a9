"""What a row says, whatever table it stood in; and what makes it the same row again."""

from __future__ import annotations

import datetime as dt
import hashlib
import html
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from recommendations.models import Modality, Origin, Polarity
from workshop.common.dates import Precision
from workshop.models import Scheme

UNKNOWN = frozenset({"", "(unknown)", "unknown", "-", "n/a"})


class Refused(Exception):
    """A row that cannot be taken; the message says why."""


@dataclass(frozen=True)
class Entry:
    """A recommendation to be: names are still names, not records.

    ``identity`` is what tells rows apart, ``ask`` what those share that ask the
    same of the same; an empty ``ask`` is shared with nobody.
    """

    line: int
    identity: tuple[str, ...]
    statement: str
    ask: tuple[str, ...] = ()
    code: str = ""  # as given, or the stem that digits of the identity follow
    code_given: bool = False
    statement_ko: str = ""
    detail: str = ""
    rationale: str = ""
    proposers: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    scheme: str = Scheme.PROGRAMME
    origin: str = Origin.UN_MECHANISM
    edition: str = ""
    made_on: dt.date | None = None
    precision: str = Precision.DAY
    session: str = ""
    symbol: str = ""
    answer: str = ""
    action: int | None = None
    modality: str = Modality.SHOULD
    polarity: str = Polarity.DO
    notes: tuple[str, ...] = ()

    @property
    def identity_hash(self) -> str:
        """SHA-256, in hex, of the parts of the identity joined by line feeds, in UTF-8."""
        return digest(self.identity)

    @property
    def ask_hash(self) -> str:
        """The same of what rows share that ask the same; empty where that is nothing."""
        return digest(self.ask) if self.ask else ""

    @property
    def content_hash(self) -> str:
        """The same of what may change in a row without making it another one."""
        return digest(
            [
                *(self.statement_ko, self.detail, self.rationale, self.origin, self.edition, self.precision),
                *(str(self.made_on), self.session, self.symbol, self.answer, str(self.action), self.modality),
                *(self.polarity, self.scheme, "\t".join(sorted(self.themes)), "\t".join(self.addressees)),
            ]
        )


def digest(parts: Iterable[str]) -> str:
    """SHA-256, in hex, of parts that hold no line feed."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def folded(cell: str) -> str:
    """A cell as one line: entities such as ``&#40;`` decoded, accents composed, blanks folded."""
    text = html.unescape(cell) if "&" in cell else cell
    return " ".join((text if text.isascii() else unicodedata.normalize("NFC", text)).split())


def kept(cell: str) -> str:
    """A longer text: entities decoded, its lines kept."""
    lines = html.unescape(cell).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return unicodedata.normalize("NFC", "\n".join(line.rstrip() for line in lines)).strip()


def split(cell: str, at: str = ",") -> tuple[str, ...]:
    """Several values in one cell, each once, in their order."""
    values = (folded(value) for value in cell.split(at))
    return tuple(dict.fromkeys(value for value in values if value))


def key_of(name: str) -> str:
    """A name as it is compared: no case, no accents, no punctuation, "and" for "&", "Saint" for "St"."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    words = re.findall(r"\w+", plain.replace("&", " and ").replace("'", "").replace("’", ""))
    words = ["saint" if word == "st" else word for word in words if word != "the"]
    return unicodedata.normalize("NFC", " ".join(words))


def code_in(column: str, value: str, vocabulary: Mapping[str, Any]) -> Any:
    """The value of a vocabulary. Raises ``Refused`` for a code that is not in it, naming those that are."""
    if value.casefold() not in vocabulary:
        codes = [code for code in vocabulary if code]
        known = ", ".join(codes[:12]) + (f" and {len(codes) - 12} more" if len(codes) > 12 else "")
        raise Refused(f"“{column}” holds the unknown code “{value[:40]}”; known are {known}.")
    return vocabulary[value.casefold()]
