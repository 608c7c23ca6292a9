"""Pages of talks: who gave them as far as readers may know, what was said, what came of it."""

import pytest

from recommendations.models import Stance
from tests.factories import (
    DocumentFactory,
    MediaFactory,
    PositionFactory,
    QuoteFactory,
    RecommendationFactory,
    SpeakerFactory,
    TalkFactory,
    TalkSpeakerFactory,
    WorkshopFactory,
)
from workshop.common.attribution import Attribution
from workshop.models import Delivery

pytestmark = pytest.mark.django_db
YOUTUBE = "https://www.youtube-nocookie.com"
VIMEO = "https://player.vimeo.com"


@pytest.fixture
def talk():
    return TalkFactory(published=True, slug="talk", title="On Mud")


def context(client):
    return client.get("/talks/talk/").context


def test_people_stand_by_what_they_did_as_credited_then(client, talk):
    TalkSpeakerFactory(talk=talk, role="moderator", speaker=SpeakerFactory(published=True, name="Bob B"), order=1)
    TalkSpeakerFactory(
        talk=talk,
        speaker=SpeakerFactory(published=True, name="Alice A", descriptor="Knows mud"),
        affiliation_then="Mud Office",
        credited_as="Prof. A. A",
        order=2,
    )

    assert [
        (part.role, [(str(row.person.label), str(row.role), row.facts) for row in part.people])
        for part in context(client)["parts"]
    ] == [("Speaker", [("Alice A", "Mud Office", ["credited as Prof. A. A"])]), ("Moderator", [("Bob B", "", [])])]


def test_affiliation_stands_for_a_withheld_name(client, talk):
    charlie = SpeakerFactory(published=True, name="Charlie C", slug="charlie")
    TalkSpeakerFactory(
        talk=talk, speaker=charlie, attribution=Attribution.AFFILIATION_ONLY, affiliation_then="A diplomat"
    )

    for address in ("/talks/talk/", "/talks/"):
        html = client.get(address).content.decode()
        assert "A diplomat" in html
        assert "harlie" not in html


def test_nothing_is_said_of_one_who_is_not_attributed(client, talk):
    charlie = SpeakerFactory(published=True, name="Charlie C", slug="charlie")
    TalkSpeakerFactory(
        talk=talk, speaker=charlie, attribution=Attribution.NOT_ATTRIBUTED, affiliation_then="A diplomat",
        credited_as="C. C",
    )  # fmt: skip

    for address in ("/talks/talk/", "/talks/"):
        html = client.get(address).content.decode()
        assert [word for word in ("harlie", "A diplomat", "C. C") if word in html] == []
    assert "Who gave this talk is not recorded here." in client.get("/talks/talk/").content.decode()


def test_only_attributable_words_are_listed(client, talk):
    alice = SpeakerFactory(published=True, name="Alice A")
    said = QuoteFactory(
        talk=talk, speaker=alice, exact="Mud is good", document=DocumentFactory(published=True, title="Paper")
    )
    QuoteFactory(talk=talk, speaker=alice, exact="Secret one", attribution=Attribution.NOT_ATTRIBUTED)
    QuoteFactory(talk=talk, speaker=alice, exact="Secret two", attribution=1, affiliation="A diplomat")
    QuoteFactory(talk=talk, speaker=SpeakerFactory(name="Draft D"), exact="Secret three")

    response = client.get("/talks/talk/")

    (quote,) = response.context["quotes"]
    shown = (quote.id, quote.words, str(quote.speaker.label), str(quote.source.label))
    assert shown == (f"quote-{said.pk}", "Mud is good", "Alice A", "Paper")
    assert f'<div id="quote-{said.pk}">'.encode() in response.content
    assert b"Secret" not in response.content


def test_long_words_are_cut_at_sixty(client, talk):
    QuoteFactory(talk=talk, exact=" ".join(f"w{n}" for n in range(61)))

    words = context(client)["quotes"][0].words

    assert words == " ".join(f"w{n}" for n in range(60)) + " […]"


def test_recommendations_made_in_it_stand_apart_from_those_it_speaks_of(client, talk):
    alice = SpeakerFactory(published=True)
    made = RecommendationFactory(
        published=True, workshop=talk.workshop, source_quote=QuoteFactory(talk=talk, speaker=alice)
    )
    PositionFactory(recommendation=made, speaker=alice)
    other = RecommendationFactory(published=True, workshop=talk.workshop)
    PositionFactory(recommendation=other, speaker=alice, stance=Stance.DOUBTS, talk=talk)

    shown = context(client)

    assert [row.pk for row in shown["proposals"]] == [made.pk]
    assert [(row.pk, row.stance.slug) for row in shown["spoken_to"]] == [(other.pk, "doubts")]


@pytest.mark.parametrize("attribution", [Attribution.AFFILIATION_ONLY, Attribution.NOT_ATTRIBUTED])
def test_recommendation_of_a_withheld_proposer_is_not_traced_to_the_talk(client, talk, attribution):
    alice = SpeakerFactory(published=True)
    TalkSpeakerFactory(talk=talk, speaker=alice)
    made = RecommendationFactory(
        published=True,
        statement="Secret ask",
        workshop=talk.workshop,
        source_quote=QuoteFactory(talk=talk, speaker=alice),
    )
    PositionFactory(recommendation=made, speaker=alice, attribution=attribution, affiliation="A diplomat")

    assert b"Secret ask" not in client.get("/talks/talk/").content


def test_list_groups_by_edition_and_ends_with_those_given_elsewhere(client):
    new = WorkshopFactory(published=True, title="New", start="2021-01-01")
    old = WorkshopFactory(published=True, title="Old", start="2019-01-01")
    TalkFactory(published=True, workshop=None, delivery=Delivery.ELSEWHERE, title="Away", date="2022-01-01")
    TalkFactory(published=True, workshop=old, title="Then")
    TalkFactory(published=True, workshop=new, title="Now")

    rows = client.get("/talks/").context["rows"]

    assert [
        (row.edition and str(row.edition.label), [str(talk.title.label) for talk in row.talks]) for row in rows
    ] == [
        ("New", ["Now"]),
        ("Old", ["Then"]),
        (None, ["Away"]),
    ]


# --- Recordings -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "player", "host"),
    [
        ("https://www.youtube.com/watch?v=abcdefgh123", "/embed/abcdefgh123", YOUTUBE),
        ("https://www.youtube.com/watch?list=x&v=abcdefgh123&t=3", "/embed/abcdefgh123", YOUTUBE),
        ("https://youtu.be/abcdefgh123", "/embed/abcdefgh123", YOUTUBE),
        ("https://vimeo.com/123456", "/video/123456", VIMEO),
        ("https://vimeo.com/channels/mud", "", ""),
        ("https://evil.example.org/https://youtu.be/abcdefgh123", "", ""),
        ("https://www.youtube.com/playlist?list=abcdefgh123", "", ""),
    ],
)
def test_only_a_page_with_a_player_may_frame_its_provider(client, talk, url, player, host):
    MediaFactory(talk=talk, url=url, title="The recording")

    response = client.get("/talks/talk/")

    assert [(one.src, one.title.url) for one in response.context["media"]] == [(host + player, url)]
    assert frame_sources(response) == [host] * bool(host)
    assert b"<iframe" not in response.content


def test_page_without_a_player_frames_nothing(client, talk):
    assert frame_sources(client.get("/talks/talk/")) == []


def test_own_file_is_played_from_here(client, talk):
    MediaFactory(talk=talk, url="", file="recordings/a.mp4", captions="recordings/a.vtt", duration=3750, excerpt=True)

    (shown,) = context(client)["media"]

    assert (shown.kind, shown.src, shown.captions_url, shown.captions_label, shown.duration) == (
        "video",
        "/media/recordings/a.mp4",
        "/media/recordings/a.vtt",
        "English",
        "1:02:30",
    )


def test_recording_without_an_address_is_a_sentence(client, talk):
    MediaFactory(talk=talk, url="", kind="audio", title="Lost tape")

    html = client.get("/talks/talk/").content.decode()

    assert "Audio: a recording exists; no public address is known." in html
    assert "media-play" not in html


def frame_sources(response) -> list[str]:
    policy = dict(
        part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";") if " " in part.strip()
    )
    return policy.get("frame-src", "").split()
