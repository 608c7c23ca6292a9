"""Hostile uploads at the desk: of every one it is refused with a sentence, or nothing is left but its pixels."""

import re
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Pillow

from tests.images import hostile, uploads
from workshop.images import renditions
from workshop.images.models import Image

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::UserWarning", "ignore::PIL.Image.DecompressionBombWarning"),
]
TELLING = re.compile(rb"SECRET|Exif|EXIF|XMP |ICC_PROFILE|xmpmeta|<script|<\?php|Photoshop|Lavc|PK\x03\x04")


def stored():
    return set(default_storage.listdir("images")[1]) if default_storage.exists("images") else set()


def send(desk, name, content):
    """Drop a file on the library, as a browser would send it."""
    file = SimpleUploadedFile("x", content, "text/html")
    file._name = name  # as it is, past Django's own cleaning on this side
    address = reverse("admin:images_image_upload")
    return desk.client.post(address, {"files": file}, headers={"accept": "application/json"}).json()["files"]


def leaks(image):
    """What any of the picture's files tells beside its pixels."""
    found = []
    for size in [image.file.name, *(one.name for one in everything(image))]:
        content = default_storage.open(size).read()
        with Pillow.open(BytesIO(content)) as picture:
            told = {"exif", "xmp", "icc_profile", "comment", "XML:com.adobe.xmp"} & set(picture.info)
            found += [*told, *TELLING.findall(content), *dict(picture.getexif())]
    return found + (["name"] if "SECRET" in image.file.name else [])


def everything(image):
    return [*renditions.scaled(image), *renditions.squares(image), *renditions.in_avif(image)]


@pytest.mark.parametrize(("name", "content"), hostile.REFUSED.values(), ids=hostile.REFUSED)
def test_hostile_upload_is_refused_with_a_sentence(author, name, content):
    before = stored()

    [answer] = send(author, name, content)

    assert (answer["new"], answer["url"], Image.objects.count(), stored() - before) == (False, "", 0, set())
    assert answer["said"].endswith(".") and len(answer["said"]) > 20
    assert not {"\0", "\u202e", "/"} & set(answer["name"])


@pytest.mark.parametrize(("name", "content"), hostile.CLEANED.values(), ids=hostile.CLEANED)
def test_picture_that_tells_more_is_taken_as_pixels_alone(author, name, content):
    [answer] = send(author, name, content)
    image = Image.objects.get()
    renditions.make_all(image)

    assert (answer["new"], leaks(image)) == (True, [])
    assert not {"\0", "\u202e", "/"} & set(answer["name"])


def test_what_is_hostile_says_what_it_should_not():
    """The corpus is worth something only if what is looked for is in it."""
    silent = {name for name, (_, content) in hostile.CLEANED.items() if not TELLING.search(content)}
    places = [hostile.CLEANED[f"{kind}, place in Exif"][1] for kind in ("JPEG", "PNG", "WebP")]

    assert silent == {"PNG, texts", "PNG, 16 bits", "name with folders"} & silent
    assert [Pillow.open(BytesIO(content)).getexif().get_ifd(uploads.GPS) != {} for content in places] == [True] * 3
    assert len(hostile.REFUSED) + len(hostile.CLEANED) == 64
