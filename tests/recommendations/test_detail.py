"""The page of one recommendation."""

import pytest

from recommendations.models import Stance, StatusInterval
from tests.factories import (
    AddresseeFactory,
    DocumentFactory,
    FollowUpFactory,
    OrganisationFactory,
    PositionFactory,
    QuoteFactory,
    RecommendationFactory,
    ResponseFactory,
    SpeakerFactory,
    ThemeFactory,
    TieFactory,
)
from tests.recommendations.facets import page, proposal
from workshop.search import freshness

pytestmark = pytest.mark.django_db


def test_hidden_records_are_not_in_the_page(client, record):
    hidden = {
        "parent": RecommendationFactory(code="secret-p", statement="Secret whole"),
        "superseded_by": RecommendationFactory(code="secret-s", statement="Secret successor"),
    }
    for name, other in hidden.items():
        setattr(record, name, other)
    record.save()
    RecommendationFactory(code="secret-c", statement="Secret part", parent=record)
    RecommendationFactory(code="secret-o", statement="Secret elder", superseded_by=record)
    record.themes.add(ThemeFactory(name="Secret subject"))
    record.legal_basis.add(DocumentFactory(title="Secret law"))
    AddresseeFactory(recommendation=record, organisation=OrganisationFactory(name="Secret body"))
    FollowUpFactory(recommendation=record, summary="Secret happening")
    PositionFactory(recommendation=record, speaker=SpeakerFactory(name="Secret person"), stance=Stance.OPPOSES)
    text = page(client, record).content.decode()
    assert "ecret" not in text


def test_relatives_lead_to_one_another(client, record, talk):
    part = proposal("mt12-r02", workshop=talk.workshop, parent=record, statement="Name the mud")
    old = proposal("mt12-r03", workshop=talk.workshop, superseded_by=record, statement="Look at mud")
    law = DocumentFactory(published=True, slug="mud-act")
    record.legal_basis.add(law)
    whole, parts, elder = page(client, record).context, page(client, part).context, page(client, old).context
    assert [(row.code, row.part_of) for row in whole["children"]] == [("MT12-R02", None)]
    assert [(link.code, link.url) for link in parts["parents"]] == [("MT12-R01", "/recommendations/mt12-r01/")]
    [superseded] = whole["relatives"]
    assert (superseded.title, [link.code for link in superseded.links]) == ("Supersedes", ["MT12-R03"])
    assert elder["superseded_by"].code == "MT12-R01"
    assert "Superseded by MT12-R01:" in page(client, old).content.decode()
    assert [row.title.url for row in whole["legal_basis"]] == ["/documents/mud-act/"]


@pytest.mark.parametrize("prefix", ["", "/ko"])
def test_code_in_another_case_leads_to_the_record(client, record, prefix):
    response = client.get(f"{prefix}/recommendations/MT12-R01/")
    assert (response.status_code, response["Location"]) == (301, f"{prefix}/recommendations/mt12-r01/")


def test_code_in_another_case_leads_to_what_is_gone(client):
    RecommendationFactory(withdrawn=True, code="x-1")
    assert client.get("/recommendations/X-1/")["Location"] == "/recommendations/x-1/"
    assert client.get("/recommendations/x-1/").status_code == 410


@pytest.mark.parametrize("code", ["x-1", "X-1", "y-1", "Y-1"])
def test_draft_looks_like_nothing(client, code):
    RecommendationFactory(code="x-1", statement="Secret")
    response = client.get(f"/recommendations/{code}/")
    assert response.status_code == 404
    assert "Secret" not in response.content.decode()


def test_queries_do_not_grow_with_what_hangs_on_it(client, django_assert_num_queries, record, talk):
    def grow():
        body = OrganisationFactory(published=True)
        ResponseFactory(addressee=AddresseeFactory(recommendation=record, organisation=body))
        quote = QuoteFactory(talk__published=True, speaker=SpeakerFactory(published=True))
        PositionFactory(
            recommendation=record, speaker=quote.speaker, stance=Stance.DOUBTS, quote=quote, talk=quote.talk
        )
        FollowUpFactory(published=True, recommendation=record, evidence=DocumentFactory(published=True))
        record.themes.add(ThemeFactory(published=True))
        record.tags.add("envoy")
        part = proposal(f"part-{record.children.count()}", parent=record, workshop=talk.workshop)
        TieFactory(recommendation=record, other=part)
        StatusInterval.objects.rebuild(record)
        freshness.flush()  # as the action that writes it would

    grow()
    page(client, record)  # the content types are asked for once in a process
    with django_assert_num_queries(28):
        page(client, record)
    grow()
    grow()
    with django_assert_num_queries(28):
        page(client, record)
