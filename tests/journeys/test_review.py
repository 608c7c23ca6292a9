"""A draft goes to a colleague and to an editor, comes back with words, and goes public."""

import pytest
from playwright.sync_api import expect

from tests.factories import TalkFactory, UserFactory
from tests.journeys.steps import fill, press, sign_in, sign_out
from workshop.models import Talk

pytestmark = [pytest.mark.browser, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]


def ask(page, whom, comment, said):
    page.get_by_role("button", name="Save and submit for review…").click()
    page.get_by_label("Who is to look at it").select_option(whom)
    page.get_by_label("What should they know?").fill(comment)
    press(page, "Submit for review", f"“Why mud” is submitted. {said} will find it on the front page of the desk.")


def test_draft_goes_to_a_colleague_comes_back_and_is_published_by_an_editor(page):
    bob = UserFactory(username="bob", first_name="Bob", last_name="Fen")
    dave = UserFactory(username="dave", first_name="Dave", last_name="Moor")
    alice = UserFactory(username="alice", role="editor")
    TalkFactory(title="Why mud", created_by=bob, workshop__published=True)

    sign_in(page, bob)
    page.get_by_role("region", name="Your drafts").get_by_role("link", name="Why mud").click()
    ask(page, "Dave Moor, author", "Is it fair?", "Dave Moor")
    sign_out(page)

    sign_in(page, dave)
    waiting = page.get_by_role("region", name="To review")
    expect(waiting).to_contain_text("Bob Fen asks you")
    waiting.get_by_role("link", name="Why mud").click()
    expect(page.locator(".desk-review")).to_contain_text("Is it fair?")
    expect(page.get_by_label("Title:", exact=True)).to_have_count(0)  # it is read, not changed
    page.get_by_role("link", name="Answer…").click()
    page.get_by_label("Your words to the author").fill("Fair, but long.")
    press(page, "Answer", "“Why mud” is with its author again, with what you wrote.")
    expect(page.get_by_role("region", name="To review")).to_contain_text("Nobody asks you")
    sign_out(page)

    sign_in(page, bob)
    expect(page.get_by_role("region", name="Sent back to you")).to_contain_text("Fair, but long.")
    page.get_by_role("region", name="Sent back to you").get_by_role("link", name="Why mud").click()
    expect(page.locator(".desk-review")).to_contain_text("Fair, but long.")
    fill(page, "Summary", "Short.")
    ask(page, "The editors: whoever comes first", "Shorter now.", "Those asked")
    sign_out(page)

    sign_in(page, alice)
    page.get_by_role("region", name="To review").get_by_role("link", name="Why mud").click()
    press(page, "Save and publish", "“Why mud” is published. Readers see it now.")
    page.get_by_role("link", name="History").click()
    rows = page.get_by_role("row").filter(has_text="“")
    expect(rows).to_contain_text(["to Dave Moor: “Is it fair?”", "Answered: “Fair, but long.”", "“Shorter now.”"])
    assert (Talk.objects.get().state, Talk.objects.get().summary) == ("published", "Short.")
