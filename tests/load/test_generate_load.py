"""``generate_load``: public to the last row, under every constraint, and never on a real site."""

from io import StringIO

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import TestCase

from recommendations.models import Addressee, FollowUp, Origin, Position, Recommendation, Response, StatusInterval
from speakers.models import Organisation, Speaker
from tests.factories import SpeakerFactory, WorkshopFactory
from workshop.common.keywords import Tag, TaggedItem
from workshop.demo.load import load
from workshop.load.fill import fill, strangers
from workshop.load.size import Size
from workshop.models import Document, Ledger, Quote, SiteState, Talk, TalkSpeaker, Theme, Workshop
from workshop.registry import entries, publishable_models

RECOMMENDATIONS = 60


def generate(number=RECOMMENDATIONS, **options):
    """Run the command; what it said."""
    said = StringIO()
    call_command("generate_load", recommendations=number, stdout=said, **options)
    return said.getvalue()


def indexes_and_constraints():
    """By table: name and columns of everything that is an index or a constraint."""
    with connection.cursor() as cursor:
        return {
            table: sorted(
                (name, found["columns"], found["unique"], found["foreign_key"], found["index"])
                for name, found in connection.introspection.get_constraints(cursor, table).items()
                if connection.vendor == "postgresql" or not name.startswith("__")  # SQLite's are numbered as read
            )
            for table in connection.introspection.django_table_names(only_existing=True)
        }


class TestGenerated(TestCase):
    """A class, so that the content is made once."""

    @classmethod
    def setUpTestData(cls):
        cls.before = indexes_and_constraints()
        SiteState.raise_version()
        cls.version = SiteState.objects.get().version
        cls.said = generate()

    def test_there_is_as_much_as_was_asked_for_and_as_goes_with_it(self):
        size = Size.of(RECOMMENDATIONS)
        models = [Recommendation, Speaker, Talk, Document, Theme, Workshop, Tag]

        counts = {model.__name__: model._base_manager.count() for model in models}
        assert counts == {
            "Recommendation": 60,
            "Speaker": size.speakers,
            "Talk": size.talks,
            "Document": size.documents,
            "Theme": size.themes,
            "Workshop": size.editions,
            "Tag": size.tags,
        }
        assert Organisation.objects.filter(kind="state").count() == size.states

    def test_everything_is_public(self):
        models = [*publishable_models(), Position, Addressee, Response, Quote, TalkSpeaker, StatusInterval]

        hidden = {
            model.__name__: hidden
            for model in models
            if (hidden := model._base_manager.count() - model._default_manager.public().count())
        }
        assert hidden == {}

    def test_the_database_refuses_no_row(self):
        connection.check_constraints()

    def test_every_row_passes_the_checks_that_editors_pass(self):
        for model in (Recommendation, Position, FollowUp, Talk, TalkSpeaker, Quote, Workshop, Speaker):
            for record in model._base_manager.all():
                record.full_clean()

    def test_indexes_and_constraints_are_as_they_were(self):
        assert indexes_and_constraints() == self.before

    def test_the_next_row_by_hand_gets_a_free_key(self):
        last = Speaker.objects.order_by("pk").last().pk

        assert SpeakerFactory().pk > last

    def test_statuses_are_those_that_the_follow_ups_make(self):
        shown = ("recommendation_id", "status", "start", "end", "follow_up_id")

        def told(intervals):
            return [tuple(getattr(interval, name) for name in shown) for interval in intervals]

        for recommendation in Recommendation.objects.all():
            stored = told(recommendation.intervals.order_by("start"))
            assert stored == told(StatusInterval.objects.derive(recommendation))
        assert StatusInterval.objects.exists()

    def test_every_code_is_in_the_ledger_as_published(self):
        given = {*Recommendation.objects.values_list("code", flat=True)}
        given |= {code.lower() for code in Workshop.objects.values_list("code", flat=True)}

        assert {*Ledger.objects.filter(fate="published").values_list("code", flat=True)} == given

    def test_editions_count_on_from_their_last_code(self):
        for edition in Workshop.objects.all():
            assert edition.last_number == edition.recommendations.count()

    def test_every_origin_occurs_and_a_small_share_is_in_korean(self):
        origins = set(Recommendation.objects.values_list("origin", flat=True))

        assert origins == set(Origin.values)
        assert 0 < Recommendation.objects.exclude(statement_ko="").count() < RECOMMENDATIONS / 4

    def test_each_has_one_to_three_experts_one_to_three_themes_and_one_or_two_addressees(self):
        for recommendation in Recommendation.objects.all():
            assert recommendation.positions.filter(speaker__isnull=False).count() in {1, 2, 3}
            assert recommendation.themes.count() in {1, 2, 3}
            assert recommendation.addressees.count() in {1, 2}
            assert 60 <= len(f"{recommendation.statement} {recommendation.detail}".split()) <= 150

    def test_keywords_hang_on_records_that_exist(self):
        model = ContentType.objects.get_for_model(Recommendation)
        tagged = set(TaggedItem.objects.filter(content_type=model).values_list("object_id", flat=True))

        assert tagged and tagged <= set(Recommendation.objects.values_list("pk", flat=True))

    def test_the_public_version_has_moved_on(self):
        assert SiteState.objects.get().version > self.version

    def test_pages_of_it_can_be_read(self):
        for entry in entries():
            record = entry.model._base_manager.order_by("pk").first()
            address = record.get_absolute_url() if hasattr(record, "get_absolute_url") else f"/tags/{record.slug}/"
            assert self.client.get(address).status_code in {200, 404}, address  # a keyword may be of nothing

    def test_a_second_call_refuses_and_writes_nothing(self):
        with pytest.raises(CommandError, match="This database holds .*recommendations.* Nothing was written"):
            generate()

        assert Recommendation.objects.count() == RECOMMENDATIONS


@pytest.mark.django_db
def test_beside_the_demo_it_is_written():
    load()

    generate(5)
    assert Recommendation.objects.filter(code__startswith="load").count() == 5


@pytest.mark.django_db
def test_beside_what_an_editor_wrote_it_is_refused_unless_told_so():
    WorkshopFactory()

    with pytest.raises(CommandError, match="This database holds editions that the demo did not enter"):
        generate(5)
    assert not Recommendation.objects.exists()

    generate(5, beside_other_content=True)
    assert Recommendation.objects.count() == 5


@pytest.mark.django_db
@pytest.mark.parametrize("number", [0, -5])
def test_less_than_one_is_refused(number):
    with pytest.raises(CommandError, match="one recommendation or more"):
        generate(number)


@pytest.mark.django_db
def test_the_same_seed_gives_the_same_content():
    def statements(seed):
        with transaction.atomic():
            fill(recommendations=5, seed=seed)
            shown = ("code", "statement", "detail_ko", "made_on", "positions__speaker__slug")
            found = list(Recommendation.objects.order_by("pk", "positions").values_list(*shown))
            transaction.set_rollback(True)
        return found

    first = statements(7)

    assert statements(7) == first
    assert statements(8) != first


@pytest.mark.django_db
def test_the_demo_alone_is_no_stranger():
    load()

    assert strangers() == []


@pytest.mark.parametrize(
    ("recommendations", "expected"),
    [
        (2_000, Size(2_000, 40, 200, 40, 20, 12, 6, 15, 20)),
        (100_000, Size(100_000, 2_000, 10_000, 2_000, 200, 200, 60, 300, 20)),
        (1_000_000, Size(1_000_000, 20_000, 100_000, 20_000, 200, 200, 60, 300, 20)),
    ],
)
def test_size(recommendations, expected):
    assert Size.of(recommendations) == expected


@pytest.mark.django_db
def test_progress_is_told_in_so_many_lines(monkeypatch):
    monkeypatch.setattr("workshop.load.fill.AT_ONCE", 1)
    monkeypatch.setattr("workshop.management.commands.generate_load.AT_ONCE", 1)

    said = generate(60)
    lines = [line for line in said.splitlines() if " of 60 in " in line]
    assert (len(lines), lines[-1].split(" in ")[0]) == (20, "60 of 60")
