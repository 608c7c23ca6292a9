"""When a link is called broken, and when it is looked at."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.constraints import Rule, check
from workshop.linking.models import Link, Place

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAY = dt.timedelta(days=1)
FAILED = {"failed_days": 1, "first_failed_at": NOW, "last_failed_on": NOW.date()}


def link(**how):
    return Link.objects.create(**{"url": f"https://example.org/{Link.objects.count()}"} | how)


def place(**how):
    from django.contrib.contenttypes.models import ContentType

    kind = ContentType.objects.get_for_model(Link)
    return Place.objects.create(**{"link": link(), "content_type": kind, "object_id": 1, "field": "url"} | how)


RULES = {
    "linking_link_failure_has_days": Rule(
        link,
        allows=[FAILED, {}],
        refuses=[{"failed_days": 1}, FAILED | {"failed_days": 0}, FAILED | {"last_failed_on": None}],
        says="A link that fails says since when, and only that.",
    ),
    "linking_place_once": Rule(
        place,
        allows=[{"object_id": 2}, {"field": "archived_url"}],
        refuses=[{"link_id": lambda _: place(object_id=7).link_id, "object_id": 7}],
        says="already exists",
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_constraint(name):
    check(name, RULES[name])


@pytest.fixture
def on(monkeypatch):
    """``on(1)``: as if it were the day after today."""
    return lambda days: monkeypatch.setattr("workshop.linking.models.timezone.now", lambda: NOW + days * DAY)


def noted(one, failed=True):
    one.note(failed=failed, said="It is not there." if failed else "It answers.", status=404 if failed else 200)
    return Link.objects.get(pk=one.pk)


def test_link_is_broken_once_it_failed_on_two_days(on):
    one, stages = link(), []
    for day in (0, 0, 1):
        on(day)
        stages.append((noted(one).failed_days, one.is_broken, list(Link.objects.broken()) == [one]))

    assert stages == [(1, False, False), (1, False, False), (2, True, True)]
    assert (one.first_failed_at, one.last_failed_on) == (NOW, (NOW + DAY).date())


def test_link_that_answers_again_is_whole(on):
    one = link()
    for day in (0, 1):
        on(day)
        noted(one)
    on(2)

    whole = noted(one, failed=False)

    assert (whole.failed_days, whole.first_failed_at, whole.last_failed_on, whole.said) == (
        0,
        None,
        None,
        "It answers.",
    )


def test_new_links_are_due_first_then_those_that_were_not_looked_at_longest():
    recent, old, new, older = (link(checked_at=at) for at in (NOW, NOW - DAY, None, NOW - 2 * DAY))

    assert list(Link.objects.due(NOW, dt.timedelta(hours=12))) == [new, older, old]
    assert recent.pk
