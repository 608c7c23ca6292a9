"""From an upload to a picture of ours: checked by content, re-encoded, nothing kept but the pixels.

Everything here takes time and none of it the database: callers run it outside
of a transaction, because on SQLite that would hold the one write lock.
"""

from __future__ import annotations

import hashlib
import re
from io import BytesIO
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from PIL import Image as Pillow
from PIL import ImageCms, ImageOps

from workshop.images.renditions import BARE, LONGEST_SIDE, QUALITY

# What the first bytes may say, and the endings that go with it. MPO is how some
# telephones write a JPEG.
FORMATS = {
    "JPEG": {".jpg", ".jpeg", ".jpe", ".jfif"},
    "MPO": {".jpg", ".jpeg", ".mpo"},
    "PNG": {".png"},
    "WEBP": {".webp"},
    "GIF": {".gif"},
}
LONGEST_TO_SHORTEST = 30
MOST_SCANS = 100  # of a JPEG that is sent in steps; programs make ten
MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
SCAN, END, ALONE = 0xDA, 0xD9, {0xD8, 0x01}  # markers: two with a meaning, and those without a length after them
LARGEST_PROFILE = 3 * 1024 * 1024  # of colours; printers' profiles have up to two


class Picture(ContentFile):
    """A picture that went through ``accept``; nothing else is stored."""

    digest = ""  # of the file that it was made of


def digest_of(upload: File) -> str:
    """What two uploads of the same file have in common."""
    digest = hashlib.sha256()
    upload.seek(0)
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def check_size(upload: File) -> None:
    """Raises ValidationError for a file that is too large to be opened."""
    if (upload.size or 0) > settings.UPLOAD_MAX_BYTES:
        megabytes = settings.UPLOAD_MAX_BYTES // 1024 // 1024
        raise ValidationError(f"The file is larger than {megabytes} MB. Save the picture smaller and try again.")


def accept(upload: File) -> Picture:
    """The upload as a WebP of ours, without metadata, at most 2,560 pixels on a side.

    Raises ValidationError with a sentence for whatever is not a still picture
    in JPEG, PNG, WebP or GIF, is too large, is damaged, or has an ending that
    says it is something else.
    """
    check_size(upload)
    upload.seek(0)
    content = upload.read()
    with _opened(content) as picture:
        _check(picture, PurePath(upload.name or "").suffix.lower())
        try:
            _check_whole(content, picture.format or "")
            clean = _pixels(picture)
        except Exception as error:  # whatever a decoder stumbles over: the file is to blame
            raise ValidationError("The picture is damaged: it ends early or cannot be decoded.") from error
    out = BytesIO()
    clean.save(out, "WEBP", quality=QUALITY, method=4, **BARE)
    made = Picture(out.getvalue(), name="picture.webp")
    made.digest = digest_of(upload)
    return made


def _opened(content: bytes) -> Pillow.Image:
    """The picture with its head read and nothing decoded."""
    try:
        return Pillow.open(BytesIO(content), formats=("JPEG", "PNG", "WEBP", "GIF"))
    except Pillow.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except Exception as error:  # Pillow lets through what its readers raise, of any kind
        raise ValidationError(
            "This is not a picture we can read. Upload a JPEG, PNG, WebP or GIF; other kinds, such as SVG, EPS, "
            "TIFF, HEIC or PDF, have to be exported as one of these first."
        ) from error


def _check(picture: Pillow.Image, ending: str) -> None:
    known = FORMATS[picture.format or ""]
    if ending and ending not in known:
        raise ValidationError(
            f"The file ends in {ending}, but it holds a {picture.format} picture. Save it again under its right kind."
        )
    if picture.width * picture.height > settings.UPLOAD_MAX_PIXELS:
        raise _too_many_pixels()
    if max(picture.size) > LONGEST_TO_SHORTEST * min(picture.size):
        raise ValidationError(
            f"The picture is a strip of {picture.width:,} by {picture.height:,} pixels. Cut out what is to be seen."
        )
    if picture.format != "MPO" and _moves(picture):
        raise ValidationError("The picture moves. Upload a still one: nothing on these pages moves by itself.")


def _moves(picture: Pillow.Image) -> bool:
    try:
        return getattr(picture, "is_animated", False)
    except Exception as error:  # to know it, Pillow reads on, to wherever the file is damaged
        raise ValidationError("The picture is damaged: it ends early or cannot be decoded.") from error


def _check_whole(content: bytes, kind: str) -> None:
    """Raises for what Pillow would overlook: a missing end, wrong checksums, steps without end."""
    if kind == "PNG":
        Pillow.open(BytesIO(content), formats=("PNG",)).verify()
    elif kind == "WEBP" and len(content) < 8 + int.from_bytes(content[4:8], "little"):
        raise ValueError("shorter than its head says")
    elif kind in {"JPEG", "MPO"} and _scans(content) > MOST_SCANS:
        raise ValueError("more scans than any program makes")


def _scans(content: bytes) -> int:
    """In how many steps a JPEG is sent; each costs as much time as the picture is large. Raises if it has no end."""
    at = scans = 0
    while found := MARKER.search(content, at):
        marker, at = content[found.start() + 1], found.end()
        if marker == END:
            return scans
        if marker not in ALONE:
            at += int.from_bytes(content[at : at + 2])
        scans += marker == SCAN
    raise ValueError("no end")


def _too_many_pixels() -> ValidationError:
    millions = settings.UPLOAD_MAX_PIXELS // 1_000_000
    return ValidationError(f"The picture has more than {millions} million pixels. Save it smaller and try again.")


def _pixels(picture: Pillow.Image) -> Pillow.Image:
    """The picture upright, in sRGB, at its size for the site, with nothing attached."""
    picture.draft(picture.mode, (LONGEST_SIDE, LONGEST_SIDE))
    picture.load()
    profile = picture.info.get("icc_profile")
    smaller = _plain_mode(picture)
    smaller.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Pillow.Resampling.LANCZOS)  # first: the rest copies it
    colours = _srgb(ImageOps.exif_transpose(smaller), profile)
    bare = Pillow.new(colours.mode, colours.size)
    bare.paste(colours)
    return bare


def _plain_mode(picture: Pillow.Image) -> Pillow.Image:
    """Red, green, blue and perhaps alpha, or CMYK, which waits for its profile."""
    if picture.mode.startswith("I"):  # sixteen bits to eight
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    if picture.mode in {"RGB", "RGBA", "CMYK"} and "transparency" not in picture.info:
        return picture
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def _srgb(picture: Pillow.Image, profile: bytes | None) -> Pillow.Image:
    target = "RGBA" if picture.mode == "RGBA" else "RGB"
    if profile and len(profile) <= LARGEST_PROFILE:
        try:
            converted = ImageCms.profileToProfile(
                picture.convert("RGB") if target == "RGBA" else picture,
                BytesIO(profile),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
        except (ImageCms.PyCMSError, OSError, TypeError, ValueError):  # broken, or of another kind of colour
            return picture.convert(target)
        if converted is not None:
            if target == "RGBA":
                converted.putalpha(picture.getchannel("A"))
            return converted
    return picture.convert(target)
