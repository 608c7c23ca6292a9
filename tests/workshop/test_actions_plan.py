"""The plan of an edition, which changes through decisions alone."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from tests.factories import StatusChangeFactory, UserFactory, WorkshopFactory
from workshop.actions import change_status, remove_status
from workshop.models import SiteState, StatusChange, Workshop

pytestmark = pytest.mark.django_db
MARCH, JUNE, SEPTEMBER = dt.date(2020, 3, 13), dt.date(2020, 6, 16), dt.date(2020, 9, 1)


def site_version():
    return SiteState.objects.filter(pk=1).values_list("version", flat=True).first() or 0


def change(edition, decided, status="EventRescheduled", **kwargs):
    return change_status(
        change=StatusChange(workshop=edition, status=status, decided_on=decided, **kwargs), by=UserFactory()
    )


def plan(edition):
    edition = Workshop.objects.get(pk=edition.pk)
    return edition.start, edition.end, edition.dates_precision


def test_change_status_keeps_the_old_plan_and_makes_the_new_one():
    edition = WorkshopFactory(start=MARCH, end=MARCH)
    before = site_version()

    made = change(edition, dt.date(2020, 3, 5), new_start=JUNE, new_end=JUNE + dt.timedelta(days=2))

    assert (made.previous_start, made.previous_end) == (MARCH, MARCH)
    assert plan(edition) == (JUNE, JUNE + dt.timedelta(days=2), "day")
    assert site_version() > before


def test_change_status_entered_late_does_not_undo_a_later_plan():
    edition = WorkshopFactory(start=MARCH)

    change(edition, dt.date(2020, 5, 1), new_start=SEPTEMBER)
    change(edition, dt.date(2020, 4, 1), new_start=JUNE)

    assert plan(edition)[0] == SEPTEMBER


def test_change_status_entered_late_makes_the_plan_where_the_later_one_made_none():
    edition = WorkshopFactory(start=MARCH)

    change(edition, dt.date(2020, 5, 1), status="EventPostponed")
    change(edition, dt.date(2020, 4, 1), new_start=JUNE)

    assert plan(edition)[0] == JUNE


def test_change_status_that_ends_before_it_starts_writes_nothing():
    edition = WorkshopFactory(start=MARCH)

    with pytest.raises(ValidationError, match="The new dates end before they start."):
        change(edition, MARCH, new_start=JUNE, new_end=MARCH)

    assert (plan(edition)[0], StatusChange.objects.exists()) == (MARCH, False)


def test_change_status_is_not_undone_by_a_form_opened_before():
    edition = WorkshopFactory(start=MARCH)
    opened_before = Workshop.objects.get()

    change(edition, MARCH, new_start=JUNE)
    opened_before.title = "Another title"
    opened_before.save()

    assert (plan(edition)[0], Workshop.objects.get().title) == (JUNE, "Another title")


def test_remove_status_brings_the_plan_before_it_back():
    edition = WorkshopFactory(start=MARCH)
    made = change(edition, MARCH, new_start=JUNE)

    remove_status(change=made)

    assert (plan(edition)[0], StatusChange.objects.exists()) == (MARCH, False)


def test_remove_status_of_an_earlier_change_leaves_the_plan():
    edition = WorkshopFactory(start=MARCH)
    first = StatusChangeFactory(workshop=edition, decided_on=dt.date(2020, 2, 1), decided_on_precision="day")
    change(edition, MARCH, new_start=JUNE)

    remove_status(change=first)

    assert plan(edition)[0] == JUNE
