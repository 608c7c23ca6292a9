"""The faceted list in a browser: in place with script, as a plain form without."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.factories import PositionFactory, RecommendationFactory, SpeakerFactory, ThemeFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EVERYTHING = "Recommendations (3 recommendations)"
ON_RIGHTS = "Recommendations on Mud and Rights (2 recommendations)"
OF_ALICE = "Recommendations on Mud and Rights with a position of Alice Marsh (1 recommendation)"


@pytest.fixture
def proposals(live_server):
    """Three proposals: two on rights, one of them by Alice."""
    rights = ThemeFactory(published=True, slug="rights", name="Mud and Rights")
    alice = SpeakerFactory(published=True, slug="alice", name="Alice Marsh")
    bob = SpeakerFactory(published=True, slug="bob", name="Bob Fen")
    for code, speaker, themes in [("x-1", alice, [rights]), ("x-2", bob, [rights]), ("x-3", alice, [])]:
        record = RecommendationFactory(published=True, code=code)
        record.themes.add(*themes)
        PositionFactory(recommendation=record, speaker=speaker)


def shows(page, heading, query, codes):
    """The heading, the address and the rows agree."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    expect(page).to_have_url(re.compile(re.escape(f"/recommendations/{query}") + "$"))
    expect(page.locator(".row-code")).to_have_text(codes)


@pytest.mark.both_databases
def test_choices_update_the_list_in_place_and_back_undoes_them(page, proposals):
    page.goto("/recommendations/")
    page.evaluate("window.same = true")
    page.get_by_role("checkbox", name="Mud and Rights").check()
    shows(page, ON_RIGHTS, "?theme=rights", ["X-1", "X-2"])
    page.get_by_role("group", name="Expert").get_by_role("checkbox", name="Alice Marsh").check()
    shows(page, OF_ALICE, "?theme=rights&speaker=alice", ["X-1"])
    expect(page.locator("#f-speaker-alice")).to_be_focused()
    expect(page.locator("[data-facet-status]")).to_have_text(OF_ALICE)
    expect(page).to_have_title("Recommendations on Mud and Rights with a position of Alice Marsh · Rapporteur")
    page.go_back()
    shows(page, ON_RIGHTS, "?theme=rights", ["X-1", "X-2"])
    expect(page.locator("#f-speaker-alice")).not_to_be_checked()
    page.go_back()
    shows(page, EVERYTHING, "", ["X-1", "X-2", "X-3"])
    page.go_forward()
    shows(page, ON_RIGHTS, "?theme=rights", ["X-1", "X-2"])
    page.get_by_role("link", name="Remove Theme: Mud and Rights").click()
    shows(page, EVERYTHING, "", ["X-1", "X-2", "X-3"])
    assert page.evaluate("window.same") is True  # never left the page


def test_order_and_day_go_into_the_address(page, proposals):
    page.goto("/recommendations/?theme=rights")
    page.get_by_label("Order").select_option("Code")
    shows(page, ON_RIGHTS, "?theme=rights&sort=code", ["X-1", "X-2"])
    page.get_by_label("Status as of").fill("2024-06-30")
    expect(page).to_have_url(re.compile(r"as_of=2024-06-30"))
    page.get_by_role("link", name="Clear all").click()
    shows(page, EVERYTHING, "?sort=code", ["X-1", "X-2", "X-3"])


def test_form_works_without_script(new_page, proposals):
    page = new_page(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page.goto("/recommendations/")
    page.get_by_role("checkbox", name="Mud and Rights").check()
    page.locator("#f-speaker-alice").check()
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".row-code")).to_have_text(["X-1"])
    expect(page.get_by_role("heading", level=1)).to_have_text(OF_ALICE)
    page.get_by_role("link", name="Remove Theme: Mud and Rights").click()
    expect(page.locator(".row-code")).to_have_text(["X-1", "X-3"])


def test_drawer_on_a_phone_stays_open_while_choosing(new_page, proposals):
    page = new_page(viewport={"width": 360, "height": 740})
    page.goto("/recommendations/")
    theme = page.get_by_role("checkbox", name="Mud and Rights")
    expect(theme).to_be_hidden()
    page.locator("#facet-drawer > summary").click()
    theme.check()
    shows(page, ON_RIGHTS, "?theme=rights", ["X-1", "X-2"])
    expect(theme).to_be_visible()


@pytest.mark.parametrize("query", ["?theme=rights&speaker=alice&modality=should", "?theme=nothing&as_of=2024-06-30"])
def test_axe_finds_nothing_on_a_selection(new_page, proposals, query):
    page = new_page(viewport={"width": 360, "height": 740}, color_scheme="dark")
    page.goto(f"/recommendations/{query}")
    page.locator("#facet-drawer > summary").click()
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]})
    assert [(fault["id"], node["html"]) for fault in found.response["violations"] for node in fault["nodes"]] == []


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_long_code_stays_beside_the_statement(new_page, live_server, width):
    RecommendationFactory(published=True, code="upr-s06-26138ca0")
    page = new_page(viewport={"width": width, "height": 800})
    page.goto("/recommendations/")

    code, title = page.locator(".row-code .code").bounding_box(), page.locator(".row-title").bounding_box()

    beside, above = code["x"] + code["width"] <= title["x"], code["y"] + code["height"] <= title["y"]
    assert beside or above
    assert page.locator(".row-code .code").text_content() == "UPR-S06-26138CA0"
