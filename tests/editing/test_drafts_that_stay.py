"""A draft that cannot go live without somebody who decides stays a draft, and says why."""

from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from tests.editing.later import clock, scheduled
from tests.factories import QuoteFactory, SpeakerFactory, TalkFactory, ThemeFactory, UserFactory
from workshop.admin.later import MET, NO_ANSWER, NOBODY, NOT_PUBLIC
from workshop.editing.models import Draft
from workshop.merging.changes import delete
from workshop.reviewing.actions import open_review

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk():
    return TalkFactory(title="As published", summary="Old words.", published=True)


def change_the_same(talk, editor):
    type(talk).objects.filter(pk=talk.pk).update(title="Changed meanwhile")


def withdraw(talk, editor):
    type(talk).objects.filter(pk=talk.pk).update(state="withdrawn", withdrawal="error", withdrawn_at=timezone.now())


def retire(talk, editor):
    type(editor.user).objects.filter(pk=editor.user.pk).update(role="author")


def leave(talk, editor):
    type(editor.user).objects.filter(pk=editor.user.pk).update(is_active=False)


def forget_the_answer(talk, editor):
    draft = Draft.objects.get()
    draft.payload["beside"] = {}
    draft.payload["fields"]["summary"] = ["New words."]
    draft.save()


@pytest.mark.parametrize(
    ("meanwhile", "why"),
    [
        (change_the_same, MET),
        (withdraw, NOT_PUBLIC),
        (retire, NOBODY),
        (leave, NOBODY),
        (forget_the_answer, NO_ANSWER),
    ],
)
def test_draft_that_cannot_go_live_stays_and_says_why(
    editor, talk, meanwhile, why, django_capture_on_commit_callbacks
):
    editor.user.email = "editor@example.org"
    editor.user.save()
    UserFactory(role="editor", email="other@example.org")
    scheduled(editor, talk, title="In work", _correction="no")
    meanwhile(talk, editor)
    before = type(talk).objects.values().get(pk=talk.pk)

    with django_capture_on_commit_callbacks(execute=True):
        done, failed = clock()
        again = call_command("run_due", stdout=StringIO())

    draft = Draft.objects.get()
    assert (done, failed, again) == ([], [f"talk {talk.pk}: {why}"], None)
    assert type(talk).objects.values().get(pk=talk.pk) == before
    assert (draft.publish_at, draft.failed, draft.content.fields["title"]) == (None, why, ["In work"])


def test_who_scheduled_it_is_told_that_it_failed(editor, talk, django_capture_on_commit_callbacks):
    editor.user.email = "editor@example.org"
    editor.user.save()
    scheduled(editor, talk, title="In work", _correction="no")
    change_the_same(talk, editor)

    with django_capture_on_commit_callbacks(execute=True):
        clock()

    (letter,) = mail.outbox
    page = editor.get(talk, "change").content.decode()
    front = editor.client.get(reverse("admin:index")).content.decode()
    assert letter.to == ["editor@example.org"]
    assert "The draft could not be published at its time" in letter.body
    assert MET in page
    assert "draft that was taken off the schedule" in front


def test_one_that_fails_does_not_hold_up_the_others(editor, talk):
    other = TalkFactory(title="Other", published=True)
    scheduled(editor, talk, title="In work", _correction="no")
    scheduled(editor, other, title="Other work", _correction="no")
    change_the_same(talk, editor)

    done, failed = clock()

    other.refresh_from_db()
    assert (other.title, len(done), len(failed)) == ("Other work", 1, 1)


def test_review_of_the_draft_is_over_when_it_goes_live(editor, author, talk):
    type(talk).objects.filter(pk=talk.pk).update(created_by=author.user)
    author.fill(talk, "change", title="In work", _submit="Submit")
    author.post(talk, "submit", data={"to": "role:editor", "comment": ""})
    scheduled(editor, talk, _correction="no")

    clock()

    talk.refresh_from_db()
    assert (talk.title, open_review(talk)) == ("In work", None)


def test_draft_that_is_sent_back_does_not_go_live(editor, author, talk):
    type(talk).objects.filter(pk=talk.pk).update(created_by=author.user)
    author.fill(talk, "change", title="In work", _submit="Submit")
    author.post(talk, "submit", data={"to": "role:editor", "comment": ""})
    scheduled(editor, talk, _correction="no")

    editor.post(talk, "send_back", data={"comment": "Not yet."})

    assert Draft.objects.get().publish_at is None


def test_draft_of_a_record_that_is_not_there_any_more_stays_and_says_so(editor):
    """Before drafts kept a record from being merged into another one, that happened."""
    gone = SpeakerFactory(published=True)
    scheduled(editor, gone, descriptor="Of mud", _correction="no")
    delete(type(gone), [gone.pk])

    done, failed = clock()

    assert (done, failed) == ([], [f"speaker {gone.pk}: {NOT_PUBLIC}"])
    assert Draft.objects.get().publish_at is None


@pytest.mark.parametrize("make", [QuoteFactory, SpeakerFactory, ThemeFactory])
def test_no_draft_is_no_reason_to_do_anything(make):
    make(**({} if make is QuoteFactory else {"published": True}))

    assert clock() == ([], [])
