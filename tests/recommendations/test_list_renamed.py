"""An address of the list lasts as long as the records it names: their former addresses lead on."""

import pytest

from tests.factories import (
    AddresseeFactory,
    OrganisationFactory,
    PositionFactory,
    SpeakerFactory,
    ThemeFactory,
    WorkshopFactory,
)
from tests.recommendations.facets import proposal
from workshop.common.keywords import Tag
from workshop.merging.actions import merge
from workshop.slugs.models import OldSlug

pytestmark = pytest.mark.django_db
LIST = "/recommendations/"


def renamed(record, slug):
    record.slug = slug
    record.save()


def target(client, query):
    """Where the list with this query string sends readers; empty where it answers."""
    response = client.get(f"{LIST}?{query}")
    return response["Location"] if response.status_code == 301 else ""


@pytest.fixture
def alice():
    """An expert who proposes one thing, and whose address was another one."""
    alice = SpeakerFactory(published=True, slug="alice")
    PositionFactory(recommendation=proposal("a"), speaker=alice, attribution=0)
    renamed(alice, "alice-marsh")
    return alice


@pytest.mark.parametrize("name", ["speaker", "proposer"])
def test_former_address_of_an_expert_leads_to_the_present_one(client, alice, name):
    assert target(client, f"{name}=alice") == f"{LIST}?{name}=alice-marsh"


def test_rest_of_the_selection_stays(client, alice):
    query = "speaker=nobody&speaker=alice&stance=proposes&q=mud&per_page=50&page=3"

    assert target(client, query) == (
        f"{LIST}?speaker=alice-marsh&speaker=nobody&stance=proposes&q=mud&per_page=50&page=3"
    )


def test_korean_list_stays_korean(client, alice):
    response = client.get(f"/ko{LIST}?speaker=alice")

    assert (response.status_code, response["Location"]) == (301, f"/ko{LIST}?speaker=alice-marsh")


def test_organisation_that_is_asked_and_one_that_proposes(client):
    body = OrganisationFactory(published=True, slug="body")
    record = proposal("a")
    AddresseeFactory(recommendation=record, organisation=body)
    PositionFactory(recommendation=record, speaker=None, organisation=body, attribution=0)
    renamed(body, "council")

    assert target(client, "addressee=body") == f"{LIST}?addressee=council"
    assert target(client, "proposer=org:body") == f"{LIST}?proposer=org:council"


def test_theme_and_edition(client):
    theme, edition = ThemeFactory(published=True, slug="mud"), WorkshopFactory(published=True, slug="twelfth")
    record = proposal("a", workshop=edition)
    record.themes.add(theme)
    renamed(theme, "wet-ground")
    renamed(edition, "workshop-12")

    assert target(client, "theme=mud&workshop=twelfth") == f"{LIST}?theme=wet-ground&workshop=workshop-12"


def test_keyword_that_was_merged(client):
    proposal("a").tags.add("Mud")
    proposal("b").tags.add("Muds")

    merge(kept=Tag.objects.get(slug="mud"), gone=Tag.objects.get(slug="muds"))

    assert target(client, "tag=muds") == f"{LIST}?tag=mud"


def test_expert_who_was_merged(client, alice):
    other = SpeakerFactory(published=True, slug="a-marsh")

    merge(kept=alice, gone=other)

    assert target(client, "speaker=a-marsh") == f"{LIST}?speaker=alice-marsh"


@pytest.mark.parametrize("hidden", ["draft", "withheld", "gone"])
def test_what_readers_may_not_know_is_told_like_what_does_not_exist(client, hidden):
    """A draft expert, one whose only position is not attributed, and one who is not there any more."""
    alice = SpeakerFactory(published=True, slug="mudlark")
    position = PositionFactory(recommendation=proposal("a"), speaker=alice, attribution=0)
    renamed(alice, "alice-marsh")
    if hidden == "draft":
        type(alice).objects.filter(pk=alice.pk).update(state="draft")
    elif hidden == "withheld":
        position.attribution = 2
        position.save()
    else:
        OldSlug.objects.update(object_id=10_000)

    told = client.get(f"{LIST}?speaker=mudlark")
    unknown = client.get(f"{LIST}?speaker=mudlarx")

    assert b"mudlark" in told.content
    assert (told.status_code, unknown.status_code) == (200, 200)
    assert told.content.decode().replace("mudlark", "mudlarx") == unknown.content.decode()
