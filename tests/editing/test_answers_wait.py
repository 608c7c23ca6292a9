"""What is typed into a question of the desk (a step, a merge, a take-down) is not lost with the session."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from tests.desk import PASSWORD, admin_url, form_of, said
from tests.factories import SpeakerFactory, TalkFactory
from workshop.actions import publish, submit
from workshop.editing.returning import AGAIN
from workshop.models import Talk
from workshop.reviewing.models import Review
from workshop.takedown.models import TakeDown

pytestmark = pytest.mark.django_db
WORDS = "A long comment.\nOf two lines."


def sent_late(desk, address, data, password=PASSWORD):
    """Sends a form after the session ended, and logs in again: the page after that."""
    desk.user.set_password(PASSWORD)
    desk.user.save()
    desk.client.logout()
    login = desk.client.post(address, data | {"_typed": "1"})
    answers = {"username": desk.user.username, "password": password}
    return desk.client.post("/admin/login/", form_of(login, "login-form") | answers, follow=True)


def test_words_to_a_reviewer_stand_in_the_form_after_the_login(author):
    talk = TalkFactory(created_by=author.user)
    address = admin_url(talk, "submit")
    assert 'name="_typed"' in author.client.get(address).content.decode()

    page = sent_late(author, address, {"to": "role:admin", "comment": WORDS})
    form = page.context["form"]

    assert (said(page), form["comment"].value(), form["to"].value()) == ([AGAIN], WORDS, "role:admin")
    assert f'action="{address}"' in page.content.decode()
    assert (Talk.objects.get().state, Review.objects.count()) == ("draft", 0)
    author.post(address, data={"to": "role:admin", "comment": form["comment"].value()})
    assert Review.objects.get().comment.splitlines() == WORDS.splitlines()


def test_nothing_of_it_is_kept_anywhere(author):
    talk = TalkFactory(created_by=author.user)

    sent_late(author, admin_url(talk, "submit"), {"to": "role:admin", "comment": "Secret words"})

    assert not any("Secret" in str(session.get_decoded()) for session in Session.objects.all())


def test_wrong_password_does_not_lose_it(author):
    talk = TalkFactory(created_by=author.user)

    page = sent_late(author, admin_url(talk, "submit"), {"to": "role:admin", "comment": WORDS}, password="wrong")
    answers = {"username": author.user.username, "password": PASSWORD}
    again = author.client.post("/admin/login/", form_of(page, "login-form") | answers, follow=True)

    assert again.context["form"]["comment"].value() == WORDS


def test_step_for_many_asks_again(editor):
    talks = [TalkFactory(), TalkFactory()]
    chosen = {"action": "submit", "_take": "1", "_selected_action": [str(talk.pk) for talk in talks]}

    page = sent_late(editor, admin_url(Talk), {**chosen, "to": "role:admin", "comment": WORDS})

    assert (page.context["form"]["comment"].value(), sorted(page.context["chosen"])) == (
        WORDS,
        sorted(talk.pk for talk in talks),
    )
    assert set(Talk.objects.values_list("state", flat=True)) == {"draft"}


def test_choices_of_a_merge_are_chosen_again_and_nothing_is_merged(editor):
    kept, gone = SpeakerFactory(name="Ada Berg", bio="One"), SpeakerFactory(name="Ada Bergh", bio="Two")
    data = {"keep": str(kept.pk), "other": str(gone.pk), "take-bio": "gone", "names": [], "stamp": "x"}

    page = sent_late(editor, admin_url(type(kept), "compare"), data)

    assert [row.takes_gone for row in page.context["rows"] if row.name == "bio"] == [True]
    assert type(kept).objects.count() == 2


def test_names_to_be_taken_down_stand_in_the_form_and_nothing_is_taken_down(admin):
    SpeakerFactory(name="Ada Zymborska")
    data = {"names": "Ada Zymborska", "ground": "safety", "reason": "Danger.", "confirmation": "take down"}

    page = sent_late(admin, reverse("admin:takedown_takedown_words"), data | {"_take_down": "Take down"})

    form = page.context["form"]
    assert (form["names"].value(), form["reason"].value()) == ("Ada Zymborska", "Danger.")
    assert not TakeDown.objects.exists()


def test_page_that_is_not_theirs_is_not_there(author):
    page = sent_late(author, admin_url(TalkFactory(), "submit"), {"comment": WORDS})

    assert page.status_code == 404


@pytest.mark.parametrize("address", ["", "/", "https://example.org/", "/talks/", "x"])
def test_odd_addresses_are_no_error(author, address):
    author.user.set_password(PASSWORD)
    author.user.save()
    author.client.logout()
    kept = '{"query": "_typed=1&comment=x", "files": false}'
    answers = {"username": author.user.username, "password": PASSWORD, "next": address, "_kept": kept}

    assert author.client.post("/admin/login/", answers).status_code == 302


# --- a colleague was faster ---------------------------------------------------------------------


def test_words_of_who_comes_too_late_are_given_back(author, editor):
    talk = TalkFactory(title="Mine", created_by=author.user)
    publish(record=talk, by=editor.user)
    Talk.objects.filter(pk=talk.pk).update(state="scheduled", publish_at="2031-01-01T00:00Z")

    page = author.post(talk, "submit", data={"to": "role:editor", "comment": "A long comment"})

    assert said(page) == ["Nothing was done: “Mine” is scheduled by now.", "You had written: “A long comment”"]


def test_words_of_a_reviewer_who_comes_too_late_are_given_back_and_tell_nobody_else(author, editor, desk_of):
    talk = TalkFactory(title="Theirs")
    submit(record=talk, to_user=author.user, by=editor.user)
    publish(record=talk, by=editor.user)

    page = author.post(talk, "answer", data={"comment": "A long answer"})
    other = desk_of("author").post(talk, "answer", data={"comment": "A long answer"})

    assert said(page) == [
        "Nothing was done: your answer is not waited for any more.",
        "You had written: “A long answer”",
    ]
    assert other.status_code == 404
