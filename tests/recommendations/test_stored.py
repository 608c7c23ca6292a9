"""Rows for the lists of other pages, from the index: as the records themselves would give them."""

import datetime as dt

import pytest
from django.utils import timezone, translation

from recommendations.models import Origin, Stance, StatusInterval
from recommendations.rows import StanceShown, recommendation_rows, these
from recommendations.stored import listed_rows
from tests.factories import (
    AddresseeFactory,
    FollowUpFactory,
    OrganisationFactory,
    PositionFactory,
    RecommendationFactory,
    SpeakerFactory,
    ThemeFactory,
)
from tests.recommendations.facets import proposal
from workshop.actions import withdraw
from workshop.common.attribution import Attribution
from workshop.common.publishing import Withdrawal
from workshop.search import freshness
from workshop.search.kinds import RECORDS
from workshop.search.models import Entry

pytestmark = pytest.mark.django_db

SUPPORTS = StanceShown("supports", "Supports")


def linked(code, **fields):
    """A recommendation with everything that a row shows."""
    record = proposal(code, statement_ko="특사를 임명한다", **fields)
    speaker = SpeakerFactory(published=True, name="Alice Marsh", name_ko="앨리스 마시")
    PositionFactory(recommendation=record, speaker=speaker, stance=Stance.PROPOSES)
    PositionFactory(recommendation=record, stance=Stance.PROPOSES, attribution=Attribution.NOT_ATTRIBUTED)
    AddresseeFactory(recommendation=record, organisation=OrganisationFactory(published=True))
    FollowUpFactory(published=True, recommendation=record)
    record.themes.add(ThemeFactory(published=True, name="Information"))
    StatusInterval.objects.rebuild(record)
    return record


@pytest.fixture
def records():
    first = linked("r-1", made_on=dt.date(2020, 1, 1), made_on_precision="day")
    second = linked("r-2", made_on=dt.date(2024, 1, 1), made_on_precision="day", parent=first)
    asked = linked(
        "upr-1",
        made_on=dt.date(2025, 1, 1),
        made_on_precision="day",
        origin=Origin.UN_MECHANISM,
        session="9th",
    )
    return [first, second, asked]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_rows_from_the_index_are_those_of_the_records_newest_first(records, language):
    keys = [record.pk for record in records]

    with translation.override(language):
        rows = listed_rows(keys, {keys[1]: SUPPORTS})

        assert rows == recommendation_rows(these(keys), {keys[1]: SUPPORTS})
    assert [(row.code, row.stance) for row in rows] == [("R-2", SUPPORTS), ("R-1", None), ("UPR-1", None)]
    assert len(rows[0].proposers) == 2


def test_rows_of_any_number_of_records_take_one_query(records, django_assert_num_queries):
    listed_rows([records[0].pk])  # what waited for the index is written

    with django_assert_num_queries(1):
        listed_rows([record.pk for record in records])


def test_no_keys_give_no_rows():
    assert listed_rows([]) == []


def test_what_is_only_tried_out_is_read_from_the_record(records):
    freshness.flush()
    with freshness.apart(indexing=False):
        type(records[0]).objects.filter(pk=records[0].pk).update(statement="Tried out")

        [row] = listed_rows([records[0].pk])

    assert row.statement.value == "Tried out"


def test_draft_and_withdrawn_give_no_row(records):
    draft = RecommendationFactory()
    withdraw(record=records[0], kind=Withdrawal.ERROR)

    assert [row.code for row in listed_rows([draft.pk, *(record.pk for record in records)])] == ["R-2", "UPR-1"]


def test_name_that_has_ended_by_the_clock_stands_in_no_row(records):
    freshness.flush()
    person = records[0].positions.get(attribution=Attribution.ON_RECORD).speaker
    past = timezone.now() - dt.timedelta(minutes=1)
    type(person).objects.filter(pk=person.pk).update(withdraw_at=past)  # as if time had gone by
    Entry.objects.filter(kind=RECORDS["recommendation"], object_id=records[0].pk).update(until=past)

    [row] = listed_rows([records[0].pk])

    assert [str(link.label) for link in row.proposers] == ["a participant (not attributed)"]
