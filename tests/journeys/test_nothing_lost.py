"""Words survive a crash, an expired login, a cut line and a colleague: in a real browser, on both databases."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.desk import PASSWORD, admin_url, sign_in
from tests.factories import TalkFactory, UserFactory
from workshop.actions import schedule
from workshop.editing.models import Unsaved

pytestmark = [pytest.mark.browser, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def talk():
    return TalkFactory(title="A title", summary="As it was.", published=True)


def type_into(page, field, words):
    page.fill(field, words)
    expect(page.locator("[data-kept]")).to_contain_text("is kept, as of")


def signed_in(new_page, user):
    page = new_page(viewport={"width": 1280, "height": 900})
    page.goto("/admin/")
    page.fill("#id_username", user.username)
    page.fill("#id_password", PASSWORD)
    page.click("input[type=submit]")
    return page


def test_words_typed_before_a_crash_are_offered_on_another_machine(new_page, talk):
    user = UserFactory(role="editor", password=PASSWORD)
    page = signed_in(new_page, user)
    page.goto(admin_url(talk, "change"))
    type_into(page, "#id_title", "Half a tit")
    page.context.close()

    other = signed_in(new_page, user)
    other.goto(admin_url(talk, "change"))
    other.get_by_role("link", name="Bring it back").click()

    expect(other.locator("#id_title")).to_have_value("Half a tit")


def test_words_typed_while_the_line_is_cut_come_back_from_the_device(new_page, talk):
    page = signed_in(new_page, UserFactory(role="editor", password=PASSWORD))
    page.goto(admin_url(talk, "change"))
    expect(page.locator("[data-kept]")).to_be_attached()
    page.context.set_offline(True)
    page.fill("#id_title", "Typed in a tunnel")
    expect(page.locator("[data-kept]")).to_contain_text("The desk does not answer")
    page.context.set_offline(False)
    page.faults.clear()
    page.evaluate("window.onbeforeunload = null")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(admin_url(talk, "change"))

    page.get_by_role("link", name="Bring it back").click()

    expect(page.locator("#id_title")).to_have_value("Typed in a tunnel")
    page.faults.clear()


def test_two_editors_see_each_other_and_the_second_decides(new_page, talk):
    first = signed_in(new_page, UserFactory(role="editor", username="ada", password=PASSWORD))
    second = signed_in(new_page, UserFactory(role="editor", username="bo", password=PASSWORD))
    first.goto(admin_url(talk, "change"))
    second.goto(admin_url(talk, "change"))
    expect(second.locator("[data-others]")).to_have_text("Also open with: ada.")
    first.fill("#id_summary", "Ada's words.")
    first.get_by_role("button", name="Publish changes").click()
    first.get_by_label("No, a small change").check()
    first.get_by_role("button", name="Publish changes").click()
    first.wait_for_selector(".messagelist .success")
    second.fill("#id_summary", "Bo's words.")
    expect(second.locator("[data-newer]")).to_contain_text("ada saved this meanwhile")
    second.get_by_role("button", name="Publish changes").click()

    expect(second.get_by_role("heading", name="Two versions meet here")).to_be_visible()
    second.get_by_role("radio", name="Both, one after the other").check()
    second.get_by_label("No, a small change").check()
    second.get_by_role("button", name="Publish changes").click()
    second.wait_for_selector(".messagelist .success")

    talk.refresh_from_db()
    assert talk.summary.replace("\r\n", "\n") == "Ada's words.\n\nBo's words."


def test_draft_is_saved_by_the_first_button_and_readers_see_the_old_page(page, talk):
    sign_in(page)
    page.goto(admin_url(talk, "change"))
    page.fill("#id_title", "In work")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_have_text("Your draft is saved. Readers go on seeing what is published.")

    expect(page.locator("#id_title")).to_have_value("In work")
    page.goto(talk.get_absolute_url())
    expect(page.get_by_role("heading", level=1)).to_have_text("A title")


def test_page_come_back_to_shows_what_a_colleague_saved_since(new_page, desk_of):
    talk = TalkFactory(title="A title", summary="As it was.")
    page = signed_in(new_page, UserFactory(role="editor", password=PASSWORD))
    page.goto(admin_url(talk, "change"))
    page.fill("#id_summary", "Words of one.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_selector(".messagelist .success")
    desk_of("editor").fill(talk, "change", summary="Better words of a colleague.", _save="Save")

    page.go_back()
    expect(page.locator("#id_summary")).to_have_value("Better words of a colleague.")
    page.fill("#id_title", "A title, mended")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_selector(".messagelist .success")

    talk.refresh_from_db()
    assert (talk.title, talk.summary) == ("A title, mended", "Better words of a colleague.")


def test_words_that_came_back_with_a_fault_are_kept_as_well(page, talk):
    sign_in(page)
    page.goto(admin_url(talk, "change"))
    page.fill("#id_summary", "Long words.")
    page.fill("#id_title", "")
    page.get_by_role("button", name="Publish changes", exact=True).click()
    expect(page.locator(".errornote")).to_be_visible()

    expect(page.locator("[data-kept]")).to_contain_text("is kept, as of")

    assert Unsaved.objects.get().content.fields["summary"] == ["Long words."]


def test_page_from_before_an_update_whose_record_was_scheduled_says_to_copy_the_words(new_page):
    user = UserFactory(role="author", password=PASSWORD)
    talk = TalkFactory(created_by=user, title="A title")
    page = signed_in(new_page, user)
    page.goto(admin_url(talk, "change"))
    page.evaluate("document.querySelector('[name=_opened]').remove()")  # it does not say who opened it
    schedule(record=talk, at=timezone.now() + dt.timedelta(days=1), by=UserFactory(role="editor"))

    page.fill("#id_summary", "Long words.")

    expect(page.locator("[data-kept]")).to_have_text(
        "This is gone, or not yours to change any more. What you typed is not saved: copy it from here."
    )
    page.faults.clear()  # 404


def test_comment_written_for_a_reviewer_comes_through_the_login(new_page):
    user = UserFactory(role="author", password=PASSWORD)
    talk = TalkFactory(created_by=user, title="A title")
    page = signed_in(new_page, user)
    page.goto(admin_url(talk, "submit"))
    page.get_by_label("What should they know?").fill("A long comment.")
    page.context.clear_cookies(name="sessionid")
    page.locator(".submit-row input").click()
    page.fill("#id_username", user.username)
    page.fill("#id_password", PASSWORD)
    page.locator(".submit-row input").click()

    expect(page.get_by_label("What should they know?")).to_have_value("A long comment.")
    page.locator(".submit-row input").click()

    expect(page.locator(".messagelist .success")).to_contain_text("is submitted.")
    assert page.url.endswith(admin_url(talk, "change"))
