"""Recordings: a poster and a plain link, until the visitor asks for them."""

import pytest

from tests.factories import MediaFactory, TalkFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PLAYER = "https://www.youtube-nocookie.com/"


@pytest.fixture
def talk():
    return TalkFactory(published=True, slug="talk")


@pytest.mark.both_databases
def test_own_recording_is_loaded_when_asked_for(page, talk):
    MediaFactory(talk=talk, title="The tape", url="", file="recordings/a.mp4", captions="recordings/a.vtt")
    page.goto("/talks/talk/")
    assert page.locator("video").count() == 0

    page.route("**/media/**", lambda route: route.fulfill(status=204))
    page.get_by_role("button", name="Play The tape").click()

    video = page.locator("video")
    assert video.get_attribute("src") == "/media/recordings/a.mp4"
    assert video.get_attribute("aria-label") == "The tape"
    assert page.locator("track[kind=captions]").get_attribute("srclang") == "en"


def test_provider_learns_of_the_visit_only_after_the_click(chromium, live_server, talk):
    MediaFactory(talk=talk, title="The tape", url="https://www.youtube.com/watch?v=abcdefgh123")
    context = chromium.new_context(base_url=live_server.url)
    asked, blocked = [], []
    context.route(f"{PLAYER}**", lambda route: (asked.append(route.request.url), route.fulfill(body="A player")))
    page = context.new_page()
    page.on("console", lambda message: blocked.append(message.text) if message.type == "error" else None)

    page.goto("/talks/talk/", wait_until="networkidle")
    assert asked == []

    page.get_by_role("button", name="Play The tape").click()
    page.frame_locator("iframe[title='The tape']").get_by_text("A player").wait_for()

    assert (asked, blocked) == ([f"{PLAYER}embed/abcdefgh123"], [])
    context.close()


def test_without_script_the_plain_link_remains(new_page, talk):
    MediaFactory(talk=talk, title="The tape", url="https://www.youtube.com/watch?v=abcdefgh123")
    page = new_page(java_script_enabled=False)

    page.goto("/talks/talk/")

    assert (
        page.get_by_role("link", name="The tape").get_attribute("href")
        == "https://www.youtube.com/watch?v=abcdefgh123"
    )
    assert page.get_by_role("button", name="Play").count() == 0
