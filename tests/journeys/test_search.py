"""Searching in a browser: from the head of any page, by mouse, by keys, without script, and within the list."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.factories import PositionFactory, RecommendationFactory, SpeakerFactory, TalkFactory, ThemeFactory
from tests.factories.world import linked_world
from workshop.search import freshness, tallies

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


@pytest.fixture
def marsh(live_server):
    """Two experts, a theme, a talk and a proposal, all with the marsh in them."""
    alice = SpeakerFactory(published=True, slug="alice", name="Alice Marsh")
    SpeakerFactory(published=True, slug="amos", name="Amos Marshall")
    ThemeFactory(published=True, slug="marshes", name="Marshes")
    TalkFactory(published=True, slug="why", title="Why the marsh matters")
    record = RecommendationFactory(published=True, code="x-1", statement="Keep the marsh", detail="The marsh is deep.")
    PositionFactory(recommendation=record, speaker=alice)
    RecommendationFactory(published=True, code="x-2", statement="Drain the swamp")
    freshness.flush()


def box(page):
    return page.locator(".masthead").get_by_role("combobox", name="Search")


@pytest.mark.both_databases
def test_visitor_picks_a_suggestion_by_keyboard_and_comes_back(page, marsh):
    page.goto("/themes/")
    box(page).focus()
    page.keyboard.type("mars")
    options = page.get_by_role("option")
    expect(options).to_have_text(
        ["Marshes Theme", "Alice Marsh Expert", "Amos Marshall Expert", "Why the marsh matters Talk"]
    )
    expect(page.locator(".masthead [role=status]")).to_have_text("4 suggestions")
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowUp")  # beyond the field: the last
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")  # the field itself
    expect(box(page)).not_to_have_attribute("aria-activedescendant", re.compile(".+"))
    page.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    expect(box(page)).to_have_value("mars")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/themes/marshes/$"))
    page.go_back()
    expect(page).to_have_url(re.compile("/themes/$"))


@pytest.mark.both_databases
def test_visitor_searches_from_the_head_and_reads_all_of_a_kind(page, marsh):
    page.goto("/")
    box(page).fill("marsh")
    box(page).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("“marsh”")
    expect(page.get_by_role("heading", level=2)).to_have_text(["Recommendations", "Experts", "Talks", "Themes"])
    expect(page.locator("main mark").first).to_have_text("marsh")
    page.get_by_role("navigation", name="What was found").get_by_role("link", name="Recommendations").click()
    expect(page.locator(".row-code")).to_have_text(["X-1"])
    expect(page.get_by_role("searchbox", name="With the words")).to_have_value("marsh")


def test_suggestion_is_picked_with_the_mouse_and_moves_nothing(page, marsh):
    page.goto("/")
    where = page.locator("main").bounding_box()
    box(page).fill("alice")
    page.get_by_role("option", name="Alice Marsh").hover()
    assert page.locator("main").bounding_box() == where
    page.get_by_role("option", name="Alice Marsh").click()
    expect(page).to_have_url(re.compile("/speakers/alice/$"))


def test_leaving_the_field_takes_the_suggestions_away(page, marsh):
    page.goto("/")
    box(page).fill("alice")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Tab")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(box(page)).to_have_attribute("aria-expanded", "false")


@pytest.mark.both_databases
def test_search_works_without_script(new_page, marsh):
    page = new_page(java_script_enabled=False, viewport=PHONE)
    page.goto("/about/")
    page.get_by_role("searchbox", name="Search").fill('"the marsh" -deep')
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", level=2)).to_have_text(["Talks"])
    page.get_by_role("link", name="Why the marsh matters").click()
    expect(page).to_have_url(re.compile("/talks/why/$"))


@pytest.mark.both_databases
def test_words_combine_with_facets_in_place_and_back_undoes_them(page, marsh):
    page.goto("/recommendations/")
    page.evaluate("window.same = true")
    words = page.get_by_role("searchbox", name="With the words")
    words.fill("marsh")
    words.press("Enter")
    expect(page).to_have_url(re.compile(r"/recommendations/\?q=marsh$"))
    expect(page.locator(".row-code")).to_have_text(["X-1"])
    expect(page.locator("main mark")).to_have_text(["marsh", "marsh"])
    expect(words).to_be_focused()
    page.get_by_role("group", name="Expert").get_by_role("checkbox", name="Alice Marsh").check()
    expect(page).to_have_url(re.compile(r"q=marsh&speaker=alice|speaker=alice&q=marsh"))
    page.get_by_role("link", name="Remove Words: “marsh”").click()
    expect(page).to_have_url(re.compile(r"/recommendations/\?speaker=alice$"))
    expect(words).to_have_value("")
    page.go_back()
    expect(words).to_have_value("marsh")
    page.go_back()
    page.go_back()
    expect(page.locator(".row-code")).to_have_text(["X-1", "X-2"])
    expect(words).to_have_value("")
    assert page.evaluate("window.same") is True


@pytest.fixture
def many_themes(live_server, monkeypatch):
    """Thirty themes on one proposal; the list names only a dozen."""
    monkeypatch.setattr(tallies, "LISTED", 14)
    record = RecommendationFactory(published=True, code="x-1")
    for number in range(30):
        record.themes.add(ThemeFactory(published=True, slug=f"mud-{number:02d}", name=f"Mud {number:02d}"))
    freshness.flush()


@pytest.mark.both_databases
def test_long_facet_is_searched_in_place(page, many_themes):
    page.goto("/recommendations/")
    theme = page.get_by_role("group", name="Theme")
    theme.get_by_text("24 more").click()
    expect(theme.get_by_role("checkbox", name="Mud 29")).to_have_count(0)
    find = theme.get_by_role("searchbox", name="Find: Theme")
    find.fill("mud 29")
    find.press("Enter")  # searches nothing else
    theme.get_by_role("checkbox", name="Mud 29").check()
    expect(page).to_have_url(re.compile(r"/recommendations/\?theme=mud-29$"))
    expect(page.locator("#f-theme-mud-29")).to_be_focused()
    expect(find).to_have_value("mud 29")
    find.fill("zebra")
    expect(theme.get_by_text("Nothing has these letters")).to_be_visible()


def test_long_facet_has_a_page_of_its_own_without_script(new_page, many_themes):
    page = new_page(java_script_enabled=False, viewport=DESK)
    page.goto("/recommendations/?modality=should")
    theme = page.get_by_role("group", name="Theme")
    theme.get_by_text("24 more").click()
    theme.get_by_role("link", name="Theme: all 30").click()
    page.get_by_label("With these letters").fill("29")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Mud 29").click()
    expect(page).to_have_url(re.compile(r"/recommendations/\?theme=mud-29&modality=should$"))


ADDRESSES = [
    "/search/?q=mud",
    "/search/?q=mud&kind=recommendation",
    "/search/?q=unheard",
    "/search/?q=-",
    "/recommendations/?q=mud",
    "/recommendations/values/theme/?q=mud",
    "/ko/search/?q=mud",
]


@pytest.mark.parametrize(("scheme", "viewport"), [("light", DESK), ("dark", PHONE)], ids=["light desk", "dark phone"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(new_page, scheme, viewport):
    linked_world()
    page = new_page(color_scheme=scheme, viewport=viewport)
    found = {}
    for address in ADDRESSES:
        page.goto(address)
        found[address] = faults_of(page)
        if page.evaluate("document.documentElement.scrollWidth") > viewport["width"]:
            found[address].append("scrolls sideways")
    page.goto("/themes/")
    box(page).fill("mud")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    found["suggestions"] = faults_of(page)
    assert {address: faults for address, faults in found.items() if faults} == {}


def faults_of(page):
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]})
    return [
        f"{fault['id']}: {node['html'][:120]}" for fault in found.response["violations"] for node in fault["nodes"]
    ]
