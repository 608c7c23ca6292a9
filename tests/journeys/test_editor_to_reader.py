"""One record from the desk to its readers and back: entered, published, found, cited, withdrawn."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import UserFactory, WorkshopFactory
from tests.journeys.steps import begin, choose, fill, new_row, press, sign_in, sign_out

pytestmark = [pytest.mark.browser, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]

STATEMENT = "Keep the mud where it is."
WORDS = "Mud is what holds the country together"
PAGES = (
    "/",
    "/recommendations/",
    "/themes/mud-and-rights/",
    "/speakers/bob-fen/",
    "/talks/why-mud/",
    "/workshops/mud-in-policy/",
)
SELECTION = "/recommendations/?speaker=bob-fen&theme=mud-and-rights"


@pytest.fixture
def alice():
    WorkshopFactory(published=True, title="Mud in policy", code="MT1")
    return UserFactory(username="alice", role="editor")


def enter_everything(page):
    begin(page, "Experts", "expert")
    fill(page, "Display name", "Bob Fen")
    fill(page, "Descriptor", "Knows mud")
    press(page, "Save and publish", "“Bob Fen” is published. Readers see it now.")

    begin(page, "Themes", "theme")
    fill(page, "Name", "Mud and rights")
    press(page, "Save and publish", "“Mud and rights” is published. Readers see it now.")

    begin(page, "Talks", "talk")
    fill(page, "Title", "Why mud")
    choose(page, page, "Edition", "mud", "Mud in policy")
    fill(page, "Summary", "Mud **matters**, and why.")
    choose(page, page, "Themes", "rights", "Mud and rights")
    choose(page, new_row(page, "Speaker"), "Expert", "fen", "Bob Fen")
    quote = new_row(page, "Quote")
    fill(quote, "Exact words", WORDS)
    choose(page, quote, "Expert", "bob", "Bob Fen")
    press(page, "Save and publish", "“Why mud” is published. Readers see it now.")

    begin(page, "Recommendations", "recommendation")
    choose(page, page, "Edition", "mud", "Mud in policy")
    fill(page, "Statement", STATEMENT)
    choose(page, page, "Source words", "holds", WORDS)
    choose(page, page, "Themes", "mud", "Mud and rights")
    position = new_row(page, "Position")
    choose(page, position, "Expert", "fen", "Bob Fen")
    position.get_by_label("Attribution:").select_option("On record")  # unless somebody says so, nobody is named
    press(page, "Save and publish", f"“MT1-R01 {STATEMENT}” is published. Readers see it now.")


def walk_as_a_reader(page):
    """Home → theme → recommendation → expert → proposal, by clicks alone."""
    page.goto("/")
    main = page.get_by_role("main")
    main.get_by_role("link", name="Mud and rights").first.click()
    expect(main.get_by_role("heading", level=1)).to_have_text("Mud and rights")
    main.get_by_role("link", name=STATEMENT).click()
    expect(main.get_by_role("heading", level=1)).to_have_text(STATEMENT)
    expect(main.get_by_text(WORDS)).to_be_visible()
    main.get_by_role("link", name="Bob Fen").first.click()
    expect(main.get_by_role("heading", level=1)).to_have_text("Bob Fen")
    main.get_by_role("link", name=STATEMENT).click()
    expect(page).to_have_url(re.compile(r"/recommendations/mt1-r01/$"))


def pages_that_say(page, text):
    """Which of the public pages show a text, and what the list counts."""
    said = {}
    for path in (*PAGES, SELECTION):
        page.goto(path)
        said[path] = page.get_by_role("main").get_by_text(text).count() > 0
    return said


def listed(page, address):
    """The rows of the faceted list, its count in words, and the count beside each choice."""
    page.goto(address)
    return {
        "rows": page.locator(".row-title").all_inner_texts(),
        "count": page.locator(".listbar-count").inner_text(),
        "facets": {
            name: page.locator(f'label:has(input[name="{name}"])').all_inner_texts() for name in ("theme", "speaker")
        },
    }


def test_editor_enters_a_record_and_readers_find_and_lose_it(page, new_page, alice):
    reader = new_page(viewport={"width": 1280, "height": 900})
    sign_in(page, alice)
    enter_everything(page)
    sign_out(page)

    walk_as_a_reader(reader)
    assert pages_that_say(reader, STATEMENT) == dict.fromkeys((*PAGES, SELECTION), True)
    assert listed(reader, SELECTION) == {
        "rows": [STATEMENT],
        "count": "1 recommendation",
        "facets": {"theme": ["Mud and rights\n1"], "speaker": ["Bob Fen\n1"]},
    }

    sign_in(page, alice)
    page.get_by_role("link", name="Recommendations", exact=True).click()
    page.get_by_role("link", name="MT1-R01").click()
    page.get_by_role("link", name="Withdraw…").click()
    page.get_by_label("It was in error.").check()
    press(page, "Withdraw", f"“MT1-R01 {STATEMENT}” is withdrawn. Readers do not see it any more.")

    assert pages_that_say(reader, STATEMENT) == dict.fromkeys((*PAGES, SELECTION), False)
    assert listed(reader, "/recommendations/") == {
        "rows": [],
        "count": "0 recommendations",
        "facets": {"theme": [], "speaker": []},
    }
    assert reader.goto("/recommendations/mt1-r01/").status == 410
    expect(reader.get_by_role("main")).to_contain_text("It was published here once and has been taken back.")
