"""A talk is begun from another one: in a real browser, on both databases."""

import pytest
from playwright.sync_api import expect

from tests.desk import admin_url, sign_in
from tests.factories import SpeakerFactory, TalkFactory, TalkSpeakerFactory, ThemeFactory
from workshop.editing.models import Unsaved
from workshop.models import Talk

pytestmark = [pytest.mark.browser, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def talk():
    talk = TalkFactory(title="Why mud matters", summary="Mud holds the country together.", published=True)
    TalkSpeakerFactory(talk=talk, speaker=SpeakerFactory(name="Ada Berg"), affiliation_then="Then", attribution=1)
    talk.themes.add(ThemeFactory(name="Wetlands"))
    talk.tags.add("peat")
    return talk


def test_copy_is_opened_changed_and_saved_once(page, talk):
    sign_in(page)
    page.goto(admin_url(talk, "change"))

    page.get_by_role("link", name="Copy", exact=True).dblclick()
    expect(page.get_by_text("This is a copy of “Why mud matters”.")).to_be_visible()
    expect(page.get_by_role("heading", name="New talk", level=1)).to_be_visible()
    expect(page.locator("#id_summary")).to_have_value("Mud holds the country together.")
    expect(page.locator("#id_talk_speakers-0-affiliation_then")).to_have_value("Then")
    assert (Talk.objects.count(), Unsaved.objects.count()) == (1, 0)
    page.fill("#id_title", "Why peat matters")
    page.get_by_role("button", name="Save", exact=True).dblclick()
    expect(page.locator("ul.messagelist li").first).to_be_visible()

    made = Talk.objects.exclude(pk=talk.pk).get()
    row = made.talk_speakers.get()
    assert (made.title, made.state, [*made.tags.names()], [*made.themes.values_list("name", flat=True)]) == (
        "Why peat matters", "draft", ["peat"], ["Wetlands"],
    )  # fmt: skip
    assert (str(row.speaker), row.attribution) == ("Ada Berg", 1)
    talk.refresh_from_db()
    assert (talk.title, talk.state, talk.talk_speakers.count()) == ("Why mud matters", "published", 1)


def test_copy_that_was_left_is_offered_again(page, talk):
    sign_in(page)
    page.goto(f"{admin_url(Talk, 'add')}?copy={talk.pk}")
    page.fill("#id_title", "Why peat matters")
    expect(page.locator("[data-kept]")).to_contain_text("is kept, as of")
    page.on("dialog", lambda dialog: dialog.accept())

    page.goto(admin_url(Talk, "add"))
    page.get_by_role("link", name="Bring it back").click()

    expect(page.locator("#id_title")).to_have_value("Why peat matters")
    expect(page.locator("#id_talk_speakers-0-affiliation_then")).to_have_value("Then")
    assert Talk.objects.count() == 1
