"""A colleague changes the state of what an editor has open: that is said before anything is saved."""

import datetime as dt

import pytest

from tests.desk import form_of, said
from tests.editing.opened import Open
from tests.factories import TalkFactory
from workshop.actions import publish, schedule, withdraw
from workshop.admin.moved import NOTHING_LOST, THEN
from workshop.models import Talk

pytestmark = pytest.mark.django_db
LATER = dt.datetime(2031, 3, 3, 10, 0, tzinfo=dt.UTC)
SCHEDULED = "scheduled: it goes public on 3 March 2031, 10:00, UTC."
LONG = " ".join(["Forty minutes of words."] * 200)


def changed(editor, talk, act, **changes):
    """An editor sends a page after a colleague did something to its record: the answer, and the one after that."""
    page = Open(editor, talk)
    act()
    answer = page.send(**changes)
    form = form_of(answer, "talk_form")
    talk.refresh_from_db()
    return answer, talk.title, editor.post(talk, "change", data=form | {"_save": "Save", "_correction": "no"})


def test_withdrawn_meanwhile_is_said_before_anything_is_saved(editor, desk_of):
    talk = TalkFactory(title="As published", published=True)
    colleague = desk_of("editor").user

    answer, stored, again = changed(
        editor, talk, lambda: withdraw(record=talk, kind="safety", by=colleague), title="Mine", _correction="no"
    )

    talk.refresh_from_db()
    (words,) = said(answer)
    assert words.startswith("While you had it open, this was withdrawn for safety, ")
    assert (words.endswith(f"{NOTHING_LOST} {THEN['withdrawn']}"), stored) == (True, "As published")
    assert (talk.title, talk.state) == ("Mine", "withdrawn")
    assert not any("While you had it open" in one for one in said(again))


def test_publishing_button_does_not_bring_back_what_was_withdrawn_for_safety(editor, desk_of):
    talk = TalkFactory(title="A title")
    page = Open(editor, talk)
    publish(record=talk, by=desk_of("editor").user)
    withdraw(record=Talk.objects.get(), kind="safety", by=desk_of("editor").user)

    page.send(_publish="Save and publish")

    assert Talk.objects.get().state == "withdrawn"


@pytest.mark.parametrize(
    ("state", "words"), [("published", "published."), ("scheduled", SCHEDULED)], ids=["published", "scheduled"]
)
def test_save_of_a_draft_does_not_go_public_unsaid(editor, desk_of, state, words):
    talk, colleague = TalkFactory(title="A title"), desk_of("editor").user
    acts = {
        "published": lambda: publish(record=talk, by=colleague),
        "scheduled": lambda: schedule(record=talk, at=LATER, by=colleague),
    }

    answer, stored, _ = changed(editor, talk, acts[state], title="Mine")

    talk.refresh_from_db()
    assert said(answer) == [f"While you had it open, this was {words} {NOTHING_LOST} {THEN[state]}"]
    assert (stored, talk.title) == ("A title", "Mine")


def test_it_is_said_while_one_types(editor, desk_of):
    talk = TalkFactory(title="As published", published=True)
    page = Open(editor, talk)
    withdraw(record=talk, kind="error", by=desk_of("editor").user)

    answer = page.autosave(title="Mine")

    assert answer.json()["moved"].startswith("While you had it open, this was withdrawn: it was in error, ")


def test_second_click_of_save_and_publish_is_no_meeting(editor):
    talk = TalkFactory(title="A title")
    page = Open(editor, talk)

    page.send(title="Mine", _publish="Save and publish")
    answer = page.send(title="Mine", _publish="Save and publish")

    assert not any("While you had it open" in words for words in said(answer))


def test_page_that_is_shown_again_with_an_error_still_knows_how_it_was_opened(editor, desk_of):
    talk = TalkFactory(title="A title")
    page = Open(editor, talk)
    wrong = page.send(title="", title_ko="")
    publish(record=talk, by=desk_of("editor").user)

    answer = editor.post(talk, "change", data=form_of(wrong, "talk_form") | {"title": "Mine", "_save": "Save"})

    assert said(answer) == [f"While you had it open, this was published. {NOTHING_LOST} {THEN['published']}"]


def test_sent_back_to_draft_is_no_meeting(editor, author, own):
    author.post(own, "submit", data={"to": "role:editor", "comment": ""})
    page = Open(author, own)
    editor.post(own, "send_back", data={"comment": "Shorter."})

    answer = page.send(summary="Shorter")

    own.refresh_from_db()
    assert (own.summary, any("While you had it open" in words for words in said(answer))) == ("Shorter", False)
