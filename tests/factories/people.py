"""People and organisations."""

import factory
from factory.django import DjangoModelFactory

from speakers.models import Affiliation, Organisation, OrganisationKind, Speaker
from tests.factories.base import PublishableFactory


class OrganisationFactory(PublishableFactory):
    """A university."""

    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Organisation {n}")
    kind = OrganisationKind.UNIVERSITY


class SpeakerFactory(PublishableFactory):
    """A person with a name and nothing else."""

    class Meta:
        model = Speaker

    given_name = "Given"
    family_name = factory.Sequence(lambda n: f"Family{n}")
    name = factory.LazyAttribute(lambda speaker: f"{speaker.given_name} {speaker.family_name}")


class AffiliationFactory(DjangoModelFactory):
    """A current post."""

    class Meta:
        model = Affiliation

    speaker = factory.SubFactory(SpeakerFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = factory.Sequence(lambda n: f"Role {n}")
