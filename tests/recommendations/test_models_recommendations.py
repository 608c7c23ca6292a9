"""The recommendation itself, its code, whom it addresses and what they answered."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from recommendations.actions import create
from recommendations.models import Answer, Goal, Recommendation
from tests.constraints import Rule, check, in_a_language, of_publishing
from tests.factories import (
    AddresseeFactory,
    DocumentFactory,
    FollowUpFactory,
    OrganisationFactory,
    PositionFactory,
    QuoteFactory,
    RecommendationFactory,
    ResponseFactory,
    SpeakerFactory,
    TalkFactory,
    WorkshopFactory,
)
from workshop.common.attribution import Attribution
from workshop.common.dates import VagueDate

pytestmark = pytest.mark.django_db
MARCH = VagueDate(dt.date(2020, 3, 1), "month")


def goal():
    return Goal.objects.first()


RULES = {
    **of_publishing(RecommendationFactory),
    **in_a_language(RecommendationFactory, "statement"),
    "recommendations_recommendation_origin_has_source": Rule(
        RecommendationFactory,
        given={"published": True},
        allows=[
            {"origin": "talk"},
            {"origin": "document", "source_quote": lambda _: QuoteFactory(talk=None, document=DocumentFactory())},
            {"origin": "document", "source_quote": None, "source_document": lambda _: DocumentFactory()},
            {"origin": "un-mechanism", "source_quote": None, "session": "33", "workshop": None},
            {"origin": "pledge", "source_quote": None, "session": "33", "workshop": None},
            {"origin": "talk", "source_quote": None, "state": "draft", "first_published_at": None},
        ],
        refuses=[
            {"source_quote": None},
            {"source_document": lambda _: DocumentFactory()},
            {"origin": "document", "source_quote": None},
            {"origin": "un-mechanism", "session": ""},
            {"origin": "pledge", "session": ""},
        ],
        says="Before it is published: one from a talk needs its source words, one from a document that document or "
        "its words, one from a UN mechanism its session.",
    ),
    "recommendations_recommendation_published_has_made_on": Rule(
        RecommendationFactory,
        given={"published": True},
        allows=[{"made_on": "2020-06-16"}, {"made_on": None, "state": "draft", "first_published_at": None}],
        refuses=[{"made_on": None}],
        says="Before it is published it needs the date on which it was made.",
    ),
    "recommendations_recommendation_experts_in_edition": Rule(
        RecommendationFactory,
        allows=[{"origin": "document"}, {"origin": "un-mechanism", "workshop": None}],
        refuses=[{"workshop": None}, {"origin": "document", "workshop": None}],
        says="Choose the edition: it gives the recommendation its code.",
    ),
    "recommendations_recommendation_not_its_own_relative": Rule(
        RecommendationFactory,
        allows=[{"parent": lambda _: RecommendationFactory()}, {"superseded_by": lambda _: RecommendationFactory()}],
        refuses=[{"parent": lambda record: record}, {"superseded_by": lambda record: record}],
        says="A recommendation is not a part of itself, and does not supersede itself.",
    ),
    "recommendations_recommendation_action_one_to_five": Rule(
        RecommendationFactory,
        allows=[{"action": None}, {"action": 1}, {"action": 5}],
        refuses=[{"action": 0}, {"action": 6}],
        says="is not a valid choice",
    ),
    "recommendations_addressee_once": Rule(
        AddresseeFactory,
        allows=[{"organisation": lambda _: OrganisationFactory()}],
        refuses=[{"organisation": lambda row: AddresseeFactory(recommendation=row.recommendation).organisation}],
        says="This organisation is addressed already.",
    ),
    "recommendations_response_answer_known": Rule(
        ResponseFactory,
        allows=[{"answer": answer} for answer in Answer.values],
        refuses=[{"answer": "maybe"}],
        says="is not a valid choice",
    ),
    "recommendations_goal_one_of_seventeen": Rule(
        goal,
        allows=[{"number": lambda row: row.number}],
        refuses=[{"number": 0}, {"number": 18}],
        says="",
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_constraint(name):
    check(name, RULES[name])


# --- Source and date -------------------------------------------------------------------


def test_source_words_of_one_from_a_talk_stand_in_a_talk():
    printed = QuoteFactory(talk=None, document=DocumentFactory())

    with pytest.raises(ValidationError, match="The source words stand in no talk"):
        RecommendationFactory(source_quote=printed).full_clean()


def test_source_words_of_one_from_a_document_stand_in_a_document():
    said = QuoteFactory()

    with pytest.raises(ValidationError, match="The source words stand in no document"):
        RecommendationFactory(origin="document", source_quote=said).full_clean()


@pytest.mark.parametrize(
    ("source", "made"),
    [
        (lambda: {"source_quote": QuoteFactory(talk__date=MARCH.date, talk__date_precision="month")}, MARCH),
        (lambda: {"source_quote": QuoteFactory(talk__date=None)}, VagueDate(dt.date(2020, 6, 16))),
        (
            lambda: {
                "origin": "document",
                "source_document": DocumentFactory(date=MARCH.date, date_precision="month"),
            },
            MARCH,
        ),
        (
            lambda: {
                "origin": "document",
                "source_quote": QuoteFactory(
                    talk=None, document=DocumentFactory(date=MARCH.date, date_precision="month")
                ),
            },
            MARCH,
        ),
        (lambda: {}, VagueDate(dt.date(2020, 6, 16))),
        (lambda: {"made_on": dt.date(2019, 5, 4), "source_quote": QuoteFactory()}, VagueDate(dt.date(2019, 5, 4))),
    ],
    ids=["talk", "talk without date", "document", "words in a document", "edition", "given"],
)
def test_create_without_a_date_takes_that_of_its_source(source, made):
    edition = WorkshopFactory(start=dt.date(2020, 6, 16))
    values = {"workshop": edition, "statement": "Fill the post", "made_on": None} | source()

    record = create(recommendation=Recommendation(**values))

    assert Recommendation.objects.get().made == record.made == made


def test_create_without_edition_brings_its_own_code():
    with pytest.raises(ValueError, match="brings its own code"):
        create(recommendation=Recommendation(statement="Fill the post", origin="pledge"))

    record = create(recommendation=Recommendation(statement="Fill the post", origin="pledge", code="upr-33-1"))

    assert (record.code, record.made) == ("upr-33-1", None)


# --- Questions -------------------------------------------------------------------------


def test_newest_first_puts_experts_before_the_un_and_no_date_last():
    edition = WorkshopFactory(code="KW12")

    def made(code, day, **kwargs):
        return RecommendationFactory(workshop=edition, code=code, made_on=day, **kwargs)

    made("a-1", dt.date(2019, 1, 1))
    made("a-2", dt.date(2021, 1, 1))
    made("a-3", dt.date(2021, 1, 1))
    made("a-4", None)
    made("a-5", dt.date(2024, 1, 1), origin="un-mechanism")

    assert [record.code for record in Recommendation.objects.newest_first()] == ["a-2", "a-3", "a-1", "a-4", "a-5"]


def test_people_withheld_are_those_without_a_name_and_the_speaker_of_withheld_source_words():
    unnamed, named, quoted = SpeakerFactory.create_batch(3)
    recommendation = RecommendationFactory(
        source_quote=QuoteFactory(talk=TalkFactory(), speaker=quoted, attribution=Attribution.NOT_ATTRIBUTED)
    )
    PositionFactory(recommendation=recommendation, speaker=unnamed, attribution=Attribution.NOT_ATTRIBUTED)
    PositionFactory(recommendation=recommendation, speaker=named, stance="supports")

    assert set(recommendation.people_withheld()) == {unnamed, quoted}


def test_published_together_are_its_draft_follow_ups():
    recommendation = RecommendationFactory(published=True)
    draft = FollowUpFactory(recommendation=recommendation)
    FollowUpFactory(recommendation=recommendation, published=True)
    FollowUpFactory(recommendation=recommendation, state="in_review")

    assert list(recommendation.published_together()) == [draft]


@pytest.mark.parametrize(
    ("origin", "by_experts"), [("talk", True), ("document", True), ("un-mechanism", False), ("pledge", False)]
)
def test_by_experts_is_what_comes_from_the_workshop(origin, by_experts):
    assert Recommendation(origin=origin).by_experts == by_experts


def test_named_by_its_code_in_capitals():
    assert str(Recommendation(code="kw12-r03", statement="Fill the post")) == "KW12-R03 Fill the post"


@pytest.mark.parametrize(("level", "made"), [(0, VagueDate(dt.date(2020, 6, 16))), (2, "2020")])
def test_made_on_the_day_of_a_talk_that_is_withheld_tells_the_year_alone(level, made):
    """The talk is the only one of that day."""
    record = RecommendationFactory(published=True, made_on=dt.date(2020, 6, 16))
    PositionFactory(recommendation=record, speaker__published=True, attribution=level)

    shown = Recommendation.objects.public().with_source_withheld().get().made

    assert str(shown) == str(made)
