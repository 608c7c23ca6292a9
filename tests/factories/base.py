"""What publishable factories share."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from workshop.common.publishing import State, Withdrawal

LONG_AGO = dt.datetime(2020, 7, 1, tzinfo=dt.UTC)


class PublishableFactory(DjangoModelFactory):
    """A draft; ``published=True`` or ``withdrawn=True`` gives the other fates."""

    class Meta:
        abstract = True

    class Params:
        published = factory.Trait(state=State.PUBLISHED, first_published_at=LONG_AGO)
        withdrawn = factory.Trait(
            state=State.WITHDRAWN,
            first_published_at=LONG_AGO,
            withdrawal=Withdrawal.ERROR,
            withdrawn_at=LONG_AGO,
        )
