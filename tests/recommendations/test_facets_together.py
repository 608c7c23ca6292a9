"""Facets together: AND between them, counts without the own choice, the same row where it must be."""

import datetime as dt

import pytest

from recommendations.models import Stance
from tests.factories import (
    AddresseeFactory,
    OrganisationFactory,
    PositionFactory,
    ResponseFactory,
    SpeakerFactory,
    ThemeFactory,
)
from tests.recommendations.facets import ask, codes, counts, proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def bob():
    return SpeakerFactory(published=True, slug="bob")


def test_choices_of_two_facets_both_hold(alice, bob):
    rights, silt = ThemeFactory(published=True, slug="rights"), ThemeFactory(published=True, slug="silt")
    for code, speaker, theme in [("x-1", alice, rights), ("x-2", alice, silt), ("x-3", bob, rights)]:
        record = proposal(code)
        record.themes.add(theme)
        PositionFactory(recommendation=record, speaker=speaker)
    answer = ask("speaker=alice&theme=rights")
    assert codes("speaker=alice&theme=rights") == ["x-1"]
    assert answer.total == 1
    assert answer.counts["theme"] == {"rights": 1, "silt": 1}  # of what Alice stands on
    assert answer.counts["speaker"] == {"alice": 1, "bob": 1}  # of what is on rights
    assert answer.counts["proposer"] == {"alice": 1}  # of both


def test_several_positions_of_one_expert_count_once(alice):
    record = proposal("x-1")
    PositionFactory(recommendation=record, speaker=alice)
    record.themes.add(ThemeFactory(published=True, slug="a"), ThemeFactory(published=True, slug="b"))
    assert counts("speaker", "theme=a&theme=b") == {"alice": 1}
    assert ask("theme=a&theme=b").total == 1


def test_speaker_with_stance_holds_on_one_position(alice, bob):
    record = proposal("x-1")
    PositionFactory(recommendation=record, speaker=alice, stance=Stance.PROPOSES)
    PositionFactory(recommendation=record, speaker=bob, stance=Stance.OPPOSES)
    assert codes("speaker=alice&stance=proposes") == ["x-1"]
    assert codes("speaker=alice&stance=opposes") == []
    assert codes("speaker=alice&speaker=bob&stance=opposes") == ["x-1"]
    assert counts("stance", "speaker=alice") == {"proposes": 1}
    assert counts("speaker", "stance=opposes") == {"bob": 1}
    assert counts("stance", "speaker=alice&stance=opposes") == {"proposes": 1}


def test_stance_with_nobody_named_holds_where_no_named_expert_takes_it(alice):
    record = proposal("x-1")
    PositionFactory(recommendation=record, speaker=alice)
    PositionFactory(recommendation=record, speaker=None, stance=Stance.OPPOSES, attribution=2)
    assert codes("speaker=-none&stance=opposes") == ["x-1"]
    assert codes("speaker=-none&stance=proposes") == []
    assert codes("speaker=alice&stance=-none") == []


def test_addressee_with_response_holds_on_one_response():
    asked = [OrganisationFactory(published=True, slug=slug) for slug in ("elbonia", "freedonia")]
    record = proposal("x-1")
    rows = [AddresseeFactory(recommendation=record, organisation=body) for body in asked]
    ResponseFactory(addressee=rows[0], answer="supported")
    ResponseFactory(addressee=rows[1], answer="noted")
    assert codes("addressee=elbonia&response=supported") == ["x-1"]
    assert codes("addressee=elbonia&response=noted") == []
    assert counts("response", "addressee=elbonia") == {"supported": 1}
    assert counts("addressee", "response=noted") == {"freedonia": 1}


def test_addressee_without_response_is_one_who_said_nothing():
    record = proposal("x-1")
    silent, loud = [OrganisationFactory(published=True, slug=slug) for slug in ("silent", "loud")]
    AddresseeFactory(recommendation=record, organisation=silent)
    ResponseFactory(addressee=AddresseeFactory(recommendation=record, organisation=loud), answer="noted")
    assert codes("addressee=silent&response=-none") == ["x-1"]
    assert codes("addressee=loud&response=-none") == []
    assert codes("response=-none") == []
    assert counts("response", "addressee=silent") == {"-none": 1}


def test_newest_first_but_experts_before_the_un():
    proposal("x-old", made_on=dt.date(2019, 1, 1))
    proposal("x-new", made_on=dt.date(2021, 1, 1))
    fields = {"workshop": None, "session": "33rd", "source_quote": None, "made_on": dt.date(2024, 1, 1)}
    proposal("u-1", origin="un-mechanism", **fields)
    proposal("a-2", origin="pledge", **fields)
    assert codes() == codes("sort=relevance") == ["x-new", "x-old", "u-1", "a-2"]
    assert codes("sort=code") == ["a-2", "u-1", "x-new", "x-old"]


def test_updated_puts_the_last_change_first():
    first, second = proposal("x-1"), proposal("x-2")
    second.save()
    first.save()
    assert codes("sort=updated") == ["x-1", "x-2"]


def test_pages_follow_one_another_without_overlap():
    for number in range(30):
        proposal(f"x-{number:02d}")
    assert codes() + codes("page=2") == [f"x-{number:02d}" for number in range(30)]
    assert (ask("page=3").ids, ask("page=3").total) == ((), 30)
