"""Building the whole index, and finding out where it differs from the records."""

from io import StringIO

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import connection

from recommendations.models import Recommendation
from tests.factories import PositionFactory, SpeakerFactory, TalkFactory, ThemeFactory
from tests.recommendations.facets import counts, proposal
from workshop.search import freshness
from workshop.search.building import Difference, build, build_where_missing, compare
from workshop.search.everything import search
from workshop.search.kinds import FORMAT
from workshop.search.models import Entry, IndexState, Pair, Spelling, Term, Text

pytestmark = pytest.mark.django_db


@pytest.fixture
def records():
    record = proposal("x-1", statement="Keep the mud")
    record.themes.add(ThemeFactory(published=True, slug="silt"))
    PositionFactory(recommendation=record, speaker=SpeakerFactory(published=True))
    TalkFactory(published=True, title="Why mud")
    TalkFactory(title="Only a draft")
    freshness.flush()
    return record


def everything():
    """All that the index holds, but for the order in which values came."""
    terms = sorted(Term.objects.filter(total__gt=0).values_list("facet", "value", "label", "total"))
    entries = sorted(Entry.objects.values_list("ord", "kind", "object_id", "digest", "face"))
    pairs = sorted(Pair.objects.filter(total__gt=0).values_list("total", flat=True))
    return terms, entries, pairs, sorted(Text.objects.values_list("ord", "shown", "body"))


def indexes():
    """The indexes of the tables that are searched."""
    with connection.cursor() as cursor:
        tables = ("search_entry", "search_text")
        return {table: {*connection.introspection.get_constraints(cursor, table)} for table in tables}


def segments():
    """How many pieces FTS5 has to look into."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT id >> 37) FROM search_fts_data WHERE id > 10")
        return cursor.fetchone()[0]


def test_rebuilt_index_is_the_one_that_was_kept(records):
    kept = everything()
    assert build() == Entry.objects.count()
    assert everything() == kept


def test_index_is_built_from_nothing(records):
    kept = everything()
    for model in (Entry, Text, Term, Pair, Spelling):
        model.objects.all().delete()
    build()
    assert everything() == kept
    assert [group.kind for group in search("mud", per_kind=1).groups] == ["recommendation", "talk"]


def test_build_that_was_interrupted_is_finished_by_the_next(records, monkeypatch):
    kept, kept_indexes = everything(), indexes()
    for model in (Entry, Text, Term, Pair, Spelling):
        model.objects.all().delete()

    def stop(kind, done, total):
        if kind == "speaker":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(stop)
    build()
    assert everything() == kept
    assert compare() == []
    assert indexes() == kept_indexes


@pytest.mark.skipif(connection.vendor != "sqlite", reason="FTS5")
def test_entries_that_are_built_together_are_few_segments(records):
    TalkFactory.create_batch(8, published=True)
    freshness.flush()
    Entry.objects.filter(kind=3).delete()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO search_fts(search_fts) VALUES ('optimize')")
    build()
    assert segments() <= 4  # what there was, what was removed, what was added


def test_rebuild_drops_spellings_that_are_in_no_public_text(records):
    Spelling.objects.create(word="withdrawn")
    build()
    assert not Spelling.objects.filter(word="withdrawn").exists()
    assert Spelling.objects.filter(word="mud").exists()


def test_rebuild_says_how_far_it_is(records):
    said = []
    build(lambda kind, done, total: said.append((kind, done, total)))
    assert [each for each in said if each[0] in {"talk", "series"}] == [
        ("talk", 0, Recommendation.objects.count() + 2),
        ("talk", Recommendation.objects.count() + 2, Recommendation.objects.count() + 2),
        ("series", 0, 0),
    ]


def test_comparing_names_what_is_missing_left_over_and_outdated(records):
    talk = TalkFactory(published=True)
    gone = TalkFactory(published=True)
    freshness.flush()
    Entry.objects.filter(kind=3, object_id=talk.pk).delete()
    type(gone)._base_manager.filter(pk=gone.pk).update(state="draft")
    Recommendation.objects.filter(pk=records.pk).update(statement="Drain the swamp")
    Term.objects.filter(value="silt").update(total=7)
    assert compare() == [
        Difference("recommendation", outdated=(records.pk,)),
        Difference("talk", missing=(talk.pk,), left_over=(gone.pk,)),
        Difference("totals", wrong_totals=1),
    ]
    build()
    assert compare() == []


def test_command_builds_and_compares(records):
    out = StringIO()
    call_command("rebuild_search", stdout=out)
    call_command("rebuild_search", "--check", stdout=out)
    assert out.getvalue().splitlines() == [
        f"The search index is built: {Entry.objects.count()} entries.",
        "The search index fits the records.",
    ]
    Recommendation.objects.filter(pk=records.pk).update(statement="Drain the swamp")
    with pytest.raises(CommandError, match=rf"recommendation: 1 outdated \({records.pk}\)\nRun: .*rebuild_search"):
        call_command("rebuild_search", "--check", stdout=out)


def test_start_names_an_index_that_does_not_fit(records):
    IndexState.objects.update_or_create(pk=1, defaults={"format": FORMAT})
    assert [warning.id for warning in run_checks(databases=["default"]) if warning.id.startswith("rapporteur")] == []
    Entry.objects.filter(kind=3).first().delete()
    assert [str(warning.msg) for warning in run_checks(databases=["default"]) if warning.id == "rapporteur.W001"] == [
        f"The search index has {Recommendation.objects.count()} of kind talk, "
        f"the database {Recommendation.objects.count() + 1} that are public."
    ]
    IndexState.objects.all().delete()
    assert [warning.id for warning in run_checks(databases=["default"]) if warning.id == "rapporteur.W002"]


def test_migration_builds_an_index_of_an_older_format_and_leaves_a_good_one(records):
    IndexState.objects.update_or_create(pk=1, defaults={"format": 0, "built_at": None})
    build_where_missing(using="default")
    built = IndexState.objects.get().built_at
    build_where_missing(using="default")
    assert built is not None
    assert IndexState.objects.get().built_at == built


def test_totals_are_those_of_the_public(records):
    assert counts("theme") == {"silt": 1}
    assert Pair.objects.filter(total__lt=0).count() == 0
