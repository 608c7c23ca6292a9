"""The sizes in which a picture is served, and what their files are called.

Files are named at random, so that an address tells neither who is in the
picture nor what the camera called it. Renditions stand beside their master and
can be made again from it at any time: WebP at the latest when somebody asks for
it, AVIF, which takes long, by ``workshop.library.sizes`` alone.
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
from PIL import ImageOps, features

FOLDER = "images"
EXTENSIONS = (".webp", ".jpg", ".jpeg", ".png", ".gif")
LONGEST_SIDE = 2560
WIDTHS = (320, 640, 1280)
SQUARES = (112, 224, 336)
QUALITY = 82
AVIF_QUALITY = 60  # to the eye what WebP is at 82
HAS_AVIF = features.check("avif")
BARE = {"exif": b"", "icc_profile": b"", "xmp": b""}
NAME = re.compile(r"images/(?P<stem>[0-9a-f]{32})-[-0-9a-z]{1,20}\.(?:webp|avif)")


@dataclass(frozen=True)
class Rendition:
    """One size of a picture: its file, its width, and where a square is cut."""

    name: str
    width: int
    focal: tuple[float, float] | None = None

    @property
    def avif(self) -> Rendition:
        """The same size as AVIF."""
        return Rendition(f"{self.name.removesuffix('.webp')}.avif", self.width, self.focal)


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
    focal = (image.focal_x, image.focal_y)
    return [Rendition(f"{FOLDER}/{stem}-s{side}-{_point(image)}.webp", side, focal) for side in sides]


def in_avif(image) -> list[Rendition]:
    """Every size as AVIF, the full one too; the whole picture first, then squares."""
    stem = PurePath(image.file.name).stem
    full = Rendition(f"{FOLDER}/{stem}-full.avif", image.width)
    return [*(size.avif for size in scaled(image)), full, *(size.avif for size in squares(image))]


def recipe(image) -> str:
    """What all sizes of a picture are made of. Sizes that were made by another one are not offered."""
    return f"{PurePath(image.file.name).stem} {_point(image)} {'avif' if HAS_AVIF else 'webp'}"


def _point(image) -> str:
    return f"{round(image.focal_x * 100)}-{round(image.focal_y * 100)}"


def masters_of(name: str) -> list[str]:
    """The names that the master of a rendition may have; empty for no rendition."""
    found = NAME.fullmatch(name)
    return [f"{FOLDER}/{found['stem']}{ending}" for ending in EXTENSIONS] if found else []


def make(image, *renditions: Rendition) -> None:
    """Write the files of renditions, those that are there already left alone.

    Raises OSError and what else Pillow raises where the master is gone or damaged.
    """
    missing = [rendition for rendition in renditions if not default_storage.exists(rendition.name)]
    if not missing:
        return
    with image.file.storage.open(image.file.name) as file, Pillow.open(file) as picture:
        for rendition in missing:
            _store(rendition.name, _encoded(_cut(picture, rendition), PurePath(rendition.name).suffix))


def _cut(picture: Pillow.Image, rendition: Rendition) -> Pillow.Image:
    if rendition.focal:
        side = (rendition.width, rendition.width)
        smaller = ImageOps.fit(picture, side, Pillow.Resampling.LANCZOS, centering=rendition.focal)
    else:
        height = max(1, round(picture.height * rendition.width / picture.width))
        smaller = picture.resize((rendition.width, height), Pillow.Resampling.LANCZOS)
    if smaller.mode not in {"RGB", "RGBA"}:
        smaller = smaller.convert("RGBA" if smaller.has_transparency_data else "RGB")
    return smaller


def _encoded(picture: Pillow.Image, ending: str) -> bytes:
    out = BytesIO()
    if ending == ".avif":  # one thread: readers need the other cores
        picture.save(out, "AVIF", quality=AVIF_QUALITY, max_threads=1, **BARE)
    else:
        picture.save(out, "WEBP", quality=QUALITY, method=4, **BARE)
    return out.getvalue()


def _store(name: str, content: bytes) -> None:
    stored = default_storage.save(name, ContentFile(content))
    if stored != name:  # somebody else was faster
        default_storage.delete(stored)


def provides(name: str) -> bool:
    """True for a file of a public picture in use; a WebP that is missing is made."""
    from workshop.images.models import Image  # the table's field is named by this module

    image = Image.objects.in_use().filter(file__in=masters_of(name) or [name]).first()
    if image is None or image.file.name == name:
        return image is not None
    if name.endswith(".avif"):
        return any(rendition.name == name for rendition in in_avif(image))
    wanted = [rendition for rendition in [*scaled(image), *squares(image)] if rendition.name == name]
    make(image, *wanted)
    return bool(wanted)


def make_all(image) -> None:
    """Write every size that pages may link to."""
    make(image, *scaled(image), *squares(image), *(in_avif(image) if HAS_AVIF else []))


def forget(name: str) -> None:
    """Remove a master's file and all its renditions."""
    _forget_sizes(PurePath(name).stem)
    default_storage.delete(name)


def forget_sizes_of(name: str, *, keep: frozenset[str] = frozenset()) -> None:
    """Remove the renditions of a master but for those in ``keep``."""
    _forget_sizes(PurePath(name).stem, keep)


def _forget_sizes(stem: str, keep: frozenset[str] = frozenset()) -> None:
    _, files = default_storage.listdir(FOLDER) if default_storage.exists(FOLDER) else ([], [])
    for file in files:
        if file.startswith(f"{stem}-") and f"{FOLDER}/{file}" not in keep:
            default_storage.delete(f"{FOLDER}/{file}")
