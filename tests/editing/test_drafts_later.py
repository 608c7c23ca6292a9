"""The draft of a published record goes live by the clock."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from tests.desk import form_of, said
from tests.editing.later import SOON, clock, scheduled
from tests.factories import SpeakerFactory, TalkFactory, TalkSpeakerFactory, ThemeFactory
from workshop.admin.later import NO_ANSWER
from workshop.corrections.models import Correction
from workshop.editing import keeping
from workshop.editing.models import Draft, Revision
from workshop.slugs.models import OldSlug

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk():
    return TalkFactory(title="As published", summary="Old words.", published=True)


def test_readers_see_the_draft_when_its_moment_has_come_and_not_before(editor, client, talk):
    theme, speaker = ThemeFactory(published=True), SpeakerFactory(published=True)
    row = TalkSpeakerFactory(talk=talk, speaker=speaker)
    answer = scheduled(
        editor, talk, title="In work", tags="water", themes=[str(theme.pk)], slug="new-address",
        **{"talk_speakers-0-affiliation_then": "Then and there"}, _correction="no",
    )  # fmt: skip
    call_command("run_due", stdout=StringIO())
    before = client.get(talk.get_absolute_url()).content.decode()

    done, failed = clock()

    after = client.get("/talks/new-address/").content.decode()
    talk.refresh_from_db()
    row.refresh_from_db()
    assert said(answer) == ["“As published” has a draft that readers see from 3 March 2031, 10:00, UTC."]
    assert ("In work" in before, "As published" in before) == (False, True)
    assert ("In work" in after, "Then and there" in after) == (True, True)
    assert (talk.title, talk.state, [*talk.tags.names()], [*talk.themes.all()]) == (
        "In work", "published", ["water"], [theme],
    )  # fmt: skip
    assert (done, failed) == ([f"Published: talk {talk.pk}"], [])
    assert OldSlug.objects.target(type(talk), "as-published") == talk.pk
    assert not Draft.objects.exists()


def test_history_and_revisions_say_who_scheduled_it(editor, talk):
    scheduled(editor, talk, title="In work", _correction="no")

    clock()

    entries = [(entry.said, entry.by) for entry in editor.get(talk, "history").context["entries"]]
    who = str(editor.user.called)
    assert entries[-3:] == [
        ("Saved a draft.", who),
        ("The draft is to be published on 3 March 2031, 10:00, UTC.", who),
        ("Published the draft, as scheduled.", who),
    ]
    latest = Revision.objects.of(talk).filter(kind="live").first()
    assert (latest.author, latest.content.fields["title"], latest.note) == (
        editor.user,
        ["In work"],
        "A small change.",
    )


def test_page_list_and_front_page_say_when(editor, talk):
    scheduled(editor, talk, title="In work", _correction="no")

    page = editor.get(talk, "change").content.decode()
    listed = editor.client.get(reverse("admin:workshop_talk_changelist")).content.decode()
    front = editor.client.get(reverse("admin:index")).content.decode()

    assert "It takes its place by itself on 3 March 2031, 10:00." in page
    assert "live on 03 Mar 2031 10:00" in listed
    assert "draft to be published" in front


def test_taken_off_the_schedule_it_stays_a_draft(editor, talk):
    scheduled(editor, talk, title="In work", _correction="no")

    editor.fill(talk, "change", _not_later="Save draft and take it off the schedule")
    call_command("run_due", stdout=StringIO())

    talk.refresh_from_db()
    draft = Draft.objects.get()
    assert (talk.title, draft.content.fields["title"], draft.publish_at) == ("As published", ["In work"], None)


def test_author_is_not_offered_it_and_may_not_do_it(author, talk):
    type(talk).objects.filter(pk=talk.pk).update(created_by=author.user)
    author.fill(talk, "change", title="Mine", _draft="Save draft")

    page = author.get(talk, "change").content.decode()
    pressed = author.client.post(
        author._url(talk, "change"), form_of(author.get(talk, "change"), "talk_form") | {"_later": "x"}
    )
    asked = author.client.post(author._url(talk, "later"), SOON)

    assert "publish it later" not in page
    assert (pressed.status_code, asked.status_code) == (403, 403)
    assert Draft.objects.get().publish_at is None


def test_moment_that_has_passed_and_draft_that_is_gone_are_refused(editor, talk):
    editor.fill(talk, "change", tags="water", _draft="Save draft")

    past = editor.post(talk, "later", data={"publish_at_0": "2001-03-03", "publish_at_1": "10:00"})
    keeping.discard_draft(record=talk)
    gone = editor.post(talk, "later", data=SOON)

    assert "Choose a moment that is still to come." in past.content.decode()
    assert "There is no draft any more: somebody has published or dropped it." in gone.content.decode()


def test_incomplete_draft_cannot_be_scheduled(editor, talk):
    answer = scheduled(editor, talk, title="", title_ko="", _correction="no")

    assert "Publish the draft at" in answer.content.decode()
    assert "Give the title in English or in Korean." in answer.content.decode()
    assert Draft.objects.get().publish_at is None


def test_draft_without_an_answer_about_corrections_is_not_scheduled(editor, talk):
    editor.fill(talk, "change", title="In work", _draft="Save draft")

    answer = editor.post(talk, "later", data=SOON)

    assert NO_ANSWER in answer.content.decode()
    assert Draft.objects.get().publish_at is None


def test_question_of_corrections_is_asked_before_it_is_scheduled(editor, talk):
    answer = editor.fill(talk, "change", summary="New words.", _later="x")

    assert "Is it a correction that readers should know of?" in answer.content.decode()
    assert not Draft.objects.exists()


def test_correction_is_told_when_it_goes_live(editor, talk):
    words = {"_correction_kind": "erratum", "_correction_note": "The year was wrong.", "_correction_old": "on"}
    scheduled(editor, talk, summary="New words.", _correction="yes", **words)
    before = Correction.objects.count()

    clock()

    found = Correction.objects.get()
    assert (before, found.note, found.kind, "Old words." in found.old_words) == (
        0,
        "The year was wrong.",
        "erratum",
        True,
    )


def test_change_of_other_places_meanwhile_is_joined(editor, desk_of, talk):
    scheduled(editor, talk, title="In work", _correction="no")
    type(talk).objects.filter(pk=talk.pk).update(summary_ko="새 말")

    done, failed = clock()

    talk.refresh_from_db()
    assert (talk.title, talk.summary_ko, failed) == ("In work", "새 말", [])
