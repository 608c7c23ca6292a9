"""What is offered while somebody types, and the box at the head of every page."""

import html5lib
import pytest

from tests.factories import SpeakerFactory, ThemeFactory
from workshop.search import everything

pytestmark = pytest.mark.django_db
SUGGEST = "/search/suggest/"


@pytest.fixture
def alice():
    return SpeakerFactory(published=True, slug="alice", name="Alice Marsh")


def test_names_are_offered_with_language_kind_and_address(client, alice):
    ThemeFactory(published=True, slug="marshes", name="Marshes and mires")
    SpeakerFactory(published=True, slug="마", name="", name_ko="마르쉬 Marsh")

    assert client.get(f"{SUGGEST}?q=marsh").json() == [
        {"label": "Marshes and mires", "lang": "en", "kind": "Theme", "url": "/themes/marshes/"},
        {"label": "마르쉬 Marsh", "lang": "ko", "kind": "Expert", "url": "/speakers/%EB%A7%88/"},
        {"label": "Alice Marsh", "lang": "en", "kind": "Expert", "url": "/speakers/alice/"},
    ]
    (alice_,) = client.get("/ko/search/suggest/?q=alice ma").json()
    assert (alice_["url"], alice_["lang"]) == ("/ko/speakers/alice/", "en")


@pytest.mark.parametrize("q", ["", "a", " ", "-", "\x00", "zz"])
def test_too_little_or_nothing_known_offers_nothing(client, alice, q):
    assert client.get(SUGGEST, {"q": q}).json() == []


def test_there_are_never_many_offers(client):
    for number in range(20):
        ThemeFactory(published=True, name=f"Mud {number}")
    assert len(client.get(f"{SUGGEST}?q=mud").json()) == everything.OFFERED


# --- The box on every page -----------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/", "/ko/", "/recommendations/", "/nothing-here/", "/about/"])
def test_every_page_has_a_box_that_is_a_plain_form(client, address):
    tree = html5lib.parse(client.get(address).content.decode(), namespaceHTMLElements=False)
    (form,) = tree.iterfind(".//header[@class='masthead']//form")
    (field,) = form.iter("input")
    prefix = "/ko" if address.startswith("/ko/") else ""
    assert (form.get("method"), form.get("action"), form.get("role")) == ("get", f"{prefix}/search/", "search")
    assert (field.get("type"), field.get("name")) == ("search", "q")
    assert form.find(f".//label[@for='{field.get('id')}']") is not None
    assert form.find(".//button") is not None
