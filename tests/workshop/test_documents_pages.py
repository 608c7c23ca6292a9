"""Pages of documents: their words as far as we may print them, and all that rests on them."""

import datetime as dt
import re

import pytest

from recommendations.models import Status
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
)
from workshop.common.attribution import Attribution
from workshop.models import DocumentPerson

pytestmark = pytest.mark.django_db
LONG = " ".join(f"w{n}" for n in range(70))


@pytest.fixture
def report():
    return DocumentFactory(published=True, slug="report", title="Report", symbol="A/MUD/1", body="Paragraph one.")


def page(client):
    return client.get("/documents/report/")


def test_full_text_stays_in_house_unless_it_is_public(client, report):
    assert b"Paragraph one." not in page(client).content

    report.text_is_public = True
    report.save()

    assert b"<p>Paragraph one.</p>" in page(client).content


@pytest.mark.parametrize(("text_is_public", "last"), [(False, "w59 […]"), (True, "w69")])
def test_words_are_cut_where_the_text_is_not_public(client, report, text_is_public, last):
    report.text_is_public = text_is_public
    report.save()
    QuoteFactory(talk=None, document=report, exact=LONG)

    (quote,) = page(client).context["quotes"]

    assert quote.words.endswith(last)


def test_words_without_a_name_to_show_are_not_listed(client, report):
    alice = SpeakerFactory(published=True)
    QuoteFactory(talk=None, document=report, speaker=alice, exact="Secret", attribution=Attribution.NOT_ATTRIBUTED)

    assert b"Secret" not in page(client).content


def test_words_of_the_document_itself_are_listed_without_a_name(client, report):
    QuoteFactory(talk=None, document=report, speaker=None, exact="The commission finds")

    (quote,) = page(client).context["quotes"]

    assert (quote.words, quote.speaker) == ("The commission finds", None)


def test_recommendation_of_a_withheld_proposer_is_not_traced_to_it(client, report):
    words = QuoteFactory(talk=None, document=report, speaker=SpeakerFactory(published=True))
    proposal = RecommendationFactory(published=True, statement="Secret ask", origin="document", source_quote=words)
    PositionFactory(recommendation=proposal, speaker=words.speaker, attribution=Attribution.NOT_ATTRIBUTED)

    assert b"Secret ask" not in page(client).content


def test_follow_ups_say_when_they_were_corrected(client, report):
    proposal = RecommendationFactory(published=True, statement="Do it")
    first = FollowUpFactory(published=True, recommendation=proposal, evidence=report, summary="Begun")
    FollowUpFactory(published=True, recommendation=proposal, replaces=first, evidence=report, summary="Not begun")
    FollowUpFactory(recommendation=proposal, replaces=None, evidence=report, summary="A draft")

    shown = page(client).context["follow_ups"]

    assert [(str(one.summary), one.corrected, one.status.slug) for one in shown] == [
        ("Begun", True, Status.IN_PROGRESS),
        ("Not begun", False, Status.IN_PROGRESS),
    ]


def test_responses_name_who_answered_what(client, report):
    ministry = OrganisationFactory(published=True, name="Ministry")
    addressee = AddresseeFactory(
        recommendation=RecommendationFactory(published=True, statement="Do it"), organisation=ministry
    )
    ResponseFactory(addressee=addressee, source=report, words="We will see.", date=dt.date(2021, 1, 1))

    (answer,) = page(client).context["answers"]

    assert (str(answer.recommendation.label), str(answer.organisation.label), answer.label, str(answer.words)) == (
        "Do it",
        "Ministry",
        "Noted",
        "We will see.",
    )


def test_people_have_their_roles(client, report):
    DocumentPerson.objects.create(
        document=report, speaker=SpeakerFactory(published=True, name="Alice A"), role="chair"
    )
    DocumentPerson.objects.create(document=report, speaker=SpeakerFactory(name="Draft D"))

    people = page(client).context["people"]

    assert [(str(row.person.label), row.facts) for row in people] == [("Alice A", ["Chair"])]


def test_addresses_elsewhere_are_plain_links(client):
    DocumentFactory(
        published=True, slug="report", url="https://a.example.org/1", archived_url="https://b.example.org/1"
    )

    html = page(client).content.decode()

    assert re.findall(r'<a href="https://[^>]*>', html) == [
        '<a href="https://a.example.org/1" rel="noopener noreferrer">',
        '<a href="https://b.example.org/1" rel="noopener noreferrer">',
    ]


def test_list_groups_by_kind(client, report):
    DocumentFactory(published=True, kind="law", title="Act")
    DocumentFactory(kind="law", title="Draft act")

    kinds = client.get("/documents/").context["rows"]

    assert [(kind.label, [str(row.title.label) for row in kind.rows]) for kind in kinds] == [
        ("Report", ["Report"]),
        ("Law", ["Act"]),
    ]
