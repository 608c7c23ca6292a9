"""Searching everything public: hits by kind of record, a better spelling, and what is offered while typing."""

from __future__ import annotations

import json
import time
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from math import prod, sqrt
from typing import Any

from workshop.search import freshness
from workshop.search.conditions import Condition, Without
from workshop.search.ended import ended
from workshop.search.kinds import RECORD_SHIFT, RECORDS, key_of, record_span
from workshop.search.models import NameWord, Spelling, Text
from workshop.search.patience import TookTooLong, patience
from workshop.search.query import Query, read_query
from workshop.search.reading import query_of
from workshop.search.stores import store
from workshop.search.text import clean, words

BOUND = 1000  # matches of one kind that are ranked and counted
SECONDS = 3.0  # that all statements of a search may take together
LEAST_TYPED = 2  # letters before anything is offered
OFFERED = 8
READ = 400  # names that are looked at for what is offered
CANDIDATES = 4000  # spellings that are compared
TRIED = 3  # better spellings that are looked up
EVERYTHING = (record_span(min(RECORDS.values()))[0], record_span(max(RECORDS.values()))[1])
NAMES = {number: name for name, number in RECORDS.items()}


@dataclass(frozen=True)
class Found:
    """One hit: what the index shows of the record, the text to cut a passage from, and its primary key."""

    kind: str
    shown: dict[str, Any]
    body: str
    key: int


@dataclass(frozen=True)
class Group:
    """The hits of one kind: their number, and some of them. ``bounded``: there are more than were counted."""

    kind: str
    total: int
    bounded: bool
    hits: tuple[Found, ...] = ()


@dataclass(frozen=True)
class Results:
    """What a search found; ``instead`` is a spelling that finds more."""

    query: Query
    groups: tuple[Group, ...] = ()
    instead: str = ""

    @property
    def total(self) -> int:
        """The number of all hits, as far as they were counted."""
        return sum(group.total for group in self.groups)


def search(typed: str, *, per_kind: int) -> Results:
    """The best hits of each kind."""
    freshness.flush()
    query = query_of(typed)
    if not query:
        return Results(query)
    deadline = time.monotonic() + SECONDS
    with store().bounded(SECONDS):
        gone = ended(EVERYTHING)
        groups = tuple(group for kind in RECORDS if (group := _group(query, kind, 0, per_kind, gone)).total)
    return Results(query, groups, "" if groups else _better_by(deadline, query))


def search_kind(typed: str, kind: str, *, start: int, stop: int) -> Results:
    """The hits of one kind from ``start`` to ``stop``, and how many the others have."""
    freshness.flush()
    query = query_of(typed)
    if not query:
        return Results(query)
    with store().bounded(SECONDS):
        gone = ended(EVERYTHING)
        pages = {each: (start, stop) if each == kind else (0, 0) for each in RECORDS}
        groups = [_group(query, each, *page, gone) for each, page in pages.items()]
        return Results(query, tuple(group for group in groups if group.total))


def _group(query: Query, kind: str, start: int, stop: int, ended_: Sequence[int]) -> Group:
    span = record_span(RECORDS[kind])
    gone = tuple(ord_ for ord_ in ended_ if span[0] <= ord_ <= span[1])
    conditions: list[Condition] = [Without(gone)] if gone else []
    with store().walking() if many(query, span) else nullcontext():
        matching = store().matched(conditions, query, span, BOUND + 1, ranked=stop > 0)
        total, ords, _ = store().gather(matching, [], "rank DESC, ord DESC", start, stop)
    return Group(kind, min(total, BOUND), total > BOUND, tuple(_found(ords)))


def many(query: Query, span: tuple[int, int], sizes: Iterable[int] = ()) -> bool:
    """Whether so many match that the newest are found sooner by walking than by the words.

    To walk costs as many steps as stand between ``BOUND`` matches; to look the words
    up, as many as there are matches. ``sizes`` are how many entries pass other conditions.
    """
    whole = store().estimate(None, span)
    if whole <= BOUND:
        return False
    expected = store().estimate(query, span) * prod(min(size / whole, 1) for size in sizes)
    return expected > BOUND and expected > sqrt(BOUND * whole)


def _found(ords: Sequence[int]) -> Iterable[Found]:
    rows = {row.ord: row for row in Text.objects.filter(ord__in=ords)}
    return (
        Found(NAMES[ord_ >> RECORD_SHIFT], json.loads(rows[ord_].shown), rows[ord_].body, key_of(ord_))
        for ord_ in ords
        if ord_ in rows
    )


# --- While somebody types -----------------------------------------------------------------------


def offered(typed: str) -> list[Found]:
    """Records whose name has the words that were typed, the last of them perhaps unfinished."""
    forms = [word.form for word in words(clean(typed[:100]))][:4]
    if not forms or len("".join(forms)) < LEAST_TYPED and forms[-1].isascii():
        return []
    freshness.flush()
    with store().bounded(SECONDS):
        return _offered(forms)


def _offered(forms: list[str]) -> list[Found]:
    rows = NameWord.objects.all()
    for form in forms[:-1]:
        rows = rows.filter(ord__in=NameWord.objects.filter(word=form).values("ord"))
    last = rows.filter(word__gte=forms[-1], word__lt=f"{forms[-1]}\U0010ffff").order_by("word", "ord")
    ords = list(dict.fromkeys(last.values_list("ord", flat=True)[:READ]))
    gone = set(ended(EVERYTHING))
    found = sorted(_found([ord_ for ord_ in ords if ord_ not in gone]), key=lambda each: _place(each, forms))
    return found[:OFFERED]


def _place(found: Found, forms: list[str]) -> tuple[bool, int, str]:
    """Names that begin with what was typed first, then by kind and alphabet."""
    names = [[word.form for word in words(clean(title))] for title in found.shown["title"] if title]
    begins = any("".join(name).startswith("".join(forms)) for name in names)
    return not begins, RECORDS[found.kind], str(found.shown["title"])


# --- A better spelling ------------------------------------------------------------------------------


def _better_by(deadline: float, query: Query) -> str:
    """A better spelling, as far as one is found in what is left of the time."""
    try:
        with patience(), store().bounded(max(deadline - time.monotonic(), 0.001)):
            return _better(query)
    except TookTooLong:
        return ""


def _better(query: Query) -> str:
    """The query with words that find nothing spelt as in public texts; empty where that finds nothing either."""
    typed = query.typed
    for clause in query.wanted:
        (form, *more) = clause.forms or ("",)
        if more or clause.quoted or _count(replace(query, wanted=(clause,), unwanted=())):
            continue
        nearest = _nearest(form)
        if not nearest:
            return ""
        best = max(nearest, key=lambda word: (_count(read_query(word)), word))
        typed = _replaced(typed, form, best)
    return typed if typed != query.typed and _count(query_of(typed)) else ""


def _count(query: Query) -> int:
    gone = ended(EVERYTHING) if query else ()
    return sum(_group(query, kind, 0, 0, gone).total for kind in RECORDS) if query else 0


def _nearest(form: str) -> list[str]:
    """Spellings that differ from a word in a letter or two, the nearest first."""
    least, most = max(3, len(form) - 2), len(form) + 2
    rows = Spelling.objects.filter(word__gte=form[0], word__lt=f"{form[0]}\U0010ffff").values_list("word", flat=True)
    own, allowed = _letters(form), 1 if len(form) < 5 and form.isascii() else 2
    near = [
        (far, word)
        for word in rows[:CANDIDATES]
        if least <= len(word) <= most and 0 < (far := distance(own, _letters(word), allowed)) <= allowed
    ]
    return [word for _, word in sorted(near)[:TRIED]]


def _letters(word: str) -> str:
    """Hangul syllables as their letters, so that one wrong vowel is one letter."""
    return unicodedata.normalize("NFD", word)


def distance(one: str, other: str, most: int) -> int:
    """Letters that were changed, added, left out or exchanged with their neighbour; beyond ``most``, ``most`` + 1.

    Optimal string alignment, row by row.
    """
    above: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        older, above, row = above, row, [i]
        for j, against in enumerate(other, start=1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _replaced(typed: str, form: str, best: str) -> str:
    for word in words(typed):
        if word.form == form:
            return typed[: word.start] + best + typed[word.end :]
    return typed
