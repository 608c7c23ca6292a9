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
from collections.abc import Collection, Iterable
from itertools import pairwise
from typing import Any
from urllib.parse import unquote

from django.core.exceptions import ValidationError

from workshop.search.text import Word, words
from workshop.takedown.spelling import HANGUL, folded, forms, joined, key_of, near, plain

MARK = "[removed]"
MOST_WORDS = 8  # in one name


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
        self.keys = [key_of(phrase) for phrase in self.phrases]

    def has(self, phrase: str) -> bool:
        """Whether a phrase, as ``joined`` makes it, is one of the names."""
        return phrase in self.phrases

    def words(self) -> set[str]:
        """The single words of the names, folded."""
        return {word for phrase in self.phrases for word in phrase.split()}

    def may_stand_in(self, text: str) -> bool:
        """False for nearly all texts without a name: their words need not be looked at."""
        whole = folded(text)
        return any(key in whole for key in self.keys)

    # --- in a text -----------------------------------------------------------------------

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where names stand in a text that ``plain`` has made, from left to right."""
        if not self.may_stand_in(text):
            return []
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
        for first, second in pairwise(tokens[at : at + self.longest]):
            if not near(text, first, second):
                break
            reach += 1
        for count in range(reach, 0, -1):
            *before, last = tokens[at : at + count]
            for form, end in forms(last):
                if len(phrase := joined([*before, last._replace(form=form)])) in self.lengths and self.has(phrase):
                    return tokens[at].start, end
        return self._within(tokens[at])

    def _within(self, token: Word) -> tuple[int, int] | None:
        if not token.cjk or HANGUL.fullmatch(token.form) or len(token.form) != token.end - token.start:
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

    def may_stand_in(self, text: str) -> bool:
        return bool(text)  # nobody can tell before looking at every word


def digest(phrase: str, key: bytes) -> str:
    """A phrase as nobody reads it who has not the key."""
    return hmac.digest(key, phrase.encode(), hashlib.sha256).hex()[:32]
