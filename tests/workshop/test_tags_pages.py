"""Keywords: there for readers while a public record carries them, and counting only such."""

import pytest

from tests.factories import DocumentFactory, RecommendationFactory, SpeakerFactory, TalkFactory, WorkshopFactory
from workshop.actions import withdraw
from workshop.common.text import Text
from workshop.views import tags

pytestmark = pytest.mark.django_db

CARRIERS = [
    pytest.param(factory, field, name, id=name)
    for factory, field, name in [
        (RecommendationFactory, "tags", "proposals"),
        (TalkFactory, "tags", "talks"),
        (DocumentFactory, "tags", "documents"),
        (SpeakerFactory, "expertise", "people"),
    ]
]


@pytest.mark.parametrize(("factory", "field", "name"), CARRIERS)
def test_keyword_lists_what_carries_it(client, factory, field, name):
    record = factory(published=True)
    getattr(record, field).add("Wet Lands")

    response = client.get("/tags/wet-lands/")

    counts = {key: response.context[key].count for key in ("talks", "documents", "people")}
    counts["proposals"] = len(response.context["proposals"])
    assert counts == {"proposals": 0, "talks": 0, "documents": 0, "people": 0} | {name: 1}
    assert f'href="{record.get_absolute_url()}"'.encode() in response.content
    assert 'href="/tags/wet-lands/"' in client.get(record.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("factory", "field", "name"), CARRIERS)
def test_keyword_of_hidden_records_does_not_exist(client, factory, field, name):
    getattr(factory(), field).add("Wet Lands")
    withdrawn = factory(published=True)
    getattr(withdrawn, field).add("Wet Lands")
    withdraw(record=withdrawn, kind="error")

    hidden, unknown = client.get("/tags/wet-lands/"), client.get("/tags/wet-hands/")

    assert (hidden.status_code, unknown.status_code) == (404, 404)
    assert hidden.content.replace(b"/wet-lands/", b"/wet-hands/") == unknown.content
    assert client.get("/tags/").context["rows"] == []


def test_list_counts_public_records_of_every_kind(client):
    TalkFactory(published=True).tags.add("mud")
    SpeakerFactory(published=True).expertise.add("mud", "진흙")
    RecommendationFactory().tags.add("mud")
    TalkFactory(state="published", first_published_at="2020-01-01T00:00Z", workshop=WorkshopFactory()).tags.add("mud")

    rows = client.get("/tags/").context["rows"]

    assert [(row.link.label, row.link.url, row.count) for row in rows] == [
        (Text("mud", "en"), "/tags/mud/", 2),
        (Text("진흙", "ko"), "/tags/%EC%A7%84%ED%9D%99/", 1),
    ]


def test_keyword_without_letters_is_a_word_without_a_page(client):
    talk = TalkFactory(published=True, slug="talk")
    talk.tags.add("!!!")

    html = client.get("/talks/talk/").content.decode()

    assert "<li>!!!</li>" in html
    assert client.get("/tags/").status_code == 200


def test_many_carriers_of_a_kind_have_pages(client, monkeypatch):
    monkeypatch.setattr(tags, "SHOWN", 2)
    talks = [TalkFactory(published=True, title=f"Talk {number}") for number in range(3)]
    for talk in talks:
        talk.tags.add("mud")
    DocumentFactory(published=True).tags.add("mud")

    whole, second = client.get("/tags/mud/"), client.get("/tags/mud/?kind=talks&page=2")

    shown, rest = whole.context["talks"], second.context["talks"]
    assert (len(shown.rows), shown.count, shown.more_url) == (2, 3, "/tags/mud/?kind=talks")
    assert '<a href="/tags/mud/?kind=talks">All 3</a>' in whole.content.decode()
    assert (len(rest.rows), rest.pages.previous_url, rest.more_url) == (1, "/tags/mud/?kind=talks", "")
    assert {row.pk for row in shown.rows + rest.rows} == {talk.pk for talk in talks}
    assert second.context["documents"].rows == []
    assert '<link rel="canonical" href="http://testserver/tags/mud/?kind=talks&amp;page=2">' in second.content.decode()


@pytest.mark.parametrize("query", ["kind=talks&page=2", "kind=talks&page=0", "kind=people", "kind=talks&page=x"])
def test_pages_of_carriers_that_do_not_exist_are_not_found(client, query):
    TalkFactory(published=True).tags.add("mud")
    assert client.get(f"/tags/mud/?{query}").status_code == 404


def test_unknown_kind_of_carrier_is_passed_over(client):
    TalkFactory(published=True).tags.add("mud")
    assert client.get("/tags/mud/?kind=cakes&page=7").context["talks"].count == 1
