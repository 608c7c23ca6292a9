"""CSV and XLSX, read into a table."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from recommendations.imports.decoding import Detected, Undecodable, decode
from recommendations.imports.reading import (
    MAX_COLUMNS,
    Limits,
    Table,
    Unreadable,
    fill,
    formula_in,
    megabytes,
    named,
    physical,
    refuse_size,
)

MAX_PARTS = 500
MAX_ROW = 1_048_576  # of any workbook
NO_XLSX = "The file is no XLSX workbook, though its name says so: save it again as XLSX or CSV."


def read(data: bytes, *, name: str, limits: Limits, encoding: str = "") -> Table:
    """The table in a file. Raises ``Unreadable``, with a sentence, for what cannot be imported."""
    refuse_size(len(data), limits)
    suffix = PurePath(name).suffix.lower()
    if suffix in {".xlsx", ".xlsm"}:
        return _read_xlsx(data, name, limits)
    if data.startswith(b"PK\x03\x04") or suffix in {".xls", ".ods", ".numbers", ".pdf"}:
        raise Unreadable("Only CSV and XLSX are read: save the table as one of them.")
    return _read_csv(data, name, limits, encoding)


def _read_csv(data: bytes, name: str, limits: Limits, encoding: str) -> Table:
    try:
        text, detected = decode(data, encoding)
    except Undecodable as error:
        raise Unreadable(str(error)) from None
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise Unreadable("The file is empty.")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows = physical(reader, reader)
    try:
        table = Table(name, detected, named(next(rows)[1]))
        return fill(table, _without_formulas(rows, table.headers), limits)
    except csv.Error as error:
        raise Unreadable(f"Line {reader.line_num} is broken: {_in_words(error)}") from None


def _delimiter(text: str) -> str:
    """What stands between the headings most often: a comma, a semicolon or a tab."""
    heading = text[:10_000].lstrip().splitlines()[0]
    return max(",;\t", key=heading.count)


def _in_words(error: csv.Error) -> str:
    said = str(error)
    if "unexpected end" in said:
        return "a quotation mark opens a cell and is never closed."
    if "expected after" in said:
        return "a cell goes on after its closing quotation mark; inside a cell, double the mark."
    if "field limit" in said:
        return f"a cell has more than {csv.field_size_limit():,} characters; perhaps a quotation mark is not closed."
    return said


def _without_formulas(rows: Iterator[tuple[int, list[str]]], headers: Sequence[str]):
    for number, cells in rows:
        yield number, formula_in(cells, headers) or cells


# --- XLSX ------------------------------------------------------------------------------


def _read_xlsx(data: bytes, name: str, limits: Limits) -> Table:
    """The first sheet of a workbook, cell by cell; what it unpacks to is bounded before."""
    _refuse_bombs(data, limits)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        sheet: Any = book.worksheets[0]
        sheet.reset_dimensions()  # a file may lie about them
        rows = _rows(sheet)
        first = next(rows, None)
        if first is None:
            raise Unreadable("The first sheet is empty.")
        if isinstance(first[1], str):
            raise Unreadable(f"Line {first[0]}: {first[1]}")
        table = Table(name, Detected(f"XLSX, sheet “{sheet.title}”"), named(first[1]))
        width = len(table.headers)
        return fill(table, ((number, _padded(cells, width)) for number, cells in rows), limits)
    except (InvalidFileException, zipfile.BadZipFile, ParseError, DefusedXmlException) as error:
        raise Unreadable(NO_XLSX) from error
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, EOFError) as error:
        raise Unreadable(NO_XLSX) from error  # what openpyxl trips over in damaged parts


def _rows(sheet: Any) -> Iterator[tuple[int, list[str] | str]]:
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if number > MAX_ROW:  # a file may number its rows as it likes
            raise Unreadable(NO_XLSX)
        if row:
            yield number, _cells(row)


def _refuse_bombs(data: bytes, limits: Limits) -> None:
    """Raises ``Unreadable`` for what is no workbook, and for one that would fill the memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile:
        raise Unreadable(NO_XLSX) from None
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.unpacked:
        most = megabytes(limits.unpacked)
        raise Unreadable(f"The workbook unpacks to {megabytes(unpacked)}; at most {most} are read.")
    if len(parts) > MAX_PARTS:
        raise Unreadable(f"The workbook has {len(parts):,} parts; at most {MAX_PARTS} are read.")
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise Unreadable(NO_XLSX)


def _cells(row: Sequence[Any]) -> list[str] | str:
    """The texts of a row, or why it cannot be taken."""
    if len(row) > MAX_COLUMNS:
        return f"It has {len(row)} cells; at most {MAX_COLUMNS} are read."
    for cell in row:
        if cell.data_type == "f":
            return f"Cell {cell.coordinate} holds a formula: replace formulas by their values."
        if cell.data_type == "e":
            return f"Cell {cell.coordinate} holds an error ({cell.value})."
    return [_text(cell.value) for cell in row]


def _text(value: Any) -> str:
    """A cell as one would type it: 6 for 6.0, and days as 2009-12-31."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _padded(cells: list[str] | str, width: int) -> list[str] | str:
    return cells if isinstance(cells, str) else cells + [""] * (width - len(cells))
