"""A draft that somebody changes, or takes off, is on the schedule no more, and all concerned are told."""

import pytest
from django.core import mail
from django.urls import reverse

from tests.desk import said
from tests.editing.later import clock, scheduled
from tests.factories import TalkFactory
from workshop.admin.drafts import AGAIN, ASK_AGAIN, SAVED, UNSCHEDULED
from workshop.editing.models import Draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk():
    return TalkFactory(title="As published", summary="Old words.", published=True)


def off(who, again=AGAIN):
    """What is said to who saved a draft that was scheduled."""
    return f"{UNSCHEDULED.format(who=who, when='3 March 2031, 10:00, UTC')} {again}"


@pytest.mark.parametrize("words", [{"title": "Half a tit"}, {"occasion": "Half a"}])
def test_words_of_a_colleague_take_it_off_the_schedule_and_everybody_is_told(
    editor, desk_of, talk, words, django_capture_on_commit_callbacks
):
    editor.user.email = "editor@example.org"
    editor.user.save()
    scheduled(editor, talk, title="In work", _correction="no")
    colleague = desk_of("editor")

    with django_capture_on_commit_callbacks(execute=True):
        answer = colleague.fill(talk, "change", **words, _draft="Save draft")
    clock_found = Draft.objects.filter(publish_at__isnull=False).count()

    talk.refresh_from_db()
    (letter,) = mail.outbox
    front = editor.client.get(reverse("admin:index")).content.decode()
    why = f"{colleague.user.called} saved the draft again. It was to go public on 3 March 2031, 10:00, UTC."
    assert (said(answer), talk.title) == ([SAVED, off(editor.user.called)], "As published")
    assert (clock_found, Draft.objects.get().failed, letter.to) == (0, why, ["editor@example.org"])
    assert "saved the draft again, so it is not published at its time" in letter.body
    assert ("taken off the schedule" in front, why in front) == (True, True)


def test_who_scheduled_it_reads_of_it_until_they_save(editor, desk_of, talk):
    scheduled(editor, talk, title="In work", _correction="no")
    colleague = desk_of("editor")
    colleague.fill(talk, "change", title="Half a tit", _draft="Save draft")

    colleague.fill(talk, "change", title="Half a title", _draft="Save draft")
    still = Draft.objects.get().failed
    own = editor.fill(talk, "change", title="A title", _draft="Save draft")

    assert (still != "", said(own), Draft.objects.get().failed) == (True, [SAVED], "")


def test_who_scheduled_it_and_saves_again_is_told_as_well(editor, talk):
    scheduled(editor, talk, title="In work", _correction="no")

    answer = editor.fill(talk, "change", title="In other work", _draft="Save draft")

    draft = Draft.objects.get()
    assert (said(answer), draft.publish_at, draft.failed) == ([SAVED, off("you")], None, "")


def test_saving_the_same_words_leaves_it_on_the_schedule(editor, desk_of, talk):
    scheduled(editor, talk, title="In work", _correction="no")

    answer = desk_of("editor").fill(talk, "change", _draft="Save draft")
    clock()

    talk.refresh_from_db()
    assert (said(answer), talk.title) == ([SAVED], "In work")


def test_another_answer_about_corrections_takes_it_off_the_schedule(editor, talk):
    scheduled(editor, talk, title="In work", _correction="no")

    told = {"_correction": "yes", "_correction_kind": "erratum", "_correction_note": "Wrong."}
    answer = editor.fill(talk, "change", **told, _draft="Save draft")

    assert (said(answer), Draft.objects.get().publish_at) == ([SAVED, off("you")], None)


def test_colleague_who_takes_it_off_the_schedule_tells_who_put_it_there(
    editor, desk_of, talk, django_capture_on_commit_callbacks
):
    editor.user.email = "editor@example.org"
    editor.user.save()
    scheduled(editor, talk, title="In work", _correction="no")
    colleague = desk_of("editor")

    with django_capture_on_commit_callbacks(execute=True):
        colleague.fill(talk, "change", _not_later="x")

    (letter,) = mail.outbox
    assert "took the draft off its schedule" in letter.body
    assert Draft.objects.get().failed.startswith(f"{colleague.user.called} took it off.")


def test_words_of_an_author_never_go_public_by_themselves(editor, author, talk):
    type(talk).objects.filter(pk=talk.pk).update(created_by=author.user)
    scheduled(editor, talk, title="In work", _correction="no")

    answer = author.fill(talk, "change", title="Smuggled in", _draft="Save draft")

    draft = Draft.objects.get()
    assert (draft.content.fields["title"], draft.publish_at) == (["Smuggled in"], None)
    assert said(answer) == [SAVED, off(editor.user.called, ASK_AGAIN)]
