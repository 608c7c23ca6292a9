"""An admin takes a person down: looks at all that is kept, types the words, and nothing is left."""

import pytest
from playwright.sync_api import expect

from tests.factories import SpeakerFactory, TalkSpeakerFactory, UserFactory
from tests.journeys.steps import sign_in
from tests.journeys.test_axe_admin import faults
from tests.journeys.test_desk_on_a_phone import BEYOND

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    """What is written down beside the database belongs to one test alone."""
    settings.DATA_DIR = tmp_path


@pytest.fixture
def alice(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    alice = SpeakerFactory(published=True, name="Alice Marsh", slug="alice-marsh", family_name="Marsh")
    TalkSpeakerFactory(speaker=alice, talk__title="On Mud", talk__summary="Alice Marsh spoke.", talk__published=True)
    return alice


@pytest.mark.both_databases
def test_admin_takes_a_person_down(page, alice):
    sign_in(page, UserFactory(role="admin"))
    page.get_by_role("link", name="Experts", exact=True).click()
    page.get_by_role("link", name="Alice Marsh").click()
    page.get_by_role("link", name="Take down…").click()
    expect(page.get_by_text("1 talk: stays, and names nobody")).to_be_visible()
    expect(page.get_by_role("link", name="On Mud")).to_be_visible()
    assert faults(page) == []

    page.get_by_role("button", name="Take down", exact=True).click()
    expect(page.get_by_text("Type the words “take down”.")).to_be_visible()
    assert faults(page) == []
    page.get_by_label("The person asks for it").check()
    page.get_by_label("Type “take down” to confirm").fill("take down")
    page.get_by_role("button", name="Take down", exact=True).click()
    expect(page.get_by_text("Every backup made before")).to_be_visible()
    assert faults(page) == []

    assert page.goto("/speakers/alice-marsh/").status == 404
    page.goto("/talks/on-mud/")
    expect(page.get_by_text("[removed] spoke.")).to_be_visible()
    expect(page.get_by_text("Alice Marsh")).to_have_count(0)


def test_page_fits_a_phone(new_page, alice):
    page = new_page(viewport={"width": 360, "height": 740})
    sign_in(page, UserFactory(role="admin"))
    page.goto(f"/admin/speakers/speaker/{alice.pk}/take-down/")

    assert page.evaluate(BEYOND) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
