"""What a person does at the desk, step by step and by the words on the screen."""

from playwright.sync_api import Locator, Page, expect

PASSWORD = "a good long password"  # of every account that UserFactory makes


def sign_in(page: Page, user) -> None:
    """Comes in by the link at the foot of the front page."""
    page.goto("/")
    page.get_by_role("link", name="For editors").click()
    page.get_by_label("Username").fill(user.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Editors’ desk", level=1)).to_be_visible()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("heading", name="Logged out")).to_be_visible()


def begin(page: Page, plural: str, singular: str) -> None:
    """Opens an empty form, from the front page by way of the list."""
    page.get_by_role("link", name="Rapporteur").click()
    page.get_by_role("link", name=plural, exact=True).click()
    page.get_by_role("link", name=f"Add {singular}").click()
    expect(page.get_by_role("heading", name=f"New {singular}", level=1)).to_be_visible()


def new_row(page: Page, kind: str) -> Locator:
    """Adds an empty row of a kind to a record, and answers with it."""
    group = page.locator(".inline-group").filter(has=page.get_by_role("button", name=f"Add another {kind}"))
    group.get_by_role("button", name=f"Add another {kind}").click()
    return group.locator(".inline-related:not(.empty-form)").last


def fill(row: Page | Locator, label: str, text: str) -> None:
    row.get_by_label(f"{label}:", exact=True).filter(visible=True).fill(text)


def choose(page: Page, row: Page | Locator, label: str, typed: str, name: str) -> None:
    """Types a part of a name into a search field, and takes what is offered under it."""
    row.get_by_label(label, exact=True).filter(visible=True).last.click()
    page.keyboard.type(typed)
    page.get_by_role("option", name=name, exact=True).click()


def press(page: Page, button: str, said: str) -> None:
    """Presses a button of the record's page and reads what the desk says of it."""
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator("ul.messagelist li").first).to_have_text(said)
