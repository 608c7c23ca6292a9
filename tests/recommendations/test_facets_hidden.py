"""What is not public, or not attributed, is in no count, label or list, and looks like what does not exist."""

import pytest

from recommendations.models import Stance
from tests.factories import (
    AddresseeFactory,
    OrganisationFactory,
    PositionFactory,
    QuoteFactory,
    RecommendationFactory,
    ResponseFactory,
    SpeakerFactory,
    TalkSpeakerFactory,
    ThemeFactory,
    WorkshopFactory,
)
from tests.recommendations.facets import ask, codes, counts, proposal
from workshop.common.attribution import Attribution

pytestmark = pytest.mark.django_db
FATES = [{}, {"withdrawn": True}]


@pytest.mark.parametrize("fate", FATES, ids=["draft", "withdrawn"])
def test_values_that_are_not_public_are_in_no_count(fate):
    record = proposal("x-1", workshop=WorkshopFactory(slug="edition", **fate))
    PositionFactory(recommendation=record, speaker=SpeakerFactory(slug="alice", **fate))
    body = OrganisationFactory(slug="elbonia", **fate)
    PositionFactory(recommendation=record, speaker=None, organisation=body)
    ResponseFactory(addressee=AddresseeFactory(recommendation=record, organisation=body), answer="noted")
    record.themes.add(ThemeFactory(slug="rights", **fate))
    none = {"-none": 1}
    facets = ("speaker", "proposer", "addressee", "theme", "workshop", "response", "stance")
    assert {facet: counts(facet) for facet in facets} == dict.fromkeys(facets, none)
    hidden = ("speaker=alice", "proposer=alice", "proposer=org:elbonia", "addressee=elbonia", "theme=rights")
    assert [codes(query) for query in (*hidden, "workshop=edition", "response=noted", "stance=proposes")] == [[]] * 8


@pytest.mark.parametrize("fate", FATES, ids=["draft", "withdrawn"])
def test_recommendations_that_are_not_public_are_in_no_count(fate):
    alice, body = SpeakerFactory(published=True), OrganisationFactory(published=True)
    record = RecommendationFactory(code="x-1", **fate)
    PositionFactory(recommendation=record, speaker=alice)
    ResponseFactory(addressee=AddresseeFactory(recommendation=record, organisation=body))
    record.themes.add(ThemeFactory(published=True))
    record.tags.add("law")
    answer = ask()
    assert (answer.ids, answer.total) == ((), 0)
    assert not any(answer.counts.values())


@pytest.mark.parametrize("level", [Attribution.AFFILIATION_ONLY, Attribution.NOT_ATTRIBUTED])
def test_withheld_position_is_under_no_name(level):
    alice = SpeakerFactory(published=True, slug="alice")
    PositionFactory(recommendation=proposal("x-1"), speaker=alice, attribution=level, affiliation="A diplomat")
    for query in ("speaker=alice", "proposer=alice", "speaker=alice&stance=proposes"):
        assert codes(query) == []
    assert counts("speaker") == counts("proposer") == {"-none": 1}
    assert counts("speaker", "stance=proposes") == {"-none": 1}
    assert counts("stance", "speaker=alice") == {}


def test_withheld_body_is_under_no_name():
    body = OrganisationFactory(published=True, slug="elbonia")
    PositionFactory(
        recommendation=proposal("x-1"), speaker=None, organisation=body, attribution=Attribution.NOT_ATTRIBUTED
    )
    assert codes("proposer=org:elbonia") == []
    assert counts("proposer") == {"-none": 1}


def test_name_withheld_in_the_talk_is_withheld_in_the_facets():
    alice = SpeakerFactory(published=True, slug="alice")
    quote = QuoteFactory(talk__published=True, speaker=alice)
    TalkSpeakerFactory(talk=quote.talk, speaker=alice, attribution=Attribution.NOT_ATTRIBUTED)
    PositionFactory(recommendation=proposal("x-1", source_quote=quote), speaker=alice, quote=quote, talk=quote.talk)
    assert codes("speaker=alice") == codes("proposer=alice") == []
    assert counts("speaker") == {"-none": 1}


def page(client, slug, query):
    """The list with a slug chosen, the slug itself taken out."""
    response = client.get("/recommendations/", {key: slug if value == "?" else value for key, value in query.items()})
    return response.status_code, response.content.decode().replace(slug, "?")


@pytest.mark.parametrize("query", [{"speaker": "?"}, {"proposer": "?"}, {"speaker": "?", "stance": "opposes"}])
def test_hidden_names_look_like_unknown_ones(client, query):
    """Of one length, so that nothing but the value itself can differ."""
    record = proposal("x-1")
    withheld = SpeakerFactory(published=True, slug="withheld", name="Alice Marsh")
    draft = SpeakerFactory(slug="drafted1", name="Bob Fen")
    PositionFactory(recommendation=record, speaker=SpeakerFactory(published=True), stance=Stance.OPPOSES)
    PositionFactory(recommendation=record, speaker=withheld, attribution=Attribution.NOT_ATTRIBUTED)
    PositionFactory(recommendation=record, speaker=draft)
    unknown = page(client, "nobody12", query)
    assert unknown[0] == 200
    assert page(client, "withheld", query) == page(client, "drafted1", query) == unknown


@pytest.mark.parametrize(
    ("facet", "factory", "names"),
    [
        ("theme", ThemeFactory, {"name": "Secret subject"}),
        ("addressee", OrganisationFactory, {"name": "Secret body"}),
        ("workshop", WorkshopFactory, {"title": "Secret meeting"}),
    ],
)
def test_hidden_records_look_like_unknown_ones(client, facet, factory, names):
    factory(slug="hidden12", **names)
    assert page(client, "hidden12", {facet: "?"}) == page(client, "nobody12", {facet: "?"})


def test_keyword_of_hidden_records_looks_like_an_unknown_one(client):
    RecommendationFactory(code="x-1").tags.add("Secret matter")
    chosen, unknown = page(client, "secret-matter", {"tag": "?"}), page(client, "nothing-at-a", {"tag": "?"})
    assert chosen == unknown
