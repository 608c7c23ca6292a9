"""Asking and answering, alone and with the states they go with."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.factories import ImageFactory, ReviewFactory, TalkFactory, ThemeFactory, UserFactory
from workshop import actions
from workshop.images.models import Image
from workshop.models import Theme
from workshop.reviewing.actions import answer, ask, last_word, open_review
from workshop.reviewing.models import Appointment, Review

pytestmark = pytest.mark.django_db


def soon(minutes=60):
    return timezone.now() + dt.timedelta(minutes=minutes)


def log_of(record):
    return list(LogEntry.objects.filter(object_id=record.pk).order_by("pk").values_list("change_message", flat=True))


# --- asking ----------------------------------------------------------------------------


def test_editors_are_asked_where_nobody_is_named():
    talk, author = TalkFactory(), UserFactory()

    review = ask(record=talk, by=author, comment=" Look at the title. ")

    assert (review.record, review.asked_by, review.to_user, review.to_role) == (talk, author, None, "editor")
    assert (review.comment, open_review(talk)) == ("Look at the title.", review)


def test_second_question_about_the_same_record_is_refused():
    talk = TalkFactory()
    ask(record=talk, by=UserFactory())

    with pytest.raises(ValidationError, match="It is in review already."):
        ask(record=talk, by=UserFactory())


@pytest.mark.parametrize("gone", [{"is_active": False}, {"is_staff": False}], ids=["left", "no desk"])
def test_person_without_a_desk_is_not_asked(gone):
    with pytest.raises(ValidationError, match="has no desk any more"):
        ask(record=TalkFactory(), by=UserFactory(), to_user=UserFactory(**gone))


def test_nobody_asks_themselves():
    author = UserFactory()

    with pytest.raises(ValidationError, match="somebody else than yourself"):
        ask(record=TalkFactory(), by=author, to_user=author)


def test_submitted_draft_is_in_review_and_its_history_says_with_whom():
    author, reader, talk = UserFactory(), UserFactory(first_name="Ada", last_name="Berg"), TalkFactory()

    actions.submit(record=talk, by=author, to_user=reader, comment="Is it fair?")

    talk.refresh_from_db()
    assert (talk.state, open_review(talk).to_user) == ("in_review", reader)
    assert log_of(talk) == ["Submitted for review, to Ada Berg: “Is it fair?”"]


def test_record_that_is_no_draft_is_not_submitted_and_nobody_is_asked():
    talk = TalkFactory(published=True)

    with pytest.raises(ValidationError, match="Only a draft can be submitted."):
        actions.submit(record=talk, by=UserFactory())

    assert Review.objects.count() == 0


# --- answering -------------------------------------------------------------------------


def in_review(**how):
    author = UserFactory()
    talk = TalkFactory(created_by=author)
    actions.submit(record=talk, by=author, **how)
    talk.refresh_from_db()
    return talk, author


def test_sent_back_record_is_a_draft_and_its_author_reads_why():
    talk, author = in_review()
    editor = UserFactory(role="editor")

    actions.send_back(record=talk, by=editor, comment="Shorter, please.")

    talk.refresh_from_db()
    review = last_word(talk)
    assert (talk.state, open_review(talk)) == ("draft", None)
    assert (review.outcome, review.answer, review.answered_by) == ("sent_back", "Shorter, please.", editor)
    assert list(Review.objects.sent_back_to(author)) == [review]
    assert log_of(talk)[-1] == "Sent back: “Shorter, please.”"


@pytest.mark.parametrize("comment", ["", "  \n "])
def test_nothing_is_sent_back_without_a_word(comment):
    talk, _ = in_review()

    with pytest.raises(ValidationError, match="Say what to change"):
        actions.send_back(record=talk, by=UserFactory(role="editor"), comment=comment)

    talk.refresh_from_db()
    assert (talk.state, open_review(talk) is None) == ("in_review", False)


def test_colleague_who_does_not_publish_answers():
    colleague = UserFactory()
    talk, _ = in_review(to_user=colleague)

    actions.send_back(record=talk, by=colleague, comment="Fair enough.")

    talk.refresh_from_db()
    assert (talk.state, last_word(talk).outcome) == ("draft", "answered")


def test_submitting_again_settles_what_was_sent_back():
    talk, author = in_review()
    actions.send_back(record=talk, by=UserFactory(role="editor"), comment="Shorter, please.")

    actions.submit(record=talk, by=author)

    assert (last_word(talk), list(Review.objects.sent_back_to(author))) == (None, [])
    assert open_review(talk) is not None


@pytest.mark.parametrize("sent_back", [False, True], ids=["from review", "after it was sent back"])
def test_publishing_ends_every_review(sent_back):
    talk, author = in_review()
    if sent_back:
        actions.send_back(record=talk, by=UserFactory(role="editor"), comment="Shorter, please.")

    actions.publish(record=talk, by=UserFactory(role="editor"))

    assert (open_review(talk), last_word(talk), list(Review.objects.sent_back_to(author))) == (None, None, [])


def test_publication_that_fails_leaves_the_review_open():
    image = ImageFactory(credit="")
    actions.submit(record=image, by=UserFactory())

    with pytest.raises(ValidationError):
        actions.publish(record=image, by=UserFactory(role="editor"))

    assert open_review(image).answered_at is None


def test_author_takes_back_what_they_submitted_and_others_do_not():
    talk, author = in_review()

    with pytest.raises(ValidationError, match="Send it back instead."):
        actions.take_back(record=talk, by=UserFactory(role="editor"))
    actions.take_back(record=talk, by=author)

    talk.refresh_from_db()
    assert (talk.state, open_review(talk), Review.objects.get().outcome) == ("draft", None, "taken_back")


def test_answer_where_nobody_asked_writes_nothing():
    assert answer(record=TalkFactory(), by=UserFactory(), outcome="published") is None
    assert Review.objects.count() == 0


def test_reviews_of_records_of_different_kinds_with_the_same_key_are_apart():
    theme = ThemeFactory()
    ReviewFactory(record=TalkFactory(pk=theme.pk))

    assert open_review(theme) is None


# --- by the clock ------------------------------------------------------------------------


def past(record):
    """As if the moment had come while nothing ran."""
    moment = timezone.now() - dt.timedelta(minutes=3)
    type(record).objects.filter(pk=record.pk).update(publish_at=moment)


def test_scheduled_record_is_published_once_by_whoever_runs_later():
    theme, editor = ThemeFactory(), UserFactory(role="editor")
    actions.schedule(record=theme, at=soon(), by=editor)
    past(theme)

    runs = [actions.run_due_publications([Theme])[0] for _ in range(2)]

    assert runs == [[theme], []]
    assert (Theme.objects.get().state, Appointment.objects.count()) == ("published", 0)


def test_scheduling_answers_the_review():
    talk, author = in_review()

    actions.schedule(record=talk, at=soon(), by=UserFactory(role="editor"))

    assert (open_review(talk), Review.objects.get().outcome) == (None, "published")


def test_failure_is_noted_with_its_reason_and_gone_with_the_moment():
    image, editor = ImageFactory(alt="Mud"), UserFactory(role="editor")
    actions.schedule(record=image, at=soon(), by=editor)
    past(image)
    Image.objects.filter(pk=image.pk).update(file="")  # what the clock finds is no picture any more

    actions.run_due_publications([Image])
    noted = Appointment.objects.get()
    image.refresh_from_db()
    actions.send_back(record=image, by=editor)

    assert (noted.made_by, noted.failed_at is not None, noted.reason) == (editor, True, "This field cannot be blank.")
    assert Appointment.objects.count() == 0


def test_moment_of_withdrawal_stays_with_who_set_it():
    talk, editor = TalkFactory(published=True), UserFactory(role="editor")
    actions.withdraw_later(record=talk, at=soon(), kind="error", by=editor)

    actions.publish(record=talk, by=UserFactory(role="editor"))

    assert Appointment.objects.get().made_by == editor
    actions.withdraw(record=talk, kind="error", by=editor)
    assert Appointment.objects.count() == 0
