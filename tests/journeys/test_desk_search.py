"""The search box of the desk: by keyboard, by mouse, and without script."""

import re

import pytest
from playwright.sync_api import expect

from tests.desk import admin_url
from tests.factories import RecommendationFactory, SpeakerFactory, TalkFactory, ThemeFactory, UserFactory
from tests.journeys.steps import sign_in
from tests.journeys.test_axe_admin import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def mud():
    ThemeFactory(name="Mud")
    SpeakerFactory(name="Ada Mud")
    return TalkFactory(title="Why mud")


def box(page):
    return page.get_by_role("combobox", name="Search everything")


@pytest.mark.both_databases
def test_keys_lead_from_any_page_to_a_record(page, mud):
    sign_in(page, UserFactory(role="editor"))
    page.goto(admin_url(type(mud)))

    page.keyboard.press("Control+k")
    expect(box(page)).to_be_focused()
    page.keyboard.type("mud")
    options = page.locator("#desk-q-offers [role=option]")
    expect(options).to_have_count(3)
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("#desk-q-offers [aria-selected=true]")
    expect(chosen).to_have_count(1)
    assert box(page).get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    assert faults(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#desk-q-offers")).to_be_hidden()
    page.keyboard.press("ArrowDown")
    while "Why mud" not in page.locator("#desk-q-offers [aria-selected=true]").inner_text():
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Why mud")


def test_enter_without_a_choice_shows_everything(page, mud):
    sign_in(page, UserFactory(role="editor"))
    expect(box(page)).to_have_attribute("placeholder", re.compile("K$"))  # the keys are listened to

    page.keyboard.press("Meta+k")
    expect(box(page)).to_be_focused()
    page.keyboard.type("mud")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Search", level=1)).to_be_visible()
    assert page.get_by_role("main").get_by_role("link").all_inner_texts() == ["Why mud", "Mud", "Ada Mud"]
    expect(box(page)).to_have_value("mud")
    assert faults(page) == []


def test_text_that_uses_the_keys_itself_keeps_them(page):
    record = RecommendationFactory()
    sign_in(page, UserFactory(role="editor"))
    page.goto(admin_url(record, "change"))
    page.evaluate(
        "document.getElementById('id_detail').addEventListener('keydown', (event) => {"
        " if (event.key === 'k') { event.preventDefault(); event.stopPropagation(); } })"
    )

    page.focus("#id_detail")
    page.keyboard.press("Control+k")

    expect(page.locator("#id_detail")).to_be_focused()


def test_it_is_a_plain_form_without_script(new_page, mud):
    page = new_page(java_script_enabled=False)
    sign_in(page, UserFactory(role="editor"))

    page.get_by_label("Search everything").fill("why")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Why mud").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Why mud")


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_front_page_and_search_fit_every_window(new_page, mud, width):
    page = new_page(viewport={"width": width, "height": 800})
    sign_in(page, UserFactory(role="editor"))

    fits = []
    for address in ("/admin/", "/admin/search/?q=mud", "/admin/lists/changes/", admin_url(mud, "history")):
        page.goto(address)
        fits.append((page.evaluate("document.documentElement.scrollWidth <= innerWidth"), faults(page)))

    assert fits == [(True, [])] * 4
