"""A merge is undone to the letter, but for what has changed since."""

import datetime as dt

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from recommendations.models import Position
from speakers.models import SpeakerName
from tests.factories import (
    AffiliationFactory,
    OrganisationFactory,
    PositionFactory,
    RecommendationFactory,
    SpeakerFactory,
    SpeakerNameFactory,
    TalkSpeakerFactory,
    ThemeFactory,
)
from tests.factories.world import linked_world
from tests.merging.tables import differences, dump
from tests.project.hiding import tie, twin_of
from workshop.common.keywords import Tag
from workshop.merging.actions import merge, undo
from workshop.merging.models import Merge
from workshop.merging.undoing import Undoing
from workshop.search.building import compare
from workshop.slugs.models import OldSlug

pytestmark = pytest.mark.django_db


def tied_twin(record):
    """A second one, tied to everything to which the first is tied."""
    first = {model: set(model._base_manager.values_list("pk", flat=True)) for model in apps.get_models()}
    twin = twin_of(record)
    tie(record, twin, first)
    return twin


@pytest.mark.parametrize("name", ["alice", "bob", "ministry", "state", "university", "theme", "narrower", "issue"])
@pytest.mark.parametrize("way", ["twin goes", "twin stays"])
def test_everything_goes_back_exactly(name, way):
    record = getattr(linked_world(), name)
    twin = tied_twin(record)
    OldSlug.objects.create(model=twin._meta.label_lower, slug="once", object_id=twin.pk)
    kept, gone = (record, twin) if way == "twin goes" else (twin, record)
    before = dump()

    done = merge(kept=kept, gone=gone)
    merged = dump()
    left = undo(merge=done)

    assert len(differences(before, merged)) > 1
    assert differences(before, dump()) == {}
    assert (left, compare()) == ([], [])


def test_keywords_go_back_exactly():
    world = linked_world()
    kept, gone = Tag.objects.get(name="wetlands"), Tag.objects.create(name="Wetlands")
    world.talk.tags.add("Wetlands")
    world.talk.tags.through.objects.create(content_object=world.talk, tag=gone)
    world.asked.tags.through.objects.create(content_object=world.asked, tag=gone)
    before = dump()

    undo(merge=merge(kept=kept, gone=gone, take=["name"]))

    assert differences(before, dump()) == {}


def test_what_changed_since_is_said_before_and_stays():
    kept, gone = SpeakerFactory(published=True, name="Kept"), SpeakerFactory(published=True, name="Gone", bio="Life.")
    moved, deleted = AffiliationFactory(speaker=gone), AffiliationFactory(speaker=gone)
    done = merge(kept=kept, gone=gone)
    third = SpeakerFactory()
    type(moved).objects.filter(pk=moved.pk).update(speaker=third)
    deleted.delete()
    type(kept).objects.filter(pk=kept.pk).update(bio="Another life.")
    SpeakerName.objects.filter(name="Gone").update(kind="former")

    said = Undoing(done).left
    left = undo(merge=done)

    moved.refresh_from_db()
    kept.refresh_from_db()
    assert (moved.speaker, kept.bio, type(kept).objects.get(pk=gone.pk).bio) == (third, "Another life.", "Life.")
    assert said == left
    assert sorted(left) == [
        "Affiliation that had moved is not there any more.",
        f"Affiliation “{moved}”: speaker was changed since, and stays.",
        "Expert “Kept”: biography was changed since, and stays.",
        "Other name “Gone” was changed since, and stays.",
    ]


def test_lines_that_were_added_since_stay():
    kept, gone = OrganisationFactory(name="A", aliases="One"), OrganisationFactory(name="B", aliases="Two")
    done = merge(kept=kept, gone=gone)
    kept.refresh_from_db()
    kept.aliases += "\nThree"
    kept.save()

    left = undo(merge=done)

    kept.refresh_from_db()
    assert (kept.aliases.splitlines(), left) == (["One", "Three"], [])


def test_row_whose_place_is_taken_is_not_brought_back():
    kept, gone = SpeakerFactory(), SpeakerFactory()
    recommendation = RecommendationFactory()
    PositionFactory(speaker=kept, recommendation=recommendation)
    PositionFactory(speaker=gone, recommendation=recommendation)
    done = merge(kept=kept, gone=gone)
    Position.objects.all().delete()
    recommendation.delete()

    left = undo(merge=done)

    assert type(gone).objects.filter(pk=gone.pk).exists()
    assert left == [
        "Position is not brought back: what it belonged to (recommendation) is not there any more.",
    ]


def test_address_that_another_record_got_meanwhile_stays_with_that():
    kept, gone = SpeakerFactory(), SpeakerFactory(slug="ann")
    done = merge(kept=kept, gone=gone)
    SpeakerFactory(slug="ann")

    left = undo(merge=done)

    assert type(gone).objects.get(pk=gone.pk).slug not in {"", "ann"}
    assert len(left) == 1 and left[0].startswith("The address “ann” is another record’s by now")


def test_chain_is_undone_from_its_end():
    first, second, third = (SpeakerFactory(published=True, name=name) for name in "ABC")
    TalkSpeakerFactory(speaker=first)
    before = dump()
    one, two = merge(kept=second, gone=first), merge(kept=third, gone=second)

    with pytest.raises(ValidationError) as refused:
        undo(merge=one)
    undo(merge=two)
    undo(merge=one)

    assert refused.value.messages == ["“B” itself went into “C” since then. Undo that first."]
    assert differences(before, dump()) == {}


def test_undone_once_and_not_after_thirty_days():
    done, old = (merge(kept=ThemeFactory(), gone=ThemeFactory()) for _ in range(2))
    undo(merge=done)
    Merge.objects.filter(pk=old.pk).update(done_at=timezone.now() - dt.timedelta(days=30))

    with pytest.raises(ValidationError, match="undone already"):
        undo(merge=done)
    with pytest.raises(ValidationError, match="more than 30 days ago"):
        undo(merge=old)


def test_run_due_forgets_what_cannot_be_undone_any_more():
    old, recent = (merge(kept=ThemeFactory(), gone=ThemeFactory()) for _ in range(2))
    Merge.objects.filter(pk=old.pk).update(done_at=timezone.now() - dt.timedelta(days=30))

    call_command("run_due")

    assert [*Merge.objects.all()] == [recent]


def test_undo_brings_the_page_back(client):
    kept, gone = SpeakerFactory(published=True, slug="kept"), SpeakerFactory(published=True, slug="gone")
    SpeakerNameFactory(speaker=gone, name="Other")

    done = merge(kept=kept, gone=gone)
    moved = client.get("/speakers/gone/").status_code
    undo(merge=done)

    assert (moved, client.get("/speakers/gone/").status_code, OldSlug.objects.count()) == (301, 200, 0)
