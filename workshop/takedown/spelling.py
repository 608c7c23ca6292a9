"""How names are spelt in texts: folded words, Hangul with its endings, and a quick look at a whole text."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from workshop.search.text import Word, words

_APOSTROPHES = re.compile("['’ʼ´`]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
HANGUL = re.compile("[\uac00-\ud7a3]+")
# Titles and particles that are written on to a Korean name.
_TITLES = (
    "씨 님 군 양 교수 박사 대사 선생 위원장 위원 의원 판사 검사 변호사 장관 차관 대표 소장 원장 총장 회장 이사장 "
    "이사 국장 기자 목사 신부 수녀 들"
)
_PARTICLES = (
    "은 는 이 가 을 를 의 에게서 에게 에서 에 께서 께 와 과 도 만 까지 부터 처럼 보다 으로 로 이라고 라고 이라는 "
    "라는 이며 며 이고 고 이나 나 이다 이었다 였다 한테 랑 이랑"
)
_ENDING = re.compile(f"(?:{_TITLES.replace(' ', '|')})*(?:{_PARTICLES.replace(' ', '|')})*")
# What may stand between two words of a name.
_BETWEEN = re.compile(r"[^\w!?;:()\[\]\n]{0,4}\n?[^\w!?;:()\[\]\n]{0,4}|_")


def plain(text: str) -> str:
    """The text composed (NFC) and without characters that nobody sees."""
    return text if text.isascii() else _INVISIBLE.sub("", unicodedata.normalize("NFC", text))


def joined(tokens: Iterable[Word]) -> str:
    """Words as one phrase: with a blank between them, but not between two of Hangul, Han or Kana."""
    phrase, cjk = "", False
    for token in tokens:
        phrase += ("" if not phrase or (cjk and token.cjk) else " ") + token.form
        cjk = token.cjk
    return phrase


def near(text: str, first: Word, second: Word) -> bool:
    """Whether two words may be of one name, by what stands between them."""
    return _BETWEEN.fullmatch(text, first.end, second.start) is not None


def forms(token: Word) -> Iterator[tuple[str, int]]:
    """The word, and where it ends; then without what may be written on to it in Hangul."""
    yield token.form, token.end
    if token.cjk and HANGUL.fullmatch(token.form) and len(token.form) == token.end - token.start:
        for length in range(len(token.form) - 1, 0, -1):
            if _ENDING.fullmatch(token.form, length):
                yield token.form[:length], token.start + length


# --- A quick look, before a text is cut into words ---------------------------------------------


def key_of(phrase: str) -> str:
    """A part of a name that stands in any ``folded`` text with it: its longest word, of Hangul the last syllable."""
    word = max(phrase.split(), key=len)
    return folded(word[-1] if any(each.cjk for each in words(word)) else word)


def folded(text: str) -> str:
    """A whole text as ``fold`` makes its words, with everything that stands between them."""
    if text.isascii():
        return text.lower().replace("'", "").replace("`", "")
    bare = _combining().sub("", unicodedata.normalize("NFKD", text))
    return _APOSTROPHES.sub("", unicodedata.normalize("NFKD", bare.casefold()))


@cache
def _combining() -> re.Pattern[str]:
    marks = "".join(char for char in map(chr, range(sys.maxunicode + 1)) if unicodedata.combining(char))
    return re.compile(f"[{marks}]")
