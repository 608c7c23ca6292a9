"""A colleague deletes, merges or takes down what somebody has open: no word is lost."""

import datetime as dt

import pytest

from speakers.models import Speaker
from tests.desk import admin_url, form_of
from tests.editing.opened import Open, shown
from tests.factories import SpeakerFactory, TalkFactory
from workshop.admin.merging import MERGED
from workshop.editing.models import Unsaved
from workshop.editing.overtaken import GONE, NOT_KEPT
from workshop.merging.actions import merge
from workshop.models import Talk
from workshop.takedown.actions import take_down

pytestmark = pytest.mark.django_db
LATER = dt.datetime(2031, 3, 3, 10, 0, tzinfo=dt.UTC)
SCHEDULED = "scheduled: it goes public on 3 March 2031, 10:00, UTC."
LONG = " ".join(["Forty minutes of words."] * 200)


def test_deleted_meanwhile_one_reads_by_whom_and_where_it_can_be_recovered(editor, desk_of):
    talk, other = TalkFactory(title="A title"), desk_of("editor")
    page = Open(editor, talk)
    other.client.post(admin_url(talk, "delete"), {"post": "yes"})

    answer = page.send(summary=LONG)

    fate, url, words = shown(answer)
    assert (fate.startswith(f"{other.user.called} deleted it on "), words) == (True, [LONG])
    assert editor.client.get(url).status_code == 200


def test_typing_in_what_was_deleted_is_kept_and_found_on_return(editor, desk_of):
    talk = TalkFactory(title="A title")
    page = Open(editor, talk)
    desk_of("editor").client.post(admin_url(talk, "delete"), {"post": "yes"})
    answer = page.autosave(summary="Half a sent")

    back = editor.client.get(page.url, follow=True)

    assert ("deleted it on" in answer.json()["moved"], shown(back)[2]) == (True, ["Half a sent"])


def test_merged_away_meanwhile_one_is_led_to_where_it_went(editor, desk_of):
    kept, gone = SpeakerFactory(published=True, name="Ada Berg"), SpeakerFactory(published=True, name="Ada Bergh")
    page = Open(editor, gone)
    merge(kept=kept, gone=gone, by=desk_of("editor").user)

    answer = page.send(bio="Of the marsh", _draft="Save draft")

    assert shown(answer) == (MERGED, admin_url(kept, "change"), ["Of the marsh"])
    assert "Ada Berg</a>" in answer.content.decode()


def test_merged_twice_one_is_led_to_the_last(editor):
    kept, second, gone = (SpeakerFactory(published=True) for _ in range(3))
    page = Open(editor, gone)
    merge(kept=second, gone=gone, by=editor.user)
    merge(kept=kept, gone=Speaker.objects.get(pk=second.pk), by=editor.user)

    assert shown(page.send(bio="Of the marsh"))[1] == admin_url(kept, "change")


def test_author_is_led_to_the_public_page_and_to_nothing_that_is_not_theirs(author, editor):
    public, hidden = SpeakerFactory(published=True), SpeakerFactory(name="Somebody hidden")
    pages = [Open(author, SpeakerFactory(created_by=author.user)) for _ in range(2)]
    for kept, page in zip((public, hidden), pages, strict=True):
        merge(kept=kept, gone=page.record, by=editor.user)

    answers = [page.send(bio="Of the marsh") for page in pages]

    assert [shown(answer)[:2] for answer in answers] == [(MERGED, public.get_absolute_url()), (GONE, "")]
    assert "Somebody hidden" not in answers[1].content.decode()


def test_merge_that_is_undone_brings_the_words_back_into_the_form(editor):
    from workshop.merging.actions import undo

    kept, gone = SpeakerFactory(published=True), SpeakerFactory(published=True)
    page = Open(editor, gone)
    done = merge(kept=kept, gone=gone, by=editor.user)
    page.send(bio="Of the marsh")
    undo(merge=done, by=editor.user)

    back = editor.client.get(page.typed, follow=True)

    assert form_of(back, "speaker_form")["bio"] == "Of the marsh"


def test_of_somebody_who_was_taken_down_nothing_is_stored_again(editor, admin):
    person = SpeakerFactory(name="Ada Zymborska")
    page = Open(editor, person)
    take_down(names=["Ada Zymborska"], person=person, ground="safety", reason="Danger.", by=admin.user)

    answer = page.send(bio="Of the marsh")
    typed = page.autosave(bio="Of the marsh")

    assert (answer.redirect_chain, shown(answer)) == ([], (GONE, "", ["Of the marsh"]))
    assert (NOT_KEPT in answer.content.decode(), typed.json()["at"], Unsaved.objects.count()) == (True, "", 0)


def test_nor_of_a_record_that_went_into_theirs(editor, admin):
    person, former = SpeakerFactory(name="Ada Zymborska"), SpeakerFactory(name="Ada Zymborska")
    page = Open(editor, former)
    editor.client.post(admin_url(Speaker, "compare"), merging(editor, person, former))
    take_down(names=["Ada Zymborska"], person=person, ground="safety", reason="Danger.", by=admin.user)

    answer = page.send(bio="Of the marsh")

    assert (Speaker.objects.exists(), shown(answer), Unsaved.objects.count()) == (
        False,
        (GONE, "", ["Of the marsh"]),
        0,
    )


def merging(desk, kept, gone):
    """What the page that merges two sends."""
    page = desk.client.get(admin_url(type(kept), "compare"), {"keep": kept.pk, "other": gone.pk})
    return {"keep": kept.pk, "other": gone.pk, "stamp": page.context["stamp"], "names": []}


def test_record_that_a_page_made_and_that_was_deleted_does_not_swallow_words(editor):
    values = form_of(editor.get(Talk, "add"), "talk_form") | {"title": "First", "occasion": "A seminar"}
    editor.post(Talk, "add", data=values | {"_save": "Save"})
    editor.client.post(admin_url(Talk.objects.get(), "delete"), {"post": "yes"})

    answer = editor.post(Talk, "add", data=values | {"summary": "More words", "_save": "Save"})

    assert shown(answer)[2] == ["More words"]
