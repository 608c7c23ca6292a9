"""Any table: headings that are guessed, and rows as an editor said they are to be read."""

import datetime as dt

import pytest

from recommendations.imports.columns import COLUMNS, entry_of, guessed, guessed_between
from recommendations.imports.entries import Refused
from recommendations.imports.reading import Line
from tests.recommendations.imports.tables import HEADERS

pytestmark = pytest.mark.once
CHOICES = {
    "columns": {column.name: column.label for column in COLUMNS},
    "publish": False,
    "origin": "talk",
    "edition": "MT12",
    "scheme": "programme",
    "between": ";",
    "attribution": 2,
}


def entry(choices=None, **cells):
    labels = {column.name: column.label for column in COLUMNS}
    full = dict.fromkeys(labels.values(), "") | {labels[name]: value for name, value in cells.items()}
    return entry_of(Line(2, full), choices=CHOICES | (choices or {}))


def test_headings_are_guessed():
    assert guessed(["No.", "Recommendation", "Korean", "Proposed by", "Addressed to", "Themes", "Date", "Odd"]) == {
        "statement": "Recommendation",
        "statement_ko": "Korean",
        "proposers": "Proposed by",
        "addressees": "Addressed to",
        "themes": "Themes",
        "made_on": "Date",
    }
    assert guessed(HEADERS) == {
        "statement": "Text",
        "proposers": "From",
        "addressees": "To",
        "themes": "Issue",
        "session": "Session",
        "answer": "Response",
        "action": "Action",
    }
    assert guessed(["Foo", "Bar"]) == {}


@pytest.mark.parametrize(
    ("cell", "sign"), [("Alice; Bob", ";"), ("Alice, Bob", ","), ("Alice, B. | Bob, C.", "|"), ("Alice", ";")]
)
def test_sign_between_names_is_guessed(cell, sign):
    assert guessed_between([Line(2, {"By": cell, "Text": "a;b"})], {"proposers": "By", "statement": "Text"}) == sign


def test_row_of_experts_belongs_to_the_edition():
    found = entry(statement="Keep  the mud", proposers="Alice Marsh; Bob Fen", addressees="Elbonia", modality="Must")

    assert (found.statement, found.proposers, found.addressees) == (
        "Keep the mud",
        ("Alice Marsh", "Bob Fen"),
        ("Elbonia",),
    )
    assert (found.origin, found.edition, found.modality, found.polarity, found.ask) == (
        "talk",
        "MT12",
        "must",
        "do",
        (),
    )
    assert entry(statement="a", edition="kw13").edition == "KW13"


def test_row_of_the_un_belongs_to_no_edition():
    found = entry(
        statement="a", origin="UN mechanism", session="33", addressees="Elbonia", answer="Accepted", action="5"
    )

    assert (found.origin, found.edition, found.answer, found.action, found.code) == (
        "un-mechanism",
        "",
        "supported",
        5,
        "un",
    )
    assert found.ask == ("Elbonia", "33", "a", "")


@pytest.mark.parametrize(
    ("cell", "date", "precision"),
    [
        ("2020-03-13", dt.date(2020, 3, 13), "day"),
        ("13 March 2020", dt.date(2020, 3, 13), "day"),
        ("13.03.2020", dt.date(2020, 3, 13), "day"),
        ("2020-03", dt.date(2020, 3, 1), "month"),
        ("March 2020", dt.date(2020, 3, 1), "month"),
        ("2020", dt.date(2020, 1, 1), "year"),
        ("", None, "day"),
    ],
)
def test_date_says_how_exact_it_is(cell, date, precision):
    found = entry(statement="a", made_on=cell)

    assert (found.made_on, found.precision) == (date, precision)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"detail": "a"}, "It has no statement."),
        ({"statement": "a", "made_on": "13/3/20"}, "“13/3/20” is no date that is understood"),
        ({"statement": "a", "origin": "dream"}, "“Origin” holds the unknown code “dream”; known are talk,"),
        ({"statement": "a", "answer": "perhaps"}, "“Response” holds the unknown code “perhaps”"),
        ({"statement": "a", "action": "6"}, "“Action asked for” holds the unknown code “6”"),
        ({"statement": "a", "modality": "may"}, "“Modality” holds the unknown code “may”; known are must,"),
        ({"statement": "a", "code": "K"}, "“K” is no code: letters and digits with hyphens between"),
        ({"statement": "a", "session": "x" * 41}, "“Session” has 41 characters; at most 40 fit."),
    ],
)
def test_row_is_refused_with_the_reason(cells, said):
    with pytest.raises(Refused) as refusal:
        entry(**cells)

    assert str(refusal.value).startswith(said)


def test_row_that_is_to_be_public_needs_session_and_date():
    with pytest.raises(Refused, match="To be published it needs its session and its date."):
        entry({"publish": True}, statement="a", origin="pledge", session="1")
    assert entry({"publish": True}, statement="a", origin="pledge", session="1", made_on="2020").session == "1"


def test_identity_is_the_code_where_there_is_one():
    assert entry(statement="a", code="KW12-R03").identity == ("code", "kw12-r03")
    one, other = entry(statement="a", answer="noted"), entry(statement="a ", answer="supported")
    assert (one.identity_hash == other.identity_hash, one.content_hash == other.content_hash) == (True, False)
    assert one.identity_hash != entry(statement="a", proposers="Alice").identity_hash
