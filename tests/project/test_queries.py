"""Public pages ask the same number of queries for one of everything and for three."""

import pytest
from django.contrib.contenttypes.models import ContentType

from recommendations.models import Origin, Stance
from tests.factories import (
    AddresseeFactory,
    AffiliationFactory,
    DocumentFactory,
    FollowUpFactory,
    ImageFactory,
    MediaFactory,
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
    WorkshopFactory,
    WorkshopThemeFactory,
)
from workshop.models import DocumentPerson, Scheme, ThemeMatch
from workshop.search import freshness

pytestmark = pytest.mark.django_db


def an_organisation():
    return OrganisationFactory(published=True, parent=OrganisationFactory(published=True))


def a_document():
    document = DocumentFactory(published=True, issued_by=an_organisation())
    document.tags.add("wetlands")
    return document


def a_speaker():
    speaker = SpeakerFactory(published=True, portrait=ImageFactory(published=True))
    speaker.expertise.add("wetlands")
    return speaker


def an_edition(**given):
    series = given.pop("series", None) or SeriesFactory(published=True)
    edition = WorkshopFactory(published=True, series=series, **given)
    StatusChangeFactory(workshop=edition, source=a_document())
    return edition


def a_talk(edition=None, speaker=None, theme=None):
    talk = TalkFactory(published=True, workshop=edition or an_edition(), key_message="It matters.")
    TalkSpeakerFactory(talk=talk, speaker=speaker or a_speaker())
    MediaFactory(talk=talk, poster=ImageFactory(published=True))
    talk.themes.add(theme or ThemeFactory(published=True))
    talk.documents.add(a_document())
    talk.tags.add("wetlands")
    return talk


def a_proposal(edition=None, speaker=None, theme=None, addressee=None, talk=None, stance=Stance.PROPOSES):
    talk = talk or a_talk(edition)
    proposal = RecommendationFactory(
        published=True, workshop=edition or an_edition(), source_quote=QuoteFactory(talk=talk, speaker=speaker)
    )
    PositionFactory(recommendation=proposal, speaker=speaker or a_speaker(), stance=stance)
    PositionFactory(recommendation=proposal, speaker=a_speaker(), stance=Stance.SUPPORTS)
    addressed = AddresseeFactory(recommendation=proposal, organisation=addressee or an_organisation())
    ResponseFactory(addressee=addressed, source=a_document())
    FollowUpFactory(published=True, recommendation=proposal).fate_changed()
    proposal.themes.add(theme or ThemeFactory(published=True))
    proposal.tags.add("wetlands")
    return proposal


# --- Each builds a page with ``number`` of everything and answers its address --------------


def home(number):
    for _ in range(number):
        a_proposal()
    return "/"


def index_of(make):
    def build(number):
        records = [make() for _ in range(number)]
        return records[0].get_absolute_url().rsplit("/", 2)[0] + "/"

    return build


def edition(number):
    host = SeriesFactory(published=True)
    for _ in range(number):
        host.hosts.add(an_organisation())
    record = an_edition(series=host, hero=ImageFactory(published=True))
    for _ in range(number):
        theme = WorkshopThemeFactory(workshop=record, theme=ThemeFactory(published=True)).theme
        StatusChangeFactory(workshop=record, source=a_document())
        record.documents.add(a_document())
        a_proposal(edition=record, theme=theme, talk=a_talk(record, theme=theme))
    return record.get_absolute_url()


def series(number):
    record = SeriesFactory(published=True)
    for _ in range(number):
        record.hosts.add(an_organisation())
        an_edition(series=record)
    return record.get_absolute_url()


def talk(number):
    record = a_talk()
    for _ in range(number):
        TalkSpeakerFactory(talk=record, speaker=a_speaker())
        QuoteFactory(talk=record, document=a_document(), speaker=a_speaker())
        MediaFactory(talk=record, poster=ImageFactory(published=True))
        record.documents.add(a_document())
        a_proposal(talk=record)
        PositionFactory(recommendation=a_proposal(), speaker=a_speaker(), stance=Stance.DOUBTS, talk=record)
    return record.get_absolute_url()


def speaker(number):
    record = a_speaker()
    for _ in range(number):
        AffiliationFactory(speaker=record, organisation=an_organisation(), funder=an_organisation())
        DocumentPerson.objects.create(document=a_document(), speaker=record)
        a_proposal(speaker=record, talk=a_talk(speaker=record))
        a_proposal(speaker=record, stance=Stance.OPPOSES)
    return record.get_absolute_url()


def organisation(number):
    record = an_organisation()
    for _ in range(number):
        AffiliationFactory(speaker=a_speaker(), organisation=record)
        AffiliationFactory(speaker=a_speaker(), organisation=an_organisation(), funder=record)
        OrganisationFactory(published=True, parent=record)
        host = SeriesFactory(published=True)
        host.hosts.add(record)
        an_edition(series=host)
        DocumentFactory(published=True, issued_by=record)
        proposal = a_proposal(addressee=record)
        PositionFactory(recommendation=proposal, speaker=None, organisation=record)
    return record.get_absolute_url()


def theme(number):
    record = ThemeFactory(published=True)
    for _ in range(number):
        ThemeFactory(published=True, parent=record)
        match = ThemeFactory(published=True, scheme=Scheme.UPR)
        ThemeMatch.objects.create(theme=record, match=match)
        asked = RecommendationFactory(
            published=True,
            workshop=None,
            code=f"{match.slug}-r1",
            origin=Origin.PLEDGE,
            source_quote=None,
            session="1",
        )
        asked.themes.add(match)
        WorkshopThemeFactory(workshop=an_edition(), theme=record)
        a_proposal(theme=record, talk=a_talk(theme=record))
    return record.get_absolute_url()


def document(number):
    record = a_document()
    for _ in range(number):
        DocumentPerson.objects.create(document=record, speaker=a_speaker())
        MediaFactory(talk=None, document=record)
        a_talk().documents.add(record)
        an_edition().documents.add(record)
        StatusChangeFactory(workshop=an_edition(), source=record)
        proposal = a_proposal()
        proposal.legal_basis.add(record)
        FollowUpFactory(published=True, recommendation=proposal, evidence=record)
        ResponseFactory(addressee=proposal.addressees.get(), source=record)
        words = QuoteFactory(talk=None, document=record, speaker=a_speaker())
        RecommendationFactory(
            published=True, workshop=proposal.workshop, origin=Origin.DOCUMENT, source_quote=words
        ).themes.add(ThemeFactory(published=True))
    return record.get_absolute_url()


def tag(number):
    for _ in range(number):
        a_proposal()
    return "/tags/wetlands/"


def tags(number):
    tag(number)
    return "/tags/"


@pytest.mark.parametrize(
    ("build", "queries"),
    [
        pytest.param(build, queries, id=name)
        for name, build, queries in [
            ("home", home, 18),
            ("editions", index_of(an_edition), 5),
            ("all series", index_of(lambda: an_edition().series), 4),
            ("talks", index_of(a_talk), 9),
            ("speakers", index_of(lambda: a_proposal().positions.first().speaker), 8),
            ("organisations", index_of(an_organisation), 6),
            ("themes", index_of(lambda: a_proposal().themes.get()), 4),
            ("documents", index_of(a_document), 4),
            ("tags", tags, 10),
            ("edition", edition, 29),
            ("series", series, 5),
            ("talk", talk, 20),
            ("speaker", speaker, 36),
            ("organisation", organisation, 36),
            ("theme", theme, 29),
            ("document", document, 42),
            ("tag", tag, 22),
        ]
    ],
)
@pytest.mark.parametrize("number", [1, 3])
def test_page_asks_a_constant_number_of_queries(build, queries, number, client, django_assert_num_queries):
    address = build(number)
    freshness.flush()
    ContentType.objects.clear_cache()

    with django_assert_num_queries(queries):
        response = client.get(address)

    assert response.status_code == 200
