"""Words as the index knows them: folded, stemmed, and Hangul in pairs of syllables.

The same functions read records and queries, and both databases store what they
make, so that a search finds the same on either. English is stemmed by Snowball;
Hangul, Han and Kana have no stems here, but each run of them is cut into pairs of
neighbours, so that 거버넌스 is found in 거버넌스를 and a word of two syllables is found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from snowballstemmer import stemmer

LONGEST_WORD = 60
MOST_KNOWN = 200_000  # words that are kept in memory
SHORTEST, LONGEST_SPELLING = 3, 30  # of a word that may be misspelt
# A tsvector counts no further than this; what is beyond it is in neither index.
MOST_TOKENS = 16_000
BREAK = "\ue000"  # stands between two texts, so that no phrase spans them; nobody types it

_CJK = "\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
_WORD = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+(?:['’ʼ´`][^\W_{_CJK}]+)*")
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+(?:['`][A-Za-z0-9]+)*")  # the same, three times as fast
_JOINED = re.compile(rf"[^\W_{_CJK}]+(?:['’ʼ´`‐‑-][^\W_{_CJK}]+)+")
_IS_CJK = re.compile(rf"[{_CJK}]")
_APOSTROPHES = re.compile("['’ʼ´`]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_ENGLISH = stemmer("english")


class Word(NamedTuple):
    """A word where it stands in a text; ``form`` is how it is compared."""

    start: int
    end: int
    form: str
    cjk: bool


def clean(text: str) -> str:
    """The text composed (NFC), without characters that nobody sees; controls become blanks."""
    return _CONTROL.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text)))


def words(text: str) -> Iterator[Word]:
    """The words of a cleaned text, in order."""
    for found in (_ASCII_WORD if text.isascii() else _WORD).finditer(text):
        if form := fold(found.group()):
            yield Word(found.start(), found.end(), form, not form.isascii() and bool(_IS_CJK.match(form)))


@lru_cache(maxsize=10_000)
def fold(word: str) -> str:
    """Lower case, without accents, ligatures and apostrophes: São is sao, CO₂ is co2."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))
    parts = _APOSTROPHES.split(unicodedata.normalize("NFC", bare).casefold())
    if len(parts) > 1 and parts[-1] == "s":
        parts.pop()
    return re.sub(r"[\W_]", "", "".join(parts))[:LONGEST_WORD]


@lru_cache(maxsize=10_000)
def stem(form: str) -> str:
    """What a folded word has in common with its other forms; a number stays as it is."""
    return _ENGLISH.stemWord(form) if form.isalpha() and form.isascii() else form


def pairs(run: str) -> list[str]:
    """A run of Hangul, Han or Kana as pairs of neighbours; a single character alone."""
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


class _Known(dict[str, tuple[str, ...]]):
    """Words as they stand in texts, with their form and their tokens: most come again and again."""

    def __missing__(self, raw: str) -> tuple[str, ...]:
        if len(self) >= MOST_KNOWN:
            self.clear()
        form = fold(raw)
        if not form:
            found: tuple[str, ...] = ("",)
        elif form.isascii() or not _IS_CJK.match(form):
            found = (form, stem(form))
        else:
            found = (form, *pairs(form), *([form[-1]] if len(form) > 1 else []))
        self[raw] = found
        return found


_known = _Known()


def read_words(text: str) -> list[tuple[str, ...]]:
    """The words of a text, each as its form and the tokens that the index keeps of it.

    The last syllable of a run of Hangul stands alone as well: one that is asked for
    alone is then found at the end of a run as at its beginning.
    """
    text = clean(text)
    return [_known[raw] for raw in (_ASCII_WORD if text.isascii() else _WORD).findall(text)]


def column(texts: Iterable[Sequence[tuple[str, ...]]]) -> list[str]:
    """The tokens of several texts, with a break between them."""
    kept: list[str] = []
    for text in texts:
        if text:
            kept += [BREAK] if kept else []
            for word in text:
                kept += word[1:]
    return kept[:MOST_TOKENS]


def joined(text: str) -> list[str]:
    """Words with a hyphen or an apostrophe written as one: Tae-ung as taeung."""
    return [stem(fold(re.sub("[‐‑-]", "", found.group()))) for found in _JOINED.finditer(clean(text))]


def vocabulary(texts: Iterable[Sequence[tuple[str, ...]]]) -> set[str]:
    """The words that a misspelt one is compared with."""
    return {word[0] for text in texts for word in text if SHORTEST <= len(word[0]) <= LONGEST_SPELLING}
