"""The public page beside the form, and a draft lent to somebody without an account: in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.desk import admin_url, sign_in
from tests.factories import SpeakerFactory, TalkFactory
from tests.journeys.test_axe_admin import faults
from workshop.editing.models import PreviewLink
from workshop.models import Talk

pytestmark = [pytest.mark.browser, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def talk():
    return TalkFactory(title="As published", summary="Old words.\n\n" * 60, published=True)


@pytest.fixture(autouse=True)
def patience():
    """A preview waits for the last key, and then for the desk."""
    expect.set_options(timeout=15_000)
    yield
    expect.set_options(timeout=5_000)


def shown(page):
    """The page that stands beside the form."""
    return page.frame_locator(".desk-beside iframe:not([data-waiting])")


def open_preview(page, record):
    page.goto(admin_url(record, "change"))
    page.get_by_role("button", name="Preview page", exact=True).click()
    expect(shown(page).get_by_role("heading", level=1)).to_have_text(record.title)


def test_words_and_rows_are_seen_while_they_are_typed_at_both_widths(page, talk):
    SpeakerFactory(name="Alice Marsh", published=True)
    sign_in(page)
    open_preview(page, talk)

    page.fill("#id_title", "In work")
    expect(shown(page).get_by_role("heading", level=1)).to_have_text("In work")
    page.get_by_role("button", name="Add another Speaker").click()
    page.locator("#talk_speakers-0 .select2-selection").click()
    page.keyboard.type("Alice")
    page.get_by_role("option", name="Alice Marsh").click()
    expect(shown(page).get_by_role("link", name="Alice Marsh")).to_be_visible()
    phone = shown(page).locator("body").evaluate("body => innerWidth")
    page.get_by_role("button", name="Desktop").click()
    desktop = shown(page).locator("body").evaluate("body => innerWidth")

    frame = page.locator(".desk-beside-frame").bounding_box()
    inside = page.locator(".desk-beside iframe").bounding_box()
    assert (phone, desktop, inside["width"] <= frame["width"] + 1) == (360, 1280, True)
    assert Talk.objects.get().title == "As published"


def test_place_on_the_page_and_the_last_good_page_stay(page, talk):
    sign_in(page)
    open_preview(page, talk)
    shown(page).locator("body").evaluate("() => scrollTo(0, 500)")

    page.fill("#id_summary", "New words.\n\n" * 60)
    expect(shown(page).locator("#main")).to_contain_text("New words.")
    at = shown(page).locator("body").evaluate("() => scrollY")
    page.fill("#id_title", "")

    expect(page.locator("[data-said]")).to_contain_text("This is the last version that could be shown.")
    assert at == 500
    expect(shown(page).get_by_role("heading", level=1)).to_have_text("As published")


def test_korean_and_the_way_back(page, talk):
    sign_in(page)
    page.goto("/admin/")
    open_preview(page, talk)

    page.get_by_role("button", name="한국어").click()
    expect(shown(page).locator("html")).to_have_attribute("lang", "ko")
    page.get_by_role("button", name="English").click()
    expect(shown(page).locator("html")).to_have_attribute("lang", "en")
    page.go_back()

    expect(page.get_by_role("heading", name="Editors’ desk")).to_be_visible()


def test_open_panel_is_remembered_and_nothing_is_sent_twice(page, talk):
    sign_in(page)
    open_preview(page, talk)
    page.get_by_role("button", name="Desktop").click()
    sent = []
    page.on("request", lambda request: sent.append(request.url) if "/preview/" in request.url else None)
    page.reload()
    expect(shown(page).get_by_role("heading", level=1)).to_have_text("As published")
    expect(page.get_by_role("button", name="Desktop")).to_have_attribute("aria-pressed", "true")

    page.fill("#id_title", "As published")
    page.wait_for_timeout(3500)

    assert len(sent) == 1
    page.get_by_role("button", name="Close", exact=True).click()
    expect(page.get_by_role("button", name="Preview page", exact=True)).to_be_focused()
    expect(page.locator(".desk-beside")).to_be_hidden()


def test_without_script_the_preview_opens_in_another_tab(new_page, talk):
    page = new_page(java_script_enabled=False)
    sign_in(page)
    page.goto(admin_url(talk, "change"))
    page.fill("#id_title", "In work")

    with page.expect_popup() as opened:
        page.get_by_role("button", name="Preview page", exact=True).click()

    expect(opened.value.get_by_role("heading", level=1)).to_have_text("In work")
    expect(opened.value.get_by_text("Preview: not public.")).to_be_visible()


def test_secret_link_opens_without_an_account_until_it_is_revoked(new_page, live_server, talk):
    page = new_page(viewport={"width": 1280, "height": 900})
    sign_in(page)
    page.goto(admin_url(talk, "change"))
    page.fill("#id_title", "In work")
    page.get_by_role("button", name="Save draft", exact=True).click()
    page.get_by_label("A new one, for").select_option("1 day")
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Make a link").click()
    address = opened.value.get_by_label("The new link.").input_value()
    path = re.search(r"/preview/[\w-]{43}/", address)[0]

    reader = new_page(viewport={"width": 360, "height": 740})
    reader.goto(path)
    expect(reader.get_by_role("heading", level=1)).to_have_text("In work")
    assert reader.context.cookies() == []
    assert PreviewLink.objects.get().revoked_at is None

    opened.value.get_by_role("button", name="Revoke").click()
    expect(opened.value.get_by_text("That link leads nowhere any more.")).to_be_visible()
    answer = reader.request.get(path)
    assert answer.status == 404


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_panel_links_and_lent_page_have_no_fault_that_axe_knows_of(new_page, talk, scheme):
    page = new_page(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    sign_in(page)
    open_preview(page, talk)
    found = {"panel": faults(page)}
    page.goto(admin_url(talk, "links"))
    page.get_by_role("button", name="Make a link").click()
    found["links"] = faults(page)
    address = page.get_by_label("The new link.").input_value()
    Talk.objects.update(state="draft")
    page.goto(re.search(r"/preview/.*", address)[0])
    expect(page.get_by_text("Preview: not public.")).to_be_visible()
    found["lent"] = faults(page)

    assert found == {"panel": [], "links": [], "lent": []}
