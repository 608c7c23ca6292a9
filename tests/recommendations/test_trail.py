"""The provenance trail: every step a link, none that would tell a withheld name."""

import datetime as dt

import pytest

from recommendations.models import Stance
from tests.factories import (
    AddresseeFactory,
    DocumentFactory,
    FollowUpFactory,
    OrganisationFactory,
    PositionFactory,
    QuoteFactory,
    ResponseFactory,
    SpeakerFactory,
)
from tests.recommendations.facets import page, proposal

pytestmark = pytest.mark.django_db


def steps(response):
    """The trail: kind and state of each step, with where its links lead."""
    return [(step.kind, step.state, [item.link.url for item in step.items]) for step in response.context["trail"]]


def test_trail_leads_from_the_edition_to_what_became_of_it(client, record):
    body = OrganisationFactory(published=True, slug="ministry", name="Ministry of Mud")
    report = DocumentFactory(published=True, slug="report")
    ResponseFactory(
        addressee=AddresseeFactory(recommendation=record, organisation=body, inferred=True),
        words="We take note.",
        source=report,
        source_url="https://ministry.example.org/answer",
        date=dt.date(2021, 3, 1),
    )
    FollowUpFactory(published=True, recommendation=record)
    response = page(client, record)
    assert steps(response) == [
        ("Edition", "", ["/workshops/twelfth/"]),
        ("Talk", "", ["/talks/why-mud/"]),
        ("Exact words", "", []),
        ("Recommendation", "here", ["/recommendations/mt12-r01/"]),
        ("Addressed to", "", ["/organisations/ministry/"]),
        ("Response", "", ["/organisations/ministry/"]),
        ("What became of it", "", ["#follow-ups"]),
    ]
    edition, talk, words, _here, asked, answer, _after = response.context["trail"]
    assert [change.label for change in edition.items[0].link.changes] == ["Cancelled 2020-03"]
    assert [(link.label.value, link.url) for link in talk.items[0].people] == [("Alice Marsh", "/speakers/alice/")]
    assert (words.quote.words, words.quote.speaker.url) == ("Mud must be kept", "/speakers/alice/")
    assert asked.items[0].facts == ["inferred by the editor"]
    (said,) = answer.items
    assert (said.facts, said.text.value, str(said.date)) == (["Noted"], "We take note.", "1 March 2021")
    assert [link.url for link in said.sources] == ["/documents/report/", "https://ministry.example.org/answer"]


def test_trail_says_what_is_not_known(client, record):
    assert steps(page(client, record))[-3:] == [
        ("Addressed to", "none", []),
        ("Response", "none", []),
        ("What became of it", "none", []),
    ]


def test_paraphrase_is_called_one(client, record):
    record.source_quote.paraphrase = True
    record.source_quote.save()
    assert steps(page(client, record))[2] == ("Paraphrase", "", [])
    assert "Paraphrase, not the exact words." in page(client, record).content.decode()


def test_trail_of_one_from_a_document_names_the_document(client):
    report = DocumentFactory(published=True, slug="report", symbol="A/MUD/1")
    record = proposal("x-1", origin="document", source_quote=None, source_document=report)
    assert steps(page(client, record))[1] == ("Document", "", ["/documents/report/"])


def test_trail_of_one_from_the_un_names_the_session(client):
    record = proposal(
        "u-1", workshop=None, origin="un-mechanism", session="33rd session", symbol="A/HRC/42/10", source_quote=None
    )
    (first, *_) = page(client, record).context["trail"]
    assert (first.kind, str(first.text)) == ("A UN mechanism", "33rd session · A/HRC/42/10")


def test_source_of_a_withheld_proposer_is_left_out(client, record, talk, alice):
    report = DocumentFactory(published=True, slug="report")
    record.source_quote.document = report
    record.source_quote.save()
    bob = SpeakerFactory(published=True, name="Bob Fen")
    PositionFactory(recommendation=record, speaker=bob, attribution=1, affiliation="A diplomat", talk=talk)
    PositionFactory(
        recommendation=record,
        speaker=SpeakerFactory(published=True),
        stance=Stance.SUPPORTS,
        talk=talk,
        quote=QuoteFactory(talk=talk, exact="So say I"),
    )
    response = page(client, record)
    text = response.content.decode()
    assert [kind for kind, _, _ in steps(response)] == [
        "Edition",
        "Recommendation",
        "Addressed to",
        "Response",
        "What became of it",
    ]
    leaks = ("Bob Fen", "/talks/why-mud/", "Why Mud", "Mud must be kept", "So say I", "/documents/report/", "quote-")
    assert [leak for leak in leaks if leak in text] == []
    assert "A diplomat" in text
