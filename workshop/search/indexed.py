"""What a source makes of a record, before it lies in a database."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote

from django.utils.http import RFC3986_SUBDELIMS

from workshop.common.writing.rendering import readable
from workshop.search.kinds import DAY_SHIFT, FIRST_SHIFT, RECORD_SHIFT, RECORDS, TURN
from workshop.search.text import BREAK, column, joined, read_words, vocabulary

Words = list[tuple[str, ...]]  # of one text, as ``read_words`` answers
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class TermRef:
    """A value of a facet with what readers call it in both languages."""

    facet: int
    value: str
    label: str = ""
    label_ko: str = ""


@dataclass(frozen=True)
class Indexed:
    """A public record as the index keeps it.

    ``title`` are its own names, ``names`` those of whom and what it is linked to,
    ``body`` its longer texts; ``others`` what else it is called.
    """

    kind: str
    object_id: int
    date: dt.date | None
    updated: dt.datetime
    shown: dict[str, Any]
    title: tuple[str, ...]
    names: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    terms: tuple[TermRef, ...] = ()
    until: dt.datetime | None = None
    code: str = ""
    first: bool = False  # before all that is not, whatever its date

    @cached_property
    def ord(self) -> int:
        """The order key: kind, whether it leads, day, then the order of entry."""
        day = self.date.toordinal() if self.date else 0
        leads = int(self.first) << FIRST_SHIFT
        return RECORDS[self.kind] << RECORD_SHIFT | leads | day << DAY_SHIFT | TURN - self.object_id

    @cached_property
    def _read(self) -> tuple[list[Words], list[Words], list[Words]]:
        """The words of its texts, each read once."""
        columns = ([*self.title, *self.others], self.names, self.body)
        own, names, body = ([read_words(text) for text in texts if text] for texts in columns)
        return own, names, body

    @cached_property
    def columns(self) -> tuple[list[str], list[str], list[str]]:
        """The tokens of title, names and body; behind the names, compounds written as one word."""
        own, names, body = self._read
        written = [form for text in [*self.title, *self.others, *self.names] for form in joined(text)]
        return column(own), [*column(names), *([BREAK, *written] if written else [])], column(body)

    @cached_property
    def name_words(self) -> set[str]:
        """The words of its own names, as they are written."""
        own, _, _ = self._read
        return {word[0] for text in own for word in text if word[0]}

    @cached_property
    def spellings(self) -> set[str]:
        """Its words as they are written."""
        return vocabulary(text for texts in self._read for text in texts)

    @property
    def passage_text(self) -> str:
        """The texts that passages are cut from, one a line."""
        return "\n".join(" ".join(text.split()) for text in self.body if text)

    @cached_property
    def shown_text(self) -> str:
        """What is shown, as JSON."""
        return json.dumps(self.shown, ensure_ascii=False, separators=(",", ":"))

    @cached_property
    def digest(self) -> str:
        """The same for the same content."""
        return _digest(
            self.ord, self.updated, self.until, self.shown_text, self.title, self.names, self.body, self.terms
        )

    @cached_property
    def face(self) -> str:
        """The same as long as nothing changes that other records show of it."""
        return _digest(self.shown.get("path"), self.title, self.until, self.others)


def _digest(*parts: Any) -> str:
    return hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def padded(code: str) -> str:
    """A code whose numbers sort as numbers: kw12-r99 before kw12-r100."""
    return _NUMBER.sub(lambda found: found.group().zfill(8), code)[:120]


def path_of(*steps: str) -> str:
    """An address below the language's root, quoted as Django's ``reverse`` quotes it."""
    return quote("/".join(steps) + "/", safe=f"{RFC3986_SUBDELIMS}/~:@")


def earliest(moments: Iterable[dt.datetime | None]) -> dt.datetime | None:
    """The first of the moments that are set."""
    return min((moment for moment in moments if moment), default=None)


def prose(record: Any, *names: str) -> list[str]:
    """The same of longer texts, without their marks and the addresses of their links."""
    return [readable(text) for text in both(record, *names)]


def both(record: Any, *names: str) -> list[str]:
    """Texts of a record in both languages, without the empty ones."""
    texts = [getattr(record, each) for name in names for each in (name, f"{name}_ko")]
    return [text for text in texts if text]
