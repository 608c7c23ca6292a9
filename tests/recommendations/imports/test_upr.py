"""A row of UPR Info's tables as a recommendation, its identity, and the names of States."""

import datetime as dt
import hashlib

import pytest

from recommendations.imports.entries import Entry, Refused, folded, key_of
from recommendations.imports.reading import Line
from recommendations.imports.states import STATES, known_state
from recommendations.imports.upr import SESSIONS, entry_of, session_name
from recommendations.models import Answer, Origin
from tests.recommendations.imports.tables import pledge, row
from workshop.common.dates import Precision
from workshop.models import Scheme

pytestmark = pytest.mark.once


def entry(cells, line=2):
    return entry_of(Line(line, cells))


def test_row_is_understood():
    found = entry(row("Free  the &#40;wet&#41; mud ", to="DPR Korea", response="Noted", issue="Justice, Minorities "))

    assert found == Entry(
        line=2,
        identity=("DPR Korea", "Chad", "6", "Free the (wet) mud"),
        ask=("DPR Korea", "6", "free the (wet) mud"),
        code="upr-s06",
        statement="Free the (wet) mud",
        proposers=("Chad",),
        addressees=("DPR Korea",),
        themes=("Justice", "Minorities"),
        scheme=Scheme.UPR,
        origin=Origin.UN_MECHANISM,
        made_on=dt.date(2009, 12, 1),
        precision=Precision.MONTH,
        session="UPR, 6th session",
        answer=Answer.NOTED,
        action=4,
    )


def test_identity_is_the_hash_of_four_lines():
    text = "DPR Korea\nChad\n6\nFree the mud"

    assert entry(row("Free  the mud\u00a0", to="DPR Korea", session="06")).identity_hash == (
        hashlib.sha256(text.encode()).hexdigest()
    )


@pytest.mark.parametrize(
    ("change", "same_row", "same_content"),
    [
        ({"text": "Free\u00a0 the mud "}, True, True),
        ({"to": "Norway "}, True, True),
        ({"session": "06"}, True, True),
        ({"text": "free the mud"}, False, True),
        ({"text": "Free the mud now"}, False, True),
        ({"sender": "Peru"}, False, True),
        ({"to": "Peru"}, False, False),
        ({"session": "7"}, False, False),
        ({"response": "Noted"}, True, False),
        ({"action": "5"}, True, False),
        ({"issue": "Justice,Minorities"}, True, False),
    ],
)
def test_what_makes_another_row_and_what_a_changed_one(change, same_row, same_content):
    one, other = entry(row("Free the mud")), entry(row(**{"text": "Free the mud"} | change))

    assert one.identity_hash == other.identity_hash if same_row else one.identity_hash != other.identity_hash
    assert (one.content_hash == other.content_hash) is same_content


def test_order_of_issues_is_no_change():
    assert entry(row("a", issue="B,A")).content_hash == entry(row("a", issue="A,B")).content_hash


@pytest.mark.parametrize(
    ("cells", "answer", "origin", "proposers"),
    [
        (row("a", response="Accepted"), "supported", Origin.UN_MECHANISM, ("Chad",)),
        (row("a", response="Noted"), "noted", Origin.UN_MECHANISM, ("Chad",)),
        (row("a", response=""), "", Origin.UN_MECHANISM, ("Chad",)),
        (pledge("a"), "", Origin.PLEDGE, ("Yemen",)),
    ],
)
def test_response(cells, answer, origin, proposers):
    found = entry(cells)

    assert (found.answer, found.origin, found.proposers) == (answer, origin, proposers)


@pytest.mark.parametrize("sender", ["&#40;Unknown&#41;", "(unknown)", "", " "])
def test_unknown_proposer_is_noted(sender):
    found = entry(row("a", sender=sender))

    assert (found.proposers, found.notes) == ((), ("The recommending State is unknown: it gets no position.",))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text": "  "}, "“Text” is empty."),
        ({"to": ""}, "“To” is empty."),
        ({"session": ""}, "“Session” is empty."),
        (
            {"response": "Maybe"},
            "“Response” holds the unknown code “maybe”; known are accepted, noted, voluntary pledge.",
        ),
        ({"action": "6"}, "“Action” holds the unknown code “6”; known are 1, 2, 3, 4, 5."),
        (
            {"session": "99"},
            "“Session” holds the unknown code “99”; known are 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 8 more.",
        ),
        (
            {"response": "Voluntary Pledge"},
            "A voluntary pledge is made by a State to itself; “To” and “From” differ.",
        ),
    ],
)
def test_row_is_refused_with_the_reason(change, said):
    with pytest.raises(Refused) as refusal:
        entry(row(**{"text": "a"} | change))

    assert str(refusal.value) == said


def test_sessions_have_their_months():
    assert (SESSIONS["1"], SESSIONS["9"], SESSIONS["20"]) == (
        dt.date(2008, 4, 1),
        dt.date(2010, 11, 1),
        dt.date(2014, 10, 1),
    )
    assert [session_name(number) for number in ("1", "2", "3", "11", "12", "20")] == [
        f"UPR, {number} session" for number in ("1st", "2nd", "3rd", "11th", "12th", "20th")
    ]


def test_folding_keeps_the_words():
    assert folded(" Hisse\u0300ne  Habre\u0301\r &amp; mud\u00a0") == "Hissène Habré & mud"


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("DPR Korea", "North Korea"),
        ("DPRK", "North Korea"),
        ("democratic people’s republic of korea", "North Korea"),
        ("Republic of Korea", "South Korea"),
        ("Côte d’Ivoire", "Cote d'Ivoire"),
        ("Saint Vincent and Grenadines", "St Vincent and the Grenadines"),
        ("St Vincent & the Grenadines", "St Vincent and the Grenadines"),
        ("Guinea Bissau", "Guinea-Bissau"),
        ("The Gambia", "Gambia"),
        ("Republic of Congo", "Republic of the Congo"),
        ("Democratic Republic of Congo", "Democratic Republic of the Congo"),
        ("북한", "North Korea"),
    ],
)
def test_state_is_known_by_its_names(name, state):
    assert known_state(name).name == state


def test_no_name_means_two_states():
    states = {state.name: state for state in STATES.values()}
    meant = {(key_of(name), state.name) for state in states.values() for name in state.names}

    assert len(states) == 195
    assert len(meant) == len({key for key, _ in meant}) == len(STATES)
    assert known_state("Elbonia") is None
