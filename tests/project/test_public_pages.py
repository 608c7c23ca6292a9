"""What every public page holds to, whatever it shows: absence, old addresses, odd questions, constant queries."""

import pytest

from speakers.views.people import SpeakerList
from tests.factories import (
    DocumentFactory,
    OrganisationFactory,
    SeriesFactory,
    SpeakerFactory,
    TalkFactory,
    ThemeFactory,
    WorkshopFactory,
)
from tests.factories.world import linked_world
from tests.pages import indexes, korean, one_of_each
from workshop.actions import withdraw

pytestmark = pytest.mark.django_db

SLUGGED = [
    pytest.param(factory, segment, id=segment)
    for factory, segment in [
        (WorkshopFactory, "workshops"),
        (SeriesFactory, "series"),
        (TalkFactory, "talks"),
        (SpeakerFactory, "speakers"),
        (OrganisationFactory, "organisations"),
        (ThemeFactory, "themes"),
        (DocumentFactory, "documents"),
    ]
]

ODD = [
    "page=%00",
    "page=1%00",
    "q=%F0%9F%92%A9&page=",
    "%ED%A0%80=%FF",
    "a[]=1&a[]=2&&&=",
    "page=1&page=2'--",
    "speaker=" + "x" * 3000,
]


@pytest.mark.parametrize(("factory", "segment"), SLUGGED)
def test_draft_page_is_the_404_of_what_does_not_exist(factory, segment, client):
    factory(slug="one")

    draft, nothing = client.get(f"/{segment}/one/"), client.get(f"/{segment}/two/")

    assert (draft.status_code, nothing.status_code) == (404, 404)
    assert draft.content.replace(b"/one/", b"/two/") == nothing.content
    assert dict(draft.headers).keys() == dict(nothing.headers).keys()


@pytest.mark.parametrize(("factory", "segment"), SLUGGED)
@pytest.mark.parametrize(
    ("kind", "title_stays"), [("error", True), ("superseded", True), ("request", False), ("safety", False)]
)
def test_withdrawn_page_says_so_and_keeps_its_title_unless_it_must_not(factory, segment, kind, title_stays, client):
    record = factory(published=True, slug="one", **{factory._meta.model.slug_from: "Quagmire"})
    withdraw(record=record, kind=kind)

    response = client.get(f"/{segment}/one/")

    assert response.status_code == 410
    assert ("Quagmire" in response.content.decode()) is title_stays
    assert response["Cache-Control"] == "public, no-cache"


@pytest.mark.parametrize(("factory", "segment"), SLUGGED)
def test_old_address_leads_to_the_new_one_in_the_same_language(factory, segment, client):
    record = factory(published=True, slug="old")
    record.slug = "new"
    record.save()

    answers = [client.get(f"/{segment}/old/"), client.get(f"/ko/{segment}/old/")]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (301, f"/{segment}/new/"),
        (301, f"/ko/{segment}/new/"),
    ]


@pytest.mark.parametrize(("factory", "segment"), SLUGGED)
def test_old_address_of_a_draft_is_404(factory, segment, client):
    record = factory(slug="old")
    record.slug = "new"
    record.save()

    assert client.get(f"/{segment}/old/").status_code == 404


def test_slug_may_be_hangul(client):
    SpeakerFactory(published=True, name="", name_ko="백태웅", slug="백태웅")

    assert client.get("/speakers/백태웅/").status_code == 200


@pytest.mark.parametrize("query", ODD)
def test_odd_query_string_is_harmless_on_every_page(query, client):
    linked_world()

    answers = {page: client.get(f"{page}?{query}").status_code for page in [*one_of_each(), *korean(indexes())]}

    assert {page: status for page, status in answers.items() if status not in {200, 404}} == {}


def test_unknown_parameter_changes_nothing(client):
    linked_world()

    for page in one_of_each():
        assert client.get(f"{page}?utm_source=letter").content == client.get(page).content


# All themes stand on one page.
@pytest.mark.parametrize(("factory", "segment"), [row for row in SLUGGED if row.id != "themes"])
def test_index_is_cut_into_pages_and_past_the_end_is_404(factory, segment, client, monkeypatch):
    factory.create_batch(3, published=True)
    view = client.get(f"/{segment}/").context["view"]
    monkeypatch.setattr(type(view), "paginate_by", 2)

    first, last = client.get(f"/{segment}/").context["pages"], client.get(f"/{segment}/?page=2").context["pages"]

    assert (first.previous_url, first.next_url, first.summary) == ("", "?page=2", "1–2 of 3")
    assert (last.previous_url, last.next_url, last.summary) == ("?page=1", "", "3–3 of 3")
    assert [client.get(f"/{segment}/?page={page}").status_code for page in ("3", "0", "-1", "x")] == [404] * 4


def test_second_page_of_an_index_is_a_page_of_its_own(client, monkeypatch, settings):
    settings.SITE_URL = "https://mud.example.org"
    SpeakerFactory.create_batch(2, published=True)
    monkeypatch.setattr(SpeakerList, "paginate_by", 1)

    canonical = [
        client.get(address).context["site"].canonical for address in ("/speakers/?page=1&x=y", "/speakers/?page=2")
    ]

    assert canonical == ["https://mud.example.org/speakers/", "https://mud.example.org/speakers/?page=2"]


def test_page_without_words_is_described_by_its_name(client):
    SpeakerFactory(published=True, slug="one", name="Alice <Marsh>")

    assert '<meta name="description" content="Alice &lt;Marsh&gt;">' in client.get("/speakers/one/").content.decode()


@pytest.mark.parametrize(
    "address",
    ["/workshops/", "/series/", "/talks/", "/speakers/", "/organisations/", "/themes/", "/documents/", "/tags/"],
)
def test_empty_index_says_so_and_shows_a_way_on(address, client):
    html = client.get(address).content.decode()

    assert html.count('class="empty"') == 1
    assert '<ul class="empty-ways"><li><a href="/' in html
