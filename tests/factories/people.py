"""People and organisations."""

import factory
from factory.django import DjangoModelFactory

from speakers.models import Affiliation, Organisation, OrganisationKind, Speaker, SpeakerName
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


class SpeakerNameFactory(DjangoModelFactory):
    """Another spelling of a name."""

    class Meta:
        model = SpeakerName

    speaker = factory.SubFactory(SpeakerFactory)
    name = factory.Sequence(lambda n: f"Other name {n}")
