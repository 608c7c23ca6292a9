"""After a take-down the name stands nowhere: no table, no page, no file, no record of it having been done."""

import json

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import connection, models

from recommendations.models import Position
from speakers.models import Speaker
from tests.factories import (
    FollowUpFactory,
    ImageFactory,
    PositionFactory,
    QuoteFactory,
    SpeakerFactory,
    TalkFactory,
    TalkSpeakerFactory,
)
from tests.pages import indexes, records
from tests.takedown.tables import everything_as_text, tables_with, world_of_alice, write_everywhere
from workshop.common.attribution import Attribution
from workshop.merging.actions import merge
from workshop.merging.models import Merge
from workshop.models import Media, SiteState, TalkSpeaker
from workshop.search import freshness
from workshop.search.building import compare
from workshop.takedown.actions import take_down
from workshop.takedown.finding import NOT_SEARCHED, text_columns
from workshop.takedown.models import TakeDown
from workshop.takedown.people import names_of

pytestmark = pytest.mark.django_db
HER = ("alice marsh", "alice-marsh", "앨리스", "marsh, alice")


def take_alice_down(world, **how):
    names = [*names_of(world.alice), "Alice"] if how.pop("first_name", False) else names_of(world.alice)
    return take_down(names=names, ground="request", person=world.alice, by=world.admin, **how)


def test_nothing_is_left_of_a_person_in_any_table(django_capture_on_commit_callbacks):
    world = world_of_alice()
    before = tables_with(*HER)
    with django_capture_on_commit_callbacks(execute=True):
        take_alice_down(world)

    assert {"speakers_speaker", "speakers_speakername", "slugs_oldslug", "django_admin_log"} <= set(before)
    assert {"search_text", "search_nameword", "search_term"} <= set(before)
    assert tables_with(*HER, "앨리스 마시") == []
    assert compare() == []


def test_no_word_of_a_name_is_left_in_the_index():
    """Neither among spellings, nor in what FTS5 has only struck out."""
    person = SpeakerFactory(published=True, name="Quizzix Zolland", family_name="Zolland", given_name="Quizzix")
    freshness.flush()
    before = tables_with("zolland")

    take_down(names=names_of(person), ground="request", person=person)

    assert {"search_text", "search_spelling", "search_nameword"} <= set(before)
    assert tables_with("zolland", "quizzix") == []


def test_words_are_taken_out_of_every_text_of_every_table(django_capture_on_commit_callbacks):
    """Every column that can hold a word does; a new model or column fails here until it is searched."""
    world = world_of_alice()
    write_everywhere()
    before = tables_with(*HER)
    with django_capture_on_commit_callbacks(execute=True):
        take_alice_down(world, first_name=True)

    assert len(before) > 25
    assert tables_with(*HER) == []
    assert compare() == []


def test_every_page_is_without_the_name_and_answers(client, django_capture_on_commit_callbacks):
    world = world_of_alice()
    address = world.alice.get_absolute_url()
    with django_capture_on_commit_callbacks(execute=True):
        take_alice_down(world)

    found = {}
    for page in [*indexes(), *records()]:
        response = client.get(page)
        text = response.content.decode().lower()
        if response.status_code != 200 or any(word in text for word in HER):
            found[page] = response.status_code
    assert found == {}
    assert [client.get(each).status_code for each in (address, "/speakers/alice-marsh-once/")] == [404, 404]
    assert 'class="switch"' not in client.get("/search/?q=Alice+Marsh").content.decode()


def test_models_that_are_not_searched_hold_no_word_of_a_record():
    assert {"sessions", "contenttypes", "auth", "accounts", "takedown", "search"} == NOT_SEARCHED
    for model in apps.get_models(include_auto_created=True):
        odd = [
            field.name
            for field in model._meta.concrete_fields
            if field not in text_columns(model) and not field.is_relation and not field.choices
            if isinstance(field, models.CharField | models.TextField | models.JSONField | models.BinaryField)
        ]
        assert odd == [], model


def test_rows_stay_and_name_nobody():
    alice = SpeakerFactory(published=True, name="Alice Marsh", portrait=ImageFactory(published=True, alt="A face"))
    row = TalkSpeakerFactory(speaker=alice, attribution=1, affiliation_then="Her chair", credited_as="A. Marsh")
    words, position = QuoteFactory(speaker=alice), PositionFactory(speaker=alice, affiliation="A lawyer")

    take_down(names=names_of(alice), ground="safety", person=alice)

    for each in (row, words, position):
        each.refresh_from_db()
    assert [(each.speaker, each.attribution) for each in (row, words, position)] == [
        (None, Attribution.NOT_ATTRIBUTED)] * 3  # fmt: skip
    assert (row.affiliation_then, row.credited_as, position.affiliation) == ("", "", "")
    assert (Speaker.objects.count(), type(alice.portrait).objects.count()) == (0, 0)
    assert (TalkSpeaker.objects.count(), Position.objects.count()) == (1, 1)


def test_mark_stands_where_a_sentence_needs_it_and_constraints_hold():
    talk = TalkFactory(published=True, title="Alice Marsh", summary="Then Alice Marsh’s turn. Kim Alice Marshall too.")
    follow_up = FollowUpFactory(published=True, evidence_url="https://news.example.org/alice-marsh")
    other = TalkFactory(title="Mud", key_message="Alice Marsh", source_url="https://example.org/Alice_Marsh")

    take_down(names=["Alice Marsh"], ground="law")

    for each in (talk, follow_up, other):
        each.refresh_from_db()
    assert (talk.title, talk.summary) == ("[removed]", "Then [removed] turn. Kim Alice Marshall too.")
    assert talk.slug.startswith("removed-")
    assert follow_up.evidence_url == "https://removed.invalid/"
    assert (other.key_message, other.source_url) == ("", "")


def test_files_go_after_the_commit_and_texts_are_written_anew(django_capture_on_commit_callbacks):
    world = world_of_alice()
    picture = ImageFactory(published=True)
    Speaker.objects.filter(pk=world.alice.pk).update(portrait=picture)
    world.alice.refresh_from_db()
    old = [picture.file.name, Media.objects.get(kind="transcript").file.name]
    with django_capture_on_commit_callbacks(execute=True):
        take_alice_down(world)
        there = [default_storage.exists(name) for name in old]

    new = Media.objects.get(kind="transcript").file
    assert (there, [default_storage.exists(name) for name in old]) == ([True, True], [False, False])
    assert new.read() == b"[removed]: Mud."


def test_undo_data_of_merges_goes():
    kept, gone = SpeakerFactory(published=True, name="Alice Marsh"), SpeakerFactory(name="A. Fen")
    merge(kept=kept, gone=gone)

    take_down(names=names_of(kept), ground="request", person=kept)

    assert not Merge.objects.exists()
    assert tables_with("alice marsh", "a. fen") == []


def test_record_says_when_by_whom_why_and_how_much(admin):
    alice = SpeakerFactory(published=True, name="Alice Marsh")
    TalkSpeakerFactory(speaker=alice)
    before = SiteState.objects.get().version

    done = take_down(names=["Alice Marsh"], ground="request", reason="By letter.", person=alice, by=admin.user)

    done.refresh_from_db()
    assert (done.done_by, done.ground, done.reason, done.person) == (admin.user, "request", "By letter.", alice.pk)
    assert done.counts == {"speakers.Speaker": 1, "workshop.TalkSpeaker": 1}
    assert "marsh" not in json.dumps(done.marks)
    assert SiteState.objects.get().version > before
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize(
    ("names", "ground", "reason"),
    [
        (["Alice Marsh"], "request", "Alice Marsh wrote to us."),
        (["Alice Marsh"], "request", "Ms MARSH wrote."),
        (["Alice Marsh"], "whim", ""),
        (["A"], "request", ""),
        ([], "request", ""),
    ],
)
def test_refusals_write_nothing(names, ground, reason):
    SpeakerFactory(name="Alice Marsh")
    before = everything_as_text()["speakers_speaker"]

    with pytest.raises(ValidationError):
        take_down(names=names, ground=ground, reason=reason)

    assert everything_as_text()["speakers_speaker"] == before
    assert not TakeDown.objects.exists()


def test_namesakes_beyond_a_word_boundary_are_left_alone():
    SpeakerFactory(name="Alice Marshall", slug="alice-marshall")
    TalkFactory(summary="김진흙수는 다른 사람이다.")

    done = take_down(names=["Alice Marsh", "김진흙"], ground="error")

    assert done.counts == {}
    assert connection.in_atomic_block
