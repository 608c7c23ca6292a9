"""What a draft or unsaved words name, and is not there any more, goes from the form with a sentence."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.desk import form_of
from tests.editing.naming import naming
from tests.factories import SpeakerFactory, TalkFactory, ThemeFactory, UserFactory
from workshop.admin.later import GONE
from workshop.editing.models import Draft, Unsaved
from workshop.models import Talk

pytestmark = pytest.mark.django_db
LEFT_OUT = "Speaker, expert: it named “Ada Berg”, which was deleted. That is left out."


@pytest.fixture
def talk():
    return TalkFactory(title="As published", published=True)


def delete(desk, record):
    desk.post(record, "delete", data={"post": "yes"})


def lacks(response):
    return response.context["work"].lacks


def test_draft_says_which_expert_it_named_that_was_deleted(editor, talk):
    speaker = SpeakerFactory(name="Ada Berg")
    editor.fill(talk, "change", **naming(speaker), _draft="Save draft")
    before = lacks(editor.get(talk, "change"))

    delete(editor, speaker)

    page = editor.get(talk, "change")
    assert (before, lacks(page)) == ([], [LEFT_OUT])
    assert LEFT_OUT in page.content.decode()


def test_draft_says_which_theme_it_named_that_was_deleted(editor, talk):
    theme, other = ThemeFactory(name="Water"), ThemeFactory(published=True)
    editor.fill(talk, "change", themes=[str(theme.pk), str(other.pk)], _draft="Save draft")

    delete(editor, theme)

    page = editor.get(talk, "change")
    assert lacks(page) == ["Themes: it named “Water”, which was deleted. That is left out."]
    assert form_of(page, "talk_form")["themes"] == [str(other.pk)]


def test_unsaved_words_say_so_too_also_of_a_record_that_is_being_added(editor, talk):
    speaker = SpeakerFactory(name="Ada Berg")
    for address in ((talk, "change"), (Talk, "add")):
        page = editor.get(*address)
        sent = form_of(page, "talk_form") | {"title": "Typed", **naming(speaker)}
        editor.client.post(page.context["autosave_url"], sent)

    delete(editor, speaker)

    of_talk, of_new = Unsaved.objects.get(object_id=talk.pk), Unsaved.objects.get(object_id=None)
    assert lacks(editor.get(talk, "change", unsaved=of_talk.page)) == [LEFT_OUT]
    assert lacks(editor.get(Talk, "add", unsaved=of_new.page)) == [LEFT_OUT]


def test_author_is_not_told_what_a_record_of_others_was_called(editor, author):
    talk = TalkFactory(published=True, created_by=author.user)
    theirs = SpeakerFactory(name="Ada Berg", created_by=UserFactory())
    editor.fill(talk, "change", **naming(theirs), _draft="Save draft")
    delete(editor, theirs)

    assert lacks(author.get(talk, "change")) == [
        "Speaker, expert: it named a record that is gone, or not yours to choose. That is left out."
    ]


def test_scheduled_draft_that_names_what_is_gone_waits_and_says_what_it_is(editor, talk):
    theme = ThemeFactory(name="Water")
    editor.fill(talk, "change", title="In work", themes=[str(theme.pk)], _correction="no", _later="Later")
    editor.post(talk, "later", data={"publish_at_0": "2031-03-03", "publish_at_1": "10:00"})
    delete(editor, theme)
    Draft.objects.update(publish_at=timezone.now() - dt.timedelta(seconds=1))
    logged = StringIO()

    call_command("run_due", stdout=StringIO(), stderr=logged)

    talk.refresh_from_db()
    why = f"Themes: it named “Water”, which was deleted. That is left out. {GONE}"
    assert (talk.title, Draft.objects.get().failed) == ("As published", why)
    assert logged.getvalue().splitlines() == [f"talk {talk.pk}: {GONE}"]


def test_draft_that_names_what_is_gone_is_not_scheduled(editor, talk):
    theme = ThemeFactory(name="Water")
    editor.fill(talk, "change", themes=[str(theme.pk)], _draft="Save draft")
    delete(editor, theme)

    asked = editor.post(talk, "later", data={"publish_at_0": "2031-03-03", "publish_at_1": "10:00"})

    assert "it named “Water”, which was deleted." in asked.content.decode()
    assert Draft.objects.get().publish_at is None


def test_page_that_was_open_is_refused_with_the_name_of_what_is_gone(editor, talk):
    speaker = SpeakerFactory(name="Ada Berg")
    sent = form_of(editor.get(talk, "change"), "talk_form") | naming(speaker) | {"_save": "Save", "_correction": "no"}
    delete(editor, speaker)

    page = editor.post(talk, "change", data=sent)

    assert lacks(page) == [LEFT_OUT]
    assert LEFT_OUT in page.content.decode() and page.context["errors"]
    assert not talk.talk_speakers.exists()
