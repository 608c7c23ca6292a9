"""What is too much for the Markdown parser: it would need minutes, and nobody writes it.

Python-Markdown looks at the whole paragraph again for each mark in it, and goes on letter
by letter for each bracket. So the work is counted while it is done, in letters looked at,
and given up where it grows beyond what any honest text takes. Counted, not timed: the
same text is always shown in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor, LinkInlineProcessor

LONGEST = 100_000  # characters
_MOST_WORK = 150_000_000  # letters looked at; about a second
_A_MATCH = 10_000  # what a mark costs besides
_LETTER_BY_LETTER = 40  # times as dear
_MOST = (
    (re.compile(r"<[a-z/!?]", re.IGNORECASE), 2_000),  # tags
    (re.compile(r"<[^<>]*(?=<)"), 200),  # tags that are not closed
    (re.compile(r"`+"), 600),  # of code
    (re.compile(r"^[ ]{0,3}[*]\[", re.MULTILINE), 300),  # abbreviations
    (re.compile(r"\[\^"), 1_500),  # notes and their mentions
    (re.compile(r"\|"), 5_000),  # cells
    (re.compile(r"\n[ \t]*\n"), 3_000),  # paragraphs
)


class TooMuch(Exception):
    """The text is too intricate to be read as Markdown."""


def check(source: str) -> None:
    """Raises TooMuch for a text that is too long, or has more of something than anybody writes."""
    if len(source) > LONGEST:
        raise TooMuch
    for pattern, most in _MOST:
        if sum(1 for _ in pattern.finditer(source)) > most:
            raise TooMuch


class Work:
    """Counts what a parser does for one text; ``begin`` again for the next."""

    def __init__(self, md: Markdown):
        self.done = 0
        for patterns in (md.inlinePatterns, md.treeprocessors["smarty"].inlinePatterns):
            for pattern in patterns:
                pattern.handleMatch = self._matching(pattern)
        for processor in md.parser.blockprocessors:
            processor.test = self._testing(processor.test)

    def begin(self) -> None:
        """Forget what was done for the text before."""
        self.done = 0

    def _spend(self, amount: int) -> None:
        self.done += amount
        if self.done > _MOST_WORK:
            raise TooMuch

    def _matching(self, pattern: Any) -> Callable[..., Any]:
        handle, price = pattern.handleMatch, _LETTER_BY_LETTER if isinstance(pattern, LinkInlineProcessor) else 1
        if isinstance(pattern, InlineProcessor):

            def handle_in(match: re.Match[str], data: str) -> Any:
                self._spend(_A_MATCH + len(data) * price)
                return handle(match, data)

            return handle_in

        def handle_alone(match: re.Match[str]) -> Any:
            self._spend(_A_MATCH + len(match.string))
            return handle(match)

        return handle_alone

    def _testing(self, test: Callable[..., bool]) -> Callable[..., bool]:
        def counted(parent: Any, block: str) -> bool:
            self._spend(_A_MATCH // 10 + len(block))
            return test(parent, block)

        return counted
