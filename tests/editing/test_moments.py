"""Moments in the site's time zone: to the minute, also where the clocks change."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.factories import ThemeFactory
from workshop.editing.moments import Moment, zone

BERLIN, SEOUL = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Seoul")


@pytest.fixture
def here(request):
    with timezone.override(request.param):
        yield


@pytest.mark.parametrize(
    ("here", "typed", "utc"),
    [
        (SEOUL, ("2027-03-28", "02:30"), (2027, 3, 27, 17, 30)),
        (BERLIN, ("2027-03-28", "01:59"), (2027, 3, 28, 0, 59)),
        (BERLIN, ("2027-03-28", "03:00"), (2027, 3, 28, 1, 0)),
        (BERLIN, ("2027-10-31", "03:00"), (2027, 10, 31, 2, 0)),
        (dt.UTC, ("2027-10-31", "02:30"), (2027, 10, 31, 2, 30)),
    ],
    indirect=["here"],
)
def test_moment_is_meant_in_the_zone_of_the_site(here, typed, utc):
    assert Moment().clean(list(typed)) == dt.datetime(*utc, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("here", "typed", "sentence"),
    [
        (
            BERLIN,
            ("2027-03-28", "02:30"),
            "28 March 2027, 02:30 does not exist in Europe/Berlin: the clocks go forward then. Choose another time.",
        ),
        (
            BERLIN,
            ("2027-10-31", "02:30"),
            "31 October 2027, 02:30 comes twice in Europe/Berlin: the clocks go back then. "
            "Choose a time before or after.",
        ),
    ],
    indirect=["here"],
)
def test_minute_that_the_clocks_leave_out_or_have_twice_is_refused_with_a_sentence(here, typed, sentence):
    with pytest.raises(ValidationError) as refusal:
        Moment().clean(list(typed))

    assert refusal.value.messages == [sentence]


@pytest.mark.django_db
def test_page_refuses_such_a_minute_beside_its_field(editor, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    theme = ThemeFactory()

    response = editor.post(theme, "schedule", data={"publish_at_0": "2027-03-28", "publish_at_1": "02:30"})

    assert list(response.context["form"].errors) == ["publish_at"]
    assert "Times are those of Europe/Berlin (UTC+" in response.content.decode()


@pytest.mark.parametrize("here", [dt.UTC], indirect=True)
def test_zone_without_a_distance_has_a_short_name(here):
    assert zone() == "UTC"
