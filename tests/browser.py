"""A real browser for the journeys: the system's Chromium, its policy never bypassed."""

import shutil
from functools import cache
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ON_A_MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@cache
def find_chromium() -> str | None:
    return next(filter(None, map(shutil.which, (*NAMES, ON_A_MAC))), None)


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium, live_server):
    """Makes pages, each in a session of its own: ``new_page(color_scheme="dark")``.

    Paths are relative to the live server. The test fails where any of the pages
    says an error on its console, throws one, breaks the Content-Security-Policy
    or asks another host for anything; ``page.faults`` is the list so far.
    """
    opened = []

    def make(**options):
        context = chromium.new_context(base_url=live_server.url, locale="en-GB", **options)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.faults = []
        watch(page, urlsplit(live_server.url).netloc)
        opened.append((context, page))
        return page

    yield make
    faults = [fault for _, page in opened for fault in page.faults]
    for context, _ in opened:
        context.close()
    assert faults == []


@pytest.fixture
def page(new_page):
    return new_page(viewport={"width": 1280, "height": 900})


def watch(page, home):
    """Collects what a person with the developer tools open would see in red."""

    def said(message):
        # A page that itself answers 404 is said on the console too; its test knows.
        is_the_page = message.text.startswith("Failed to load resource") and message.location["url"] == page.url
        if message.type == "error" and not is_the_page:
            page.faults.append(f"console on {page.url}: {message.text}")

    def asked(request):
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != home:
            page.faults.append(f"{page.url} asked {parts.netloc}")

    page.on("console", said)
    page.on("pageerror", lambda error: page.faults.append(f"script on {page.url}: {error}"))
    page.on("request", asked)
