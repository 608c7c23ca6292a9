"""The sizes in which a picture is served, and what their files are called.

Files are named at random, so that an address tells neither who is in the
picture nor what the camera called it. Renditions stand beside their master and
can be made again from it at any time.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as Pillow
from PIL import ImageOps

FOLDER = "images"
EXTENSIONS = (".webp", ".jpg", ".jpeg", ".png", ".gif")
LONGEST_SIDE = 2560
WIDTHS = (320, 640, 1280)
SQUARES = (112, 224, 336)
QUALITY = 82
NAME = re.compile(r"images/(?P<stem>[0-9a-f]{32})-[-0-9a-z]{1,20}\.webp")


@dataclass(frozen=True)
class Rendition:
    """One size of a picture: its file, its width, and where a square is cut."""

    name: str
    width: int
    focal: tuple[float, float] | None = None


def picture_path(image: object, filename: str) -> str:
    """A random name for a master file; of the one it came with only a known ending stays."""
    suffix = PurePath(filename).suffix.lower()
    return f"{FOLDER}/{uuid.uuid4().hex}{suffix if suffix in EXTENSIONS else '.webp'}"


def scaled(image) -> list[Rendition]:
    """The whole picture in each width below its own, smallest first."""
    stem = PurePath(image.file.name).stem
    return [Rendition(f"{FOLDER}/{stem}-{width}.webp", width) for width in WIDTHS if width < image.width]


def squares(image) -> list[Rendition]:
    """Squares around the focal point, for portraits, smallest first; at least one."""
    stem = PurePath(image.file.name).stem
    longest = min(image.width, image.height)
    sides = [side for side in SQUARES if side <= longest] or [max(longest, 1)]
    point = f"{round(image.focal_x * 100)}-{round(image.focal_y * 100)}"
    focal = (image.focal_x, image.focal_y)
    return [Rendition(f"{FOLDER}/{stem}-s{side}-{point}.webp", side, focal) for side in sides]


def masters_of(name: str) -> list[str]:
    """The names that the master of a rendition may have; empty for no rendition."""
    found = NAME.fullmatch(name)
    return [f"{FOLDER}/{found['stem']}{ending}" for ending in EXTENSIONS] if found else []


def make(image, rendition: Rendition) -> None:
    """Write a rendition's file, unless it is there already."""
    if default_storage.exists(rendition.name):
        return
    with image.file.storage.open(image.file.name) as file, Pillow.open(file) as picture:
        if rendition.focal:
            side = (rendition.width, rendition.width)
            smaller = ImageOps.fit(picture, side, Pillow.Resampling.LANCZOS, centering=rendition.focal)
        else:
            height = max(1, round(picture.height * rendition.width / picture.width))
            smaller = picture.resize((rendition.width, height), Pillow.Resampling.LANCZOS)
        if smaller.mode not in {"RGB", "RGBA"}:
            smaller = smaller.convert("RGBA" if "transparency" in smaller.info else "RGB")
    out = BytesIO()
    smaller.save(out, "WEBP", quality=QUALITY, method=4, exif=b"", icc_profile=b"", xmp=b"")
    default_storage.save(rendition.name, ContentFile(out.getvalue()))


def provides(name: str) -> bool:
    """True for a file of a public picture in use; a rendition that is missing is made."""
    from workshop.images.models import Image  # the table's field is named by this module

    image = Image.objects.in_use().filter(file__in=masters_of(name) or [name]).first()
    if image is None or image.file.name == name:
        return image is not None
    wanted = [rendition for rendition in [*scaled(image), *squares(image)] if rendition.name == name]
    for rendition in wanted:
        make(image, rendition)
    return bool(wanted)


def make_all(image) -> None:
    """Write every size that pages link to, so that no reader waits for it."""
    for rendition in [*scaled(image), *squares(image)]:
        make(image, rendition)


def forget(name: str) -> None:
    """Remove a master's file and all its renditions."""
    stem = PurePath(name).stem
    _, files = default_storage.listdir(FOLDER) if default_storage.exists(FOLDER) else ([], [])
    for file in files:
        if file.startswith(f"{stem}-") or file == PurePath(name).name:
            default_storage.delete(f"{FOLDER}/{file}")
