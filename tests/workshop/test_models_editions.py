"""Editions, the changes of their plan, their themes; and the one row about the site."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from tests.constraints import Rule, check, in_a_language, of_publishing
from tests.factories import (
    SeriesFactory,
    StatusChangeFactory,
    ThemeFactory,
    WorkshopFactory,
    WorkshopThemeFactory,
)
from workshop.models import EventStatus, SiteState

pytestmark = pytest.mark.django_db
DAY = dt.date(2020, 3, 13)
BEFORE, AFTER = DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=1)


def site(**kwargs):
    return SiteState.objects.update_or_create(pk=1, defaults=kwargs)[0]


RULES = {
    **of_publishing(WorkshopFactory),
    **in_a_language(WorkshopFactory, "title"),
    "workshop_workshop_ordinal_once_in_series": Rule(
        WorkshopFactory,
        given={"series": SeriesFactory, "ordinal": 12},
        allows=[
            {"ordinal": 13},
            {"series": lambda _: WorkshopFactory(series=None, ordinal=12).series},
            {"ordinal": lambda record: WorkshopFactory(series=record.series, ordinal=None).ordinal},
        ],
        refuses=[{"series": lambda record: WorkshopFactory(series=SeriesFactory(), ordinal=12).series}],
        says="The series has an edition with this number already.",
    ),
    "workshop_workshop_end_not_before_start": Rule(
        WorkshopFactory,
        given={"start": DAY},
        allows=[{"end": DAY}, {"end": AFTER}, {"end": None}, {"start": None, "end": DAY}],
        refuses=[{"end": BEFORE}],
        says="The edition ends before it starts.",
    ),
    "workshop_statuschange_status_known": Rule(
        StatusChangeFactory,
        allows=[{"status": status} for status in EventStatus.values],
        refuses=[{"status": "EventForgotten"}],
        says="is not a valid choice",
    ),
    "workshop_statuschange_previous_end_not_before_start": Rule(
        StatusChangeFactory,
        given={"previous_start": DAY},
        allows=[{"previous_end": DAY}, {"previous_end": None}],
        refuses=[{"previous_end": BEFORE}],
        says="The previous dates end before they start.",
    ),
    "workshop_statuschange_new_end_not_before_start": Rule(
        StatusChangeFactory,
        given={"new_start": DAY},
        allows=[{"new_end": AFTER}, {"new_end": None}],
        refuses=[{"new_end": BEFORE}],
        says="The new dates end before they start.",
    ),
    "workshop_workshoptheme_once": Rule(
        WorkshopThemeFactory,
        allows=[{"theme": lambda _: ThemeFactory()}],
        refuses=[{"theme": lambda row: WorkshopThemeFactory(workshop=row.workshop).theme}],
        says="The edition has this theme already.",
    ),
    "workshop_sitestate_is_one_row": Rule(
        site,
        allows=[{"version": 7}],
        refuses=[{"id": 2}],
        says="",
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_constraint(name):
    check(name, RULES[name])


@pytest.mark.parametrize("code", ["kw12", "KW 12", "KW-12", ""])
def test_code_of_an_edition_in_another_form_is_refused(code):
    with pytest.raises(ValidationError) as refusal:
        WorkshopFactory.build(code=code).full_clean()

    assert list(refusal.value.message_dict) == ["code"]


def test_time_zone_that_does_not_exist_is_refused():
    with pytest.raises(ValidationError) as refusal:
        WorkshopFactory.build(time_zone="Asia/Pyong").full_clean()

    assert refusal.value.message_dict == {"time_zone": ["Give a time zone such as America/Los_Angeles or Asia/Seoul."]}


# --- Its status ------------------------------------------------------------------------


def changed(*changes):
    """An edition with changes: status, day, precision, new start."""
    edition = WorkshopFactory()
    for status, decided, precision, new in changes:
        StatusChangeFactory(
            workshop=edition, status=status, decided_on=decided, decided_on_precision=precision, new_start=new
        )
    return edition


@pytest.mark.parametrize(
    ("changes", "status", "line"),
    [
        ([], None, ""),
        ([("EventScheduled", DAY, "day", None)], "EventScheduled", ""),
        ([("EventCancelled", DAY, "month", None)], "EventCancelled", "Cancelled 2020-03"),
        ([("EventPostponed", DAY, "day", None)], "EventPostponed", "Postponed 2020-03-13"),
        (
            [
                ("EventCancelled", DAY, "month", None),
                ("EventMovedOnline", dt.date(2020, 6, 1), "month", dt.date(2020, 6, 16)),
            ],
            "EventMovedOnline",
            "Cancelled 2020-03 · convened online from 16 June 2020",
        ),
        (
            [("EventRescheduled", DAY, "day", dt.date(2020, 9, 1))],
            "EventRescheduled",
            "rescheduled to 1 September 2020",
        ),
        (
            # Entered the wrong way round: the day decides, not the order of entry.
            [("EventPostponed", AFTER, "day", None), ("EventCancelled", DAY, "day", None)],
            "EventPostponed",
            "Cancelled 2020-03-13 · Postponed 2020-03-14",
        ),
        (
            # On one day the last entered holds.
            [("EventPostponed", DAY, "day", None), ("EventCancelled", DAY, "day", None)],
            "EventCancelled",
            "Postponed 2020-03-13 · Cancelled 2020-03-13",
        ),
    ],
)
def test_status_is_the_latest_decided(changes, status, line):
    edition = changed(*changes)

    latest = edition.status()

    assert (latest and latest.status, edition.status_line(dt.date(2021, 1, 1))) == (status, line)


def test_status_line_before_the_day_says_what_is_planned():
    edition = changed(("EventMovedOnline", DAY, "day", dt.date(2020, 6, 16)))

    assert edition.status_line(dt.date(2020, 5, 1)) == "moved online, from 16 June 2020"


def test_ends_only_where_it_is_another_day():
    assert WorkshopFactory.build(start=DAY, end=DAY).ends is None
    assert str(WorkshopFactory.build(start=DAY, end=AFTER).ends) == "14 March 2020"


# --- The site --------------------------------------------------------------------------


def test_raise_version_counts_up_from_the_first_change():
    versions = []
    for _ in range(3):
        SiteState.raise_version()
        versions.append(SiteState.objects.get().version)

    assert versions == sorted(set(versions))
