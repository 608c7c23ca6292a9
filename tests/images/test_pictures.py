"""What templates are given of a picture."""

import datetime as dt

import pytest
from django.template import Context, Template
from django.utils import translation
from PIL import Image as Pillow

from tests.factories import ImageFactory
from workshop.common.text import Text
from workshop.images import renditions
from workshop.images.pictures import picture_of, portrait_of

pytestmark = pytest.mark.django_db


def test_picture_has_every_size_below_its_own():
    image = ImageFactory(caption="Grey", place="Seoul", taken_on=dt.date(2016, 6, 1), taken_on_precision="month")
    stem = image.file.name.removesuffix(".webp")

    picture = picture_of(image, sizes="50vw")

    assert (picture.src, picture.srcset, picture.sizes) == (
        f"/media/{stem}-640.webp",
        f"/media/{stem}-320.webp 320w, /media/{stem}-640.webp 640w, /media/{stem}.webp 800w",
        "50vw",
    )
    assert (picture.width, picture.height, picture.alt, picture.lang) == (800, 600, image.alt, "")
    assert (picture.caption, picture.credit) == (Text("Grey", "en"), "Drawn for the tests")
    assert picture.place_date == "Seoul, June 2016"


def test_decorative_picture_is_passed_over():
    assert picture_of(ImageFactory(decorative=True, alt="Something")).alt == ""


def test_alternative_text_of_the_other_language_says_so():
    with translation.override("ko"):
        picture = picture_of(ImageFactory(alt="Grey", place="Seoul"))

    assert (picture.alt, picture.lang, picture.place_date) == ("Grey", "en", '<span lang="en">Seoul</span>')


def test_no_picture_is_none():
    assert (picture_of(None), portrait_of(None)) == (None, None)


def test_tag_shows_a_picture_with_its_credit_and_nothing_for_none():
    template = Template("{% load pictures %}{% picture image sizes='100vw' %}")
    shown = template.render(Context({"image": ImageFactory()}))

    assert ('sizes="100vw"' in shown, "Drawn for the tests" in shown) == (True, True)
    assert template.render(Context({"image": None})) == ""


def test_portrait_is_cut_square_around_the_focal_point():
    image = ImageFactory(focal_x=0.0)
    with image.file.storage.open(image.file.name, "wb") as file:
        wide = Pillow.new("RGB", (800, 600), "white")
        wide.paste("black", (0, 0, 400, 600))
        wide.save(file, "WEBP")

    renditions.make(image, renditions.squares(image)[0])

    cut = Pillow.open(image.file.storage.open(renditions.squares(image)[0].name))
    assert (cut.size, cut.getpixel((5, 50))) == ((112, 112), (0, 0, 0))


def test_small_picture_is_not_made_larger():
    image = ImageFactory(file__width=60, file__height=50)

    assert [size.width for size in renditions.scaled(image)] == []
    assert [size.width for size in renditions.squares(image)] == [50]
