"""Test data. Everything publishable is a draft unless ``published`` is asked for."""

from tests.factories.corrections import CorrectionFactory
from tests.factories.desk import AppointmentFactory, ReviewFactory, UserFactory
from tests.factories.people import AffiliationFactory, OrganisationFactory, SpeakerFactory, SpeakerNameFactory
from tests.factories.pictures import ImageFactory
from tests.factories.programme import (
    DocumentFactory,
    MediaFactory,
    QuoteFactory,
    SeriesFactory,
    StatusChangeFactory,
    TalkFactory,
    TalkSpeakerFactory,
    ThemeFactory,
    WorkshopFactory,
    WorkshopThemeFactory,
)
from tests.factories.proposals import (
    AddresseeFactory,
    FollowUpFactory,
    ImportedRowFactory,
    PositionFactory,
    RecommendationFactory,
    ResponseFactory,
    TieFactory,
)

__all__ = [
    "AddresseeFactory",
    "AffiliationFactory",
    "AppointmentFactory",
    "CorrectionFactory",
    "DocumentFactory",
    "FollowUpFactory",
    "ImageFactory",
    "ImportedRowFactory",
    "MediaFactory",
    "OrganisationFactory",
    "PositionFactory",
    "QuoteFactory",
    "RecommendationFactory",
    "ResponseFactory",
    "ReviewFactory",
    "SeriesFactory",
    "SpeakerFactory",
    "SpeakerNameFactory",
    "StatusChangeFactory",
    "TalkFactory",
    "TalkSpeakerFactory",
    "ThemeFactory",
    "TieFactory",
    "UserFactory",
    "WorkshopFactory",
    "WorkshopThemeFactory",
]
