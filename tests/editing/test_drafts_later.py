"""The draft of a published record goes live by the clock, or says why it could not."""

import datetime as dt
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from tests.desk import form_of, said
from tests.factories import QuoteFactory, SpeakerFactory, TalkFactory, TalkSpeakerFactory, ThemeFactory, UserFactory
from workshop.admin.drafts import AGAIN, ASK_AGAIN, SAVED, UNSCHEDULED
from workshop.admin.later import MET, NO_ANSWER, NOBODY, NOT_PUBLIC
from workshop.corrections.models import Correction
from workshop.editing import keeping
from workshop.editing.models import Draft, Revision
from workshop.merging.changes import delete
from workshop.reviewing.actions import open_review
from workshop.slugs.models import OldSlug

pytestmark = pytest.mark.django_db
SOON = {"publish_at_0": "2031-03-03", "publish_at_1": "10:00"}


@pytest.fixture
def talk():
    return TalkFactory(title="As published", summary="Old words.", published=True)


def scheduled(desk, record, **changes):
    """A draft of the record that the clock is to publish; the answer of the page that asks when."""
    desk.fill(record, "change", **changes, _later="Save draft and publish it later…")
    return desk.post(record, "later", data=SOON)


def clock(**moved):
    """The moment has come."""
    Draft.objects.update(publish_at=timezone.now() - dt.timedelta(seconds=1), **moved)
    out, err = StringIO(), StringIO()
    call_command("run_due", stdout=out, stderr=err)
    return out.getvalue().splitlines(), err.getvalue().splitlines()


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


# --- what cannot be done without somebody who decides ----------------------------------------


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
