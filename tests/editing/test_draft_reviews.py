"""The draft of a public record goes through review while readers go on seeing what is published."""

import pytest

from tests.desk import admin_url, said
from tests.factories import TalkFactory
from workshop.editing.models import Draft
from workshop.reviewing.actions import last_word, open_review
from workshop.reviewing.models import Outcome, Review

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(author):
    """A public talk of the author."""
    return TalkFactory(title="As published", published=True, created_by=author.user)


def submitted(author, own, **answers):
    """The author changes the title, and asks the editors to look at it."""
    author.fill(own, "change", title="In work", _submit="Save and submit for review…")
    return author.post(admin_url(own, "submit"), data={"to": "role:editor", "comment": "A new title."} | answers)


def test_author_submits_the_draft_of_a_public_record(author, own):
    submitted(author, own)

    own.refresh_from_db()
    review = open_review(own)
    assert (own.title, own.state, Draft.objects.of(own).exists()) == ("As published", "published", True)
    assert (review.asked_by, review.to_role, review.comment) == (author.user, "editor", "A new title.")


def test_publishing_the_draft_closes_the_review(author, editor, own):
    submitted(author, own)

    editor.fill(own, "change", _save="Publish changes", _correction="no")

    own.refresh_from_db()
    assert (own.title, open_review(own), Review.objects.get().outcome) == ("In work", None, Outcome.PUBLISHED)


def test_editor_sends_the_draft_back_and_nothing_of_it_is_public(author, editor, own):
    submitted(author, own)

    editor.fill(own, "change", title="In work, too", _send_back="Save and send back…")
    editor.post(admin_url(own, "send_back"), data={"comment": "Shorter, please."})

    own.refresh_from_db()
    assert (own.title, own.state, open_review(own)) == ("As published", "published", None)
    assert last_word(own).answer == "Shorter, please."
    assert Draft.objects.get().content.fields["title"] == ["In work, too"]


def test_author_takes_the_draft_back(author, own):
    submitted(author, own)

    author.fill(own, "change", _take_back="Save and take back from review")

    assert (open_review(own), Review.objects.get().outcome) == (None, Outcome.TAKEN_BACK)
    assert Draft.objects.count() == 1


def test_discarding_the_draft_ends_its_review(author, own):
    submitted(author, own)

    author.post(admin_url(own, "discard"))

    assert (open_review(own), Draft.objects.count()) == (None, 0)


def test_record_without_a_draft_is_not_submitted(author, own):
    response = author.post(admin_url(own, "submit"), data={"to": "role:editor", "comment": ""})

    assert b"Save one first." in response.content
    assert open_review(own) is None


def test_second_submission_asks_nobody_again(author, own):
    submitted(author, own)

    response = author.post(admin_url(own, "submit"), data={"to": "role:editor", "comment": ""})

    assert Review.objects.count() == 1
    assert any("Nothing was done" in sentence for sentence in said(response))


def test_asked_author_reads_and_answers_but_does_not_change(author, desk_of, own):
    colleague = desk_of("author")
    submitted(author, own, to=f"user:{colleague.user.pk}")

    page = colleague.get(own, "change").content.decode()
    colleague.post(admin_url(own, "answer"), data={"comment": "Good as it is."})

    assert ('name="_draft"' in page, 'name="_save"' in page) == (False, False)
    assert (Review.objects.get().outcome, last_word(own).answer) == (Outcome.ANSWERED, "Good as it is.")
