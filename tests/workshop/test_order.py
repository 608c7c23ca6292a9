"""Newest first means the same on both databases: what has no date comes last."""

import datetime as dt

import pytest

from tests.factories import DocumentFactory, TalkFactory, WorkshopFactory

OLD, NEW = dt.date(2014, 2, 7), dt.date(2020, 6, 16)


@pytest.mark.parametrize(
    ("factory", "field"), [(WorkshopFactory, "start"), (TalkFactory, "date"), (DocumentFactory, "date")]
)
def test_order_of_records_without_a_date_is_last(db, factory, field):
    undated = factory(**{field: None})
    old = factory(**{field: OLD})
    new = factory(**{field: NEW})

    ordered = [row for row in type(new).objects.all() if row in {undated, old, new}]

    assert ordered == [new, old, undated]


def test_order_of_editions_without_a_date_follows_their_number(db):
    eleventh = WorkshopFactory(start=None, ordinal=11)
    unnumbered = WorkshopFactory(start=None)
    twelfth = WorkshopFactory(start=None, ordinal=12)

    assert list(type(twelfth).objects.all()) == [twelfth, eleventh, unnumbered]
