"""Names and words, and where they stand in a text, however they are written there.

Case, accents, hyphens and blanks do not matter; word boundaries do: Kim does not
stand in Kimberley. Hangul may carry an ending (김진흙은) or be spaced (김 진흙); in
Han and Kana there are no boundaries. A name is known by itself, or by a keyed digest
alone, which finds it as well and tells it to nobody.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from typing import Any
from urllib.parse import unquote

from django.core.exceptions import ValidationError

from workshop.search.text import Word, words

MARK = "[removed]"
MOST_WORDS = 8  # in one name
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_HANGUL = re.compile("[\uac00-\ud7a3]+")
# Titles and particles that are written on to a Korean name.
_ENDING = re.compile(
    "(?:씨|님|군|양|교수|박사|대사|선생|위원장|위원|의원|판사|검사|변호사|장관|차관|대표|소장|원장|총장|회장|이사장|이사|국장|기자|목사|신부|수녀|님들|들)*"
    "(?:은|는|이|가|을|를|의|에게서|에게|에서|에|께서|께|와|과|도|만|까지|부터|처럼|보다|으로|로|이라고|라고|이라는|라는|이며|며|이고|고|이나|나|이다|이었다|였다|한테|랑|이랑)*"
)
_BETWEEN = re.compile(
    r"[^\w!?;:()\[\]\n]{0,4}\n?[^\w!?;:()\[\]\n]{0,4}|_"
)  # what may stand between two words of a name


def plain(text: str) -> str:
    """The text composed (NFC) and without characters that nobody sees."""
    return text if text.isascii() else _INVISIBLE.sub("", unicodedata.normalize("NFC", text))


class Names:
    """Names that are known. Raises ValidationError for none, and for one that is too short to be told apart."""

    def __init__(self, names: Iterable[str]) -> None:
        self.phrases: dict[str, int] = {}  # and how many words each has
        for name in names:
            tokens = list(words(plain(name).replace("_", " ")))
            if not tokens:
                continue
            phrase = joined(tokens)
            if len(phrase) < 2 or len(tokens) > MOST_WORDS:
                raise ValidationError(f"“{name}” is too short or too long to be looked for: give a whole name.")
            self.phrases[phrase] = len(tokens)
        if not self.phrases:
            raise ValidationError("Give at least one name, or one word.")
        self.longest = min(MOST_WORDS, max(self.phrases.values()) + 2)  # 김 진흙 is two words, 김진흙 one
        self.lengths = {len(phrase) for phrase in self.phrases}

    def has(self, phrase: str) -> bool:
        """Whether a phrase, as ``joined`` makes it, is one of the names."""
        return phrase in self.phrases

    def words(self) -> set[str]:
        """The single words of the names, folded."""
        return {word for phrase in self.phrases for word in phrase.split()}

    # --- in a text -----------------------------------------------------------------------

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where names stand in a text that ``plain`` has made, from left to right."""
        tokens = list(words(text.replace("_", " ")))
        found: list[tuple[int, int]] = []
        at = 0
        while at < len(tokens):
            span = self._at(text, tokens, at)
            if span is None:
                at += 1
                continue
            found.append(span)
            while at < len(tokens) and tokens[at].start < span[1]:
                at += 1
        return found

    def _at(self, text: str, tokens: list[Word], at: int) -> tuple[int, int] | None:
        """The longest name that begins with this word; within Han or Kana, the first that stands in it."""
        reach = 1
        while (
            reach < self.longest and at + reach < len(tokens) and _near(text, tokens[at + reach - 1 : at + reach + 1])
        ):
            reach += 1
        for count in range(reach, 0, -1):
            *before, last = tokens[at : at + count]
            for form, end in _forms(last):
                if len(phrase := joined([*before, last._replace(form=form)])) in self.lengths and self.has(phrase):
                    return tokens[at].start, end
        return self._within(tokens[at])

    def _within(self, token: Word) -> tuple[int, int] | None:
        if not token.cjk or _HANGUL.fullmatch(token.form) or len(token.form) != token.end - token.start:
            return None
        for start in range(len(token.form)):
            for length in sorted(self.lengths, reverse=True):
                if start + length <= len(token.form) and self.has(token.form[start : start + length]):
                    return token.start + start, token.start + start + length
        return None

    def without(self, text: str) -> str:
        """The text with a mark in the place of each name; unchanged where there is none."""
        cleaned = plain(text)
        spans = self.spans(cleaned)
        if not spans:
            return text
        pieces, at = [], 0
        for start, end in spans:
            pieces += [cleaned[at:start], MARK]
            at = end
        return "".join([*pieces, cleaned[at:]])

    def stand_in(self, text: str) -> bool:
        """Whether a name stands in a text, or in the address that it is."""
        return bool(self.spans(plain(text)) or "%" in text and self.spans(plain(unquote(text))))

    def out_of(self, value: Any) -> Any:
        """JSON, or JSON as text, or a text, with a mark in the place of each name."""
        if isinstance(value, dict):
            return {self.out_of(name): self.out_of(each) for name, each in value.items()}
        if isinstance(value, list):
            return [self.out_of(each) for each in value]
        if not isinstance(value, str):
            return value
        if value[:1] in ("[", "{"):  # it may be written with escapes, as the admin's history is
            try:
                parsed = json.loads(value)
            except ValueError:
                return self.without(value)
            cleaned = self.out_of(parsed)
            return value if cleaned == parsed else json.dumps(cleaned)
        return self.without(value)


class Digests(Names):
    """Names of which only keyed digests are known."""

    def __init__(self, digests: Collection[str], lengths: Iterable[int], longest: int, key: bytes) -> None:
        self.digests, self.lengths, self.longest, self.key = set(digests), set(lengths), longest, key
        self.known: dict[str, bool] = {}

    def has(self, phrase: str) -> bool:
        if phrase not in self.known:
            if len(self.known) > 500_000:
                self.known.clear()
            self.known[phrase] = digest(phrase, self.key) in self.digests
        return self.known[phrase]

    def words(self) -> set[str]:
        return set()


def digest(phrase: str, key: bytes) -> str:
    """A phrase as nobody reads it who has not the key."""
    return hmac.digest(key, phrase.encode(), hashlib.sha256).hex()[:32]


def joined(tokens: Iterable[Word]) -> str:
    """Words as one phrase: with a blank between them, but not between two of Hangul, Han or Kana."""
    phrase, cjk = "", False
    for token in tokens:
        phrase += ("" if not phrase or (cjk and token.cjk) else " ") + token.form
        cjk = token.cjk
    return phrase


def _near(text: str, two: list[Word]) -> bool:
    """Whether two words may be of one name, by what stands between them."""
    first, second = two
    return _BETWEEN.fullmatch(text, first.end, second.start) is not None


def _forms(token: Word) -> Iterator[tuple[str, int]]:
    """The word, and where it ends; then without what may be written on to it in Hangul."""
    yield token.form, token.end
    if token.cjk and _HANGUL.fullmatch(token.form) and len(token.form) == token.end - token.start:
        for length in range(len(token.form) - 1, 0, -1):
            if _ENDING.fullmatch(token.form, length):
                yield token.form[:length], token.start + length
