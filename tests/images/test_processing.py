"""What is uploaded is looked at, made anew, and nothing else of it is kept."""

import pytest
from django.core.exceptions import ValidationError
from PIL import Image as Pillow

from tests.images import uploads
from tests.images.uploads import encoded, upload
from workshop.images.processing import accept

pytestmark = pytest.mark.once
UNREADABLE = (
    "This is not a picture we can read. Upload a JPEG, PNG, WebP or GIF; other kinds, such as SVG, EPS, "
    "TIFF, HEIC or PDF, have to be exported as one of these first."
)
DAMAGED = "The picture is damaged: it ends early or cannot be decoded."
TOO_MANY = "The picture has more than 40 million pixels. Save it smaller and try again."
MOVES = "The picture moves. Upload a still one: nothing on these pages moves by itself."
LIES = "The file ends in {}, but it holds a {} picture. Save it again under its right kind."

HOSTILE = {
    "an EPS": (uploads.EPS, "a.eps", UNREADABLE),
    "an EPS called a JPEG": (uploads.EPS, "a.jpg", UNREADABLE),
    "an SVG": (uploads.SVG, "a.svg", UNREADABLE),
    "an SVG called a PNG": (uploads.SVG, "a.png", UNREADABLE),
    "a web page": (uploads.HTML, "a.jpg", UNREADABLE),
    "nothing": (b"", "a.jpg", UNREADABLE),
    "a TIFF": (encoded("TIFF"), "a.tiff", UNREADABLE),
    "a BMP": (encoded("BMP"), "a.bmp", UNREADABLE),
    "half a JPEG": (uploads.noise("JPEG")[:6000], "a.jpg", DAMAGED),
    "half a PNG": (uploads.noise("PNG")[:6000], "a.png", DAMAGED),
    "a GIF that moves": (uploads.moving("GIF"), "a.gif", MOVES),
    "a PNG that moves": (uploads.moving("PNG"), "a.png", MOVES),
    "a WebP that moves": (uploads.moving("WEBP"), "a.webp", MOVES),
    "a bomb": (uploads.png_that_claims(10_000, 5_000), "a.png", TOO_MANY),
    "a larger bomb": (uploads.png_that_claims(60_000, 60_000), "a.png", TOO_MANY),
    "a PNG called a JPEG": (encoded("PNG"), "a.jpg", LIES.format(".jpg", "PNG")),
    "a JPEG called a web page": (encoded("JPEG"), "a.html", LIES.format(".html", "JPEG")),
}


@pytest.mark.parametrize(("content", "name", "sentence"), HOSTILE.values(), ids=HOSTILE)
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_upload_that_is_no_picture_is_refused_with_a_sentence(content, name, sentence):
    with pytest.raises(ValidationError) as refusal:
        accept(upload(content, name))

    assert refusal.value.messages == [sentence]


def test_upload_that_is_too_large_is_refused_unopened(settings):
    settings.UPLOAD_MAX_BYTES = 2 * 1024 * 1024

    with pytest.raises(ValidationError) as refusal:
        accept(upload(b"x" * (2 * 1024 * 1024 + 1)))

    assert refusal.value.messages == ["The file is larger than 2 MB. Save the picture smaller and try again."]


@pytest.mark.parametrize(
    ("kind", "name", "mode", "kept"),
    [
        ("JPEG", "A.JPG", "RGB", "RGB"),
        ("JPEG", "a.jpeg", "CMYK", "RGB"),
        ("JPEG", "a.jpg", "L", "RGB"),
        ("PNG", "a.png", "RGBA", "RGBA"),
        ("PNG", "a.png", "LA", "RGBA"),
        ("PNG", "a.png", "P", "RGB"),
        ("PNG", "a.png", "1", "RGB"),
        ("PNG", "a", "I;16", "RGB"),
        ("WEBP", "a.webp", "RGB", "RGB"),
        ("GIF", "a.gif", "P", "RGB"),
    ],
)
def test_still_picture_becomes_a_webp_of_ours(kind, name, mode, kept):
    colour = {"RGBA": (9, 9, 9, 9), "LA": (9, 9), "CMYK": (1, 2, 3, 4)}.get(mode, 1)

    picture = Pillow.open(accept(upload(encoded(kind, mode=mode, colour=colour), name)))

    assert (picture.format, picture.size, picture.mode) == ("WEBP", (80, 60), kept)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_place_and_camera_are_gone_and_the_picture_stands_upright(kind):
    content = uploads.with_place(kind)
    assert Pillow.open(upload(content)).getexif().get_ifd(uploads.GPS) != {}

    stored = accept(upload(content, f"At Home With Name.{kind.lower()}"))

    picture = Pillow.open(stored)
    assert picture.size == (60, 80)
    assert dict(picture.getexif()) == {}
    assert {"exif", "xmp", "icc_profile", "comment"} & set(picture.info) == set()
    assert b"Camera of" not in stored.read() and "Name" not in stored.name


def test_what_follows_the_picture_in_the_file_is_gone():
    stored = accept(upload(encoded("JPEG") + b"<script>alert(1)</script>"))

    assert b"script" not in stored.read()


def test_large_picture_is_made_smaller():
    picture = Pillow.open(accept(upload(encoded("PNG", size=(5000, 1000)), "a.png")))

    assert picture.size == (2560, 512)
