"""The relations between records with pages: how each pair is made and tied.

A new foreign key or many-to-many gets its row in ``RELATIONS``, or a place in
``WITHOUT_A_PAGE``; a test in test_cross_links.py holds both complete.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from recommendations.models import Origin, Stance
from tests.factories import (
    AddresseeFactory,
    AffiliationFactory,
    DocumentFactory,
    FollowUpFactory,
    OrganisationFactory,
    PositionFactory,
    QuoteFactory,
    RecommendationFactory,
    ResponseFactory,
    SeriesFactory,
    SpeakerFactory,
    StatusChangeFactory,
    TalkFactory,
    TalkSpeakerFactory,
    ThemeFactory,
    TieFactory,
    WorkshopFactory,
    WorkshopThemeFactory,
)
from workshop.models import DocumentPerson, Scheme, ThemeMatch

# --- Drafts, each with a word that stands nowhere else ------------------------------------


def a_speaker(word):
    return SpeakerFactory(name=word)


def an_organisation(word):
    return OrganisationFactory(name=word)


def a_state(word):
    return OrganisationFactory(name=word, kind="state")


def a_document(word):
    return DocumentFactory(title=word)


def a_series(word):
    return SeriesFactory(name=word)


def an_edition(word):
    return WorkshopFactory(title=word)


def a_theme(word):
    return ThemeFactory(name=word)


def an_issue(word):
    return ThemeFactory(name=word, scheme=Scheme.UPR)


def a_talk(word):
    return TalkFactory(title=word, workshop=None)


def a_recommendation(word):
    return RecommendationFactory(
        statement=word, workshop=WorkshopFactory(published=True), source_quote=QuoteFactory(talk__published=True)
    )


# --- The ties -----------------------------------------------------------------------------


def set_field(name):
    def tie(left, right):
        setattr(left, name, right)
        left.save()

    return tie


def add_to(name):
    return lambda left, right: getattr(left, name).add(right)


def said_in_talk(left, right):
    left.source_quote = QuoteFactory(talk=right)
    left.save()


def printed_in_document(left, right):
    left.source_quote = QuoteFactory(talk=None, document=right)
    left.origin = Origin.DOCUMENT
    left.save()


def written_in_document(left, right):
    left.source_quote, left.source_document, left.origin = None, right, Origin.DOCUMENT
    left.save()


def answered(recommendation, document=None, organisation=None):
    organisation = organisation or OrganisationFactory(published=True)
    addressee = AddresseeFactory(recommendation=recommendation, organisation=organisation)
    ResponseFactory(addressee=addressee, source=document)


def an_answer_of(left, right):
    """The document tells what the organisation answered."""
    answered(RecommendationFactory(published=True), document=left, organisation=right)


def proposed_in_talk(left, right):
    PositionFactory(recommendation=left, speaker=SpeakerFactory(published=True), talk=right)


def supported_in_words_from(left, right):
    quote = QuoteFactory(talk=right)
    PositionFactory(recommendation=left, speaker=SpeakerFactory(published=True), stance=Stance.SUPPORTS, quote=quote)


@dataclass(frozen=True)
class Relation:
    """Two kinds of record, how they are tied, and the fields that this covers."""

    name: str
    left: Callable
    right: Callable
    tie: Callable
    fields: tuple[str, ...]


def relation(name, left, right, tie, *fields):
    return pytest.param(Relation(name, left, right, tie, fields), id=name)


RELATIONS = [
    relation(
        "affiliation",
        a_speaker,
        an_organisation,
        lambda left, right: AffiliationFactory(speaker=left, organisation=right),
        "Affiliation.speaker",
        "Affiliation.organisation",
    ),
    relation(
        "fellowship",
        a_speaker,
        an_organisation,
        lambda left, right: AffiliationFactory(
            speaker=left, organisation=OrganisationFactory(published=True), funder=right
        ),
        "Affiliation.funder",
    ),
    relation("part of", an_organisation, an_organisation, set_field("parent"), "Organisation.parent"),
    relation("country", an_organisation, a_state, set_field("country"), "Organisation.country"),
    relation("issuer", a_document, an_organisation, set_field("issued_by"), "Document.issued_by"),
    relation(
        "author",
        a_document,
        a_speaker,
        lambda left, right: DocumentPerson.objects.create(document=left, speaker=right),
        "DocumentPerson.document",
        "DocumentPerson.speaker",
    ),
    relation("host", a_series, an_organisation, add_to("hosts"), "Series.hosts"),
    relation("funder", a_series, an_organisation, add_to("funders"), "Series.funders"),
    relation("series", an_edition, a_series, set_field("series"), "Workshop.series"),
    relation("edition's document", an_edition, a_document, add_to("documents"), "Workshop.documents"),
    relation(
        "edition's theme",
        an_edition,
        a_theme,
        lambda left, right: WorkshopThemeFactory(workshop=left, theme=right),
        "WorkshopTheme.workshop",
        "WorkshopTheme.theme",
        "Workshop.themes",
    ),
    relation(
        "source of a change of plan",
        an_edition,
        a_document,
        lambda left, right: StatusChangeFactory(workshop=left, source=right),
        "StatusChange.workshop",
        "StatusChange.source",
    ),
    relation("wider theme", a_theme, a_theme, set_field("parent"), "Theme.parent"),
    relation(
        "matching theme",
        a_theme,
        an_issue,
        lambda left, right: ThemeMatch.objects.create(theme=left, match=right),
        "ThemeMatch.theme",
        "ThemeMatch.match",
        "Theme.matches",
    ),
    relation("talk's edition", a_talk, an_edition, set_field("workshop"), "Talk.workshop"),
    relation("talk's theme", a_talk, a_theme, add_to("themes"), "Talk.themes"),
    relation("talk's document", a_talk, a_document, add_to("documents"), "Talk.documents"),
    relation(
        "speaker in a talk",
        a_talk,
        a_speaker,
        lambda left, right: TalkSpeakerFactory(talk=left, speaker=right),
        "TalkSpeaker.talk",
        "TalkSpeaker.speaker",
    ),
    relation(
        "words of a speaker in a talk",
        a_talk,
        a_speaker,
        lambda left, right: QuoteFactory(talk=left, speaker=right),
        "Quote.talk",
        "Quote.speaker",
    ),
    relation(
        "words of a speaker in a document",
        a_document,
        a_speaker,
        lambda left, right: QuoteFactory(talk=None, document=left, speaker=right),
        "Quote.document",
    ),
    relation(
        "words of a talk printed in a document",
        a_talk,
        a_document,
        lambda left, right: QuoteFactory(talk=left, document=right),
    ),
    relation(
        "recommendation's edition", a_recommendation, an_edition, set_field("workshop"), "Recommendation.workshop"
    ),
    relation("made in a talk", a_recommendation, a_talk, said_in_talk, "Recommendation.source_quote"),
    relation("words printed in a document", a_recommendation, a_document, printed_in_document),
    relation(
        "made in a document", a_recommendation, a_document, written_in_document, "Recommendation.source_document"
    ),
    relation("part of an ask", a_recommendation, a_recommendation, set_field("parent"), "Recommendation.parent"),
    relation(
        "superseded", a_recommendation, a_recommendation, set_field("superseded_by"), "Recommendation.superseded_by"
    ),
    relation(
        "related",
        a_recommendation,
        a_recommendation,
        lambda left, right: TieFactory(recommendation=left, other=right),
        "Tie.recommendation",
        "Tie.other",
    ),
    relation("legal basis", a_recommendation, a_document, add_to("legal_basis"), "Recommendation.legal_basis"),
    relation("recommendation's theme", a_recommendation, a_theme, add_to("themes"), "Recommendation.themes"),
    relation(
        "addressee",
        a_recommendation,
        an_organisation,
        lambda left, right: AddresseeFactory(recommendation=left, organisation=right),
        "Addressee.recommendation",
        "Addressee.organisation",
        "Recommendation.addressed_to",
    ),
    relation(
        "proposer",
        a_recommendation,
        a_speaker,
        lambda left, right: PositionFactory(recommendation=left, speaker=right),
        "Position.recommendation",
        "Position.speaker",
    ),
    relation(
        "opponent",
        a_recommendation,
        a_speaker,
        lambda left, right: PositionFactory(recommendation=left, speaker=right, stance=Stance.OPPOSES),
    ),
    relation(
        "proposing body",
        a_recommendation,
        an_organisation,
        lambda left, right: PositionFactory(recommendation=left, speaker=None, organisation=right),
        "Position.organisation",
    ),
    relation("proposed in a talk", a_recommendation, a_talk, proposed_in_talk, "Position.talk"),
    relation("supported in words from a talk", a_recommendation, a_talk, supported_in_words_from, "Position.quote"),
    relation("source of a response", a_recommendation, a_document, answered, "Response.addressee", "Response.source"),
    relation("response of an organisation", a_document, an_organisation, an_answer_of),
    relation(
        "evidence of a follow-up",
        a_recommendation,
        a_document,
        lambda left, right: FollowUpFactory(published=True, recommendation=left, evidence=right),
        "FollowUp.recommendation",
        "FollowUp.evidence",
    ),
]

# Relations whose other end has no page of its own.
WITHOUT_A_PAGE = {
    "Speaker.portrait", "Workshop.hero", "Media.poster", "Media.talk", "Media.document", "Quote.media",
    "SpeakerName.speaker",
    "Recommendation.affected", "Recommendation.goals", "FollowUp.replaces", "StatusInterval.recommendation",
    "StatusInterval.follow_up", "ImportedRow.recommendation",
    # Keywords have tests of their own: tests/workshop/test_tags_pages.py.
    "Speaker.expertise", "Talk.tags", "Document.tags", "Recommendation.tags",
}  # fmt: skip
