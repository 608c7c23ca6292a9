"""Pages of organisations: what is asked of them, what they answered, who belongs to them."""

import pytest

from recommendations.models import Origin, Stance
from tests.factories import (
    AddresseeFactory,
    AffiliationFactory,
    DocumentFactory,
    OrganisationFactory,
    PositionFactory,
    RecommendationFactory,
    ResponseFactory,
    SeriesFactory,
    SpeakerFactory,
    WorkshopFactory,
)
from workshop.common.attribution import Attribution

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry():
    return OrganisationFactory(published=True, slug="ministry", name="Ministry", kind="government-body")


def page(client):
    return client.get("/organisations/ministry/")


def test_list_groups_by_kind_and_counts_what_is_asked(client, ministry):
    OrganisationFactory(published=True, name="Elbonia", kind="state")
    OrganisationFactory(published=True, name="A Office", kind="government-body", parent=ministry)
    OrganisationFactory(name="Draft office", kind="ngo")
    for record in (RecommendationFactory(published=True), RecommendationFactory()):
        AddresseeFactory(recommendation=record, organisation=ministry)

    kinds = client.get("/organisations/").context["rows"]

    assert [
        (kind.label, [(str(row.link.label), row.count, str(row.note)) for row in kind.rows]) for kind in kinds
    ] == [
        ("State", [("Elbonia", None, "")]),
        ("Government body", [("A Office", None, "Ministry"), ("Ministry", 1, "")]),
    ]


def test_what_is_asked_of_it_does_not_name_it_again(client, ministry):
    alone, together = RecommendationFactory(published=True), RecommendationFactory(published=True)
    AddresseeFactory(recommendation=alone, organisation=ministry)
    AddresseeFactory(recommendation=together, organisation=ministry)
    AddresseeFactory(recommendation=together, organisation=OrganisationFactory(published=True, name="Other"))

    context = page(client).context

    assert [(row.pk, [str(link.label) for link in row.addressees]) for row in context["asked"]] == [
        (alone.pk, []),
        (together.pk, ["Ministry", "Other"]),
    ]
    assert (context["asked_count"], context["asked_url"]) == (2, "/recommendations/?addressee=ministry")


def test_what_it_proposes_and_where_it_stands(client, ministry):
    pledge = RecommendationFactory(
        published=True, workshop=None, code="pledge-1", origin=Origin.PLEDGE, source_quote=None, session="1"
    )
    PositionFactory(recommendation=pledge, speaker=None, organisation=ministry)
    doubted = RecommendationFactory(published=True)
    PositionFactory(recommendation=doubted, speaker=None, organisation=ministry, stance=Stance.DOUBTS)
    PositionFactory(
        recommendation=RecommendationFactory(published=True, statement="Secret ask"), speaker=None,
        organisation=ministry, attribution=Attribution.NOT_ATTRIBUTED,
    )  # fmt: skip

    response = page(client)

    assert [(row.pk, row.stance.slug) for row in response.context["takes"]] == [
        (doubted.pk, "doubts"),
        (pledge.pk, "proposes"),
    ]
    assert b"Secret ask" not in response.content


def test_what_it_answered(client, ministry):
    addressee = AddresseeFactory(
        recommendation=RecommendationFactory(published=True, statement="Do it"), organisation=ministry
    )
    ResponseFactory(
        addressee=addressee, answer="supported", words="Gladly.", source=DocumentFactory(title="Secret paper"),
        source_url="https://ministry.example.org/answer",
    )  # fmt: skip

    response = page(client)

    (answer,) = response.context["answers"]
    assert (str(answer.recommendation.label), answer.label, str(answer.words), answer.source, answer.source_url) == (
        "Do it",
        "Supported",
        "Gladly.",
        None,
        "https://ministry.example.org/answer",
    )
    assert b"Secret paper" not in response.content


def test_who_belongs_to_it_and_whom_it_pays(client, ministry):
    def member(name, **given):
        AffiliationFactory(speaker=SpeakerFactory(published=True, name=name), **given)

    member("Now N", organisation=ministry)
    member("Then T", organisation=ministry, current=False)
    member("Fellow F", organisation=OrganisationFactory(published=True, name="University"), funder=ministry)
    AffiliationFactory(speaker=SpeakerFactory(name="Draft D"), organisation=ministry)

    context = page(client).context

    assert {
        name: [(str(row.person.label), str(row.organisation.label)) for row in context[name]]
        for name in ("now", "then", "fellowships")
    } == {
        "now": [("Now N", "Ministry")],
        "then": [("Then T", "Ministry")],
        "fellowships": [("Fellow F", "University")],
    }


def test_series_it_holds_or_pays_bring_their_editions_once(client, ministry):
    series = SeriesFactory(published=True, name="Mud Talks")
    series.hosts.add(ministry)
    series.funders.add(ministry)
    WorkshopFactory(published=True, title="First", series=series)
    hidden = SeriesFactory()
    hidden.hosts.add(ministry)
    WorkshopFactory(published=True, title="Of a hidden series", series=hidden)

    context = page(client).context

    assert [str(link.label) for link in context["hosted"]] == ["Mud Talks"]
    assert [str(link.label) for link in context["funded"]] == ["Mud Talks"]
    assert [str(row.title.label) for row in context["editions"]] == ["First"]


def test_organisation_of_which_nothing_is_asked_says_so(client, ministry):
    assert b"No recommendation is addressed to it." in page(client).content
