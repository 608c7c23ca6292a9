"""Writing at the desk: toolbar, keys, preview, links to records, and what is pasted."""

import pytest
from playwright.sync_api import expect

from tests.desk import admin_url, sign_in
from tests.factories import TalkFactory
from tests.journeys.test_axe_admin import faults
from tests.journeys.writing import value, written
from workshop.models import Talk, Workshop
from workshop.references import reference_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def writer(page):
    """The empty form of a talk, with its summary ready to be written."""
    sign_in(page)
    page.goto(admin_url(Talk, "add"))
    return page


def bar(page, name="Summary"):
    return page.get_by_role("toolbar", name=f"Writing: {name}", exact=True)


def press(page, button, name="Summary"):
    bar(page, name).get_by_role("button", name=button, exact=True).click()


MARKS = [  # text, what is chosen in it, the button, the text afterwards
    ("say it now", "it ", "Bold", "say **it** now"),
    ("say **it** now", "it", "Bold", "say it now"),
    ("say **it** now", "**it**", "Italic", "say ***it*** now"),
    ("say *it* now", "it", "Italic", "say it now"),
    ("A title", None, "Heading", "### A title"),
    ("### A title", None, "Heading", "#### A title"),
    ("#### A title", None, "Heading", "A title"),
    ("before\none\ntwo", "one\ntwo", "List", "before\n\n- one\n- two"),
    ("- one\n- two", "- one\n- two", "List", "one\ntwo"),
    ("Words", "Words", "Quotation", "> Words\n> — "),
    ("the report", "report", "Link", "the [report](https://)"),
    ("https://example.org/a", "https://example.org/a", "Link", "[](https://example.org/a)"),
    ("Said.", None, "Footnote", "Said.[^1]\n\n[^1]: "),
    ("Said[^1] more.\n\n[^1]: One.", "more", "Footnote", "Said[^1] more[^2].\n\n[^1]: One.\n\n[^2]: "),
]


def test_toolbar_writes_the_marks_and_undo_takes_them_back(writer):
    found = []
    for text, chosen, button, _ in MARKS:
        written(writer, text, chosen)
        press(writer, button)
        after = value(writer)
        for _ in range(2 if button == "Footnote" else 1):
            writer.keyboard.press("Control+z")
        found.append((text, chosen, button, after, value(writer)))

    assert found == [(text, chosen, button, after, text) for text, chosen, button, after in MARKS]


def test_keys_write_the_marks_and_go_no_further(writer):
    writer.evaluate("window.heard = []; addEventListener('keydown', (event) => heard.push(event.key))")
    written(writer, "say it", "it")

    writer.keyboard.press("Control+b")
    writer.keyboard.press("Control+i")
    bold = value(writer)
    written(writer, "say it", "it")
    writer.keyboard.press("Control+k")
    writer.keyboard.type("https://example.org")

    assert (bold, value(writer)) == ("say ***it***", "say [it](https://example.org)")
    assert "k" not in writer.evaluate("heard")


def test_toolbar_is_one_stop_of_the_tab_key_and_the_arrows_go_on(writer):
    writer.focus("#id_summary")
    writer.keyboard.press("Shift+Tab")
    first = writer.evaluate("document.activeElement.textContent")
    writer.keyboard.press("ArrowLeft")
    last = writer.evaluate("document.activeElement.textContent")
    writer.keyboard.press("ArrowRight")
    writer.keyboard.press("ArrowRight")

    assert (first, last, writer.evaluate("document.activeElement.textContent")) == ("Bold", "Preview", "Italic")
    assert writer.get_attribute("[data-action=bold] >> nth=0", "aria-keyshortcuts") == "Control+B Meta+B"


def test_preview_follows_what_is_typed_and_tells_of_faults(writer):
    written(writer, "### A **title**")
    press(writer, "Preview")
    panel = writer.get_by_role("region", name="Preview: Summary")

    expect(panel.get_by_role("heading", name="A title", level=3)).to_be_visible()
    writer.focus("#id_summary")
    writer.keyboard.type("\n\nSee https://example.org/x<script>alert(1)</script>")

    expect(panel.get_by_text("“https://example.org/x” is no link")).to_be_visible()
    expect(panel.get_by_text("“<script>” is HTML that is not shown.")).to_be_visible()
    assert (faults(writer), bar(writer).get_by_role("button", name="Preview").get_attribute("aria-expanded")) == (
        [],
        "true",
    )
    press(writer, "Preview")
    expect(panel).to_be_hidden()


def test_preview_says_so_when_the_session_is_over(writer):
    written(writer, "Words")
    writer.context.clear_cookies()

    press(writer, "Preview")

    panel = writer.get_by_role("region", name="Preview: Summary")
    expect(panel).to_contain_text("The preview does not answer. Log in again in another tab; your words stay here.")
    assert value(writer) == "Words"
    writer.faults[:] = [fault for fault in writer.faults if "403" not in fault]


@pytest.mark.both_databases
def test_record_is_found_by_its_title_and_linked_by_keyboard(writer):
    talk = TalkFactory(published=True, title="Human rights first", slug="first")
    written(writer, "See . Then", None)
    writer.eval_on_selector("#id_summary", "(area) => area.setSelectionRange(4, 4)")

    press(writer, "Record")
    dialog = writer.get_by_role("dialog", name="Link to a record")
    writer.keyboard.type("rights")
    expect(dialog.get_by_role("status")).to_have_text("1 found")
    clean = faults(writer)
    writer.keyboard.press("ArrowDown")
    writer.keyboard.press("Enter")

    expect(dialog).to_be_hidden()
    assert (value(writer), clean) == (f"See [Human rights first]({reference_to(talk)}). Then", [])
    assert writer.evaluate("document.activeElement.id") == "id_summary"
    writer.fill("#id_title", "A new talk")
    writer.click("input[name=_publish]")
    writer.goto(Talk.objects.get(title="A new talk").get_absolute_url())
    writer.get_by_role("link", name="Human rights first").click()
    expect(writer).to_have_url(f"{writer.url.split('/talks/')[0]}/talks/first/")


def test_dialog_is_left_by_escape_and_finds_nothing_without_a_word(writer):
    written(writer, "Say", "Say")
    press(writer, "Record")
    dialog = writer.get_by_role("dialog", name="Link to a record")

    expect(dialog.get_by_role("status")).to_have_text("Nothing found that you may link to.")
    writer.keyboard.press("Escape")

    expect(dialog).to_be_hidden()
    assert (value(writer), writer.evaluate("document.activeElement.id")) == ("Say", "id_summary")


def test_rows_that_are_added_get_one_toolbar_each(page):
    sign_in(page)
    page.goto(admin_url(Workshop, "add"))

    for _ in range(2):
        page.click("#workshop_themes-group .add-row a")

    for number in range(2):
        row = page.locator(f"#workshop_themes-{number}")
        assert row.get_by_role("toolbar", include_hidden=True).count() == 2  # one of them in Korean
    page.fill("#id_workshop_themes-1-introduction", "words")
    page.locator("#workshop_themes-1 [data-action=heading]").first.click()
    assert page.input_value("#id_workshop_themes-1-introduction") == "### words"


def test_writing_fits_on_a_phone(new_page):
    page = new_page(viewport={"width": 360, "height": 740})
    sign_in(page)
    page.goto(admin_url(Talk, "add"))
    press(page, "Preview")

    boxes = [button.bounding_box() for button in page.locator(".writing-bar button:visible").all()]

    assert min(side for box in boxes for side in (box["width"], box["height"])) >= 24
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") is True


def test_record_page_says_how_to_write_without_script(new_page):
    page = new_page(viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    TalkFactory(published=True, title="Human rights first")
    sign_in(page)
    page.goto(admin_url(Talk, "add"))
    page.goto(page.get_by_role("link", name="How to write, and how to link to a record").first.get_attribute("href"))

    page.get_by_label("Title, name or code").fill("rights")
    page.get_by_role("button", name="Find").click()

    expect(page.get_by_text("[Human rights first](record:talk:")).to_be_visible()
