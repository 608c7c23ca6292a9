"""The page of the faceted list."""

import html

import html5lib
import pytest
from django.db import connection
from django.urls import reverse
from django.utils.html import strip_tags

from recommendations.models import Stance, StatusInterval
from tests.factories import (
    AddresseeFactory,
    FollowUpFactory,
    OrganisationFactory,
    PositionFactory,
    SpeakerFactory,
    StatusChangeFactory,
    ThemeFactory,
    WorkshopFactory,
)
from tests.recommendations.facets import proposal
from workshop.common.attribution import Attribution
from workshop.search import freshness
from workshop.search.facets import Chip

pytestmark = pytest.mark.django_db
LIST = "/recommendations/"


@pytest.fixture
def rights():
    return ThemeFactory(published=True, slug="rights", name="Mud and Rights")


def full(code, alice, rights):
    """A recommendation with something of everything that a row shows."""
    record = proposal(code, statement="Drain the swamp")
    record.themes.add(rights)
    record.tags.add("law")
    PositionFactory(recommendation=record, speaker=alice)
    body = OrganisationFactory(published=True, name=f"Body of {code}")
    AddresseeFactory(recommendation=record, organisation=body)
    FollowUpFactory(published=True, recommendation=record, status="reversed")
    StatusInterval.objects.rebuild(record)
    return record


def heading(response):
    return str(response.context["shown"].heading)


def tree(response):
    return html5lib.parse(response.content.decode(), namespaceHTMLElements=False)


def said(response):
    """The words of the page's main part, as a reader sees them."""
    (main,) = tree(response).iter("main")
    return " ".join("".join(main.itertext()).split())


def test_row_says_who_asks_what_of_whom_and_what_became_of_it(client, alice, rights):
    full("x-1", alice, rights)
    words = said(client.get(LIST))
    row = "X-1 Drain the swamp proposed by Alice Marsh to Body of x-1 Mud and Rights Reversed as of 24 January 2023"
    assert row in words


def test_row_names_nobody_who_is_not_to_be_named(client):
    hidden = SpeakerFactory(published=True, name="Bob Fen")
    record = proposal("x-1")
    PositionFactory(
        recommendation=record,
        speaker=hidden,
        attribution=Attribution.AFFILIATION_ONLY,
        affiliation="A European diplomat",
    )
    PositionFactory(recommendation=record, speaker=None, attribution=Attribution.NOT_ATTRIBUTED)
    (row,) = client.get(LIST).context["rows"]
    assert [(link.label if isinstance(link.label, str) else link.label.value, link.url) for link in row.proposers] == [
        ("A European diplomat", ""),
        ("a participant (not attributed)", ""),
    ]
    assert "Bob Fen" not in client.get(LIST).content.decode()


def test_selection_has_a_sentence_chips_and_a_count(client, alice, rights):
    full("x-1", alice, rights)
    proposal("x-2").themes.add(rights)
    response = client.get(f"{LIST}?theme=rights&speaker=alice&status=reversed&page=1&nonsense=7&sort=code")
    shown = response.context["shown"]
    assert heading(response) == "Recommendations on Mud and Rights with a position of Alice Marsh, reversed"
    assert shown.count == "1 recommendation"
    assert [(chip.facet, str(chip.label), chip.remove_url) for chip in shown.chips] == [
        ("Expert", "Alice Marsh", "/recommendations/?theme=rights&status=reversed&sort=code"),
        ("Theme", "Mud and Rights", "/recommendations/?speaker=alice&status=reversed&sort=code"),
        ("Status", "Reversed", "/recommendations/?speaker=alice&theme=rights&sort=code"),
    ]
    assert shown.clear_url == "/recommendations/?sort=code"
    assert [row.code for row in response.context["rows"]] == ["X-1"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Recommendations"),
        ("speaker=alice&stance=opposes&stance=doubts", "Recommendations doubted or opposed by Alice Marsh"),
        ("stance=proposes", "Recommendations proposed by somebody"),
        ("theme=-none", "Recommendations without a theme"),
        ("theme=rights&theme=-none", "Recommendations on Mud and Rights or without a theme"),
        ("origin=document&origin=talk", "Recommendations from a talk or a document"),
        ("action=5&modality=must", "Recommendations, asking for specific action, asked as “must”"),
        ("year=2019&tag=a&tag=b", "Recommendations with the keyword “a” or “b” made in 2019"),
        ("as_of=2024-06-30", "Recommendations, as of 30 June 2024"),
        ("status=not-assessed&as_of=2024-06-30", "Recommendations, not assessed, as of 30 June 2024"),
        ("theme=<b>", "Recommendations on “&lt;b&gt;”"),
        ("year=2011&year=2012&year=2013&year=2014&year=2015&year=2016", "2015, 2014, 2013 or 2 more"),
    ],
)
def test_heading_says_the_selection_in_words(client, alice, rights, query, words):
    record = proposal("x-1")
    record.themes.add(rights)
    PositionFactory(recommendation=record, speaker=alice)
    assert words in heading(client.get(f"{LIST}?{query}"))


def test_names_in_the_other_language_say_so(client):
    theme = ThemeFactory(published=True, slug="정보", name="", name_ko="정보의 자유")
    proposal("x-1").themes.add(theme)
    response = client.get(f"{LIST}?theme=정보")
    assert heading(response) == 'Recommendations on <span lang="ko">정보의 자유</span>'
    assert "<title>Recommendations on 정보의 자유 · Rapporteur</title>" in response.content.decode()


def test_edition_is_named_with_its_status(client):
    edition = WorkshopFactory(published=True, slug="twelfth", title="Mud in Policy")
    StatusChangeFactory(workshop=edition)
    proposal("x-1", workshop=edition)
    named = "Mud in Policy (Cancelled 2020-03)"
    response = client.get(f"{LIST}?workshop=twelfth")
    assert heading(response) == f"Recommendations from {named}"
    assert response.context["shown"].chips == [Chip("Edition", named, LIST)]


def test_facet_lists_what_matches_and_what_is_chosen(client, alice, rights):
    full("x-1", alice, rights)
    ThemeFactory(published=True, slug="silt", name="Silt")
    response = client.get(f"{LIST}?theme=silt&theme=unheard-of")
    (theme,) = [facet for facet in response.context["shown"].facets if facet.name == "theme"]
    assert [(value.value, str(value.label), value.count, value.selected) for value in theme.values] == [
        ("rights", "Mud and Rights", 1, False),
        ("silt", "Silt", 0, True),
        ("unheard-of", "“unheard-of”", 0, True),
    ]
    assert theme.values[0].toggle_url == "/recommendations/?theme=rights&theme=silt&theme=unheard-of"


def test_empty_selection_says_what_was_not_found_and_shows_ways_on(client, alice, rights):
    full("x-1", alice, rights)
    response = client.get(f"{LIST}?theme=rights&tag=nowhere")
    words = said(response)
    assert response.status_code == 200
    assert "Looked for: Recommendations on Mud and Rights with the keyword “nowhere”." in words
    assert "No public recommendation is listed under Keyword: “nowhere”." in words
    assert [(html.unescape(str(link.label)), link.url) for link in response.context["shown"].empty.links] == [
        ("Without Theme: Mud and Rights", "/recommendations/?tag=nowhere"),
        ("Without Keyword: “nowhere”", "/recommendations/?theme=rights"),
        ("All recommendations", "/recommendations/"),
    ]


def test_site_without_recommendations_says_so(client):
    response = client.get(LIST)
    assert "No recommendation has been published yet" in said(response)
    assert [link.url for link in response.context["shown"].empty.links] == [
        reverse("workshop-list"),
        reverse("speaker-list"),
    ]


def test_bad_day_is_ignored_with_a_sentence(client):
    proposal("x-1")
    response = client.get(f"{LIST}?as_of=yesterday")
    assert response.context["shown"].notes == [
        "“yesterday” is not a day such as 2024-06-30, so the list shows how things stand now."
    ]
    assert len(response.context["rows"]) == 1


def test_status_in_the_row_is_that_of_the_day(client, alice, rights):
    full("x-1", alice, rights)
    (row,) = client.get(f"{LIST}?as_of=2022-01-01").context["rows"]
    assert (row.status.slug, row.status.date) == ("not-assessed", None)


def test_switch_leads_to_either_side_and_is_shown_where_there_are_two(client):
    proposal("x-1")
    assert client.get(LIST).context["shown"].switch == []
    proposal("u-1", workshop=None, origin="un-mechanism", session="33rd", source_quote=None)
    switch = client.get(f"{LIST}?origin=talk&origin=document").context["shown"].switch
    assert [(side.label, side.count, side.url, side.selected) for side in switch] == [
        ("All", 2, "/recommendations/", False),
        ("Experts’ proposals", 1, "/recommendations/?origin=document&origin=talk", True),
        ("UN mechanisms and pledges", 1, "/recommendations/?origin=pledge&origin=un-mechanism", False),
    ]


@pytest.mark.parametrize(("size", "rows"), [("", 25), ("25", 25), ("50", 27), ("100", 27), ("7", 25), ("-1", 25)])
def test_page_length_is_one_of_three(client, size, rows):
    for number in range(27):
        proposal(f"x-{number:02d}")
    assert len(client.get(f"{LIST}?per_page={size}").context["rows"]) == rows


def test_pages_keep_the_selection(client):
    for number in range(60):
        proposal(f"x-{number:02d}", modality="must")
    pages = client.get(f"{LIST}?modality=must&page=2").context["pages"]
    assert (pages.previous_url, pages.next_url, pages.summary) == (
        "/recommendations/?modality=must",
        "/recommendations/?modality=must&page=3",
        "26–50 of 60",
    )


def test_form_carries_the_whole_selection_without_script(client, alice, rights):
    full("x-1", alice, rights)
    query = "?speaker=alice&theme=rights&tag=gone&q=drain&as_of=2024-06-30&sort=code&per_page=50"
    (form,) = [form for form in tree(client.get(f"{LIST}{query}")).iter("form") if "data-facets" in form.attrib]
    fields = {
        (field.get("name"), field.get("value"))
        for field in form.iter("input")
        if field.get("type") != "checkbox" or "checked" in field.attrib
    }
    fields |= {
        (select.get("name"), option.get("value"))
        for select in form.iter("select")
        for option in select.iter("option")
        if "selected" in option.attrib
    }
    assert (form.get("method"), form.get("action")) == ("get", LIST)
    assert fields == {
        ("speaker", "alice"),
        ("theme", "rights"),
        ("tag", "gone"),
        ("q", "drain"),
        ("as_of", "2024-06-30"),
        ("sort", "code"),
        ("per_page", "50"),
    }


def test_korean_list_stays_korean(client, rights):
    proposal("x-1").themes.add(rights)
    response = client.get("/ko/recommendations/?theme=rights")
    assert response.context["shown"].chips[0].remove_url == "/ko/recommendations/"
    assert [row.url for row in response.context["rows"]] == ["/ko/recommendations/x-1/"]


def test_page_is_kept_with_an_etag_and_sets_no_cookie(client):
    response = client.get(LIST)
    assert (response["Cache-Control"], len(response.cookies)) == ("public, no-cache", 0)
    assert client.get(LIST, headers={"If-None-Match": response["ETag"]}).status_code == 304


# PostgreSQL is told how long it may take, and what is better walked to: each is a statement of its own.
@pytest.mark.parametrize(
    ("query", "by_vendor"),
    [("", {"sqlite": 8, "postgresql": 13}), ("?theme=rights&speaker=alice", {"sqlite": 11, "postgresql": 14})],
)
def test_queries_do_not_grow_with_the_rows(client, django_assert_num_queries, alice, rights, query, by_vendor):
    queries = by_vendor[connection.vendor]
    full("x-1", alice, rights)
    freshness.flush()
    with django_assert_num_queries(queries):
        client.get(f"{LIST}{query}")
    full("x-2", alice, rights)
    record = full("x-3", alice, rights)
    PositionFactory(recommendation=record, speaker=SpeakerFactory(published=True), stance=Stance.OPPOSES)
    freshness.flush()
    with django_assert_num_queries(queries):
        client.get(f"{LIST}{query}")


@pytest.mark.parametrize(
    ("typed", "heading"),
    [
        ("mud", "with the words “mud”"),
        ('"wet mud"', "with the words “wet mud”"),
        ('"wet mud" -dry', 'with the words "wet mud" -dry'),
        ('"', 'with the words "'),
    ],
)
def test_heading_quotes_words_once(client, typed, heading):
    response = client.get("/recommendations/", {"q": typed})

    assert strip_tags(html.unescape(response.context["shown"].heading)).endswith(heading)
