"""How a recommendation is cited."""

import pytest

from tests.factories import (
    PositionFactory,
)
from tests.recommendations.facets import page, proposal

pytestmark = pytest.mark.django_db


def test_citation_names_who_may_be_named(client, record):
    PositionFactory(recommendation=record, attribution=1, affiliation="A diplomat")
    PositionFactory(recommendation=record, speaker=None, attribution=2)
    assert page(client, record).context["citation"] == (
        "Alice Marsh; A diplomat (2020): “Keep the mud” MT12-R01. Mud in Policy (Cancelled 2020-03). Rapporteur. "
        "http://testserver/recommendations/mt12-r01/"
    )


def test_citation_without_an_author_begins_with_the_statement(client):
    record = proposal("x-1", workshop=None, origin="pledge", session="1st", source_quote=None, statement="Keep <mud>")
    assert page(client, record).context["citation"] == (
        "“Keep &lt;mud&gt;” (2020) X-1. Rapporteur. http://testserver/recommendations/x-1/"
    )


def test_permanent_address_is_one_in_both_languages(client, record):
    response = client.get("/ko/recommendations/mt12-r01/")
    assert response.context["permanent_url"] == "http://testserver/recommendations/mt12-r01/"
    assert response.context["proposers"][0].url == "/ko/speakers/alice/"
