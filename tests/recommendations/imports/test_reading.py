"""What is read of a file, and what is refused with a sentence."""

import io
import zipfile

import openpyxl
import pytest

from recommendations.imports import files
from recommendations.imports.files import read
from recommendations.imports.reading import COMMAND, DESK, Limits, Unreadable, refuse_size, require_columns
from tests.recommendations.imports.tables import HEADERS, SIXTY, csv_of, row, table_of, xlsx_of

pytestmark = pytest.mark.once


def sentence(data, name="t.csv", limits=COMMAND, encoding=""):
    with pytest.raises(Unreadable) as refusal:
        read(data, name=name, limits=limits, encoding=encoding)
    return str(refusal.value)


def texts(data, name="t.csv", **how):
    return [line.cells["Text"] for line in read(data, name=name, limits=COMMAND, **how).lines]


# --- Encodings and line ends -------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "detected"),
    [
        (
            {"encoding": "mac-roman", "end": "\r"},
            "CSV, Mac OS Roman (its lines end in carriage returns), lines end in carriage returns",
        ),
        ({"encoding": "utf-8", "end": "\n"}, "CSV, UTF-8 (its bytes agree with it), lines end in line feeds"),
        (
            {"encoding": "cp1252", "end": "\r\n"},
            "CSV, Windows-1252 (it is no UTF-8), lines end in carriage return and line feed",
        ),
        (
            {"encoding": "utf-8-sig", "end": "\r"},
            "CSV, UTF-8 with a byte order mark (its first bytes say so), lines end in carriage returns",
        ),
        (
            {"encoding": "utf-16", "end": "\r\n"},
            "CSV, UTF-16 with a byte order mark (its first bytes say so), lines end in carriage return and line feed",
        ),
    ],
)
def test_encoding_is_found(how, detected):
    table = table_of([row("Bring Hissène Habré to justice")], **how)

    assert [line.cells["Text"] for line in table.lines] == ["Bring Hissène Habré to justice"]
    assert str(table.detected) == detected
    assert table.foreign_words() == ["Habré", "Hissène"]


def test_encoding_that_is_given_wins():
    data = csv_of([row("거버넌스")], encoding="euc-kr", end="\r")

    assert texts(data, encoding="euc-kr") == ["거버넌스"]
    assert texts(data) != ["거버넌스"]


@pytest.mark.parametrize("encoding", ["klingon", "rot13", "hex", "utf-8\0"])
def test_unknown_encoding_is_refused(encoding):
    assert sentence(csv_of(SIXTY), encoding=encoding).startswith("There is no encoding “")


def test_bytes_that_are_no_text_are_refused():
    assert sentence(b"To,Text\n\xff\xfe", encoding="utf-8") == (
        "The file is no UTF-8 text (byte 9): name its encoding."
    )
    assert sentence(b"To,Text\n\x81") == "The file is no Windows-1252 text (byte 9): name its encoding."


def test_nul_is_refused_with_its_line():
    assert sentence(b"To,Text\rNorway,a\rChad,b\0c") == (
        "Line 3 holds a NUL byte: this is no text file, or it was damaged."
    )
    assert "NUL character" in sentence("\ufeffTo,Te\0xt".encode("utf-16-le"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiter_is_found(delimiter):
    assert texts(csv_of([row("Wet, and; well")], delimiter=delimiter, end="\n")) == ["Wet, and; well"]


# --- Lines ---------------------------------------------------------------------------------


def test_lines_are_numbered_as_in_the_file():
    data = b'To,Text\nNorway,"two\nlines"\n\nChad,one\nKenya\n'
    table = read(data, name="t.csv", limits=COMMAND)

    assert [(line.number, line.cells["Text"]) for line in table.lines] == [(2, "two\nlines"), (5, "one")]
    assert [(one.line, one.reason) for one in table.refused] == [(6, "It has 1 cells; the headings have 2.")]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty."),
        (b" \r\r ", "The file is empty."),
        (b"To,Text\r", "The file has a line of headings, and no rows."),
        (b",,\r1,2,3", "The first line names no columns."),
        (b"To,To\r1,2", "Two columns are called “To”: rename one of them."),
        (b'To,Text\rNorway,"open', "Line 2 is broken: a quotation mark opens a cell and is never closed."),
        (
            b'To,Text\rChad,a\rNorway,"shut" again',
            "Line 3 is broken: a cell goes on after its closing quotation mark; inside a cell, double the mark.",
        ),
        (
            b"To,Text\rNorway," + b"x" * 140_000,
            "Line 2 is broken: a cell has more than 131,072 characters; perhaps a quotation mark is not closed.",
        ),
        (b",".join(b"%d" % n for n in range(300)) + b"\r1", "The file has 300 columns; at most 200 are read."),
        (b"PK\x03\x04", "Only CSV and XLSX are read: save the table as one of them."),
    ],
)
def test_broken_file_is_refused(data, said):
    assert sentence(data) == said


def test_control_character_refuses_its_row():
    table = read(b"To,Text\rNorway,a\x07b\rChad,c", name="t.csv", limits=COMMAND)

    assert [(one.line, one.reason) for one in table.refused] == [(2, "“Text” holds a control character.")]
    assert [line.number for line in table.lines] == [3]


@pytest.mark.parametrize(
    ("cell", "refused"),
    [
        ("=1+1", True),
        (" =HYPERLINK(A1)", True),
        ("+cmd|' /C calc'!A0", True),
        ("@SUM(A1)", True),
        ("-2+3", True),
        ("- end torture", False),
        ("+ more schools", False),
        ("@rapporteur was not let in", False),
        ("-well, a dash", False),
    ],
)
def test_formula_in_csv_refuses_its_row(cell, refused):
    table = table_of([row(cell), row("Plain")])

    assert [one.line for one in table.refused] == ([2] if refused else [])
    assert len(table.lines) == (1 if refused else 2)


def test_missing_columns_are_named():
    table = table_of([row("a")], headers=[name for name in HEADERS if name not in {"From", "Session"}])
    with pytest.raises(Unreadable) as refusal:
        require_columns(table, ["To", "From", "Session"])

    assert str(refusal.value).startswith("The columns From, Session are missing; the file has: To, To-Rgrp,")


# --- Sizes ----------------------------------------------------------------------------------


def test_size_is_bounded():
    with pytest.raises(Unreadable) as refusal:
        refuse_size(200 * 1024 * 1024, COMMAND)
    assert str(refusal.value) == "The file has 200 MB; at most 100 MB are read. Split it."
    with pytest.raises(Unreadable) as refusal:
        refuse_size(11 * 1024 * 1024, DESK)
    assert str(refusal.value) == (
        "The file has 11 MB; at most 10 MB are read. Larger tables are imported with the command."
    )


def test_rows_are_bounded():
    limits = Limits(size=10_000, rows=3)
    assert len(read(csv_of(SIXTY[:3]), name="t.csv", limits=limits).lines) == 3
    assert sentence(csv_of(SIXTY[:4]), limits=limits) == (
        "The file has more than 3 rows; no more are read at once. Split it."
    )


# --- XLSX -----------------------------------------------------------------------------------


def test_workbook_reads_as_the_csv_does():
    from_xlsx = read(xlsx_of(SIXTY), name="t.XLSX", limits=COMMAND)

    assert [line.cells for line in from_xlsx.lines] == [line.cells for line in table_of(SIXTY).lines]
    assert str(from_xlsx.detected) == "XLSX, sheet “Sheet”"


def test_numbers_and_days_in_a_workbook_read_as_they_are_typed():
    book = openpyxl.Workbook()
    book.active.append(["Text", "Session", "Date"])
    book.active.append(["a", 6.0, openpyxl.utils.datetime.from_excel(40178)])
    [line] = read(saved(book), name="t.xlsx", limits=COMMAND).lines

    assert line.cells == {"Text": "a", "Session": "6", "Date": "2009-12-31"}


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_formula_and_error_in_a_workbook_refuse_their_rows():
    book = openpyxl.Workbook()
    for cells in [["Text", "To"], ["=1+1", "a"], ["b", "#REF!"], ["c", "d"]]:
        book.active.append(cells)
    table = read(saved(book), name="t.xlsx", limits=COMMAND)

    assert [(one.line, one.reason) for one in table.refused] == [
        (2, "Cell A2 holds a formula: replace formulas by their values."),
        (3, "Cell B3 holds an error (#REF!)."),
    ]
    assert [line.number for line in table.lines] == [4]


def archive(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in parts.items():
            zipped.writestr(name, data)
    return file.getvalue()


@pytest.mark.parametrize("data", [b"To,Text\r1,2", archive(readme="x"), archive(**{"xl/workbook.xml": "<no"})])
def test_what_is_no_workbook_is_refused(data):
    assert sentence(data, "t.xlsx") == files.NO_XLSX


def test_workbook_that_unpacks_to_too_much_is_refused():
    bomb = archive(**{"xl/workbook.xml": b"\0" * (DESK.unpacked + 1)})

    assert sentence(bomb, "t.xlsx", limits=DESK) == "The workbook unpacks to 40 MB; at most 40 MB are read."


def test_workbook_with_too_many_parts_is_refused():
    many = archive(**{f"part{number}": b"" for number in range(files.MAX_PARTS + 1)})

    assert sentence(many, "t.xlsx") == "The workbook has 501 parts; at most 500 are read."


def test_workbook_with_far_rows_is_refused():
    book = openpyxl.Workbook()
    book.active.append(["Text"])
    data = saved(book)
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        parts = {name: zipped.read(name) for name in zipped.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b"</sheetData>", b'<row r="99999999999"/></sheetData>')

    assert sentence(archive(**parts | {"xl/worksheets/sheet1.xml": sheet}), "t.xlsx") == files.NO_XLSX


def test_entities_in_a_workbook_are_not_expanded():
    book = openpyxl.Workbook()
    book.active.append(["Text"])
    with zipfile.ZipFile(io.BytesIO(saved(book))) as zipped:
        parts = {name: zipped.read(name) for name in zipped.namelist()}
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'

    assert sentence(archive(**parts | {"xl/worksheets/sheet1.xml": bomb}), "t.xlsx") == files.NO_XLSX
