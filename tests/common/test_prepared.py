"""Queries that are compiled once: they answer as the queryset built anew, with any values."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from speakers.models import Speaker
from tests.factories import OrganisationFactory, SpeakerFactory, TalkFactory, TalkSpeakerFactory
from workshop.common.prepared import MOST_PREPARED, Prepared, number_of
from workshop.models import Talk, TalkSpeaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def by_keys():
    return Prepared(lambda keys: Speaker.objects.filter(pk__in=keys))


@pytest.mark.parametrize("number", [1, 2, 3, 5, 9])
def test_keys_of_any_number_find_their_rows(number, by_keys):
    people = SpeakerFactory.create_batch(10)[:number]

    assert list(by_keys([one.pk for one in people])) == list(Speaker.objects.filter(pk__in=[p.pk for p in people]))


def test_second_call_finds_what_it_is_given_and_what_is_new(by_keys):
    first, second = SpeakerFactory.create_batch(2)
    list(by_keys([first.pk]))

    Speaker.objects.filter(pk=second.pk).update(name="Renamed")

    assert [one.name for one in by_keys([second.pk])] == ["Renamed"]


def test_five_and_seven_keys_share_a_statement(by_keys):
    keys = [one.pk for one in SpeakerFactory.create_batch(7)]
    with CaptureQueriesContext(connection) as asked:
        found = [len(by_keys(keys[:5])), len(by_keys(keys))]

    assert found == [5, 7]
    assert len(by_keys.compiled) == 1
    assert len(asked) == 2


def test_no_keys_find_nothing_without_asking(by_keys, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert list(by_keys([])) == []


@pytest.mark.parametrize("slug", ["plain", "백태웅", "o'brien", 'a"b', "50%s", "\ue0000", "a\\b", ""])
def test_a_text_is_a_value_whatever_stands_in_it(slug):
    person = SpeakerFactory(slug="plain")
    Speaker.objects.filter(pk=person.pk).update(slug=slug)
    named = Prepared(lambda slug: Speaker.objects.filter(slug=slug))

    assert (list(named(slug)), list(named(f"{slug}x"))) == ([person], [])


def test_several_values_keep_their_places():
    talk, other = TalkFactory.create_batch(2)
    rows = [TalkSpeakerFactory(talk=one, speaker=SpeakerFactory()) for one in (talk, talk, other)]
    among = Prepared(lambda talk, people: TalkSpeaker.objects.filter(talk=talk, speaker__in=people))

    found = among(talk.pk, [rows[1].speaker_id, rows[2].speaker_id])

    assert list(found) == [rows[1]]


def test_values_lists_numbers_and_annotations_are_kept():
    TalkSpeakerFactory(talk__published=True, speaker=SpeakerFactory(published=True))
    rows = TalkSpeaker.objects.public

    assert list(Prepared(lambda: rows().values_list("pk", "shown_as"))()) == list(rows().values_list("pk", "shown_as"))
    assert list(Prepared(lambda: number_of(rows()))()) == [1]
    assert [row.shown_as for row in Prepared(rows)()] == [0]


def test_number_of_no_rows_is_zero():
    assert list(Prepared(lambda: number_of(Speaker.objects.public()))()) == [0]


def test_public_paths_are_read_with_the_rows():
    row = TalkSpeakerFactory(talk__published=True, speaker=SpeakerFactory(published=True))
    prepared = Prepared(lambda keys: TalkSpeaker.objects.public().filter(pk__in=keys).with_public("talk"))

    [found] = prepared([row.pk]).with_public("speaker")

    assert (found._state.fields_cache["talk"], found._state.fields_cache["speaker"]) == (row.talk, row.speaker)


@pytest.mark.parametrize(
    "refine",
    [
        lambda rows: rows.filter(pk=1),
        lambda rows: rows.exclude(pk=1),
        lambda rows: rows.order_by("pk"),
        lambda rows: rows[:1],
        lambda rows: rows.count(),
        lambda rows: rows.exists(),
        lambda rows: rows.update(name=""),
        lambda rows: rows.delete(),
    ],
    ids=["filter", "exclude", "order_by", "slice", "count", "exists", "update", "delete"],
)
def test_what_would_change_the_wording_fails_and_spoils_nothing(refine, by_keys):
    person = SpeakerFactory()

    with pytest.raises((AttributeError, TypeError)):
        refine(by_keys([person.pk]))

    assert list(by_keys([person.pk])) == [person]


def test_relation_that_was_read_says_so_when_asked_for_more():
    theme_talk = TalkFactory(published=True)
    TalkSpeakerFactory(talk=theme_talk, speaker=SpeakerFactory(published=True))
    [talk] = Talk.objects.public().with_public("talk_speakers")

    assert len(talk.talk_speakers.all()) == 1
    with pytest.raises(AttributeError):
        talk.talk_speakers.filter(order=1)


def test_record_that_two_paths_lead_to_is_read_once(django_assert_num_queries):
    parent = OrganisationFactory(published=True)
    OrganisationFactory(published=True, parent=parent, country=parent)
    rows = type(parent).objects.public().filter(parent=parent).with_public("parent", "country")

    with django_assert_num_queries(2):
        [part] = rows

    assert (part.parent, part.country) == (parent, parent)


def test_constants_stand_in_the_wording_and_values_do_not():
    """A plan that the database makes once fits what is asked: it knows all but the key."""
    odd = "it's 100 %s, 50 %d"
    SpeakerFactory(name=odd)
    sought = SpeakerFactory(name=odd)
    SpeakerFactory(name="it")
    prepared = Prepared(lambda key: Speaker.objects.filter(name=odd, state="draft", pk__gte=key))

    with CaptureQueriesContext(connection) as asked:
        found = list(prepared(sought.pk))

    assert found == [sought]
    assert prepared.compiled[(int,)].params == [1 << 62]
    assert "'it''s 100 %s, 50 %d'" in asked[0]["sql"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite prepares nothing")
def test_small_and_large_keys_share_what_postgresql_has_prepared(by_keys):
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    for key in (1, 40_000, 1 << 40):
        list(by_keys([key]))

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%speakers_speaker%'")
        assert cursor.fetchone() == (1,)
    assert connection.connection.prepared_max == MOST_PREPARED
