"""Mud must be kept, says Alice Marsh: a recommendation with its talk and its edition.

Imports stand in the fixtures: a conftest is read before Django is set up.
"""

import pytest


@pytest.fixture
def alice():
    from tests.factories import SpeakerFactory

    return SpeakerFactory(published=True, slug="alice", name="Alice Marsh")


@pytest.fixture
def talk(alice):
    from tests.factories import StatusChangeFactory, TalkFactory, TalkSpeakerFactory, WorkshopFactory

    edition = WorkshopFactory(published=True, slug="twelfth", title="Mud in Policy", code="MT12")
    StatusChangeFactory(workshop=edition)
    talk = TalkFactory(published=True, workshop=edition, slug="why-mud", title="Why Mud")
    TalkSpeakerFactory(talk=talk, speaker=alice)
    return talk


@pytest.fixture
def record(talk, alice):
    from tests.factories import PositionFactory, QuoteFactory
    from tests.recommendations.facets import proposal

    quote = QuoteFactory(talk=talk, speaker=alice, exact="Mud must be kept")
    record = proposal("mt12-r01", workshop=talk.workshop, source_quote=quote, statement="Keep the mud")
    PositionFactory(recommendation=record, speaker=alice, note="Argues for it.")
    return record
