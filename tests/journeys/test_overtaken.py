"""A colleague is faster while somebody types: it is said, and their words stay with them. In a real browser."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from tests.desk import PASSWORD, admin_url
from tests.factories import SpeakerFactory, TalkFactory, UserFactory
from tests.journeys.test_axe_admin import RULES, faults, ready
from tests.journeys.test_nothing_lost import signed_in, type_into
from workshop.actions import publish, schedule, withdraw
from workshop.merging.actions import merge

pytestmark = [pytest.mark.browser, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]
LATER = dt.datetime(2031, 3, 3, 10, 0, tzinfo=dt.UTC)


@pytest.fixture
def editor():
    return UserFactory(role="editor", password=PASSWORD)


@pytest.fixture
def author():
    return UserFactory(role="author", password=PASSWORD)


def save(page, button="Save"):
    page.get_by_role("button", name=button, exact=True).first.click()


def test_author_whose_draft_is_scheduled_keeps_what_they_type(new_page, author, editor):
    talk = TalkFactory(title="Mine", created_by=author)
    page = signed_in(new_page, author)
    page.goto(admin_url(talk, "change"))
    schedule(record=talk, at=LATER, by=editor)

    type_into(page, "#id_summary", "Long words of the author")
    expect(page.locator("[data-newer]")).to_contain_text("It was scheduled: it goes public on 3 March 2031")
    save(page)

    expect(page.get_by_role("heading", name="What you typed")).to_be_visible()
    expect(page.locator("dd", has_text="Long words of the author")).to_be_visible()
    ready(page)
    assert faults(page, RULES) == []

    publish(record=talk, by=editor)
    page.goto(admin_url(talk, "change"))
    page.get_by_role("link", name="Bring it back").click()
    save(page, "Save draft")

    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(page.locator("#id_summary")).to_have_value("Long words of the author")


def test_author_whose_draft_is_published_saves_a_draft_of_it(new_page, author, editor):
    talk = TalkFactory(title="Mine", created_by=author)
    page = signed_in(new_page, author)
    page.goto(admin_url(talk, "change"))
    publish(record=talk, by=editor)
    page.fill("#id_summary", "Long words of the author")
    save(page)

    expect(page.locator(".messagelist")).to_contain_text("While you had it open, this was published.")
    save(page, "Save draft")

    expect(page.locator(".messagelist .success")).to_be_visible()
    talk.refresh_from_db()
    assert talk.summary == ""


def test_editor_learns_that_it_was_withdrawn_before_saving(new_page, editor):
    talk = TalkFactory(title="As published", published=True)
    page = signed_in(new_page, editor)
    page.goto(admin_url(talk, "change"))
    withdraw(record=talk, kind="safety", by=UserFactory(role="editor"))

    type_into(page, "#id_summary", "Words of an editor")
    expect(page.locator("[data-newer]")).to_contain_text("While you had it open, this was withdrawn for safety")
    save(page, "Publish changes")

    expect(page.locator(".messagelist")).to_contain_text("nothing is saved yet")
    expect(page.locator("#id_summary")).to_have_value("Words of an editor")
    talk.refresh_from_db()
    assert (talk.summary, talk.state) == ("", "withdrawn")


def test_words_about_somebody_who_was_merged_away_lead_to_the_kept_one(new_page, editor):
    kept, gone = SpeakerFactory(published=True, name="Ada Berg"), SpeakerFactory(published=True, name="Ada Bergh")
    page = signed_in(new_page, editor)
    page.goto(admin_url(gone, "change"))
    merge(kept=kept, gone=gone, by=editor)
    page.fill("#id_bio", "Of the marsh")
    save(page, "Publish changes")

    expect(page.locator("dd", has_text="Of the marsh")).to_be_visible()
    page.get_by_role("link", name="Ada Berg", exact=True).click()

    expect(page).to_have_url(f"{page.url.partition('/admin/')[0]}{admin_url(kept, 'change')}")
