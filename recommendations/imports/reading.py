"""A file, and what was found out about it: format, encoding, line ends, and its lines.

The file is distrusted: its size is bounded before it is read, and what cannot
be read is refused with a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from recommendations.imports.decoding import Detected

MAX_COLUMNS = 200
WORDS_SHOWN = 200
# What a spreadsheet takes for a formula. A sentence may begin with a dash, a plus or an at sign;
# "-2+3", "+cmd|…" and "@SUM(…" are none.
_FORMULA = re.compile(r"\s*(=|[+\-@][\w.$]+\s*[(!|+*/^-])")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_EDGES = "".join(map(chr, range(33, 48))) + ":;<>?[]{}“”‘’„«»…–—"


class Unreadable(Exception):
    """A file that cannot be imported at all; the message is a sentence for whoever sent it."""


@dataclass(frozen=True)
class Limits:
    """What is read at most. The desk answers within seconds, in a worker's memory; the command has both.

    ``size`` and ``unpacked`` are bytes: of the file, and of what a workbook unpacks to.
    """

    size: int
    rows: int
    unpacked: int = 40 * 1024 * 1024


COMMAND = Limits(size=100 * 1024 * 1024, rows=500_000, unpacked=400 * 1024 * 1024)
DESK = Limits(size=10 * 1024 * 1024, rows=10_000)


@dataclass(frozen=True)
class Refusal:
    """A line that cannot be taken, and why."""

    line: int
    reason: str


@dataclass(frozen=True)
class Line:
    """One row: where it begins in the file (from 1), and its cells by the names of the columns."""

    number: int
    cells: dict[str, str]


@dataclass
class Table:
    """A file that could be read, line by line; some lines may be refused."""

    name: str
    detected: Detected
    headers: list[str]
    lines: list[Line] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def foreign_words(self) -> list[str]:
        """Each word with a letter beyond ASCII, most frequent first: whether the encoding was right is seen there."""
        words: Counter[str] = Counter()
        for line in self.lines:
            for cell in line.cells.values():
                if not cell.isascii():
                    words.update(word.strip(_EDGES) for word in cell.split() if _is_foreign(word))
        return [word for word, _ in sorted(words.items(), key=lambda item: (-item[1], item[0]))]


def _is_foreign(word: str) -> bool:
    """Whether anything but punctuation in it is beyond ASCII; a wrong encoding shows as signs, not only letters."""
    return any(not c.isascii() and unicodedata.category(c)[0] not in "PZ" for c in word)


def megabytes(size: int) -> str:
    """A size as people say it."""
    return f"{size / 1024 / 1024:,.0f} MB"


def refuse_size(size: int, limits: Limits) -> None:
    """Raises ``Unreadable`` for a file that is too large, or empty; to be asked before it is read."""
    if size > limits.size:
        hint = " Larger tables are imported with the command." if limits is DESK else " Split it."
        raise Unreadable(f"The file has {megabytes(size)}; at most {megabytes(limits.size)} are read.{hint}")
    if size == 0:
        raise Unreadable("The file is empty.")


def named(cells: Sequence[str]) -> list[str]:
    """The names of the columns. Raises ``Unreadable`` where one stands twice, or none."""
    headers = [" ".join(cell.split()) for cell in cells]
    while headers and not headers[-1]:
        headers.pop()
    if not headers:
        raise Unreadable("The first line names no columns.")
    if len(headers) > MAX_COLUMNS:
        raise Unreadable(f"The file has {len(headers)} columns; at most {MAX_COLUMNS} are read.")
    headers = [header or f"Column {number}" for number, header in enumerate(headers, start=1)]
    if twice := [header for header, times in Counter(headers).items() if times > 1]:
        raise Unreadable(f"Two columns are called “{twice[0]}”: rename one of them.")
    return headers


def require_columns(table: Table, columns: Iterable[str]) -> None:
    """Raises ``Unreadable``, naming what is missing and what is there."""
    if missing := [name for name in columns if name not in table.headers]:
        lacking = f"columns {', '.join(missing)} are" if len(missing) > 1 else f"column {missing[0]} is"
        raise Unreadable(f"The {lacking} missing; the file has: {', '.join(table.headers[:20])}.")


def fill(table: Table, rows: Iterable[tuple[int, Sequence[str] | str]], limits: Limits) -> Table:
    """Take rows into a table: each its number with cells, or with the reason why it is refused.

    Blank rows are passed over. Raises ``Unreadable`` beyond the limit, and where no row is left.
    """
    for number, cells in rows:
        if len(table.lines) + len(table.refused) >= limits.rows:
            hint = " Larger tables are imported with the command." if limits is DESK else " Split it."
            raise Unreadable(f"The file has more than {limits.rows:,} rows; no more are read at once.{hint}")
        if isinstance(cells, str):
            table.refused.append(Refusal(number, cells))
        elif any(cell.strip() for cell in cells):
            if reason := wrong_with(cells, table.headers):
                table.refused.append(Refusal(number, reason))
            else:
                table.lines.append(Line(number, dict(zip(table.headers, cells, strict=False))))
    if not table.lines and not table.refused:
        raise Unreadable("The file has a line of headings, and no rows.")
    return table


def wrong_with(cells: Sequence[str], headers: Sequence[str]) -> str:
    """Why a row cannot be taken, or nothing."""
    if len(cells) < len(headers) or any(cell.strip() for cell in cells[len(headers) :]):
        return f"It has {len(cells)} cells; the headings have {len(headers)}."
    for header, cell in zip(headers, cells, strict=False):
        if _CONTROL.search(cell):
            return f"“{header}” holds a control character."
    return ""


def formula_in(cells: Iterable[str], headers: Sequence[str]) -> str:
    """Why a row of CSV would run as a formula in somebody's spreadsheet, or nothing."""
    for header, cell in zip(headers, cells, strict=False):
        if cell and _FORMULA.match(cell):
            return f"“{header}” begins like a formula ({cell[:20]!r}): only text is imported."
    return ""


def physical(lines: Iterator[list[str]], reader) -> Iterator[tuple[int, list[str]]]:
    """Rows of a CSV reader with the line at which each begins: a cell may run over several."""
    begin = 1
    for cells in lines:
        yield begin, cells
        begin = reader.line_num + 1
