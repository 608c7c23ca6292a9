"""axe finds nothing on any kind of public page: in both themes, on a phone and on a desk."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from tests.factories.world import linked_world
from tests.pages import indexes, korean, one_of_each

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}


@pytest.mark.parametrize(("scheme", "viewport"), [("light", DESK), ("dark", PHONE)], ids=["light desk", "dark phone"])
def test_axe_finds_nothing(new_page, scheme, viewport):
    linked_world()
    page = new_page(color_scheme=scheme, viewport=viewport)
    addresses = [*one_of_each(), reverse("tag-detail", args=["wetlands"]), "/nothing-here/"]
    assert {address: faults for address in addresses if (faults := faults_on(page, address))} == {}


def test_axe_finds_nothing_on_korean_pages(new_page):
    linked_world()
    page = new_page(viewport=DESK)
    assert {address: faults for address in korean(one_of_each()) if (faults := faults_on(page, address))} == {}


def test_axe_finds_nothing_on_empty_indexes(new_page):
    page = new_page(viewport=DESK)
    assert {address: faults for address in indexes() if (faults := faults_on(page, address))} == {}


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_scrolls_sideways(new_page, width):
    linked_world()
    page = new_page(viewport={"width": width, "height": 800})
    wide = []
    for address in one_of_each():
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(address)
    assert wide == []


def faults_on(page, address) -> list[str]:
    """What axe has to say of the page, a line each."""
    page.goto(address)
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]})
    return [
        f"{fault['id']}: {node['html'][:120]}" for fault in found.response["violations"] for node in fault["nodes"]
    ]
