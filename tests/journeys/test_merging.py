"""An editor finds that two experts are one person, merges them, and takes it back."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import (
    PositionFactory,
    RecommendationFactory,
    SpeakerFactory,
    TalkFactory,
    TalkSpeakerFactory,
    UserFactory,
)
from tests.journeys.steps import sign_in
from tests.journeys.test_axe_admin import faults
from tests.journeys.test_desk_on_a_phone import BEYOND

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def twice():
    kept = SpeakerFactory(published=True, name="Mira Fen", slug="mira-fen", descriptor="Lawyer", family_name="Fen")
    gone = SpeakerFactory(published=True, name="Mirae Fen", slug="mirae-fen", descriptor="Judge", family_name="Fen")
    TalkSpeakerFactory(speaker=gone, talk__title="On Mud", talk__published=True)
    shared = RecommendationFactory(published=True)
    PositionFactory(recommendation=shared, speaker=kept)
    PositionFactory(recommendation=shared, speaker=gone, stance="doubts")
    return kept, gone


@pytest.mark.both_databases
def test_editor_merges_two_experts_and_undoes_it(page, twice):
    kept, gone = twice
    sign_in(page, UserFactory(role="editor"))
    page.get_by_role("link", name="Experts", exact=True).click()
    page.get_by_role("link", name="Mirae Fen").click()
    page.get_by_role("link", name="Merge into another…").click()
    expect(page.get_by_label("Find the one that is kept:")).to_have_value("Fen")
    assert faults(page) == []
    page.get_by_role("link", name="Mira Fen", exact=True).click()

    expect(page.get_by_text("These move: 1 talk")).to_be_visible()
    expect(page.get_by_text("Stance: “Proposes” stays, “Doubts” goes")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("link", name="Keep the other one instead").click()
    expect(page.get_by_role("heading", name="Mirae Fen", level=2)).to_be_visible()
    page.get_by_role("link", name="Keep the other one instead").click()
    page.get_by_label("Judge").check()
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.get_by_text("“Mirae Fen” went into this one.")).to_be_visible()

    page.goto("/speakers/mirae-fen/")
    expect(page).to_have_url(re.compile("/speakers/mira-fen/$"))
    expect(page.get_by_text("Judge")).to_be_visible()
    expect(page.get_by_role("link", name="On Mud")).to_be_visible()

    page.goto("/admin/speakers/speaker/")
    page.get_by_role("link", name="Merged in the last 30 days").click()
    assert faults(page) == []
    page.get_by_role("link", name="Undo…").click()
    assert faults(page) == []
    page.get_by_role("button", name="Undo the merge").click()
    expect(page.get_by_text("“Mirae Fen” is a record of its own again.")).to_be_visible()
    page.goto("/speakers/mirae-fen/")
    expect(page.get_by_role("heading", name="Mirae Fen", level=1)).to_be_visible()


def test_comparison_fits_a_phone(new_page, twice):
    page = new_page(viewport={"width": 360, "height": 740})
    sign_in(page, UserFactory(role="editor"))
    page.goto(f"/admin/speakers/speaker/merge/?keep={twice[0].pk}&other={twice[1].pk}")

    assert page.evaluate(BEYOND) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.both_databases
def test_draft_names_the_kept_one_and_what_went_is_read_among_the_deleted(page, twice):
    kept, gone = twice
    talk = TalkFactory(published=True, title="On Sand")
    sign_in(page, UserFactory(role="editor"))
    page.goto(f"/admin/workshop/talk/{talk.pk}/change/")
    page.locator("#id_summary").fill(f"With [Mirae](record:speaker:{gone.pk}).")
    page.get_by_role("button", name="Save draft", exact=True).first.click()
    expect(page.get_by_text("Your draft is saved.")).to_be_visible()

    page.goto(f"/admin/speakers/speaker/merge/?keep={kept.pk}&other={gone.pk}")
    expect(page.get_by_text("1 draft that names it")).to_be_visible()
    page.get_by_role("button", name="Merge", exact=True).click()
    page.goto(f"/admin/workshop/talk/{talk.pk}/change/")
    expect(page.locator("#id_summary")).to_have_value(f"With [Mirae](record:speaker:{kept.pk}).")

    page.goto("/admin/speakers/speaker/")
    page.get_by_role("link", name="Deleted", exact=True).click()
    expect(page.get_by_role("link", name="went into “Mira Fen”")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("link", name="Mirae Fen", exact=True).click()
    expect(page.get_by_text("Judge")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("link", name="Undo the merge…").click()
    page.get_by_role("button", name="Undo the merge", exact=True).click()
    expect(page.get_by_text("“Mirae Fen” is a record of its own again.")).to_be_visible()


def test_keyword_that_is_used_leads_to_merging_it(page):
    TalkFactory(published=True).tags.add("water")
    sign_in(page, UserFactory(role="editor"))
    page.goto("/admin/taggit/tag/")
    page.get_by_role("link", name="water", exact=True).click()
    page.get_by_role("link", name="Delete", exact=True).click()

    expect(page.get_by_text("“water” is not deleted: it stands on 1 record.")).to_be_visible()
    expect(page.get_by_label("Find the one that is kept:")).to_have_value("water")
    assert faults(page) == []
