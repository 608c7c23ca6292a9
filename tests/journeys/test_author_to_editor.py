"""An author's draft: no word lost to a mistake, submitted, found by an editor, published."""

import pytest
from playwright.sync_api import expect

from recommendations.models import Recommendation
from tests.factories import QuoteFactory, TalkFactory, UserFactory
from tests.journeys.steps import begin, choose, fill, new_row, press, sign_in, sign_out
from workshop.common.publishing import State

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TYPED = {
    "Statement": "Leave the mud where it lies.",
    "Detail": "All of it:\n\n- silt\n- “clay” & <peat>",
    "Rationale": "진흙은 *땅*이다.",
    "Obstacles": "Nobody likes it.",
    "Keywords": "mud, silt",
    "Made on": "the day before yesterday",
}


@pytest.fixture
def bob():
    talk = TalkFactory(published=True, workshop__title="Mud in policy", workshop__code="MT1", workshop__published=True)
    QuoteFactory(talk=talk, exact="Let it lie")
    return UserFactory(username="bob", role="author")


def values(page):
    return {label: page.get_by_label(f"{label}:", exact=True).filter(visible=True).input_value() for label in TYPED}


def test_author_loses_no_word_and_editor_publishes(page, new_page, bob):
    sign_in(page, bob)
    begin(page, "Recommendations", "recommendation")
    choose(page, page, "Edition", "mud", "Mud in policy")
    choose(page, page, "Source words", "lie", "Let it lie")
    for label, text in TYPED.items():
        fill(page, label, text)
    fill(new_row(page, "Position"), "Note", "Said so twice.")
    page.get_by_role("button", name="Save and submit for review…").click()

    expect(page.locator(".field-made_on ul.errorlist, .errorlist#id_made_on_error").first).to_have_text(
        "Enter a valid date."
    )
    assert values(page) == TYPED
    expect(page.get_by_label("Note:", exact=True).filter(visible=True)).to_have_value("Said so twice.")
    expect(page.get_by_role("combobox", name="Edition: Mud in policy")).to_be_visible()
    expect(page.get_by_role("combobox", name="Source words: Let it lie")).to_be_visible()
    assert Recommendation.objects.count() == 0

    fill(page, "Made on", "2020-06-16")
    page.get_by_role("button", name="Save and submit for review…").click()
    page.get_by_label("What should they know?").fill("All of it is new.")
    press(
        page,
        "Submit for review",
        f"“MT1-R01 {TYPED['Statement']}” is submitted. Those asked will find it on the front page of the desk.",
    )
    buttons = page.locator(".submit-row").get_by_role("button").or_(page.locator(".submit-row").get_by_role("link"))
    labels = buttons.evaluate_all("nodes => nodes.map(node => node.value || node.textContent)")
    assert labels == [
        "Save",
        "Save and continue editing",
        "Save and add another",
        "Save and take back from review",
        "Preview page",
        "Delete",
    ]
    sign_out(page)
    assert new_page().goto("/recommendations/mt1-r01/").status == 404

    sign_in(page, UserFactory(username="alice", role="editor"))
    waiting = page.get_by_role("region", name="To review")
    expect(waiting).to_contain_text("bob asks the editors")
    expect(waiting).to_contain_text("All of it is new.")
    waiting.get_by_role("link", name="MT1-R01").click()
    assert values(page) == TYPED | {"Made on": "2020-06-16"}
    press(page, "Save and publish", f"“MT1-R01 {TYPED['Statement']}” is published. Readers see it now.")
    page.get_by_role("link", name="View on site").click()
    expect(page.get_by_role("main").get_by_role("heading", level=1)).to_have_text(TYPED["Statement"])
    record = Recommendation.objects.get()
    assert (record.state, record.created_by) == (State.PUBLISHED, bob)
