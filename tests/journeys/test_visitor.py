"""What a reader does with the demo: without script, with the keys alone, small, large, in the dark, on paper."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import MediaFactory, QuoteFactory, RecommendationFactory, TalkFactory, ThemeFactory
from tests.images.uploads import upload
from tests.pages import indexes, korean, one_of_each
from workshop.models import Media, MediaKind

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESK = {"width": 1280, "height": 900}
# 640 is a window of 1280 at 200 %, 320 one at 400 %.
WIDTHS = (320, 360, 640, 768, 1280, 1600)
ODD = ("/recommendations/?speaker=robert-king&theme=nothing", "/nothing-here/")
SILENCE = b"\xff\xfb\x10\xc4".ljust(104, b"\0") * 40  # a second of an MP3 in which nothing is said


@pytest.fixture
def demo(live_server):
    call_command("load_demo", verbosity=0)


@pytest.fixture
def many(live_server):
    """Sixty recommendations, the odd ones on one theme."""
    words = QuoteFactory(talk=TalkFactory(published=True))
    theme = ThemeFactory(published=True, name="Silt")
    for number in range(1, 61):
        record = RecommendationFactory(
            published=True, workshop=words.talk.workshop, source_quote=words, code=f"m-{number:02d}"
        )
        record.themes.set([theme] * (number % 2))


def with_most():
    """Pages with what one_of_each may lack: recordings, parts, a status that changed twice, many quotations."""
    talk = Media.objects.public().first().talk
    return [
        talk.get_absolute_url(),
        "/recommendations/kw12-r01/",
        "/recommendations/kw12-r04/",
        "/speakers/michael-kirby/",
    ]


def test_demo_keeps_to_itself_and_fits_every_width(new_page, demo):
    page = new_page(viewport=DESK)
    wide, answers = [], {}
    for address in [*one_of_each(), *with_most(), *korean(indexes()), *ODD]:
        answers[address] = page.goto(address).status
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                wide.append((width, address))

    assert wide == []
    assert {address for address, status in answers.items() if status != 200} == {"/nothing-here/"}
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.faults == []  # nobody else was asked for anything


@pytest.mark.both_databases
def test_reader_without_script_filters_turns_pages_and_takes_back(new_page, many):
    page = new_page(java_script_enabled=False, viewport={"width": 360, "height": 740})
    rows, here = page.locator(".row-code"), page.locator(".pages-here")

    page.goto("/")
    page.get_by_text("Contents").click()
    page.get_by_role("navigation", name="Contents").get_by_role("link", name="Recommendations").click()
    page.get_by_text("Filter", exact=True).click()
    page.get_by_role("checkbox", name="Silt").check()
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recommendations on Silt (30 recommendations)")
    first = rows.all_inner_texts()

    page.get_by_role("link", name="Next").click()
    expect(here).to_have_text("2")
    second = rows.all_inner_texts()
    assert sorted(first + second) == [f"M-{number:02d}" for number in range(1, 61, 2)]
    assert len(first) == 25

    page.get_by_role("link", name="Remove Theme: Silt").click()
    expect(page).to_have_url(f"{page.url.split('/recommendations')[0]}/recommendations/")
    expect(here).to_have_text("1")
    expect(page.get_by_role("heading", level=1)).to_have_text("Recommendations (60 recommendations)")


def test_keys_alone_skip_the_head_reach_the_choices_and_open_a_record(page, many):
    page.goto("/recommendations/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()

    tabbed(page, to="#f-theme-silt")
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", level=1)).to_have_text("Recommendations on Silt (30 recommendations)")
    expect(page.locator("#f-theme-silt")).to_be_focused()

    tabbed(page, to=".row-title a")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Recommendation", exact=True).first).to_be_visible()
    assert page.url.endswith("/recommendations/m-01/")


def tabbed(page, *, to):
    """Presses Tab until the first such thing has the focus, which must show; 80 times at most."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement === document.querySelector(selector)", to):
            break
    expect(page.locator(to).first).to_be_focused()
    assert page.locator(to).first.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"


def test_recording_of_ours_is_fetched_when_asked_for(page, live_server):
    media = MediaFactory(
        talk=TalkFactory(published=True), kind=MediaKind.AUDIO, title="In full", url="", file=upload(SILENCE, "a.mp3")
    )
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/media/" in request.url else None)

    page.goto(media.talk.get_absolute_url())
    expect(page.get_by_role("link", name="In full")).to_have_attribute("href", media.file.url)
    page.wait_for_load_state("networkidle")
    before = list(asked)
    page.get_by_role("button", name="Play In full").click()
    player = page.locator("audio[aria-label='In full']")
    expect(player).to_be_focused()
    player.evaluate(
        "async (player) => { while (!(player.duration > 0)) await new Promise((done) => "
        "player.addEventListener('loadedmetadata', done, { once: true })) }"
    )

    assert before == []
    assert set(asked) == {live_server.url + media.file.url}
    assert player.evaluate("player => player.error") is None


def test_player_of_a_provider_is_framed_when_asked_for(page, live_server):
    media = MediaFactory(talk=TalkFactory(published=True), title="At length", url="https://youtu.be/abcdefgh001")
    player = "https://www.youtube-nocookie.com/embed/abcdefgh001"
    page.context.route(
        "https://www.youtube-nocookie.com/**",
        lambda route: route.fulfill(content_type="text/html", body="<p>Player</p>"),
    )

    page.goto(media.talk.get_absolute_url())
    expect(page.get_by_role("link", name="At length")).to_have_attribute("href", "https://youtu.be/abcdefgh001")
    page.wait_for_load_state("networkidle")
    before = list(page.faults)
    page.get_by_role("button", name="Play At length").click()
    expect(page.locator("iframe[title='At length']")).to_have_attribute("src", player)
    expect(page.frame_locator("iframe").locator("p")).to_have_text("Player")  # the policy let it in

    assert before == []
    assert page.faults == [f"{page.url} asked www.youtube-nocookie.com"]
    page.faults.clear()


def test_recordings_without_script_are_plain_links(new_page, live_server):
    media = MediaFactory(talk=TalkFactory(published=True), title="At length")
    page = new_page(java_script_enabled=False, viewport=DESK)

    page.goto(media.talk.get_absolute_url())

    expect(page.get_by_role("link", name="At length")).to_have_attribute("href", media.url)
    expect(page.get_by_role("main").get_by_role("button")).to_have_count(0)


@pytest.mark.parametrize(("scheme", "paper"), [("light", "rgb(251, 250, 247)"), ("dark", "rgb(21, 24, 26)")])
def test_colours_follow_the_scheme_that_the_reader_has_set(new_page, live_server, scheme, paper):
    page = new_page(color_scheme=scheme, viewport=DESK)
    page.goto("/about/")

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == paper


def test_paper_says_whole_addresses_and_leaves_out_what_one_presses(page, many, live_server):
    page.goto(reverse("recommendation-detail", args=["m-01"]))
    page.pdf()  # prints, which tells the page so
    page.emulate_media(media="print")

    link = page.locator(".trail a").first
    address = live_server.url + link.get_attribute("href")
    assert link.evaluate("node => getComputedStyle(node, '::after').content") == f'" <{address}>"'
    expect(page.locator(".wayback, .menu")).to_have_count(2)
    expect(page.locator(".wayback, .menu, .skip").filter(visible=True)).to_have_count(0)
    expect(page.get_by_text("Printed from http://testserver/recommendations/m-01/")).to_be_visible()
