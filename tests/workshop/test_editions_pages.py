"""Pages of editions and series."""

import datetime as dt
import re

import pytest

from tests.factories import (
    DocumentFactory,
    ImageFactory,
    OrganisationFactory,
    PositionFactory,
    QuoteFactory,
    RecommendationFactory,
    SeriesFactory,
    SpeakerFactory,
    StatusChangeFactory,
    TalkFactory,
    TalkSpeakerFactory,
    ThemeFactory,
    WorkshopFactory,
    WorkshopThemeFactory,
)
from workshop.common.attribution import Attribution
from workshop.models import EventStatus

pytestmark = pytest.mark.django_db

STATUS_LINE = ["Cancelled 2020-03", "convened online from 16 June 2020"]


@pytest.fixture
def edition():
    edition = WorkshopFactory(
        published=True, slug="twelfth", title="Twelfth", code="KW12", series=SeriesFactory(published=True, slug="kw")
    )
    StatusChangeFactory(
        workshop=edition,
        reason="A pandemic",
        previous_start=dt.date(2020, 3, 1),
        previous_precision="month",
        source=DocumentFactory(published=True, title="Notice"),
    )
    StatusChangeFactory(
        workshop=edition,
        status=EventStatus.MOVED_ONLINE,
        decided_on=dt.date(2020, 5, 1),
        new_start=dt.date(2020, 6, 16),
        new_end=dt.date(2020, 6, 18),
        source_url="https://news.example.org/online",
    )
    return edition


def status_lines(client, address) -> list[list[str]]:
    html = client.get(address).content.decode()
    lists = re.findall(r'<ul class="edition-status".*?</ul>', html, re.S)
    return [re.findall(r"<span>(.*?)</span>", one) for one in lists]


def test_status_stands_wherever_the_edition_is_named(client, edition):
    theme = WorkshopThemeFactory(workshop=edition, theme=ThemeFactory(published=True, slug="mud")).theme
    document = DocumentFactory(published=True, slug="report")
    edition.documents.add(document)
    talk = TalkFactory(published=True, workshop=edition, slug="talk")
    talk.themes.add(theme)
    TalkSpeakerFactory(talk=talk, speaker=SpeakerFactory(published=True, slug="alice"))
    host = OrganisationFactory(published=True, slug="host")
    edition.series.hosts.add(host)

    once = ["/", "/workshops/", "/workshops/twelfth/", "/series/kw/", "/talks/", "/talks/talk/", "/documents/report/",
            "/speakers/alice/", "/organisations/host/"]  # fmt: skip

    assert {address: status_lines(client, address) for address in once} == dict.fromkeys(once, [STATUS_LINE])
    assert status_lines(client, "/themes/mud/") == [STATUS_LINE, STATUS_LINE]  # the edition's, and the talk's


def test_history_tells_every_decision_with_reason_dates_and_source(client, edition):
    decisions = client.get("/workshops/twelfth/").context["decisions"]

    assert [
        (one.label, str(one.reason), one.previous, one.new, one.source and str(one.source.label), one.source_url)
        for one in decisions
    ] == [
        ("Cancelled 2020-03", "A pandemic", "March 2020", "", "Notice", ""),
        ("convened online from 16 June 2020", "", "", "16–18 June 2020", None, "https://news.example.org/online"),
    ]


def test_history_says_that_the_plan_stands(client):
    edition = WorkshopFactory(published=True)

    html = client.get(edition.get_absolute_url()).content.decode()

    assert "No change of the plan is recorded." in html
    assert "edition-status" not in html


def test_programme_follows_the_order_of_its_themes(client, edition):
    for order, name in [(2, "Second"), (1, "First")]:
        theme = ThemeFactory(published=True, name=name)
        WorkshopThemeFactory(workshop=edition, theme=theme, order=order, day=order)
        TalkFactory(published=True, workshop=edition, title=f"Talk on {name}").themes.add(theme)
        proposal = RecommendationFactory(published=True, workshop=edition, statement=f"Do {name}")
        proposal.themes.add(theme)
    TalkFactory(published=True, workshop=edition, title="Welcome")
    RecommendationFactory(published=True, workshop=edition, statement="Carry on")

    context = client.get("/workshops/twelfth/").context

    assert [
        (str(item.theme.label), names(item.talks), [str(row.statement) for row in item.recommendations])
        for item in context["programme"]
    ] == [("First", ["Talk on First"], ["Do First"]), ("Second", ["Talk on Second"], ["Do Second"])]
    assert names(context["other_talks"]) == ["Welcome"]
    assert [str(row.statement) for row in context["other_proposals"]] == ["Carry on"]


def test_people_are_named_once_as_credited_then(client, edition):
    alice, bob = SpeakerFactory(published=True, name="Alice A"), SpeakerFactory(published=True, name="Bob B")
    for title in ("One", "Two"):
        talk = TalkFactory(published=True, workshop=edition, title=title)
        TalkSpeakerFactory(talk=talk, speaker=alice, affiliation_then="Mud Office, then")
    PositionFactory(recommendation=RecommendationFactory(published=True, workshop=edition), speaker=bob)

    people = client.get("/workshops/twelfth/").context["people"]

    assert [(str(row.person.label), str(row.role)) for row in people] == [
        ("Alice A", "Mud Office, then"),
        ("Bob B", ""),
    ]


@pytest.mark.parametrize("attribution", [Attribution.AFFILIATION_ONLY, Attribution.NOT_ATTRIBUTED])
def test_withheld_people_are_not_among_its_experts(client, edition, attribution):
    charlie = SpeakerFactory(published=True, name="Charlie C", slug="charlie")
    talk = TalkFactory(published=True, workshop=edition)
    TalkSpeakerFactory(talk=talk, speaker=charlie, attribution=attribution, affiliation_then="A diplomat")
    PositionFactory(
        recommendation=RecommendationFactory(published=True, workshop=edition, source_quote=QuoteFactory(talk=talk)),
        speaker=charlie,
        attribution=attribution,
        affiliation="A diplomat",
    )

    response = client.get("/workshops/twelfth/")

    assert response.context["people"] == []
    assert b"Charlie" not in response.content
    assert b"charlie" not in response.content


def test_edition_without_talks_has_a_designed_page(client, edition):
    html = client.get("/workshops/twelfth/").content.decode()

    assert "No talk of this edition is recorded here." in html
    assert f'<a href="{edition.series.get_absolute_url()}">The editions of the series</a>' in html


def test_hidden_series_lends_neither_name_nor_text_nor_hosts(client):
    series = SeriesFactory(name="Secret Series", slug="secret", about="Secret text")
    series.hosts.add(OrganisationFactory(published=True, name="Secret Host"))
    edition = WorkshopFactory(published=True, series=series, ordinal=12)

    for address in (edition.get_absolute_url(), "/workshops/", "/"):
        assert b"ecret" not in client.get(address).content


def test_hidden_picture_is_not_shown(client):
    edition = WorkshopFactory(published=True, hero=ImageFactory(alt="A secret"))

    html = client.get(edition.get_absolute_url()).content.decode()

    assert "<img" not in html


def test_picture_has_its_words_its_credit_and_its_size(client):
    hero = ImageFactory(
        published=True,
        alt="Bars",
        caption="Eleven bars",
        credit="Drawn by us",
        place="Here",
        wording_translation="Go!",
    )
    edition = WorkshopFactory(published=True, hero=hero)

    html = client.get(edition.get_absolute_url()).content.decode()

    assert re.search(r'<img [^>]*width="800" height="600" alt="Bars"', html)
    assert all(
        words in html
        for words in ("Eleven bars", "Here", "Picture: Drawn by us", "The wording in the picture reads: “Go!”")
    )


def test_series_lists_its_editions_in_order(client, edition):
    WorkshopFactory(published=True, series=edition.series, ordinal=2, title="Second", start=None)
    WorkshopFactory(published=True, series=edition.series, ordinal=1, title="First", start=None)
    WorkshopFactory(series=edition.series, ordinal=3, title="Third, a draft")

    rows = client.get("/series/kw/").context["editions"]

    assert [str(row.title.label) for row in rows] == ["First", "Second", "Twelfth"]


@pytest.mark.parametrize(
    ("number", "ordinal"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (113, "113th"), (122, "122nd")],
)
def test_ordinal_is_said_in_words(client, number, ordinal):
    edition = WorkshopFactory(published=True, series=SeriesFactory(published=True), ordinal=number)

    assert client.get(edition.get_absolute_url()).context["ordinal"] == f"{ordinal} edition"


def names(rows) -> list[str]:
    return [str(row.title.label) for row in rows]


@pytest.mark.parametrize(
    ("given", "said"), [({}, False), ({"city": "Mudford"}, True), ({"attendance": "online"}, True)]
)
def test_attendance_is_said_only_where_it_is_known(client, given, said):
    """ "In person" is what the form starts with, so alone it says nothing."""
    edition = WorkshopFactory(published=True, **given)

    assert (b"<dt>Attendance</dt>" in client.get(edition.get_absolute_url()).content) is said
