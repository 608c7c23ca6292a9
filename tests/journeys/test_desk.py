"""What at the desk needs a script works under the policy: search fields, new rows, popups, calendars."""

import pytest

from speakers.models import Speaker
from tests.desk import admin_url, sign_in
from tests.factories import WorkshopFactory
from workshop.models import Talk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def choose(page, field, term):
    """Type into a search field and take what it finds first."""
    page.click(f".field-{field} .select2-selection")
    page.keyboard.type(term)
    page.wait_for_selector(f".select2-results__option--highlighted:has-text('{term}')")
    page.keyboard.press("Enter")


def test_person_is_entered_in_passing_while_a_talk_is_written(page):
    edition = WorkshopFactory(title="Twelfth edition", published=True)
    user = sign_in(page)
    page.goto(admin_url(Talk, "add"))

    page.fill("#id_title", "A talk")
    choose(page, "workshop", "Twelfth")
    page.click("#talk_speakers-group .add-row a")
    with page.expect_popup() as opened:
        page.click("#add_id_talk_speakers-0-speaker")
    popup = opened.value
    popup.fill("#id_name", "Ada Berg")
    with popup.expect_event("close"):
        popup.click("input[name=_publish]")
    page.wait_for_selector("#talk_speakers-0 .select2-selection:has-text('Ada Berg')")
    page.click("input[name=_publish]")

    page.wait_for_selector(".messagelist .success")
    talk, speaker = Talk.objects.get(), Speaker.objects.get()
    assert (talk.state, talk.workshop, talk.created_by) == ("published", edition, user)
    assert (speaker.state, talk.talk_speakers.get().speaker) == ("published", speaker)
    assert page.inner_text(".messagelist") == "“A talk” is published. Readers see it now."


def test_day_is_chosen_from_the_calendar(page):
    sign_in(page)
    page.goto(admin_url(Talk, "add"))

    page.click(".field-date .datetimeshortcuts a:has(.date-icon)")
    page.click(".calendarbox:visible td a:text-is('4')")

    assert page.input_value("#id_date").endswith("-04")


def test_fieldset_in_korean_opens_by_keyboard(page):
    sign_in(page)
    page.goto(admin_url(Talk, "add"))

    page.focus("summary:has-text('In Korean')")
    hidden = page.is_visible("#id_title_ko")
    page.keyboard.press("Enter")

    assert (hidden, page.is_visible("#id_title_ko")) == (False, True)
