"""What a review can be, and for whom it waits."""

import pytest
from django.utils import timezone

from tests.constraints import Rule, check
from tests.factories import AppointmentFactory, ReviewFactory, TalkFactory, UserFactory
from workshop.reviewing.models import Appointment, Outcome, Review

pytestmark = pytest.mark.django_db
NOW = timezone.now()
ANSWERED = {"answered_at": NOW, "answer": "Better so."}


RULES = {
    "reviewing_review_person_or_role": Rule(
        ReviewFactory,
        allows=[{"to_role": ""}, {"to_role": "", "to_user": lambda _: UserFactory()}],
        refuses=[{"to_user": lambda _: UserFactory()}],
        says="Ask a person or a role, not both.",
    ),
    "reviewing_review_role_that_publishes": Rule(
        ReviewFactory,
        allows=[{"to_role": "admin"}, {"to_role": "editor"}],
        refuses=[{"to_role": "author"}],
        says="Ask the editors or the admins.",
    ),
    "reviewing_review_answered_with_outcome": Rule(
        ReviewFactory,
        allows=[ANSWERED | {"outcome": outcome} for outcome in Outcome.values],
        refuses=[{"outcome": "published"}, ANSWERED],
        says="What is answered has an outcome, and only that.",
    ),
    "reviewing_review_sent_back_with_words": Rule(
        ReviewFactory,
        allows=[{"answered_at": NOW, "outcome": outcome} for outcome in ("published", "taken_back")],
        refuses=[{"answered_at": NOW, "outcome": outcome} for outcome in ("sent_back", "answered")],
        says="Say what to change: the author reads it above the form.",
    ),
    "reviewing_review_one_open_a_record": Rule(
        ReviewFactory,
        allows=[{"object_id": lambda review: review.object_id + 1000}, {"answered_at": NOW, "outcome": "published"}],
        refuses=[{"object_id": lambda _: ReviewFactory(record=TalkFactory()).object_id}],
        says="It is in review already.",
    ),
    "reviewing_appointment_one_a_record": Rule(
        AppointmentFactory,
        allows=[{"object_id": lambda one: one.object_id + 1000}],
        refuses=[{"object_id": lambda _: AppointmentFactory(record=TalkFactory()).object_id}],
        says="It has its moment already.",
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_constraint(name):
    check(name, RULES[name])


@pytest.mark.parametrize(
    ("role", "asked", "waits"),
    [
        ("author", {"to_role": "editor"}, False),
        ("editor", {"to_role": "editor"}, True),
        ("admin", {"to_role": "editor"}, True),
        ("editor", {"to_role": "admin"}, False),
        ("admin", {"to_role": "admin"}, True),
    ],
)
def test_review_waits_for_those_of_the_role(role, asked, waits):
    review = ReviewFactory(**asked)

    assert list(Review.objects.awaiting(UserFactory(role=role))) == ([review] if waits else [])


def test_review_waits_for_the_person_who_was_asked_until_it_is_answered():
    person = UserFactory()
    review = ReviewFactory(to_user=person)
    ReviewFactory(to_user=person, answered_at=NOW, outcome="published")
    ReviewFactory(to_user=UserFactory())

    assert list(Review.objects.awaiting(person)) == [review]


def test_what_was_asked_of_somebody_who_left_waits_for_the_editors():
    left, deleted = ReviewFactory(to_user=UserFactory(is_active=False)), ReviewFactory(to_role="")
    ReviewFactory(to_user=UserFactory())

    assert set(Review.objects.awaiting(UserFactory(role="editor"))) == {left, deleted}
    assert list(Review.objects.awaiting(UserFactory())) == []


def test_who_asked_all_editors_is_not_among_those_who_answer():
    editor = UserFactory(role="editor")
    ReviewFactory(asked_by=editor)

    assert list(Review.objects.awaiting(editor)) == []


def test_deleted_record_takes_its_reviews_and_its_moment_along():
    talk, other = TalkFactory(), TalkFactory()
    for record in (talk, other):
        ReviewFactory(record=record)
        AppointmentFactory(record=record)

    talk.delete()

    assert [row.object_id for row in (*Review.objects.all(), *Appointment.objects.all())] == [other.pk, other.pk]


def test_what_waited_before_anybody_wrote_it_down_waits_for_the_editors():
    """The migration of sites that have records in review, or with a moment."""
    from importlib import import_module

    from django.apps import apps

    author = UserFactory()
    talk = TalkFactory(state="in_review", created_by=author)
    timed = TalkFactory(state="scheduled", publish_at=NOW)
    TalkFactory(published=True)
    ending = TalkFactory(published=True, withdraw_at=NOW)

    import_module("workshop.reviewing.migrations.0002_what_waits_already").write_down(apps, None)

    review = Review.objects.get()
    assert (review.record, review.asked_by, review.to_role, review.answered_at) == (talk, author, "editor", None)
    assert {one.record for one in Appointment.objects.all()} == {timed, ending}
