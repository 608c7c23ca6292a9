"""Each facet: what has the value, what has none, and how many have which."""

import datetime as dt

import pytest

from recommendations.models import AffectedGroup, Stance, StatusInterval
from tests.factories import (
    AddresseeFactory,
    FollowUpFactory,
    OrganisationFactory,
    PositionFactory,
    ResponseFactory,
    SpeakerFactory,
    ThemeFactory,
    WorkshopFactory,
)
from tests.recommendations.facets import codes, counts, proposal
from workshop.common.attribution import Attribution

pytestmark = pytest.mark.django_db


def with_speaker(record, slug):
    PositionFactory(recommendation=record, speaker=SpeakerFactory(published=True, slug=slug), stance=Stance.DOUBTS)


def with_proposer(record, slug):
    PositionFactory(recommendation=record, speaker=SpeakerFactory(published=True, slug=slug))


def with_addressee(record, slug):
    AddresseeFactory(recommendation=record, organisation=OrganisationFactory(published=True, slug=slug))


def with_theme(record, slug):
    record.themes.add(ThemeFactory(published=True, slug=slug))


def with_group(record, slug):
    record.affected.add(AffectedGroup.objects.create(slug=slug, name=slug))


def with_tag(record, slug):
    record.tags.add(slug)


def with_response(record, answer):
    organisation = OrganisationFactory(published=True)
    ResponseFactory(addressee=AddresseeFactory(recommendation=record, organisation=organisation), answer=answer)


def with_stance(record, stance):
    PositionFactory(recommendation=record, speaker=SpeakerFactory(published=True), stance=stance)


@pytest.mark.parametrize(
    ("facet", "give", "one", "other"),
    [
        ("speaker", with_speaker, "alice", "bob"),
        ("proposer", with_proposer, "alice", "bob"),
        ("addressee", with_addressee, "ministry", "assembly"),
        ("theme", with_theme, "rights", "정보"),
        ("affected", with_group, "sailors", "tailors"),
        ("tag", with_tag, "envoy", "law"),
        ("response", with_response, "supported-in-part", "noted"),
        ("stance", with_stance, "opposes", "supports-with-conditions"),
    ],
)
def test_facet_by_rows_finds_and_counts(facet, give, one, other):
    first, both = proposal("x-1"), proposal("x-2")
    proposal("x-3")
    give(first, one)
    give(both, other)
    assert codes(f"{facet}={one}") == ["x-1"]
    assert codes(f"{facet}={one}&{facet}={other}") == ["x-1", "x-2"]
    assert codes(f"{facet}=-none") == ["x-3"]
    assert codes(f"{facet}=-none&{facet}={one}") == ["x-1", "x-3"]
    assert codes(f"{facet}=nothing-of-the-kind") == []
    assert counts(facet) == counts(facet, f"{facet}={one}") == {one: 1, other: 1, "-none": 1}


@pytest.mark.parametrize(
    ("facet", "one", "other", "value", "absent"),
    [
        ("origin", {"origin": "talk"}, {"origin": "document"}, "document", "pledge"),
        ("modality", {"modality": "should"}, {"modality": "could"}, "could", "must"),
        ("action", {"action": 1}, {"action": 5}, "5", "3"),
        ("year", {"made_on": dt.date(2019, 12, 31)}, {"made_on": dt.date(2020, 1, 1)}, "2020", "2021"),
    ],
)
def test_facet_by_column_finds_and_counts(facet, one, other, value, absent):
    proposal("x-1", **one)
    proposal("x-2", **other)
    (before,) = set(counts(facet)) - {value}
    assert codes(f"{facet}={value}") == ["x-2"]
    assert codes(f"{facet}={value}&{facet}={before}&sort=code") == ["x-1", "x-2"]
    assert codes(f"{facet}={absent}") == codes(f"{facet}=-none") == []
    assert counts(facet) == counts(facet, f"{facet}={value}") == {value: 1, before: 1}


def test_action_knows_what_is_not_classified():
    proposal("x-1", action=None)
    proposal("x-2", action=2)
    assert codes("action=-none") == ["x-1"]
    assert counts("action") == {"2": 1, "-none": 1}


def test_edition_is_found_and_counted():
    edition = WorkshopFactory(published=True, slug="twelfth")
    proposal("x-1", workshop=edition)
    proposal("x-2", workshop=None, origin="un-mechanism", session="33rd", source_quote=None)
    assert codes("workshop=twelfth") == ["x-1"]
    assert codes("workshop=-none") == ["x-2"]
    assert counts("workshop") == {"twelfth": 1, "-none": 1}


def test_organisation_proposes_under_its_prefix_only():
    state = OrganisationFactory(published=True, slug="elbonia")
    PositionFactory(recommendation=proposal("x-1"), speaker=None, organisation=state)
    PositionFactory(recommendation=proposal("x-2"), speaker=None, organisation=state, stance=Stance.SUPPORTS)
    assert codes("proposer=org:elbonia") == ["x-1"]
    assert codes("proposer=elbonia") == codes("speaker=elbonia") == []
    assert counts("proposer") == {"org:elbonia": 1, "-none": 1}


def test_proposer_is_not_who_doubts():
    PositionFactory(
        recommendation=proposal("x-1"), speaker=SpeakerFactory(published=True, slug="alice"), stance=Stance.DOUBTS
    )
    assert codes("proposer=alice") == []
    assert counts("proposer") == {"-none": 1}


def test_stance_counts_those_who_are_not_named():
    record = proposal("x-1")
    PositionFactory(recommendation=record, stance=Stance.OPPOSES, attribution=Attribution.NOT_ATTRIBUTED)
    PositionFactory(recommendation=record, speaker=SpeakerFactory(published=True), stance=Stance.OPPOSES)
    assert codes("stance=opposes") == ["x-1"]
    assert counts("stance") == {"opposes": 1}


def test_parent_does_not_inherit_the_values_of_its_children():
    parent = proposal("x-1")
    with_theme(proposal("x-2", parent=parent), "rights")
    assert codes("theme=rights") == ["x-2"]
    assert codes("theme=-none") == ["x-1"]


def followed(code, *steps):
    record = proposal(code)
    for day, status in steps:
        FollowUpFactory(published=True, recommendation=record, date=day, status=status)
    StatusInterval.objects.rebuild(record)
    return record


def test_status_is_the_last_one_or_that_of_a_day():
    followed("x-1", (dt.date(2023, 1, 24), "in-progress"), (dt.date(2025, 1, 20), "reversed"))
    followed("x-2", (dt.date(2024, 1, 1), "not-assessed"))
    proposal("x-3")
    assert codes("status=reversed") == ["x-1"]
    assert codes("status=not-assessed") == ["x-2", "x-3"]
    assert counts("status") == {"reversed": 1, "not-assessed": 2}
    assert codes("status=in-progress&as_of=2025-01-19") == ["x-1"]
    assert codes("status=reversed&as_of=2025-01-20") == ["x-1"]
    assert codes("status=not-assessed&as_of=2023-01-23") == ["x-1", "x-2", "x-3"]
    assert counts("status", "as_of=2024-06-30") == {"in-progress": 1, "not-assessed": 2}
    assert counts("status", "status=reversed") == {"reversed": 1, "not-assessed": 2}
    assert codes("status=-none") == []
