"""Editions, talks and what documents them."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from tests.factories.base import PublishableFactory
from tests.factories.people import SpeakerFactory
from workshop.common.attribution import Attribution
from workshop.models import (
    Document,
    EventStatus,
    Media,
    Quote,
    Series,
    StatusChange,
    Talk,
    TalkSpeaker,
    Theme,
    Workshop,
    WorkshopTheme,
)


class SeriesFactory(PublishableFactory):
    """A series without hosts."""

    class Meta:
        model = Series

    name = factory.Sequence(lambda n: f"Series {n}")
    code = factory.Sequence(lambda n: f"S{n}")


class DocumentFactory(PublishableFactory):
    """A report."""

    class Meta:
        model = Document

    title = factory.Sequence(lambda n: f"Document {n}")


class ThemeFactory(PublishableFactory):
    """A programme theme."""

    class Meta:
        model = Theme

    name = factory.Sequence(lambda n: f"Theme {n}")


class WorkshopFactory(PublishableFactory):
    """An edition that is to take place as planned."""

    class Meta:
        model = Workshop

    title = factory.Sequence(lambda n: f"Edition {n}")
    code = factory.Sequence(lambda n: f"ED{n}")
    start = dt.date(2020, 3, 13)


class WorkshopThemeFactory(DjangoModelFactory):
    """A theme in an edition."""

    class Meta:
        model = WorkshopTheme

    workshop = factory.SubFactory(WorkshopFactory)
    theme = factory.SubFactory(ThemeFactory)


class StatusChangeFactory(DjangoModelFactory):
    """A cancellation."""

    class Meta:
        model = StatusChange

    workshop = factory.SubFactory(WorkshopFactory)
    status = EventStatus.CANCELLED
    decided_on = dt.date(2020, 3, 1)
    decided_on_precision = "month"


class TalkFactory(PublishableFactory):
    """A presentation in an edition whose fate it shares."""

    class Meta:
        model = Talk

    class Params:
        published = factory.Trait(
            state="published",
            first_published_at=dt.datetime(2020, 7, 1, tzinfo=dt.UTC),
            workshop=factory.SubFactory(WorkshopFactory, published=True),
        )

    workshop = factory.SubFactory(WorkshopFactory)
    title = factory.Sequence(lambda n: f"Talk {n}")
    date = dt.date(2020, 6, 16)


class TalkSpeakerFactory(DjangoModelFactory):
    """A speaker on record."""

    class Meta:
        model = TalkSpeaker

    talk = factory.SubFactory(TalkFactory)
    speaker = factory.SubFactory(SpeakerFactory)


class QuoteFactory(DjangoModelFactory):
    """Words from a talk, on record."""

    class Meta:
        model = Quote

    talk = factory.SubFactory(TalkFactory)
    exact = factory.Sequence(lambda n: f"exact words {n}")
    attribution = Attribution.ON_RECORD


class MediaFactory(DjangoModelFactory):
    """A video at a provider."""

    class Meta:
        model = Media

    talk = factory.SubFactory(TalkFactory)
    url = factory.Sequence(lambda n: f"https://www.youtube.com/watch?v=abcdefgh{n:03d}")
