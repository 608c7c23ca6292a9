"""What became of it: dated, sourced, able to turn back."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from recommendations.models import FollowUp, Status, StatusInterval
from tests.constraints import Rule, check, in_a_language, of_publishing
from tests.factories import DocumentFactory, FollowUpFactory, RecommendationFactory
from workshop.actions import publish, withdraw

pytestmark = pytest.mark.django_db


def interval(**kwargs):
    follow_up = FollowUpFactory()
    values = {"recommendation": follow_up.recommendation, "follow_up": follow_up, "status": "stalled"}
    return StatusInterval.objects.create(**values | {"start": dt.date(2020, 1, 1)} | kwargs)


RULES = {
    **of_publishing(FollowUpFactory),
    **in_a_language(FollowUpFactory, "summary"),
    "recommendations_followup_status_known": Rule(
        FollowUpFactory,
        allows=[{"status": status} for status in Status.values],
        refuses=[{"status": "forgotten"}],
        says="is not a valid choice",
    ),
    "recommendations_followup_published_has_evidence": Rule(
        FollowUpFactory,
        given={"published": True},
        allows=[
            {"evidence": None},
            {"evidence_url": "", "evidence": lambda _: DocumentFactory()},
            {"evidence_url": "", "state": "draft", "first_published_at": None},
        ],
        refuses=[{"evidence_url": ""}, {"evidence_url": "", "state": "withdrawn", "withdrawal": "error"}],
        says="Before it is published it needs its evidence: a document or an address.",
    ),
    "recommendations_followup_not_its_own_correction": Rule(
        FollowUpFactory,
        allows=[{"replaces": lambda row: FollowUpFactory(recommendation=row.recommendation)}],
        refuses=[{"replaces": lambda row: row}],
        says="A follow-up does not replace itself.",
    ),
    "recommendations_followup_not_withdrawn_by_clock": Rule(
        FollowUpFactory,
        allows=[{"withdraw_at": None}],
        refuses=[{"withdraw_at": timezone.now()}],
        says="A follow-up is withdrawn by hand, because the status depends on it.",
    ),
    "recommendations_interval_one_is_open": Rule(
        interval,
        allows=[{"end": None}, {"end": dt.date(2021, 1, 1)}],
        refuses=[{"recommendation": lambda _: interval().recommendation}],
        says="",
    ),
    "recommendations_interval_end_after_start": Rule(
        interval,
        allows=[{"end": dt.date(2020, 1, 2)}],
        refuses=[{"end": dt.date(2020, 1, 1)}, {"end": dt.date(2019, 1, 1)}],
        says="",
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_constraint(name):
    check(name, RULES[name])


def test_correction_of_a_follow_up_elsewhere_is_refused():
    with pytest.raises(ValidationError, match="It corrects a follow-up of another recommendation."):
        FollowUpFactory(replaces=FollowUpFactory()).full_clean()


# --- The status over time --------------------------------------------------------------


@pytest.fixture
def recommendation():
    return RecommendationFactory(published=True)


def happened(recommendation, day, status, *, precision="day", **kwargs):
    """A follow-up, published by the action."""
    draft = FollowUpFactory(
        recommendation=recommendation,
        date=dt.date.fromisoformat(day),
        date_precision=precision,
        status=status,
        **kwargs,
    )
    return publish(record=draft)


def stored(recommendation):
    """The stored intervals; they must be those that the follow-ups make."""
    rows = [(row.status, str(row.start), str(row.end or "")) for row in recommendation.intervals.order_by("start")]
    derived = StatusInterval.objects.derive(recommendation)
    assert rows == [(row.status, str(row.start), str(row.end or "")) for row in derived]
    return rows


def test_intervals_of_a_post_that_was_filled_and_fell_vacant_again(recommendation):
    happened(recommendation, "2017-01-20", "no-action")
    happened(recommendation, "2023-01-23", "in-progress")
    happened(recommendation, "2023-10-01", "implemented", precision="month")
    happened(recommendation, "2025-01-01", "reversed", precision="month")

    assert stored(recommendation) == [
        ("no-action", "2017-01-20", "2023-01-23"),
        ("in-progress", "2023-01-23", "2023-10-31"),
        ("implemented", "2023-10-31", "2025-01-31"),
        ("reversed", "2025-01-31", ""),
    ]


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2017-01-19", []),
        ("2017-01-20", ["no-action"]),
        ("2023-01-22", ["no-action"]),
        ("2023-01-23", ["implemented"]),
        (None, ["implemented"]),
    ],
)
def test_status_on_a_day_starts_with_the_first_day_and_ends_before_the_last(recommendation, day, status):
    happened(recommendation, "2017-01-20", "no-action")
    happened(recommendation, "2023-01-23", "implemented")

    found = recommendation.intervals.on(day and dt.date.fromisoformat(day))

    assert [row.status for row in found] == status


def test_intervals_do_not_depend_on_the_order_of_entry(recommendation):
    happened(recommendation, "2023-01-23", "implemented")
    happened(recommendation, "2017-01-20", "no-action")

    assert stored(recommendation) == [("no-action", "2017-01-20", "2023-01-23"), ("implemented", "2023-01-23", "")]


@pytest.mark.parametrize(
    ("precision", "start"),
    [("day", "2020-02-10"), ("month", "2020-02-29"), ("quarter", "2020-03-31"), ("year", "2020-12-31")],
)
def test_interval_starts_on_the_last_day_that_the_precision_allows(recommendation, precision, start):
    happened(recommendation, "2020-02-10", "stalled", precision=precision)

    assert stored(recommendation) == [("stalled", start, "")]


def test_of_two_on_one_day_the_last_entered_holds(recommendation):
    happened(recommendation, "2020-12-31", "stalled")
    happened(recommendation, "2020-01-01", "rejected", precision="year")

    assert stored(recommendation) == [("rejected", "2020-12-31", "")]


def test_status_that_only_repeats_makes_no_new_interval(recommendation):
    happened(recommendation, "2020-01-01", "stalled")
    happened(recommendation, "2021-01-01", "stalled")
    happened(recommendation, "2022-01-01", "rejected")

    assert stored(recommendation) == [("stalled", "2020-01-01", "2022-01-01"), ("rejected", "2022-01-01", "")]


def test_not_assessed_ends_a_status_and_makes_none(recommendation):
    happened(recommendation, "2020-01-01", "not-assessed")
    happened(recommendation, "2021-01-01", "stalled")
    happened(recommendation, "2022-01-01", "not-assessed")
    happened(recommendation, "2023-01-01", "stalled")

    assert stored(recommendation) == [("stalled", "2021-01-01", "2022-01-01"), ("stalled", "2023-01-01", "")]


def test_disputed_follow_up_sets_no_status(recommendation):
    happened(recommendation, "2020-01-01", "stalled")
    happened(recommendation, "2021-01-01", "implemented", confidence="disputed")

    assert stored(recommendation) == [("stalled", "2020-01-01", "")]


def test_draft_follow_up_sets_no_status(recommendation):
    FollowUpFactory(recommendation=recommendation)
    happened(recommendation, "2020-01-01", "stalled")

    assert stored(recommendation) == [("stalled", "2020-01-01", "")]


def test_correction_takes_the_place_of_what_it_replaces(recommendation):
    wrong = happened(recommendation, "2020-01-01", "implemented")
    happened(recommendation, "2020-02-01", "stalled", replaces=wrong)

    assert stored(recommendation) == [("stalled", "2020-02-01", "")]


def test_draft_correction_replaces_nothing_yet(recommendation):
    wrong = happened(recommendation, "2020-01-01", "implemented")
    FollowUpFactory(recommendation=recommendation, replaces=wrong)

    assert stored(recommendation) == [("implemented", "2020-01-01", "")]


def test_withdrawn_correction_lets_what_it_replaced_stand_again(recommendation):
    wrong = happened(recommendation, "2020-01-01", "implemented")
    correction = happened(recommendation, "2020-02-01", "stalled", replaces=wrong)

    withdraw(record=correction, kind="error")

    assert stored(recommendation) == [("implemented", "2020-01-01", "")]


def test_correction_that_removes_a_dispute_sets_the_status(recommendation):
    disputed = happened(recommendation, "2020-01-01", "implemented", confidence="disputed")
    happened(recommendation, "2020-01-01", "implemented", replaces=disputed, confidence="confirmed")

    assert stored(recommendation) == [("implemented", "2020-01-01", "")]


def test_withdrawn_follow_up_leaves_the_status_before_it(recommendation):
    happened(recommendation, "2020-01-01", "stalled")
    last = happened(recommendation, "2021-01-01", "implemented")

    withdraw(record=last, kind="error")

    assert stored(recommendation) == [("stalled", "2020-01-01", "")]


def test_withdrawn_only_follow_up_leaves_it_not_assessed(recommendation):
    only = happened(recommendation, "2020-01-01", "stalled")

    withdraw(record=only, kind="error")

    assert stored(recommendation) == []


def test_withdrawn_recommendation_keeps_its_statuses_out_of_sight(recommendation):
    happened(recommendation, "2020-01-01", "stalled")

    withdraw(record=recommendation, kind="error")

    assert (StatusInterval.objects.public().count(), StatusInterval.objects.count()) == (0, 1)
    assert not FollowUp.objects.public().exists()
