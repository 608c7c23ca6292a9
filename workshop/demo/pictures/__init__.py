"""The pictures of the demo: drawn for it by ``draw.py``, kept beside it."""

from pathlib import Path

from django.core.files.base import ContentFile

from workshop.actions import publish
from workshop.images.models import Image
from workshop.images.processing import accept

HERO = {
    "alt": "Drawing: a row of eleven upright dark strokes; the twelfth is red and broken off low, and three short "
    "blue-green strokes lead on from it, upwards to the right.",
    "credit": "Drawn for Rapporteur",
    "caption": "Eleven editions, a twelfth broken off, and three days online.",
}


def hero() -> Image:
    """The picture of the twelfth edition, re-encoded as every upload is; not saved yet.

    Call it outside of a transaction: it takes time, and none of it the database.
    """
    drawn = Path(__file__).with_name("twelfth-edition.webp")
    return Image(file=accept(ContentFile(drawn.read_bytes(), name=drawn.name)), **HERO)


def enter(image: Image) -> Image:
    """Save a picture and publish it."""
    image.save()
    publish(record=image)
    return image
