"""A page that was opened before a login and is sent after it: its token holds no more, its words do."""

import pytest
from django.test import Client

from tests.desk import PASSWORD, Desk, admin_url, form_of, said
from tests.factories import TalkFactory
from workshop.editing.models import Unsaved
from workshop.editing.returning import GONE, SHOWN

pytestmark = pytest.mark.django_db

HERE = {"origin": "http://testserver"}


@pytest.fixture
def talk():
    return TalkFactory(title="A title")


@pytest.fixture
def strict(editor):
    """An editor in a browser whose tokens are looked at."""
    editor.user.set_password(PASSWORD)
    editor.user.save()
    return Desk(Client(enforce_csrf_checks=True), editor.user)


def log_in(desk, page=None):
    """Logs in, by a login form that is given or by a new one."""
    values = form_of(page or desk.client.get("/admin/login/"), "login-form")
    values |= {"username": desk.user.username, "password": PASSWORD}
    return desk.client.post("/admin/login/", values, follow=True, headers=HERE)


def typed(desk, record, **changes):
    """Opens a page and types, logs in, and has still to send it."""
    log_in(desk)
    values = form_of(desk.get(record, "change"), "talk_form") | {"_save": "Save"} | changes
    desk.client.logout()
    log_in(desk)
    return values


def sent(desk, record, values, headers=HERE):
    return desk.client.post(admin_url(record, "change"), values, headers=headers)


def clicked(desk, page):
    return desk.post("/admin/sent-late/", data=form_of(page, "sent-late-form"))


def test_words_come_back_with_one_click_and_nothing_is_kept_before_it(strict, talk):
    refused = sent(strict, talk, typed(strict, talk, title="Typed too late"))
    kept_before = Unsaved.objects.count()

    back = clicked(strict, refused)

    talk.refresh_from_db()
    assert (refused.status_code, "no-store" in refused["Cache-Control"], kept_before) == (403, True, 0)
    assert (form_of(back, "talk_form")["title"], said(back), talk.title) == ("Typed too late", [SHOWN], "A title")


def test_words_that_came_back_are_saved_as_ever(strict, talk):
    back = clicked(strict, sent(strict, talk, typed(strict, talk, title="Typed too late")))

    strict.post(talk, "change", data=form_of(back, "talk_form") | {"_save": "Save"})

    talk.refresh_from_db()
    assert (talk.title, Unsaved.objects.count()) == ("Typed too late", 0)


def test_window_of_a_related_record_stays_one(strict, talk):
    values = typed(strict, talk, title="Typed too late", _popup="1")

    back = clicked(strict, sent(strict, talk, values))

    assert (back.redirect_chain[0][0].endswith("&_popup=1"), form_of(back, "talk_form")["title"]) == (
        True,
        "Typed too late",
    )


def test_who_is_logged_out_again_by_then_gets_the_login_with_them(strict, talk):
    values = typed(strict, talk, title="Typed too late")
    strict.client.logout()
    strict.client.get("/admin/login/")  # a token of its own

    back = log_in(strict, sent(strict, talk, values))

    assert form_of(back, "talk_form")["title"] == "Typed too late"


def test_second_window_with_the_login_does_not_lose_them(strict, talk):
    values = typed(strict, talk, title="Typed too late")
    strict.client.logout()
    asked = sent(strict, talk, values)
    log_in(strict)

    back = clicked(strict, log_in(strict, asked))

    assert form_of(back, "talk_form")["title"] == "Typed too late"


def test_session_that_ends_before_the_click_does_not_lose_them(strict, talk):
    refused = sent(strict, talk, typed(strict, talk, title="Typed too late"))
    del strict.client.cookies["sessionid"]

    back = log_in(strict, clicked(strict, refused))

    assert form_of(back, "talk_form")["title"] == "Typed too late"


def test_what_another_site_sends_is_not_shown_as_ones_own(strict, talk):
    values = typed(strict, talk, title="Sent by others")

    answer = sent(strict, talk, values, headers={"origin": "https://other.example"})

    assert (answer.status_code, "Sent by others" in answer.content.decode()) == (403, False)


def test_the_click_needs_its_token(strict, talk):
    values = form_of(sent(strict, talk, typed(strict, talk)), "sent-late-form")

    answer = strict.client.post("/admin/sent-late/", values | {"csrfmiddlewaretoken": "x" * 64}, headers=HERE)

    assert (answer.status_code, Unsaved.objects.count()) == (403, 0)


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"query": 1}', '{"query": "a=%00", "files": 0}'])
def test_odd_values_are_answered_with_a_sentence(editor, kept):
    response = editor.post("/admin/sent-late/", data={"next": "/admin/", "_kept": kept})

    assert said(response) == [GONE]


def test_words_for_a_record_that_is_gone_meanwhile_are_shown(strict, talk):
    refused = sent(strict, talk, typed(strict, talk, title="Typed too late"))
    talk.delete()

    shown = clicked(strict, refused)

    assert (shown.context["title"], "Typed too late" in shown.content.decode()) == ("What you typed", True)


def test_answers_to_a_question_come_back_with_one_click_and_nothing_is_done(strict, talk):
    log_in(strict)
    values = form_of(strict.get(talk, "submit"), "") | {"comment": "A long comment", "to": "role:editor"}
    strict.client.logout()
    log_in(strict)

    refused = strict.client.post(admin_url(talk, "submit"), values, headers=HERE)
    back = clicked(strict, refused)

    talk.refresh_from_db()
    assert (refused.status_code, back.context["form"]["comment"].value(), talk.state) == (
        403,
        "A long comment",
        "draft",
    )


def test_second_window_with_the_login_does_not_lose_answers_either(strict, talk):
    log_in(strict)
    values = form_of(strict.get(talk, "submit"), "") | {"comment": "A long comment", "to": "role:editor"}
    strict.client.logout()
    asked = strict.client.post(admin_url(talk, "submit"), values, headers=HERE)
    log_in(strict)

    back = clicked(strict, log_in(strict, asked))

    assert back.context["form"]["comment"].value() == "A long comment"


def test_form_that_is_no_record_is_refused_as_ever(strict):
    log_in(strict)

    answer = strict.client.post("/admin/logout/", headers=HERE)

    assert (answer.status_code, "This request was refused" in answer.content.decode()) == (403, True)


def test_autosave_is_told_so_and_fetches_the_token_of_now(strict, talk):
    values = typed(strict, talk, title="Typed too late")

    def autosaved():
        address = admin_url(talk, "autosave")
        return strict.client.post(address, values, headers=HERE | {"accept": "application/json"}).status_code

    before = autosaved()
    found = strict.get("/admin/token/")
    values["csrfmiddlewaretoken"] = found.json()["token"]

    assert (before, found.json()["user"], "no-store" in found["Cache-Control"]) == (403, str(strict.user.pk), True)
    assert (autosaved(), Unsaved.objects.get().content.fields["title"]) == (200, ["Typed too late"])


def test_token_is_for_somebody_logged_in(client):
    assert client.get("/admin/token/").status_code == 401
