"""Who is written to, what leaves the house, and that no message stands in anybody's way."""

import datetime as dt
import logging

import pytest
from django.core import mail as outbox
from django.core.exceptions import ValidationError
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from tests.factories import ImageFactory, RecommendationFactory, TalkFactory, ThemeFactory, UserFactory
from workshop import actions
from workshop.images.models import Image
from workshop.models import Theme
from workshop.reviewing import mail

pytestmark = pytest.mark.django_db


def person(role="author", name="", **how):
    user = UserFactory(role=role, **how)
    user.email = name and f"{name}@example.org"
    user.save()
    return user


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    """``sent(lambda: …)``: to whom something was written, and the messages."""

    def after(act):
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return sorted(message.to[0] for message in outbox.outbox)

    return after


def test_everybody_of_the_role_is_asked_in_a_message_of_their_own(sent):
    author = person(name="bob")
    person("editor", "alice"), person("admin", "charlie"), person("editor"), person("author", "dave")
    person("editor", "left", is_active=False), person("editor", "deskless", is_staff=False)

    assert sent(lambda: actions.submit(record=TalkFactory(), by=author)) == [
        "alice@example.org",
        "charlie@example.org",
    ]
    assert all(message.recipients() == message.to and len(message.to) == 1 for message in outbox.outbox)


def test_message_names_kind_code_and_address_and_nothing_that_somebody_wrote(sent):
    author = person(name="bob", first_name="Bob", last_name="Fen")
    record = RecommendationFactory(statement="Protect Ada Berg", code="mt1-r01")

    sent(lambda: actions.submit(record=record, by=author, to_user=person("editor", "alice"), comment="Ada knows."))

    message = outbox.outbox[0]
    assert message.subject == "Rapporteur: Bob Fen asks you to review: recommendation MT1-R01"
    assert f"http://testserver/admin/recommendations/recommendation/{record.pk}/change/\n" in message.body
    assert [word for word in ("Ada", "Protect", "knows") if word in message.subject + message.body] == []


def test_author_is_told_what_was_sent_back_and_published(sent):
    author, editor = person(name="bob"), person("editor", "alice")
    talk = TalkFactory(created_by=author)
    actions.submit(record=talk, by=author, to_user=editor)

    back = sent(lambda: actions.send_back(record=talk, by=editor, comment="Shorter."))
    outbox.outbox.clear()
    out = sent(lambda: actions.publish(record=talk, by=editor))
    outbox.outbox.clear()
    gone = sent(lambda: actions.withdraw(record=talk, by=editor, kind="error"))

    assert (back, out, gone) == (["bob@example.org"],) * 3


def test_what_was_public_already_is_no_news(sent):
    talk = TalkFactory(published=True, created_by=person(name="bob"))

    assert sent(lambda: actions.publish(record=talk, by=person("editor", "alice"))) == []


def test_nobody_is_told_of_what_they_did_themselves(sent):
    editor = person("editor", "alice")
    talk = TalkFactory(created_by=editor)

    assert sent(lambda: actions.publish(record=talk, by=editor)) == []


def test_who_was_asked_by_name_is_told_that_it_was_taken_back(sent):
    author, reader = person(name="bob"), person(name="dave")
    talk = TalkFactory(created_by=author)
    actions.submit(record=talk, by=author, to_user=reader)

    assert sent(lambda: actions.take_back(record=talk, by=author)) == ["dave@example.org"]


def test_nothing_is_sent_of_what_was_undone(sent):
    editor = person("editor", "alice")
    image = ImageFactory(credit="", created_by=person(name="bob"))
    talk = TalkFactory(created_by=person(name="dave"))

    def undone():
        with pytest.raises(ValidationError):
            actions.publish(record=image, by=editor)
        with pytest.raises(RuntimeError), transaction.atomic():
            actions.publish(record=talk, by=editor)
            raise RuntimeError

    assert sent(undone) == []


class Broken(BaseEmailBackend):
    """A mail server that refuses, and names whom."""

    def send_messages(self, email_messages):
        raise OSError(f"550 {email_messages[0].to[0]} unknown")


def test_broken_mail_server_stands_in_nobodys_way_and_the_log_names_no_address(sent, settings, caplog):
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    author, talk = person(name="bob"), TalkFactory()
    person("editor", "alice")

    with caplog.at_level(logging.ERROR):
        sent(lambda: actions.submit(record=talk, by=author))

    talk.refresh_from_db()
    assert talk.state == "in_review"
    assert [record.getMessage() for record in caplog.records] == ["Mail from the desk could not be sent: OSError"]


def test_many_records_at_once_are_told_in_one_message(sent):
    author, editor = person(name="bob"), person("editor", "alice")
    themes = [ThemeFactory(created_by=author) for _ in range(3)]

    with mail.gathered():
        waiting = [sent(lambda theme=theme: actions.publish(record=theme, by=editor)) for theme in themes]

    assert waiting == [[], [], []]
    [message] = outbox.outbox
    assert (message.to, message.subject) == (["bob@example.org"], "Rapporteur: 3 messages from the editors’ desk")
    assert message.body.count("has published: a theme\n") == 3


def test_who_set_the_moment_is_told_once_that_it_could_not_be_kept(sent):
    editor = person("editor", "alice")
    image = ImageFactory()
    actions.schedule(record=image, at=timezone.now() + dt.timedelta(hours=1), by=editor)
    Image.objects.update(publish_at=timezone.now() - dt.timedelta(seconds=1), file="")

    first = sent(lambda: actions.run_due_publications([Image]))
    second = sent(lambda: actions.run_due_publications([Image]))

    assert (first, second) == (["alice@example.org"],) * 2
    assert [message.subject for message in outbox.outbox] == [
        "Rapporteur: Could not be published or withdrawn at its time: a picture"
    ]


def test_who_set_the_moment_is_told_that_the_clock_has_published(sent):
    editor, author = person("editor", "alice"), person(name="bob")
    theme = ThemeFactory(created_by=author)
    actions.schedule(record=theme, at=timezone.now() + dt.timedelta(hours=1), by=editor)
    Theme.objects.update(publish_at=timezone.now() - dt.timedelta(seconds=1))

    assert sent(lambda: actions.run_due_publications([Theme])) == ["alice@example.org", "bob@example.org"]
    assert outbox.outbox[0].subject == "Rapporteur: The clock has published: a theme"
