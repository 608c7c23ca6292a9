"""Invented words, English-like and Korean, drawn as a language draws them (Zipf)."""

from __future__ import annotations

from functools import cache
from itertools import accumulate
from random import Random

VOCABULARY, KOREAN_VOCABULARY = 20_000, 2_000

_ONSETS = (*"bcdfghklmnprstvw", "br", "cl", "cr", "dr", "fl", "gr", "pl", "pr", "sl", "st", "tr", "sh", "th")
_VOWELS = (*"aeiou", "ai", "ea", "oa", "ou")
_MIDDLES = ("", "", "", "n", "r", "l", "m", "t")
_CODAS = (*"nrlmtkp", "nd", "nt", "rt", "lm", "rn", "ld", "ck")
_ENDINGS = ("s", "ed", "ing")
_SYLLABLES = (
    "가나다라마바사아자차카타파하거너더러머버서어저고노도로모보소오조구누두루무부수우주기니디리미비시이지강관권남"
    "단담당대동만명문민발방법변병북분산상생선설성속신실안양언업연영원월유은의인일임장재전정제중직진청체총통판평표품"
    "한합해행현형호화환회"
)
_PARTICLES = ("", "", "를", "은", "이", "에", "의", "에서", "으로")


@cache
def vocabulary() -> tuple[str, ...]:
    """The English-like words, the most frequent first. A quarter are inflected forms of the word before."""
    random, words = Random("vocabulary"), dict[str, None]()
    while len(words) < VOCABULARY:
        parts = random.choices(_ONSETS, k=2) + random.choices(_VOWELS, k=2)
        stem = parts[0] + parts[2] + random.choice(_MIDDLES) + parts[1] + parts[3] + random.choice(_CODAS)
        words[stem] = None
        if random.random() < 1 / 3:
            words[stem + random.choice(_ENDINGS)] = None
    return tuple(words)[:VOCABULARY]


@cache
def korean_vocabulary() -> tuple[str, ...]:
    """Korean-looking nouns of two or three syllables, the most frequent first."""
    random, words = Random("korean"), dict[str, None]()
    while len(words) < KOREAN_VOCABULARY:
        words["".join(random.choices(_SYLLABLES, k=random.choice((2, 2, 3))))] = None
    return tuple(words)


def zipf(size: int) -> list[float]:
    """Cumulative weights: the word of rank r is drawn 1/r as often as the first."""
    return list(accumulate(1 / rank for rank in range(1, size + 1)))


class Writer:
    """Writes sentences and paragraphs out of a source of randomness."""

    def __init__(self, random: Random):
        self.random = random
        self._words, self._weights = vocabulary(), zipf(VOCABULARY)
        self._korean, self._korean_weights = korean_vocabulary(), zipf(KOREAN_VOCABULARY)

    def words(self, count: int) -> list[str]:
        """So many words, as a language would draw them."""
        return self.random.choices(self._words, cum_weights=self._weights, k=count)

    def phrase(self, count: int) -> str:
        """So many words with a capital, for titles."""
        return " ".join(self.words(count)).capitalize()

    def sentence(self, least: int, most: int) -> str:
        """One sentence of ``least`` to ``most`` words."""
        return f"{self.phrase(self.random.randint(least, most))}."

    def paragraph(self, count: int) -> str:
        """So many words, in sentences of fourteen."""
        words = self.words(count)
        return " ".join(f"{' '.join(words[at : at + 14]).capitalize()}." for at in range(0, count, 14))

    def text(self) -> str:
        """A text of 60 to 150 words."""
        return self.paragraph(self.random.randint(60, 150))

    def korean(self, least: int, most: int) -> str:
        """One Korean-looking sentence: nouns with particles."""
        count = self.random.randint(least, most)
        nouns = self.random.choices(self._korean, cum_weights=self._korean_weights, k=count)
        return " ".join(map("".join, zip(nouns, self.random.choices(_PARTICLES, k=count), strict=True))) + "."
