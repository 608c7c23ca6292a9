"""Who is not named is named nowhere, and nothing a reader can fetch depends on who it is."""

import re
from urllib.parse import urlencode

import pytest

from recommendations.facets import NAMES
from recommendations.models import Position, Recommendation
from speakers.views.people import agreeing_with
from tests.factories import SpeakerFactory
from tests.factories.world import linked_world
from tests.pages import indexes, korean, one_of_each, records
from workshop.common.attribution import Attribution
from workshop.models import Document, DocumentPerson, Quote, Talk, TalkSpeaker

pytestmark = pytest.mark.django_db
LEVELS = [Attribution.AFFILIATION_ONLY, Attribution.NOT_ATTRIBUTED]
PLACES = {"talk": TalkSpeaker, "words": Quote, "proposal": Position}


@pytest.fixture
def world():
    world = linked_world()
    for model, text in ((TalkSpeaker, "affiliation_then"), (Quote, "affiliation"), (Position, "affiliation")):
        model.objects.filter(speaker=world.alice).update(**{text: "An observer"})
    return world


def withhold(world, place, level):
    """Alice is withheld in one kind of row; the ties between them do the rest."""
    PLACES[place].objects.filter(speaker=world.alice).update(attribution=level)


def addresses(world):
    """Every page, and the list under every facet value that there is, Alice's included."""
    facets = [(name, "-none") for name in NAMES] + [("speaker", world.alice.slug), ("proposer", world.alice.slug)]
    facets += [("theme", world.theme.slug), ("stance", "proposes"), ("stance", "supports"), ("tag", "wetlands")]
    sorts = [("sort", "code"), ("sort", "updated")]
    lists = [f"/recommendations/?{urlencode([pair])}" for pair in facets + sorts]
    return [*indexes(), *records(), *lists]


def text_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.mark.parametrize(("place", "level"), [("talk", 2), ("words", 1), ("proposal", 1), ("proposal", 2)])
def test_no_page_depends_on_who_is_withheld(place, level, client, world):
    """Somebody else in the same rows: not one byte is another, in page or headers."""
    withhold(world, place, level)
    somebody_else = SpeakerFactory(published=True, name="Zed Zulu", sort_name="Aaa")
    DocumentPerson.objects.create(document=world.report, speaker=somebody_else)
    asked = addresses(world)
    before = {address: fetched(client, address) for address in asked}

    rows = {model: pks(model.objects.withheld().filter(speaker=world.alice)) for model in PLACES.values()}
    swapped = sum(model.objects.filter(pk__in=found).update(speaker=somebody_else) for model, found in rows.items())

    assert swapped > 0
    assert [address for address in asked if fetched(client, address) != before[address]] == []


def pks(rows):
    return list(rows.values_list("pk", flat=True))


def fetched(client, address):
    response = client.get(address)
    return response.status_code, sorted(response.headers.items()), response.content


def test_somebody_whom_no_row_names_stands_on_no_page(client, world):
    """Withheld wherever she spoke and proposed, and without a page of her own."""
    withhold(world, "talk", Attribution.NOT_ATTRIBUTED)
    withhold(world, "proposal", Attribution.NOT_ATTRIBUTED)
    type(world.alice).objects.filter(pk=world.alice.pk).update(state="draft", first_published_at=None)
    name = re.compile(f"Alice|Marsh|앨리스|{world.alice.slug}")

    asked = [address for address in addresses(world) if world.alice.slug not in address]
    told = {address: name.findall(text_of(client, address)) for address in [*asked, *korean(one_of_each())]}

    assert {address: found for address, found in told.items() if found} == {}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("place", PLACES)
def test_proposal_by_somebody_withheld_and_its_source_lead_to_each_other_by_no_way(place, level, client, world):
    withhold(world, place, level)
    records = (world.whole, world.talk, world.report, world.alice)
    whole, talk, report, alice = (record.get_absolute_url() for record in records)

    proposal = text_of(client, whole)

    told = [word for word in ("Alice Marsh", "Why Mud", talk, "Mud must be kept", report) if word in proposal]
    assert told == []
    for source in (talk, report, alice):
        page = text_of(client, source)
        assert [word for word in ("Keep the mud and name it", "Mud must be kept") if word in page] == []
        assert source == report or whole not in page  # the report is the legal basis of a part of it


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("place", PLACES)
def test_lists_of_proposals_do_not_count_somebody_withheld(place, level, client, world):
    withhold(world, place, level)

    by_her = text_of(client, f"/recommendations/?speaker={world.alice.slug}")
    everything = text_of(client, "/recommendations/?per_page=100")

    assert [record.get_absolute_url() for record in Recommendation.objects.public() if linked(record, by_her)] == []
    assert ("Alice Marsh" in everything, f"speaker={world.alice.slug}" in everything) == (False, False)
    supported = Position.objects.attributable().filter(speaker=world.bob).values_list("recommendation", flat=True)
    assert list(supported)
    assert agreeing_with(world.bob, list(supported)) == []


def linked(record, text):
    return f'href="{record.get_absolute_url()}"' in text


@pytest.mark.parametrize("level", LEVELS)
def test_talk_by_somebody_withheld_names_her_in_no_list(level, client, world):
    withhold(world, "talk", level)

    pages = [
        "/talks/",
        world.talk.get_absolute_url(),
        world.edition.get_absolute_url(),
        world.theme.get_absolute_url(),
    ]

    assert [address for address in pages if "Alice Marsh" in text_of(client, address)] == []
    assert "Why Mud" not in text_of(client, world.alice.get_absolute_url())
    assert not Document.objects.of_talk(world.talk).exists()
    assert Talk.objects.public().filter(pk=world.talk.pk).exists()
