"""The page that searches everything."""

import html5lib
import pytest

from recommendations.models import Stance
from tests.factories import (
    OrganisationFactory,
    PositionFactory,
    RecommendationFactory,
    SpeakerFactory,
    StatusChangeFactory,
    TalkFactory,
    TalkSpeakerFactory,
    ThemeFactory,
    WorkshopFactory,
)
from workshop.actions import withdraw
from workshop.common.attribution import Attribution
from workshop.search import everything, freshness

pytestmark = pytest.mark.django_db
SEARCH, SUGGEST, LIST = "/search/", "/search/suggest/", "/recommendations/"


def main_of(response):
    return html5lib.parse(response.content.decode(), namespaceHTMLElements=False).find(".//main")


def said(response):
    """The words of the page's main part, as a reader sees them."""
    return " ".join("".join(main_of(response).itertext()).split())


def titles(response):
    """The titles of the hits, group by group."""
    return {
        "".join(section.find(".//h2").itertext()): [
            "".join(title.itertext()) for title in section.iterfind(".//p[@class='row-title']")
        ]
        for section in main_of(response).iterfind(".//section")
        if section.find(".//p[@class='row-title']") is not None
    }


def kinds(response):
    """The links to all of a kind: words with their counts, and addresses."""
    return [
        (" ".join("".join(link.itertext()).split()), link.get("href"))
        for link in main_of(response).iterfind(".//ul[@class='switch']//a")
    ]


def marks(response):
    return ["".join(mark.itertext()) for mark in main_of(response).iter("mark")]


@pytest.fixture
def alice():
    return SpeakerFactory(published=True, slug="alice", name="Alice Marsh", descriptor="Knows marshland")


# --- What is found --------------------------------------------------------------------------------


def test_hits_are_grouped_by_kind_with_counts(client, alice):
    record = RecommendationFactory(published=True, code="x-1", statement="Keep the marsh")
    PositionFactory(recommendation=record, speaker=alice)
    talk = TalkFactory(published=True, title="Why marshes matter")
    TalkSpeakerFactory(talk=talk, speaker=SpeakerFactory(published=True, slug="bob", name="Bob Fen"))
    ThemeFactory(published=True, name="Marshes")
    ThemeFactory(published=True, name="Silt")

    response = client.get(f"{SEARCH}?q=marsh")

    assert titles(response) == {
        "Recommendations": ["Keep the marsh"],
        "Experts": ["Alice Marsh"],
        "Talks": ["Why marshes matter"],
        "Themes": ["Marshes"],
    }
    assert kinds(response) == [
        ("Everything", "/search/?q=marsh"),
        ("Recommendations 1", "/recommendations/?q=marsh"),
        ("Experts 1", "/search/?q=marsh&kind=speaker"),
        ("Talks 1", "/search/?q=marsh&kind=talk"),
        ("Themes 1", "/search/?q=marsh&kind=theme"),
    ]
    assert "Bob Fen" in said(response)


def test_found_words_are_marked_and_their_passage_is_shown(client):
    TalkFactory(published=True, title="On <ground>", summary="It rains. The *bogs* are wet & deep. It rains.")

    response = client.get(f"{SEARCH}?q=bog")

    assert marks(response) == ["bogs"]
    assert "<mark>bogs</mark>" in response.content.decode()
    assert "On <ground>" in titles(response)["Talks"]


def test_edition_is_never_named_without_its_status(client):
    StatusChangeFactory(workshop=WorkshopFactory(published=True, title="Mud in Policy"))

    response, offers = client.get(f"{SEARCH}?q=policy"), client.get(f"{SUGGEST}?q=poli").json()

    assert "Mud in Policy Cancelled 2020-03" in said(response)
    assert [offer["label"] for offer in offers] == ["Mud in Policy (Cancelled 2020-03)"]


def test_all_of_a_kind_come_in_pages(client):
    for number in range(30):
        ThemeFactory(published=True, name=f"Mud {number:02d}")
    ThemeFactory(published=True, name="Silt")
    TalkFactory(published=True, title="Mud talk")

    everything_, first = client.get(f"{SEARCH}?q=mud"), client.get(f"{SEARCH}?q=mud&kind=theme")
    second = client.get(f"{SEARCH}?q=mud&kind=theme&page=2")

    (more,) = main_of(everything_).iterfind(".//p[@class='more']/a")
    assert ("".join(more.itertext()), more.get("href")) == ("Themes: all 30", "/search/?q=mud&kind=theme")
    assert [len(titles(page)["Themes"]) for page in (everything_, first, second)] == [5, 25, 5]
    assert (first.context["pages"].next_url, first.context["pages"].summary) == (
        "/search/?q=mud&kind=theme&page=2",
        "1–25 of 30",
    )
    assert second.context["pages"].previous_url == "/search/?q=mud&kind=theme"
    shown = titles(first)["Themes"] + titles(second)["Themes"]
    assert sorted(shown) == [f"Mud {number:02d}" for number in range(30)]
    assert ("Talks 1", "/search/?q=mud&kind=talk") in kinds(second)


@pytest.mark.parametrize("page", ["3", "0", "-1", "x", "%00", "9" * 99, "٣"])
def test_page_that_does_not_exist_is_404(client, page):
    ThemeFactory(published=True, name="Mud")
    assert client.get(f"{SEARCH}?q=mud&kind=theme&page={page}").status_code == 404


def test_unknown_kind_and_a_page_of_everything_are_passed_over(client):
    ThemeFactory(published=True, name="Mud")
    plain = titles(client.get(f"{SEARCH}?q=mud"))
    assert [titles(client.get(f"{SEARCH}?q=mud&{more}")) for more in ("kind=zebra", "page=9", "kind=")] == [plain] * 3


def test_kind_without_a_hit_leads_to_those_that_have(client):
    ThemeFactory(published=True, name="Mud")

    response = client.get(f"{SEARCH}?q=mud&kind=talk")

    assert "Nothing of this kind has these words" in said(response)
    assert ("Themes 1", "/search/?q=mud&kind=theme") in kinds(response)


def test_more_than_are_counted_are_said_to_be_more(client, monkeypatch):
    monkeypatch.setattr(everything, "BOUND", 2)
    for number in range(3):
        ThemeFactory(published=True, name=f"Mud {number}")
    assert kinds(client.get(f"{SEARCH}?q=mud"))[1] == ("Themes more than 2", "/search/?q=mud&kind=theme")


def test_page_in_korean_finds_the_same_and_stays_korean(client, alice):
    ThemeFactory(published=True, slug="거버넌스", name="Governance", name_ko="거버넌스를 위한 진흙")

    response = client.get("/ko/search/?q=거버넌스")

    assert kinds(response)[1][1] == "/ko/search/?q=%EA%B1%B0%EB%B2%84%EB%84%8C%EC%8A%A4&kind=theme"
    (link,) = main_of(response).iterfind(".//p[@class='row-title']/a")
    assert link.get("href").startswith("/ko/themes/")
    assert marks(response) == ["거버넌스"]


def test_names_in_the_other_language_say_so(client):
    TalkFactory(published=True, title="", title_ko="진흙의 권리").tags.add("진흙")

    html = client.get(f"{SEARCH}?q=진흙").content.decode()

    assert '<span lang="ko"><mark>진흙</mark>의 권리</span>' in html
    assert '<span lang="ko"><mark>진흙</mark></span>' in html  # the keyword, which has no twin
    assert '<h1 class="search-words">“<span lang="ko">진흙</span>”</h1>' in html


# --- What is not ------------------------------------------------------------------------------------


def test_nothing_asked_explains_how_to_search_and_may_be_indexed(client):
    response = client.get(SEARCH)
    assert "How to search" in said(response)
    assert "noindex" not in response.content.decode()


def test_nothing_found_says_what_was_looked_for_and_leads_on(client):
    response = client.get(f"{SEARCH}?q=unheard <b>of</b>")
    assert response.status_code == 200
    assert "Nothing public has all of “unheard <b>of</b>”" in said(response)
    ways = [link.get("href") for link in main_of(response).iterfind(".//ul[@class='empty-ways']//a")]
    assert ways == ["/recommendations/", "/speakers/", "/themes/"]


def test_misspelt_word_is_asked_back(client):
    ThemeFactory(published=True, name="Denuclearisation")

    response = client.get(f"{SEARCH}?q=denuclearistaion")

    (link,) = main_of(response).iterfind(".//p[@class='search-instead']/a")
    assert ("".join(link.itertext()), link.get("href")) == ("denuclearisation", "/search/?q=denuclearisation")


@pytest.mark.parametrize("q", ['"', "-", '""', "-mud", "&|!():*", "\u200b\u202e", "\t\n", "- - -", "。、"])
def test_what_asks_for_nothing_is_answered_with_a_sentence(client, q):
    ThemeFactory(published=True, name="Mud")
    response = client.get(SEARCH, {"q": q})
    assert response.status_code == 200
    assert "How to search" in said(response)
    assert ("There is nothing to look for in that" in said(response)) is bool(q.strip())


def test_long_search_says_that_it_was_shortened(client):
    response = client.get(SEARCH, {"q": "mud " * 200})
    assert "Only the first words are looked for" in said(response)


def test_results_are_kept_out_of_indexes_and_crawlers_out_of_results(client):
    assert '<meta name="robots" content="noindex">' in client.get(f"{SEARCH}?q=mud").content.decode()
    assert '<meta name="robots" content="noindex">' in client.get("/recommendations/?q=mud").content.decode()
    assert "Disallow: /search/\n" in client.get("/robots.txt").content.decode()


def test_page_sets_no_cookie_and_may_be_kept(client):
    for address in (f"{SEARCH}?q=mud", f"{SUGGEST}?q=mud"):
        response = client.get(address)
        assert (response["Cache-Control"], len(response.cookies)) == ("public, no-cache", 0)


# --- What is hidden --------------------------------------------------------------------------------


@pytest.fixture
def hidden():
    """Quagmire in everything that readers may not see, and in nothing else."""
    WorkshopFactory(title="Quagmire in draft")
    ThemeFactory(published=True, name="Quagmire in time", withdraw_at="2020-01-01T00:00Z", withdrawal="request")
    withdraw(record=TalkFactory(published=True, title="Quagmire taken back"), kind="safety")
    record = RecommendationFactory(published=True, code="x-1", statement="Drain it", detail="Whatever it costs.")
    person = SpeakerFactory(published=True, name="Petra Quagmire")
    withdraw(record=person, kind="request")
    PositionFactory(recommendation=record, speaker=person)
    unnamed = SpeakerFactory(published=True, slug="petra", name="Petra Morass")
    PositionFactory(
        recommendation=record, speaker=unnamed, stance=Stance.SUPPORTS, attribution=Attribution.NOT_ATTRIBUTED
    )
    OrganisationFactory(name="Quagmire Office", aliases="QOQO")


@pytest.mark.parametrize("q", ["quagmire", "Petra Quagmire", "quagm", "qoqo", "quagmier", '"quagmire taken"'])
def test_hidden_records_are_neither_found_nor_offered_nor_meant(client, hidden, q):
    response = client.get(SEARCH, {"q": q})
    assert (titles(response), response.context["kinds"], response.context["instead"]) == ({}, [], None)
    assert client.get(SUGGEST, {"q": q}).json() == []
    assert client.get("/recommendations/", {"q": q}).context["total"] == 0


def test_recommendation_is_not_found_by_a_name_that_is_withheld(client, hidden):
    assert titles(client.get(f"{SEARCH}?q=morass")) == {"Experts": ["Petra Morass"]}
    assert client.get("/recommendations/?q=morass").context["total"] == 0


def one_of_each_kind(number):
    StatusChangeFactory(workshop=WorkshopFactory(published=True, title=f"Mud {number}"))
    ThemeFactory(published=True, name=f"Mud theme {number}")
    TalkSpeakerFactory(talk=TalkFactory(published=True, title=f"Mud talk {number}"))
    RecommendationFactory(published=True, statement=f"Keep mud {number}")


@pytest.mark.parametrize(("address", "most"), [(f"{SEARCH}?q=mud", 30), (f"{SUGGEST}?q=mud", 8)])
def test_queries_do_not_grow_with_the_hits(client, django_assert_max_num_queries, address, most):
    asked = []
    for number in (1, 2, 3):
        one_of_each_kind(number)
        freshness.flush()
        with django_assert_max_num_queries(most) as queries:
            client.get(address)
        asked.append(len(queries))
    assert asked == [asked[0]] * 3


@pytest.mark.parametrize(("typed", "heading"), [('"wet mud"', "“wet mud”"), ('"wet mud" -dry', '"wet mud" -dry')])
def test_heading_quotes_words_once(client, typed, heading):
    page = main_of(client.get(SEARCH, {"q": typed}))

    assert "".join(page.find(".//h1").itertext()).strip() == heading
