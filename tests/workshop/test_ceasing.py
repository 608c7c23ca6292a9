"""The moment from which on nothing that was kept may be shown: noted with every end, moved on by run_due."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.factories import SpeakerFactory
from workshop.actions import withdraw_later
from workshop.models import SiteState

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def ceases_at():
    return SiteState.objects.get().ceases_at


def test_earliest_moment_is_noted_whatever_the_order():
    soon, later = timezone.now() + HOUR, timezone.now() + 2 * HOUR
    one, two, three = SpeakerFactory.create_batch(3, published=True)

    noted = []
    for record, moment in ((one, later), (two, soon), (three, later)):
        withdraw_later(record=record, at=moment, kind="error")
        noted.append(ceases_at())

    assert noted == [later, soon, soon]


def test_end_that_was_set_with_the_schedule_is_noted_when_it_is_published():
    end = timezone.now() + HOUR
    record = SpeakerFactory(state="scheduled", publish_at=timezone.now() - HOUR, withdraw_at=end)

    call_command("run_due")

    record.refresh_from_db()
    assert (record.state, ceases_at()) == ("published", end)


def test_run_due_looks_for_the_next_moment_once_one_has_passed():
    past, soon, later = (timezone.now() + hours * HOUR for hours in (-1, 1, 2))
    for moment in (later, soon):
        withdraw_later(record=SpeakerFactory(published=True), at=moment, kind="error")
    SpeakerFactory(state="scheduled", publish_at=later, withdraw_at=later + HOUR)  # not public yet
    SiteState.objects.update(ceases_at=past)
    version = SiteState.objects.get().version

    call_command("run_due")

    state = SiteState.objects.get()
    assert (state.ceases_at, state.version) == (soon, version + 1)


def test_run_due_leaves_the_moment_and_the_version_while_it_lies_ahead():
    soon = timezone.now() + HOUR
    withdraw_later(record=SpeakerFactory(published=True), at=soon, kind="error")
    before = SiteState.objects.get()

    call_command("run_due")

    after = SiteState.objects.get()
    assert (after.ceases_at, after.version) == (soon, before.version)
