"""The words that were found, marked where they stand; of a long text the passage around them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from workshop.search.query import Phrase, Query
from workshop.search.text import clean, pairs, stem, words

LENGTH = 240  # characters of a passage, about
READ = 20_000  # characters of a text in which a passage is looked for


@dataclass(frozen=True)
class Hit:
    """A place in a text, and the number of the clause that is found there."""

    start: int
    end: int
    clause: int


def marked_text(text: str, query: Query) -> SafeString:
    """The whole text, with what was found in ``<mark>``."""
    text = clean(text)
    return _marked(text, 0, len(text), hits(text, query))


def passage(texts: Iterable[str], query: Query) -> SafeString:
    """The passage with the most of what was found; empty where nothing of it stands here."""
    best: tuple[int, str, list[Hit]] = (0, "", [])
    for text in (clean(each[:READ]) for each in texts):
        found = hits(text, query)
        for number, hit in enumerate(found):
            near = [each for each in found[number:] if each.end <= hit.start + LENGTH]
            if (score := len({each.clause for each in near})) > best[0]:
                best = (score, text, near)
    _, text, near = best
    if not near:
        return mark_safe("")
    start, end = _window(text, near[0].start, near[-1].end)
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return format_html("{}{}{}", before, _marked(text, start, end, near), after)


def hits(text: str, query: Query) -> list[Hit]:
    """Where the phrases of a query stand in a cleaned text, in order, none within another."""
    tokens = list(_tokens(text))
    found = [
        Hit(tokens[at][1], tokens[at + len(phrase.tokens) - 1][2], number)
        for number, clause in enumerate(query.wanted)
        for phrase in clause.phrases
        for at in range(len(tokens) - len(phrase.tokens) + 1)
        if _stands_at(tokens, at, phrase)
    ]
    kept: list[Hit] = []
    for hit in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _tokens(text: str) -> Iterable[tuple[str, int, int]]:
    """The tokens as the index has them, each with its place."""
    for start, end, form, cjk in words(text):
        if not cjk or len(form) != end - start:
            yield stem(form), start, end
            continue
        for at, pair in enumerate(pairs(form)):
            yield pair, start + at, start + at + len(pair)
        if len(form) > 1:
            yield form[-1], end - 1, end


def _stands_at(tokens: list[tuple[str, int, int]], at: int, phrase: Phrase) -> bool:
    *first, last = phrase.tokens
    if any(tokens[at + place][0] != token for place, token in enumerate(first)):
        return False
    here = tokens[at + len(first)][0]
    return here.startswith(last) if phrase.prefix else here == last


def _window(text: str, start: int, end: int) -> tuple[int, int]:
    """Room around what was found, cut between words."""
    room = max(LENGTH - (end - start), 40)
    first, last = max(0, start - room // 3), min(len(text), end + room * 2 // 3)
    if first:
        first = text.find(" ", first, start) + 1 or start
    if last < len(text):
        cut = text.rfind(" ", end, last)
        last = cut if cut > 0 else end
    return first, last


def _marked(text: str, start: int, end: int, found: list[Hit]) -> SafeString:
    parts: list[tuple[SafeString | str]] = []
    at = start
    for hit in found:
        parts += [(text[at : hit.start],), (format_html("<mark>{}</mark>", text[hit.start : hit.end]),)]
        at = hit.end
    return format_html_join("", "{}", [*parts, (text[at:end],)])
