"""A small world in which every kind of page has something to show, and everything is linked."""

import datetime as dt
from types import SimpleNamespace

from recommendations.models import Origin, Stance, StatusInterval
from speakers.models import OrganisationKind
from tests.factories.desk import UserFactory
from tests.factories.people import AffiliationFactory, OrganisationFactory, SpeakerFactory
from tests.factories.pictures import ImageFactory
from tests.factories.programme import (
    DocumentFactory,
    MediaFactory,
    QuoteFactory,
    SeriesFactory,
    StatusChangeFactory,
    TalkFactory,
    TalkSpeakerFactory,
    ThemeFactory,
    WorkshopFactory,
    WorkshopThemeFactory,
)
from tests.factories.proposals import (
    AddresseeFactory,
    FollowUpFactory,
    PositionFactory,
    RecommendationFactory,
    ResponseFactory,
    TieFactory,
)
from workshop.models import Delivery, DocumentPerson, EventStatus, Scheme, ThemeMatch


def linked_world() -> SimpleNamespace:
    """Everything published and tied to everything that it can be tied to."""
    world = SimpleNamespace(editor=UserFactory(role="editor"))
    _people(world)
    _programme(world)
    _proposals(world)
    return world


def _people(world: SimpleNamespace) -> None:
    picture = ImageFactory(published=True, caption="A grey field", place="Nowhere", taken_on=dt.date(2018, 8, 21))
    world.picture = picture
    world.state = OrganisationFactory(published=True, name="Republic of Elbonia", kind=OrganisationKind.STATE)
    world.ministry = OrganisationFactory(
        published=True, name="Ministry of Mud", kind="government-body", parent=world.state, country=world.state
    )
    world.university = OrganisationFactory(published=True, name="Mudford University", about="It *teaches*.")
    world.fund = OrganisationFactory(published=True, name="Mud Fund", kind=OrganisationKind.FOUNDATION)
    world.alice = SpeakerFactory(
        published=True,
        name="Alice Marsh",
        sort_name="Marsh, Alice",
        portrait=picture,
        native_name="앨리스",
        native_language="ko",
        honorific="Professor",
        descriptor="Knows mud",
        bio="Studies **mud**.",
        orcid="0000-0002-1825-0097",
        wikidata="Q42",
        links="https://alice.example.org/",
    )
    world.alice.expertise.add("wetlands")
    world.bob = SpeakerFactory(published=True, name="Bob Fen", sort_name="Fen, Bob")
    world.kim = SpeakerFactory(
        published=True, name="", name_ko="김진흙", sort_name="김진흙", family_name="", given_name=""
    )
    AffiliationFactory(
        speaker=world.alice, organisation=world.university, chair="Chair of Mud", funder=world.fund, term="winter 2020"
    )
    AffiliationFactory(
        speaker=world.alice,
        organisation=world.ministry,
        current=False,
        start=dt.date(2010, 1, 1),
        start_precision="year",
        end=dt.date(2012, 1, 1),
        end_precision="year",
    )


def _programme(world: SimpleNamespace) -> None:
    world.series = SeriesFactory(
        published=True, name="Mud Talks", code="MT", about="Held *yearly*.", recurrence="Annual"
    )
    world.series.hosts.add(world.university)
    world.series.funders.add(world.fund)
    world.report = DocumentFactory(
        published=True,
        title="Report on Mud",
        issued_by=world.ministry,
        symbol="A/MUD/1",
        date=dt.date(2014, 2, 7),
        description="What mud *is*.",
        url="https://documents.example.org/1",
        archived_url="https://archive.example.org/1",
        text_is_public=True,
        body="First paragraph.\n\nSecond paragraph.",
    )
    world.report.tags.add("wetlands")
    DocumentPerson.objects.create(document=world.report, speaker=world.alice, role="chair")
    world.theme = ThemeFactory(published=True, name="Mud and Rights", description="How mud *matters*.")
    world.narrower = ThemeFactory(published=True, name="Silt", parent=world.theme)
    world.issue = ThemeFactory(published=True, name="Wet ground", scheme=Scheme.UPR)
    ThemeMatch.objects.create(theme=world.theme, match=world.issue)
    world.edition = WorkshopFactory(
        published=True,
        title="Mud in Policy",
        code="MT12",
        series=world.series,
        ordinal=12,
        start=dt.date(2020, 6, 16),
        end=dt.date(2020, 6, 18),
        question="What is mud for?",
        introduction="An *introduction*.",
        hero=world.picture,
        byline="The editors",
        city="Mudford",
        country="Elbonia",
        venue="Hall 1",
        url="https://mud.example.org/",
    )
    world.edition.documents.add(world.report)
    WorkshopThemeFactory(workshop=world.edition, theme=world.theme, introduction="On *mud*.", day=1)
    StatusChangeFactory(
        workshop=world.edition, source=world.report, reason="Flood", previous_start=dt.date(2020, 3, 13)
    )
    StatusChangeFactory(
        workshop=world.edition,
        status=EventStatus.MOVED_ONLINE,
        decided_on=dt.date(2020, 5, 1),
        new_start=dt.date(2020, 6, 16),
        new_end=dt.date(2020, 6, 18),
        source_url="https://mud.example.org/online",
    )
    world.talk = TalkFactory(
        published=True,
        workshop=world.edition,
        title="Why Mud",
        key_message="Mud *matters*.",
        summary="A summary.",
        body="At **length**.",
        source_url="https://mud.example.org/talk",
    )
    world.talk.themes.add(world.theme)
    world.talk.documents.add(world.report)
    world.talk.tags.add("wetlands", "진흙")
    TalkSpeakerFactory(talk=world.talk, speaker=world.alice, affiliation_then="Mudford University, then")
    TalkSpeakerFactory(talk=world.talk, speaker=world.bob, role="moderator", credited_as="R. Fen")
    TalkSpeakerFactory(
        talk=world.talk, speaker=world.kim, role="discussant", attribution=1, affiliation_then="A diplomat"
    )
    world.elsewhere = TalkFactory(
        published=True,
        workshop=None,
        title="Mud Elsewhere",
        delivery=Delivery.ELSEWHERE,
        occasion="A seminar",
        key_message="Mud is everywhere.",
        language="ko",
    )
    TalkSpeakerFactory(talk=world.elsewhere, speaker=world.bob)
    world.video = MediaFactory(
        talk=world.talk, title="The recording", poster=world.picture, duration=750, excerpt=True
    )
    MediaFactory(talk=world.talk, title="Lost tape", kind="audio", url="")
    MediaFactory(talk=world.talk, title="Its slides", kind="slides", url="https://slides.example.org/1")
    MediaFactory(talk=None, document=world.report, title="The launch", url="https://vimeo.com/123456")


def _proposals(world: SimpleNamespace) -> None:
    world.quote = QuoteFactory(
        talk=world.talk, document=world.report, speaker=world.alice, exact="Mud must be kept", media_start=75
    )
    shared = {"published": True, "workshop": world.edition, "source_quote": world.quote}
    world.whole = RecommendationFactory(statement="Keep the mud and name it", **shared)
    world.part = RecommendationFactory(statement="Keep the mud", parent=world.whole, **shared)
    world.old = RecommendationFactory(statement="Look at the mud", superseded_by=world.part, **shared)
    world.written = RecommendationFactory(
        published=True,
        workshop=world.edition,
        statement="Read about mud",
        origin=Origin.DOCUMENT,
        source_quote=None,
        source_document=world.report,
    )
    world.asked = RecommendationFactory(
        published=True,
        workshop=None,
        code="mud-1-1",
        statement="Respect wet ground",
        origin=Origin.UN_MECHANISM,
        source_quote=None,
        session="1st session",
    )
    world.asked.themes.add(world.issue)
    for record in (world.whole, world.part, world.old):
        record.themes.add(world.theme)
        PositionFactory(recommendation=record, speaker=world.alice, quote=world.quote, talk=world.talk)
    world.part.legal_basis.add(world.report)
    world.part.tags.add("wetlands")
    PositionFactory(recommendation=world.part, speaker=world.bob, stance=Stance.SUPPORTS, note="He *agrees*.")
    PositionFactory(recommendation=world.asked, speaker=None, organisation=world.state)
    TieFactory(recommendation=world.part, other=world.old)
    addressee = AddresseeFactory(recommendation=world.part, organisation=world.ministry)
    ResponseFactory(addressee=addressee, source=world.report, words="We noted it.", date=dt.date(2021, 1, 1))
    FollowUpFactory(published=True, recommendation=world.part, evidence=world.report, evidence_url="")
    StatusInterval.objects.rebuild(world.part)
