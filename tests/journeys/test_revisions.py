"""What a record held before comes back, and readers learn what was corrected: in a real browser, on both databases."""

import re

import pytest
from playwright.sync_api import expect

from tests.desk import admin_url, sign_in
from tests.factories import SpeakerFactory, TalkFactory, TalkSpeakerFactory
from workshop.corrections.models import Correction
from workshop.editing.models import Revision

pytestmark = [pytest.mark.browser, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]
SAVED = ".messagelist .success"


def test_old_version_is_compared_and_taken_up_again(page):
    talk = TalkFactory(title="Why mud matters", summary="Mud holds the country together.")
    sign_in(page)
    page.goto(admin_url(talk, "change"))
    page.fill("#id_summary", "Mud holds nothing together.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_selector(SAVED)

    page.goto(admin_url(talk, "change"))
    page.get_by_role("link", name="History").click()
    page.get_by_role("button", name="Compare").click()

    expect(page.locator(".desk-line h3")).to_have_text(["Summary"])
    expect(page.locator("del")).to_have_text(["the country"])
    expect(page.locator("ins")).to_have_text(["nothing"])
    page.get_by_role("link", name="Take this up again").click()
    expect(page.locator("#id_summary")).to_have_value("Mud holds the country together.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_selector(SAVED)
    talk.refresh_from_db()
    assert talk.summary == "Mud holds the country together."


def test_two_versions_stand_side_by_side_where_there_is_room(page):
    talk = TalkFactory(title="Before")
    sign_in(page)
    page.goto(admin_url(talk, "change"))
    page.fill("#id_title", "After")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_selector(SAVED)
    page.goto(f"{admin_url(talk, 'compare')}?old={Revision.objects.of(talk).last().pk}&new=now")
    placed = {}
    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        left, right = (box.bounding_box() for box in page.locator(".desk-line .desk-compared").all())
        inside = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        placed[width] = (left["y"] == right["y"], inside)

    assert placed == {360: (False, True), 768: (True, True), 1280: (True, True)}


def test_deleted_record_is_found_and_recovered(page):
    talk = TalkFactory(title="Why mud matters")
    TalkSpeakerFactory(talk=talk, speaker=SpeakerFactory(name="Ada Berg"), affiliation_then="Ministry of Mud")
    sign_in(page)
    page.goto(admin_url(talk, "delete"))
    page.get_by_role("button", name="Yes, I’m sure").click()
    page.wait_for_selector(SAVED)

    page.get_by_role("link", name="Deleted", exact=True).click()
    page.get_by_role("link", name="Why mud matters").click()
    expect(page.locator(".desk-held")).to_contain_text("Ministry of Mud")
    page.get_by_role("link", name="Recover", exact=True).click()
    expect(page.locator("#id_title")).to_have_value("Why mud matters")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_selector(SAVED)

    again = type(talk).objects.get()
    assert (again.state, again.talk_speakers.get().affiliation_then) == ("draft", "Ministry of Mud")
    page.goto(admin_url(type(talk), "deleted"))
    expect(page.get_by_role("link", name="recovered")).to_be_visible()


def test_correction_goes_from_the_desk_to_its_readers(page):
    talk = TalkFactory(title="What was said in 2031", published=True)
    sign_in(page)
    page.goto(admin_url(talk, "change"))
    page.fill("#id_title", "What was said in 2013")
    page.get_by_role("button", name="Publish changes").click()

    expect(page.get_by_role("heading", name="You change what readers may have quoted")).to_be_visible()
    page.get_by_label("Yes, and this is what they are told:").check()
    page.get_by_label("Correction: something was wrong").check()
    page.get_by_label("A sentence for readers").fill("The year was wrong: it was 2013.")
    page.get_by_label("Show them the words before, too").check()
    expect(page.locator("[data-kept]")).to_contain_text("is kept, as of")
    page.get_by_role("button", name="Publish changes").click()
    page.wait_for_selector(SAVED)

    page.goto(talk.get_absolute_url())
    corrections = page.get_by_role("complementary", name="Corrections")
    expect(corrections).to_contain_text("The year was wrong: it was 2013.")
    corrections.get_by_text("The words before").click()
    expect(corrections.get_by_text("What was said in 2031")).to_be_visible()
    corrections.get_by_role("link", name="All corrections").click()
    expect(page).to_have_url(re.compile(r"/corrections/$"))
    page.get_by_role("link", name="What was said in 2013").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What was said in 2013")
    assert Correction.objects.count() == 1
