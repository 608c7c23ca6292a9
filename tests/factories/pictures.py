"""Pictures made in memory."""

import factory

from tests.factories.base import PublishableFactory
from workshop.images.models import Image


class ImageFactory(PublishableFactory):
    """A small grey picture with its words."""

    class Meta:
        model = Image

    file = factory.django.ImageField(color="grey", width=800, height=600, format="WEBP", filename="picture.webp")
    alt = factory.Sequence(lambda n: f"Grey field {n}")
    credit = "Drawn for the tests"
