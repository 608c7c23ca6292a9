"""What is typed is kept before it is saved, for who typed it, and offered when they return."""

import pytest

from tests.desk import PASSWORD, admin_url, form_of, said
from tests.factories import TalkFactory
from workshop.editing import keeping
from workshop.editing.models import Presence, Unsaved
from workshop.editing.returning import KEPT
from workshop.models import Talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk():
    return TalkFactory(title="A title", published=True)


def typed(desk, record, **changes):
    """Types into the page of a record; the answer of the autosave and what was sent."""
    values = form_of(desk.get(record, "change"), "talk_form") | changes
    return desk.client.post(admin_url(record, "autosave"), values), values


def test_typed_words_are_kept_and_the_record_is_not_touched(editor, talk):
    answer, _ = typed(editor, talk, title="Half a tit")

    talk.refresh_from_db()
    assert (answer.status_code, answer.json()["newer"], talk.title) == (200, "", "A title")
    assert Unsaved.objects.get().content.fields["title"] == ["Half a tit"]


def test_return_offers_what_was_not_saved_and_brings_it_back(editor, talk):
    typed(editor, talk, title="Half a tit")

    page = editor.get(talk, "change")
    (offer,) = page.context["offered"]
    back = editor.get(talk, "change", unsaved=offer.page)

    assert (form_of(page, "talk_form")["title"], form_of(back, "talk_form")["title"]) == ("A title", "Half a tit")
    assert "Bring it back" in page.content.decode()


def test_words_brought_back_and_saved_are_offered_no_more(editor, talk):
    typed(editor, talk, title="A whole title")
    offer = Unsaved.objects.get()
    values = form_of(editor.get(talk, "change", unsaved=offer.page), "talk_form")

    editor.post(talk, "change", data=values | {"_save": "Save", "_correction": "no"})

    talk.refresh_from_db()
    assert (talk.title, Unsaved.objects.count()) == ("A whole title", 0)


def test_unsaved_words_can_be_dropped(editor, talk):
    _, values = typed(editor, talk, title="Half a tit")

    response = editor.post(admin_url(talk, "autosave"), data={"_drop": values["_page"]})

    assert (said(response), Unsaved.objects.count()) == (["What you had not saved is dropped."], 0)


def test_nobody_else_is_offered_them_nor_can_drop_them(editor, desk_of, talk):
    _, values = typed(editor, talk, title="Half a tit")
    other = desk_of("editor")

    page = other.get(talk, "change", unsaved=values["_page"])
    other.post(admin_url(talk, "autosave"), data={"_drop": values["_page"]})

    assert (page.context["offered"], form_of(page, "talk_form")["title"]) == ([], "A title")
    assert Unsaved.objects.count() == 1


def test_second_window_does_not_overwrite_the_first(editor, talk):
    typed(editor, talk, title="In the first")
    typed(editor, talk, title="In the second")

    offered = editor.get(talk, "change").context["offered"]

    assert sorted(kept.content.fields["title"][0] for kept in offered) == ["In the first", "In the second"]


def test_words_typed_before_somebody_saved_meet_what_was_saved(editor, desk_of, talk):
    _, values = typed(editor, talk, title="Mine")
    desk_of("editor").fill(talk, "change", title="Theirs", _correction="no")

    page = editor.get(talk, "change", unsaved=values["_page"])

    assert [question.change.old for question in page.context["panel"].questions] == ["Theirs"]


def test_words_typed_where_two_versions_meet_are_still_asked_about_on_return(editor, desk_of, talk):
    _, values = typed(editor, talk, title="Mine")
    desk_of("editor").fill(talk, "change", title="Theirs", _correction="no")
    meeting = form_of(editor.get(talk, "change", unsaved=values["_page"]), "talk_form")

    editor.client.post(admin_url(talk, "autosave"), meeting | {"title": "Mine, longer"})

    page = editor.get(talk, "change", unsaved=values["_page"])
    assert [(q.change.old, q.change.new) for q in page.context["panel"].questions] == [("Theirs", "Mine, longer")]


def test_form_taken_back_to_what_is_stored_is_not_kept(editor, talk):
    typed(editor, talk, title="Half a tit")
    values = form_of(editor.get(talk, "change", unsaved=Unsaved.objects.get().page), "talk_form")

    editor.client.post(admin_url(talk, "autosave"), values | {"title": "A title"})

    assert not Unsaved.objects.exists()


def test_new_record_is_kept_before_it_exists(author):
    values = form_of(author.get(Talk, "add"), "talk_form") | {"title": "Begun"}

    answer = author.client.post(admin_url(Talk, "add_autosave"), values)
    offer = author.get(Talk, "add").context["offered"][0]
    back = form_of(author.get(Talk, "add", unsaved=offer.page), "talk_form")

    assert (answer.status_code, back["title"], back["_page"]) == (200, "Begun", values["_page"])
    assert not Talk.objects.exists()


def test_answer_tells_who_else_is_there_and_who_saved(editor, desk_of, talk):
    colleague = desk_of("editor")
    colleague.get(talk, "change")
    values = form_of(editor.get(talk, "change"), "talk_form")
    colleague.fill(talk, "change", title="Theirs", _correction="no")
    colleague.get(talk, "change")

    answer = editor.client.post(admin_url(talk, "autosave"), values | {"_beat": "1"})

    name = colleague.user.get_full_name() or colleague.user.username
    assert {key: answer.json()[key] for key in ("others", "newer")} == {"others": [name], "newer": name}


def test_page_says_at_once_who_else_has_it_open(editor, desk_of, talk):
    colleague = desk_of("editor")
    colleague.get(talk, "change")

    page = editor.get(talk, "change")

    assert page.context["others"] == [colleague.user.get_full_name() or colleague.user.username]


def test_who_closes_the_page_is_gone_at_once(editor, desk_of, talk):
    colleague = desk_of("editor")
    values = form_of(colleague.get(talk, "change"), "talk_form")

    answer = colleague.client.post(admin_url(talk, "autosave"), {"_page": values["_page"], "_left": "1"})

    assert (answer.status_code, editor.get(talk, "change").context["others"]) == (200, [])


def test_who_left_is_forgotten(editor, desk_of, talk, django_user_model):
    desk_of("editor").get(talk, "change")
    Presence.objects.update(seen_at="2020-01-01T00:00Z")

    page = editor.get(talk, "change")
    keeping.forget_old()

    assert (page.context["others"], Presence.objects.count()) == ([], 1)


def test_old_unsaved_words_are_forgotten_after_a_month(editor, talk):
    typed(editor, talk, title="Half a tit")
    Unsaved.objects.update(kept_at="2020-01-01T00:00Z")

    keeping.forget_old()

    assert not Unsaved.objects.exists()


@pytest.mark.parametrize("page", ["autosave", "discard"])
def test_what_one_may_not_see_answers_as_if_it_did_not_exist(author, talk, page):
    there = author.client.post(admin_url(talk, page))
    not_there = author.client.post(admin_url(Talk, page, talk.pk + 1))

    assert (there.status_code, there.content) == (404, not_there.content)


def test_autosave_after_the_session_ended_answers_401_and_keeps_nothing(editor, talk):
    values = form_of(editor.get(talk, "change"), "talk_form")
    editor.client.logout()

    answer = editor.client.post(admin_url(talk, "autosave"), values | {"title": "Half"})

    assert (answer.status_code, Unsaved.objects.count()) == (401, 0)


def test_autosave_by_get_is_refused(editor, talk):
    assert editor.get(admin_url(talk, "autosave")).status_code == 405


def test_kept_words_hold_no_more_than_the_page_has(editor, talk):
    typed(editor, talk, title="Half", state="published", first_published_at="2020-01-01", unknown="x")

    assert not {"state", "first_published_at", "unknown"} & set(Unsaved.objects.get().content.fields)


def test_form_older_than_the_software_is_filled_as_far_as_it_goes(editor, talk):
    _, values = typed(editor, talk, title="Half")
    kept = Unsaved.objects.get()
    kept.payload = {"fields": {"title": ["Half"], "gone": ["x"], "themes": ["not a key"]}, "rows": {"gone": {"1": {}}}}
    kept.save()

    page = editor.get(talk, "change", unsaved=values["_page"])

    assert (page.status_code, form_of(page, "talk_form")["title"]) == (200, "Half")


class TestSessionThatEnded:
    """A page that is sent after the session ended."""

    def sent_late(self, desk, record, **changes):
        desk.user.set_password(PASSWORD)
        desk.user.save()
        desk.client.force_login(desk.user)
        values = form_of(desk.get(record, "change"), "talk_form") | {"_save": "Save"} | changes
        desk.client.logout()
        return desk.client.post(admin_url(record, "change"), values)

    def log_in(self, desk, page, password=PASSWORD):
        return desk.client.post(
            "/admin/login/",
            form_of(page, "login-form") | {"username": desk.user.username, "password": password},
            follow=True,
        )

    def test_words_come_back_after_the_login_and_are_not_saved(self, editor, talk):
        asked = self.sent_late(editor, talk, title="Typed too late")

        back = self.log_in(editor, asked)

        talk.refresh_from_db()
        assert ("Your session has ended" in asked.content.decode(), talk.title) == (True, "A title")
        assert (form_of(back, "talk_form")["title"], KEPT in said(back)) == ("Typed too late", True)

    def test_wrong_password_does_not_lose_them(self, editor, talk):
        asked = self.sent_late(editor, talk, title="Typed too late")

        again = self.log_in(editor, asked, password="wrong")
        back = self.log_in(editor, again)

        assert form_of(back, "talk_form")["title"] == "Typed too late"

    def test_somebody_else_who_logs_in_there_gets_nothing_that_is_not_theirs(self, editor, author, talk):
        asked = self.sent_late(editor, talk, title="Typed too late")
        author.user.set_password(PASSWORD)
        author.user.save()

        response = editor.client.post(
            "/admin/login/", form_of(asked, "login-form") | {"username": author.user.username, "password": PASSWORD}
        )

        assert (response.status_code, Unsaved.objects.count()) == (302, 0)

    @pytest.mark.parametrize("kept", ["", "{", "[]", '{"query": 1}', '{"query": "a=%00", "files": 0}'])
    def test_odd_kept_values_are_no_error(self, editor, talk, kept):
        asked = self.sent_late(editor, talk)

        response = editor.client.post(
            "/admin/login/",
            form_of(asked, "login-form") | {"username": editor.user.username, "password": PASSWORD, "_kept": kept},
        )

        assert response.status_code == 302


class TestWhatWaitedInTheBrowser:
    """What a browser could not give the desk at its time, and gives it when the page is opened again."""

    def waited(self, desk, record, values):
        return desk.client.post(admin_url(record, "autosave"), values | {"_waited": "1"}).json()

    def test_it_is_kept_for_its_page_and_nobody_is_said_to_be_there(self, editor, desk_of, talk):
        values = form_of(editor.get(talk, "change"), "talk_form") | {"title": "Typed in a tunnel"}
        Presence.objects.all().delete()

        answer = self.waited(editor, talk, values)

        (unsaved,) = Unsaved.objects.all()
        assert (answer, unsaved.page, Presence.objects.count()) == ({"kept": True}, values["_page"], 0)

    def test_what_is_stored_by_now_is_nothing_new(self, editor, talk):
        values = form_of(editor.get(talk, "change"), "talk_form")

        assert (self.waited(editor, talk, values), Unsaved.objects.count()) == ({"kept": False}, 0)

    def test_what_arrived_by_its_button_is_nothing_new(self, editor, desk_of, talk):
        values = form_of(editor.get(talk, "change"), "talk_form") | {"title": "Sent with its button", "_sent": "a1"}
        editor.post(talk, "change", data=values | {"_save": "Save", "_correction": "no"})
        desk_of("editor").fill(talk, "change", title="Of a colleague, since", _correction="no")
        Unsaved.objects.all().delete()

        assert (self.waited(editor, talk, values), Unsaved.objects.count()) == ({"kept": False}, 0)
        assert self.waited(editor, talk, values | {"_sent": "b2", "title": "Of another page"}) == {"kept": True}

    def test_what_was_saved_is_nothing_new_in_another_session(self, editor, desk_of, talk):
        values = form_of(editor.get(talk, "change"), "talk_form") | {"title": "Saved with its button", "_sent": "a1"}
        editor.post(talk, "change", data=values | {"_save": "Save", "_correction": "no"})
        desk_of("editor").fill(talk, "change", title="Of a colleague, since", _correction="no")
        editor.client.logout()
        editor.client.force_login(editor.user)

        assert (self.waited(editor, talk, values), Unsaved.objects.count()) == ({"kept": False}, 0)

    def test_words_of_an_earlier_version_that_are_typed_anew_are_new(self, editor, talk):
        for title in ("Once", "Since then"):
            editor.fill(talk, "change", title=title, _correction="no")
        values = form_of(editor.get(talk, "change"), "talk_form") | {"title": "Once", "_sent": "a1"}

        assert (self.waited(editor, talk, values), Unsaved.objects.count()) == ({"kept": True}, 1)

    @pytest.mark.parametrize("changes", [{"title": ""}, {"title": "Asked about", "_correction": ""}])
    def test_what_came_back_with_a_fault_or_a_question_is_new(self, editor, changes):
        talk = TalkFactory(title="Why mud", published=True)
        values = form_of(editor.get(talk, "change"), "talk_form") | {"_sent": "a1"} | changes
        answer = editor.client.post(admin_url(talk, "change"), values | {"_save": "Save"})

        kept = self.waited(editor, talk, values)

        assert (answer.status_code, kept, Unsaved.objects.count()) == (200, {"kept": True}, 1)

    def test_page_that_came_back_says_so_to_its_script(self, editor, talk):
        opened = editor.get(talk, "change")
        values = form_of(opened, "talk_form") | {"title": "", "_save": "Save"}

        pages = [opened, editor.client.post(admin_url(talk, "change"), values)]

        assert ["data-returned" in page.content.decode() for page in pages] == [False, True]

    def test_what_made_a_record_is_nothing_new_in_another_session(self, editor):
        values = form_of(editor.get(Talk, "add"), "talk_form") | {"title": "Begun", "occasion": "A seminar"}
        editor.post(Talk, "add", data=values | {"_save": "Save", "_sent": "a1"})
        editor.client.logout()
        editor.client.force_login(editor.user)

        def waited(**changes):
            sent = values | {"_waited": "1", "_sent": "a1"} | changes
            return editor.client.post(admin_url(Talk, "add_autosave"), sent).json()

        assert (waited(), Unsaved.objects.count()) == ({"kept": False}, 0)
        assert waited(summary="Written since.") == {"kept": True}
        assert Unsaved.objects.get().object_id == Talk.objects.get().pk

    def test_it_is_remembered_of_the_last_fifty(self, editor, talk):
        for number in range(52):
            editor.post(talk, "change", data={"_sent": f"n{number}"})

        assert editor.client.session["received"] == [f"n{number}" for number in range(2, 52)]
