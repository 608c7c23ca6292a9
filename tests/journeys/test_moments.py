"""What goes public later, in one go, or not at all: in a real browser, on both databases."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from tests.desk import admin_url
from tests.factories import TalkFactory, UserFactory, WorkshopFactory
from tests.journeys.steps import fill, press, sign_in
from workshop.editing.models import Draft
from workshop.models import Talk

pytestmark = [pytest.mark.browser, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def desk(page):
    """The page of an editor who has come in."""
    sign_in(page, UserFactory(role="editor"))
    return page


def as_if_time_had_passed(rows, **moments):
    """Moves moments of the rows into the past, and does what is due."""
    rows.update(**moments)
    call_command("run_due", verbosity=0)


def later(page, field, moment):
    """Fills a moment, in the time of the site."""
    local = timezone.localtime(moment)
    page.locator(f"#id_{field}_0").fill(f"{local:%Y-%m-%d}")
    page.locator(f"#id_{field}_1").fill(f"{local:%H:%M}")


def readers_find(page, title):
    page.goto("/talks/")
    return page.get_by_role("link", name=title).count() > 0


def test_talk_goes_public_at_its_minute_and_back_at_another(desk):
    talk = TalkFactory(title="Why mud matters", workshop__published=True)
    now = timezone.now()
    desk.goto(admin_url(talk, "change"))
    desk.get_by_role("button", name="Save and publish later…").click()
    later(desk, "publish_at", now + HOUR)
    later(desk, "withdraw_at", now + 2 * HOUR)
    desk.get_by_role("button", name="Publish later", exact=True).click()
    expect(desk.locator("ul.messagelist li").first).to_contain_text("“Why mud matters” is scheduled.")
    desk.goto("/admin/")
    expect(desk.get_by_role("region", name="Scheduled")).to_contain_text("Why mud matters")
    seen = [readers_find(desk, "Why mud matters")]

    this = Talk.objects.filter(pk=talk.pk)
    as_if_time_had_passed(this, publish_at=now - HOUR)
    seen.append(readers_find(desk, "Why mud matters"))
    as_if_time_had_passed(this, withdraw_at=now - HOUR)
    seen.append(readers_find(desk, "Why mud matters"))

    assert seen == [False, True, False]


def test_draft_of_a_public_talk_takes_its_place_at_its_minute(desk):
    talk = TalkFactory(title="Why mud matters", published=True, workshop__published=True, summary="Mud.")
    desk.goto(admin_url(talk, "change"))
    fill(desk, "Summary", "Mud, more or less.")
    desk.get_by_role("button", name="Save draft and publish it later…").click()
    desk.get_by_label("No, a small change").check()  # asked now, because nobody is there at that minute
    desk.get_by_role("button", name="Save draft and publish it later…").click()
    later(desk, "publish_at", timezone.now() + HOUR)
    desk.get_by_role("button", name="Publish the draft later", exact=True).click()
    expect(desk.locator("ul.messagelist li").first).to_contain_text("has a draft that readers see from")
    desk.goto(talk.get_absolute_url())
    expect(desk.locator("main")).not_to_contain_text("more or less")

    as_if_time_had_passed(Draft.objects.all(), publish_at=timezone.now() - HOUR)

    desk.goto(talk.get_absolute_url())
    expect(desk.locator("main")).to_contain_text("Mud, more or less.")


def test_several_drafts_are_published_from_the_list(desk):
    edition = WorkshopFactory(published=True)
    for title in ("Mud", "Silt", "Clay"):
        TalkFactory(title=title, workshop=edition)
    desk.goto(admin_url(Talk))
    for title in ("Mud", "Silt"):
        desk.get_by_role("row").filter(has_text=title).get_by_role("checkbox").check()
    desk.get_by_label("Action:").select_option(label="Publish")
    desk.get_by_role("button", name="Go", exact=True).click()
    expect(desk.locator("ul.messagelist li").first).to_contain_text("Readers see it now.")

    states = dict(Talk.objects.values_list("title", "state"))

    assert states == {"Mud": "published", "Silt": "published", "Clay": "draft"}
    assert [readers_find(desk, title) for title in states] == [states[title] == "published" for title in states]


def test_discarded_draft_leaves_what_readers_see(desk):
    talk = TalkFactory(title="Why mud matters", published=True, workshop__published=True, summary="Mud.")
    desk.goto(admin_url(talk, "change"))
    fill(desk, "Summary", "Something else.")
    desk.get_by_role("button", name="Save draft", exact=True).click()
    desk.goto(admin_url(talk, "change"))
    expect(desk.locator("#id_summary")).to_have_value("Something else.")

    press(desk, "Discard draft", "The draft is dropped. The page shows what readers see.")

    desk.goto(admin_url(talk, "change"))
    expect(desk.locator("#id_summary")).to_have_value("Mud.")
    desk.goto(talk.get_absolute_url())
    expect(desk.locator("main")).to_contain_text("Mud.")
    expect(desk.locator("main")).not_to_contain_text("Something else.")
