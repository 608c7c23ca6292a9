"""Where experts stand, in their own words."""

import pytest

from recommendations.models import Stance
from tests.factories import (
    PositionFactory,
    QuoteFactory,
    SpeakerFactory,
    TalkFactory,
)
from tests.recommendations.facets import page

pytestmark = pytest.mark.django_db


def test_positions_stand_stance_by_stance(client, record, talk, alice):
    bob = SpeakerFactory(published=True, slug="bob", name="Bob Fen")
    words = QuoteFactory(talk=TalkFactory(published=True, slug="elsewhere"), speaker=bob, exact="I have my doubts")
    PositionFactory(recommendation=record, speaker=bob, stance=Stance.DOUBTS, note="Fears it.", quote=words)
    PositionFactory(
        recommendation=record, stance=Stance.OPPOSES, attribution=1, affiliation="A diplomat", note="Says no."
    )
    PositionFactory(recommendation=record, speaker=None, stance=Stance.OPPOSES, attribution=2)
    assert [
        (
            group.slug,
            [(str(row.who.label), row.who.url, str(row.note), row.quote and row.quote.words) for row in group.rows],
        )
        for group in page(client, record).context["stands"]
    ] == [
        ("proposes", [("Alice Marsh", "/speakers/alice/", "Argues for it.", None)]),
        ("doubts", [("Bob Fen", "/speakers/bob/", "Fears it.", "I have my doubts")]),
        ("opposes", [("A diplomat", "", "Says no.", None), ("Not attributed", "", "", None)]),
    ]


def test_words_of_somebody_else_keep_their_speaker(client, record, alice):
    bob = SpeakerFactory(published=True, slug="bob")
    words = QuoteFactory(talk__published=True, speaker=alice)
    PositionFactory(recommendation=record, speaker=bob, stance=Stance.SUPPORTS, quote=words)
    quote = page(client, record).context["stands"][1].rows[0].quote
    assert quote.speaker.url == "/speakers/alice/"
