"""Recommendations and what hangs on them."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from recommendations.models import (
    Addressee,
    Answer,
    FollowUp,
    ImportedRow,
    Position,
    Recommendation,
    Response,
    Status,
    Tie,
)
from tests.factories.base import LONG_AGO, PublishableFactory
from tests.factories.people import OrganisationFactory, SpeakerFactory
from tests.factories.programme import QuoteFactory, WorkshopFactory
from workshop.actions import next_code
from workshop.common.attribution import Attribution


class RecommendationFactory(PublishableFactory):
    """From a talk; published it brings a published edition and talk with it."""

    class Meta:
        model = Recommendation

    class Params:
        published = factory.Trait(
            state="published",
            first_published_at=LONG_AGO,
            workshop=factory.SubFactory(WorkshopFactory, published=True),
            source_quote=factory.SubFactory(QuoteFactory, talk__published=True),
        )
        withdrawn = factory.Trait(
            state="withdrawn",
            first_published_at=LONG_AGO,
            withdrawal="error",
            withdrawn_at=LONG_AGO,
            source_quote=factory.SubFactory(QuoteFactory, talk__published=True),
        )

    workshop = factory.SubFactory(WorkshopFactory)
    code = factory.LazyAttribute(lambda record: next_code(workshop=record.workshop))
    statement = factory.Sequence(lambda n: f"Do the thing number {n}")
    made_on = dt.date(2020, 6, 16)


class PositionFactory(DjangoModelFactory):
    """An expert who proposes it, on record."""

    class Meta:
        model = Position

    recommendation = factory.SubFactory(RecommendationFactory)
    speaker = factory.SubFactory(SpeakerFactory)
    attribution = Attribution.ON_RECORD


class AddresseeFactory(DjangoModelFactory):
    """An organisation that is asked."""

    class Meta:
        model = Addressee

    recommendation = factory.SubFactory(RecommendationFactory)
    organisation = factory.SubFactory(OrganisationFactory)


class ResponseFactory(DjangoModelFactory):
    """An answer."""

    class Meta:
        model = Response

    addressee = factory.SubFactory(AddresseeFactory)
    answer = Answer.NOTED


class FollowUpFactory(PublishableFactory):
    """Something that happened, with its evidence."""

    class Meta:
        model = FollowUp

    recommendation = factory.SubFactory(RecommendationFactory)
    date = dt.date(2023, 1, 24)
    status = Status.IN_PROGRESS
    summary = factory.Sequence(lambda n: f"Something happened {n}")
    evidence_url = "https://news.example.org/story"


class TieFactory(DjangoModelFactory):
    """Two that ask the same."""

    class Meta:
        model = Tie

    recommendation = factory.SubFactory(RecommendationFactory)
    other = factory.SubFactory(RecommendationFactory)


class ImportedRowFactory(DjangoModelFactory):
    """Where a recommendation came from."""

    class Meta:
        model = ImportedRow

    recommendation = factory.SubFactory(RecommendationFactory)
    source = "upr"
    identity = factory.Sequence(lambda n: f"{n:064x}")
