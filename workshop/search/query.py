"""What somebody typed, as clauses that both databases understand.

A query is read, never refused: operators that lead nowhere are passed over, and
what is beyond the bounds is cut off and said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from workshop.search.text import Word, clean, pairs, stem, words

LONGEST = 300  # characters that are read
MOST_CLAUSES = 12
LONGEST_ALIAS = 6  # clauses that may together be one name
# Found in nearly every text; looked for only within quotes, or where nothing else is asked.
STOP_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "for",
        "from",
        "has",
        "have",
        "in",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "that",
        "the",
        "their",
        "this",
        "to",
        "was",
        "were",
        "which",
        "with",
    ]
)
# Korean particles, the longer ones first: 거버넌스를 is asked as 거버넌스.
_PARTICLES = re.compile(
    "(?<=..)(?:에서의|으로의|에게서|에서는|으로서|으로써|에서|에게|으로|까지|부터|이나|처럼|만큼|보다|라는|이라는|"
    "은|는|이|가|을|를|의|에|와|과|도|로|만|나)$"
)
_PIECE = re.compile(r"""(?P<sign>-?)(?:["“”„«](?P<quoted>[^"“”„«»]*)["“”»]|(?P<plain>[^\s"“”„«»]+))""")


@dataclass(frozen=True)
class Phrase:
    """Tokens that follow one another; the last may be the beginning of one."""

    tokens: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True)
class Clause:
    """One of these phrases has to be there. ``forms`` are the words as typed, folded."""

    phrases: tuple[Phrase, ...]
    forms: tuple[str, ...] = ()
    quoted: bool = False


@dataclass(frozen=True)
class Query:
    """All of ``wanted`` and none of ``unwanted``; ``typed`` is what is shown again."""

    typed: str
    wanted: tuple[Clause, ...] = ()
    unwanted: tuple[Clause, ...] = ()
    shortened: bool = False

    def __bool__(self) -> bool:
        """True where there is something to look for."""
        return bool(self.wanted)

    def phrases(self) -> Iterator[Phrase]:
        """What to mark in a passage."""
        return (phrase for clause in self.wanted for phrase in clause.phrases)

    def with_aliases(self, names: Mapping[str, frozenset[str]]) -> Query:
        """The same, with every other name of what is named in it.

        ``names`` maps a phrase, its tokens joined by blanks, to the phrases that
        mean the same.
        """
        wanted: list[Clause] = []
        at = 0
        while at < len(self.wanted):
            for length in range(min(LONGEST_ALIAS, len(self.wanted) - at), 0, -1):
                run = self.wanted[at : at + length]
                if others := names.get(_joined(run)) if length == 1 or not any(c.quoted for c in run) else None:
                    wanted.append(_named(run, others))
                    break
            else:
                length = 1
                wanted.append(self.wanted[at])
            at += length
        return replace(self, wanted=tuple(wanted))

    def aliases_to_look_up(self) -> set[str]:
        """The runs of words in it that may be somebody's other name."""
        return {
            _joined(self.wanted[at : at + length])
            for at in range(len(self.wanted))
            for length in range(1, LONGEST_ALIAS + 1)
        }


def read_query(typed: str) -> Query:
    """The query that somebody typed."""
    text = " ".join(clean(typed[: LONGEST * 4].replace("\x00", " ")).split())
    cut = text[:LONGEST]
    wanted: list[Clause] = []
    unwanted: list[Clause] = []
    for piece in _PIECE.finditer(cut):
        clause = _quoted(piece["quoted"]) if piece["quoted"] is not None else _plain(piece["plain"])
        if clause:
            (unwanted if piece["sign"] else wanted).append(clause)
    kept = _without_stop_words(wanted)
    shortened = len(text) > LONGEST or len(typed) > LONGEST * 4 or len(kept) + len(unwanted) > MOST_CLAUSES
    kept, unwanted = kept[:MOST_CLAUSES], unwanted[: max(0, MOST_CLAUSES - len(kept))]
    return Query(cut, tuple(kept), tuple(unwanted), shortened)


def _quoted(text: str) -> Clause | None:
    found = list(words(text))
    return _phrase(found, quoted=True) if found else None


def _phrase(found: Sequence[Word], *, quoted: bool) -> Clause:
    """Words that follow one another."""
    lone = found[-1].cjk and len(found[-1].form) == 1  # any word that begins with it
    return Clause((Phrase(_in_order(found), prefix=lone),), tuple(word.form for word in found), quoted=quoted)


def _in_order(found: Sequence[Word]) -> tuple[str, ...]:
    """The tokens of words that stand side by side, as the index has them."""
    kept: list[str] = []
    for word in found:
        kept += pairs(word.form) if word.cjk else [stem(word.form)]
        if word.cjk and len(word.form) > 1 and word is not found[-1]:
            kept.append(word.form[-1])
    return tuple(kept)


def _plain(text: str) -> Clause | None:
    """One piece between blanks: A/HRC/25/63 and Tae-ung are phrases of their parts."""
    found = list(words(text))
    if not found:
        return None
    if len(found) > 1:
        return _phrase(found, quoted=False)
    (word,) = found
    if not word.cjk:
        return Clause((Phrase((stem(word.form),)),), (word.form,))
    run = _PARTICLES.sub("", word.form)
    return Clause((Phrase(tuple(pairs(run)), prefix=len(run) == 1),), (word.form,))


def _without_stop_words(clauses: list[Clause]) -> list[Clause]:
    """Without “the” and “of”. Alone they are looked for, because WHO is one of them; “a” is not."""
    kept = [clause for clause in clauses if clause.quoted or not set(clause.forms) <= STOP_WORDS]
    return kept or [clause for clause in clauses if any(len(form) > 1 for form in clause.forms)]


def _joined(run: tuple[Clause, ...]) -> str:
    """The tokens of clauses that stand side by side, as one phrase."""
    return phrase_of(" ".join(form for clause in run for form in clause.forms))


def _named(run: tuple[Clause, ...], others: frozenset[str]) -> Clause:
    own = run[0].phrases[0].tokens if len(run) == 1 else tuple(_joined(run).split())
    phrases = [
        Phrase(own, prefix=run[-1].phrases[0].prefix),
        *(Phrase(tuple(other.split())) for other in sorted(others)),
    ]
    forms = tuple(form for clause in run for form in clause.forms)
    return Clause(tuple(dict.fromkeys(phrases)), forms, quoted=any(clause.quoted for clause in run))


def phrase_of(name: str) -> str:
    """A name as a phrase of tokens: what ``with_aliases`` compares."""
    return " ".join(_in_order(list(words(clean(name)))))
