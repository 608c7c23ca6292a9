"""Pages of experts: who they are, what is on record under their name, and nothing else."""

import datetime as dt

import pytest

from recommendations.models import Stance
from speakers.views.people import initial
from tests.factories import (
    AffiliationFactory,
    DocumentFactory,
    ImageFactory,
    MediaFactory,
    OrganisationFactory,
    PositionFactory,
    QuoteFactory,
    RecommendationFactory,
    SpeakerFactory,
    TalkFactory,
    TalkSpeakerFactory,
    ThemeFactory,
)
from workshop.common.attribution import Attribution
from workshop.models import DocumentPerson

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    return SpeakerFactory(published=True, slug="alice", name="Alice Marsh", sort_name="Marsh, Alice")


@pytest.fixture
def bob():
    return SpeakerFactory(published=True, slug="bob", name="Bob Fen", sort_name="Fen, Bob")


def page(client):
    return client.get("/speakers/alice/")


def proposal(speaker, *, stance=Stance.PROPOSES, theme=None, **position):
    record = RecommendationFactory(published=True)
    if theme:
        record.themes.add(theme)
    PositionFactory(recommendation=record, speaker=speaker, stance=stance, **position)
    return record


def test_list_runs_from_a_to_z_with_what_is_on_record(client, alice, bob):
    proposal(alice)
    proposal(alice)
    proposal(alice, stance=Stance.OPPOSES)
    TalkSpeakerFactory(talk__published=True, speaker=alice)
    proposal(bob, attribution=Attribution.NOT_ATTRIBUTED)
    TalkSpeakerFactory(talk__published=True, speaker=bob, attribution=1, affiliation_then="A diplomat")
    TalkSpeakerFactory(talk__workshop=None, speaker=bob)
    SpeakerFactory(name="Draft D")

    letters = client.get("/speakers/").context["rows"]

    assert [(letter.letter, [(str(row.person.label), row.facts) for row in letter.people]) for letter in letters] == [
        ("F", [("Bob Fen", [])]),
        ("M", [("Alice Marsh", ["2 proposals", "1 talk"])]),
    ]


@pytest.mark.parametrize(
    ("sort_name", "letter"),
    [("marsh, alice", "M"), ("Émile", "É"), ("김진흙", "ㄱ"), ("까치", "ㄱ"), ("3D", "#"), ("", "#")],
)
def test_letter_of_a_name(sort_name, letter):
    assert initial(sort_name) == letter


def test_posts_now_and_then_link_to_organisation_and_funder(client, alice):
    fund = OrganisationFactory(published=True, name="Fund")
    AffiliationFactory(
        speaker=alice, organisation=OrganisationFactory(published=True, name="University"), role="Fellow", funder=fund,
        chair="Chair of Mud", term="winter 2020",
    )  # fmt: skip
    AffiliationFactory(
        speaker=alice, organisation=OrganisationFactory(published=True, name="Ministry"), current=False,
        start=dt.date(2010, 1, 1), start_precision="year", end=dt.date(2012, 1, 1), end_precision="year",
    )  # fmt: skip
    AffiliationFactory(speaker=alice, organisation=OrganisationFactory(name="Secret office"))
    AffiliationFactory(
        speaker=alice, organisation=OrganisationFactory(published=True, name="Institute"), current=False, order=9,
        funder=OrganisationFactory(name="Secret fund"),
    )  # fmt: skip

    response = page(client)

    (now,), then = response.context["now"], response.context["then"]
    assert (str(now.organisation.label), str(now.role), str(now.chair), str(now.funder.label), str(now.term)) == (
        "University",
        "Fellow",
        "Chair of Mud",
        "Fund",
        "winter 2020",
    )
    assert [(str(row.organisation.label), str(row.start), str(row.end), row.funder) for row in then] == [
        ("Ministry", "2010", "2012", None),
        ("Institute", "None", "None", None),
    ]
    assert b"Secret" not in response.content


def test_proposals_stand_by_theme_without_saying_theme_and_name_again(client, alice, bob):
    mud, silt = ThemeFactory(published=True, name="Mud"), ThemeFactory(published=True, name="Silt")
    proposal(alice, theme=mud)
    both = proposal(alice, theme=silt)
    PositionFactory(recommendation=both, speaker=bob)
    proposal(alice)

    groups = page(client).context["proposals"]

    assert [
        (group.theme and str(group.theme.label), [[str(link.label) for link in row.proposers] for row in group.rows])
        for group in groups
    ] == [("Mud", [[]]), ("Silt", [["Alice Marsh", "Bob Fen"]]), (None, [[]])]
    assert [row.themes for group in groups for row in group.rows] == [[], [], []]


def test_stances_on_what_others_propose_stand_apart(client, alice):
    doubted = proposal(alice, stance=Stance.DOUBTS)

    context = page(client).context

    assert context["proposals"] == []
    assert [(row.pk, row.stance.slug) for row in context["stances"]] == [(doubted.pk, "doubts")]


@pytest.mark.parametrize("attribution", [Attribution.AFFILIATION_ONLY, Attribution.NOT_ATTRIBUTED])
def test_nothing_withheld_is_listed(client, alice, bob, attribution):
    talk = TalkFactory(published=True, title="Secret talk")
    TalkSpeakerFactory(talk=talk, speaker=alice, attribution=attribution, affiliation_then="A diplomat")
    MediaFactory(talk=talk, title="Secret recording")
    talk.themes.add(ThemeFactory(published=True, name="Secret theme"))
    QuoteFactory(talk=talk, speaker=alice, exact="Secret words")
    withheld = {"attribution": attribution, "affiliation": "A diplomat"}
    for stance in (Stance.PROPOSES, Stance.SUPPORTS):
        record = proposal(alice, stance=stance, **withheld)
        record.statement = "Secret ask"
        record.save()
        PositionFactory(recommendation=record, speaker=bob, stance=Stance.SUPPORTS)

    response = page(client)

    assert b"Secret" not in response.content
    lists = ("proposals", "stances", "talks", "media", "quotes", "agreeing")
    assert {name: response.context[name] for name in lists} == {name: [] for name in lists}
    assert b"Alice" not in client.get("/speakers/bob/").content


def test_agreement_is_of_those_who_propose_or_support_the_same_on_record(client, alice, bob):
    first, second = proposal(alice), proposal(alice, stance=Stance.SUPPORTS)
    PositionFactory(recommendation=first, speaker=bob, stance=Stance.SUPPORTS)
    PositionFactory(recommendation=second, speaker=bob)
    for stance, attribution in [(Stance.OPPOSES, 0), (Stance.DOUBTS, 0), (Stance.SUPPORTS, 2)]:
        PositionFactory(
            recommendation=first, speaker=SpeakerFactory(published=True), stance=stance, attribution=attribution
        )
    PositionFactory(recommendation=first, speaker=SpeakerFactory(name="Draft D"), stance=Stance.SUPPORTS)
    opposed = proposal(alice, stance=Stance.OPPOSES)
    PositionFactory(recommendation=opposed, speaker=SpeakerFactory(published=True), stance=Stance.SUPPORTS)

    (agreement,) = page(client).context["agreeing"]

    assert str(agreement.person.person.label) == "Bob Fen"
    assert [link.label for link in agreement.recommendations] == sorted([first.code.upper(), second.code.upper()])


def test_themes_and_recordings_come_from_talks(client, alice):
    talk = TalkFactory(published=True, title="On Mud")
    TalkSpeakerFactory(talk=talk, speaker=alice)
    talk.themes.add(ThemeFactory(published=True, name="Mud"), ThemeFactory(name="Draft theme"))
    MediaFactory(talk=talk, title="The tape")

    response = page(client)

    assert [str(link.label) for link in response.context["themes"]] == ["Mud"]
    assert [(str(one.title.label), str(one.talk.label)) for one in response.context["media"]] == [
        ("The tape", "On Mud")
    ]
    assert "frame-src https://www.youtube-nocookie.com" in response["Content-Security-Policy"]


def test_words_lead_to_their_place(client, alice):
    talk = TalkFactory(published=True, slug="talk")
    TalkSpeakerFactory(talk=talk, speaker=alice)
    paper = DocumentFactory(published=True, slug="paper")
    quote = QuoteFactory(talk=talk, document=paper, speaker=alice)

    (shown,) = page(client).context["quotes"]

    assert (shown.speaker, shown.source.url, shown.printed_in.url) == (
        None,
        f"/talks/talk/#quote-{quote.pk}",
        f"/documents/paper/#quote-{quote.pk}",
    )


def test_documents_have_the_role_in_them(client, alice):
    DocumentPerson.objects.create(
        document=DocumentFactory(published=True, title="Report"), speaker=alice, role="chair"
    )

    assert [(str(row.title.label), row.role) for row in page(client).context["documents"]] == [("Report", "Chair")]


def test_expert_without_proposals_is_shown_by_what_they_found(client, alice):
    talk = TalkFactory(published=True, slug="talk", key_message="Mud is everywhere.")
    TalkSpeakerFactory(talk=talk, speaker=alice)

    html = page(client).content.decode()

    assert "Proposes nothing here. What they found:" in html
    assert "Mud is everywhere." in html


def test_expert_of_whom_nothing_is_recorded_has_a_page_with_ways_on(client, alice):
    html = page(client).content.decode()

    assert "No proposal is recorded under this name." in html
    assert '<a href="/speakers/">Other experts</a>' in html


def test_portrait_or_initials(client, alice):
    assert (
        '<span class="portrait initials portrait-large" aria-hidden="true">AM</span>' in page(client).content.decode()
    )

    alice.portrait = ImageFactory(published=True, alt="A face")
    alice.save()

    html = page(client).content.decode()
    assert 'alt="A face"' in html
    assert "initials" not in html


def test_names_in_their_own_script_carry_their_language(client):
    SpeakerFactory(published=True, slug="alice", name="Tae-Ung B", native_name="백태웅", native_language="ko")

    assert '<span class="native"><span lang="ko">백태웅</span></span>' in page(client).content.decode()


def test_only_addresses_among_the_links_are_links(client):
    SpeakerFactory(
        published=True, slug="alice", links="https://alice.example.org/\njavascript:alert(1)\nnot an address"
    )

    html = page(client).content.decode()

    assert '<a href="https://alice.example.org/" rel="noopener noreferrer">' in html
    assert "alert(1)" not in html
