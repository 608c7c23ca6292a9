"""Taking down at the desk: for admins, after a look at all of it, and never by one click."""

import pytest
from django.urls import reverse

from speakers.models import Speaker
from tests.desk import admin_url, said
from tests.factories import ImageFactory, MediaFactory, SpeakerFactory, TalkFactory, TalkSpeakerFactory
from workshop.takedown.models import TakeDown

pytestmark = pytest.mark.django_db
WORDS = "/admin/takedown/takedown/words/"


@pytest.fixture
def alice():
    alice = SpeakerFactory(published=True, name="Alice Marsh", given_name="Alice", family_name="Marsh")
    talk = TalkSpeakerFactory(speaker=alice, talk__title="Mud by Alice Marsh").talk
    MediaFactory(talk=talk, title="The film")
    return alice


def in_words(response):
    return " ".join(response.content.decode().split())


def answers(**changes):
    return {"names": "Alice Marsh", "ground": "request", "reason": "", "confirmation": "take down",
            "_take_down": "1"} | changes  # fmt: skip


def test_page_shows_what_would_go_and_writes_nothing(admin, alice):
    page = in_words(admin.get(alice, "take_down"))

    assert admin_url(alice, "take_down") in admin.get(alice, "change").content.decode()
    assert "1 talk: stays, and names nobody" in page
    assert "Talks: 1" in page and "Mud by Alice Marsh</a> (address, title)" in page
    assert "The film" in page and "still holds it" in page
    assert "Marsh, Alice" in page
    assert (Speaker.objects.count(), TakeDown.objects.count()) == (1, 0)


def test_person_is_taken_down_and_the_record_names_nobody(admin, alice):
    response = admin.post(admin_url(alice, "take_down"), data=answers(reason="By letter of 3 May."))
    page = admin.get(TakeDown.objects.get(), "change")

    assert not Speaker.objects.exists()
    assert said(response)[0].startswith("Done. Rows removed or changed: 3. Every backup made before ")
    assert "By letter of 3 May." in in_words(page)
    assert "marsh" not in response.content.decode().lower()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"confirmation": "yes"}, "Type the words “take down”."),
        ({"ground": ""}, "Choose why."),
        ({"names": " "}, "This field is required."),
        ({"names": "A"}, "“A” is too short or too long to be looked for"),
        ({"reason": "Alice Marsh wrote."}, "Give the reason without the name"),
    ],
)
def test_refusals_say_what_to_do_and_keep_what_was_typed(admin, alice, changes, sentence):
    page = in_words(admin.post(admin_url(alice, "take_down"), data=answers(**changes)))

    assert sentence in page
    assert Speaker.objects.exists()


def test_words_are_looked_for_before_they_are_taken_down(admin):
    talk = TalkFactory(title="The mole’s name", summary="It is Otto Lehm.")
    empty = in_words(admin.get(WORDS))
    looked = in_words(admin.post(WORDS, data={"names": "Otto Lehm", "_look": "1"}))
    nothing = in_words(admin.post(WORDS, data={"names": "Nobody Here", "_look": "1"}))
    admin.post(WORDS, data=answers(names="Otto Lehm"))

    talk.refresh_from_db()
    assert "Where the names stand" not in empty
    assert "Talks: 1" in looked and "(summary)" in looked
    assert "In no text." in nothing
    assert talk.summary == "It is [removed]."


def test_page_says_that_files_that_wait_go(admin, alice):
    before = in_words(admin.get(alice, "take_down"))
    ImageFactory().delete()

    sentence = "Files of replaced and deleted pictures and recordings that wait to come back: 1. All of them go,"
    assert (sentence in before, sentence in in_words(admin.get(alice, "take_down"))) == (False, True)


def test_front_page_leads_admins_there(admin, editor):
    assert WORDS in admin.get("/admin/").content.decode()
    assert WORDS not in editor.get("/admin/").content.decode()


def test_for_editors_and_authors_there_is_no_such_page(editor, author, alice):
    done = TakeDown.objects.create(ground="request")
    addresses = [admin_url(alice, "take_down"), WORDS, admin_url(TakeDown), admin_url(done, "change")]

    for desk in (editor, author):
        assert {desk.get(address).status_code for address in addresses} == {404}
        assert {desk.client.post(address, answers()).status_code for address in addresses} <= {403, 404}
    assert "Take down" not in editor.get(alice, "change").content.decode()
    assert Speaker.objects.exists()


def test_record_is_neither_added_nor_changed_nor_deleted_by_hand(admin):
    done = TakeDown.objects.create(ground="request")

    answered = [admin.client.post(admin_url(done, page), {"post": "yes"}).status_code for page in ("change", "delete")]
    assert (answered, admin.get(TakeDown, "add").status_code) == ([403, 403], 404)
    assert TakeDown.objects.exists()
    assert admin.get(reverse("admin:speakers_speaker_take_down", args=[99999])).status_code == 404
