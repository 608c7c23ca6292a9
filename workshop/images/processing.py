"""From an upload to a picture of ours: checked by content, re-encoded, nothing kept but the pixels.

Everything here takes time and none of it the database: callers run it outside
of a transaction, because on SQLite that would hold the one write lock.
"""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from PIL import Image as Pillow
from PIL import ImageCms, ImageOps

from workshop.images.renditions import LONGEST_SIDE, QUALITY

# What the first bytes may say, and the endings that go with it. MPO is how some
# telephones write a JPEG.
FORMATS = {
    "JPEG": {".jpg", ".jpeg", ".jpe", ".jfif"},
    "MPO": {".jpg", ".jpeg", ".mpo"},
    "PNG": {".png"},
    "WEBP": {".webp"},
    "GIF": {".gif"},
}
BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, struct.error, zlib.error, MemoryError)


class Picture(ContentFile):
    """A picture that went through ``accept``; nothing else is stored."""


def accept(upload: File) -> Picture:
    """The upload as a WebP of ours, without metadata, at most 2,560 pixels on a side.

    Raises ValidationError with a sentence for whatever is not a still picture
    in JPEG, PNG, WebP or GIF, is too large, is damaged, or has an ending that
    says it is something else.
    """
    if (upload.size or 0) > settings.UPLOAD_MAX_BYTES:
        megabytes = settings.UPLOAD_MAX_BYTES // 1024 // 1024
        raise ValidationError(f"The file is larger than {megabytes} MB. Save the picture smaller and try again.")
    with _opened(upload) as picture:
        _check(picture, PurePath(upload.name or "").suffix.lower())
        try:
            clean = _pixels(picture)
        except BROKEN as error:
            raise ValidationError("The picture is damaged: it ends early or cannot be decoded.") from error
    out = BytesIO()
    clean.save(out, "WEBP", quality=QUALITY, method=4, exif=b"", icc_profile=b"", xmp=b"")
    return Picture(out.getvalue(), name="picture.webp")


def _opened(upload: File) -> Pillow.Image:
    """The picture with its head read and nothing decoded."""
    upload.seek(0)
    try:
        return Pillow.open(upload, formats=("JPEG", "PNG", "WEBP", "GIF"))
    except Pillow.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except BROKEN as error:
        raise ValidationError(
            "This is not a picture we can read. Upload a JPEG, PNG, WebP or GIF; other kinds, such as SVG, EPS, "
            "TIFF or PDF, have to be exported as one of these first."
        ) from error


def _check(picture: Pillow.Image, ending: str) -> None:
    known = FORMATS[picture.format or ""]
    if ending and ending not in known:
        raise ValidationError(
            f"The file ends in {ending}, but it holds a {picture.format} picture. Save it again under its right kind."
        )
    if picture.width * picture.height > settings.UPLOAD_MAX_PIXELS:
        raise _too_many_pixels()
    if picture.format != "MPO" and getattr(picture, "is_animated", False):
        raise ValidationError("The picture moves. Upload a still one: nothing on these pages moves by itself.")


def _too_many_pixels() -> ValidationError:
    millions = settings.UPLOAD_MAX_PIXELS // 1_000_000
    return ValidationError(f"The picture has more than {millions} million pixels. Save it smaller and try again.")


def _pixels(picture: Pillow.Image) -> Pillow.Image:
    """The picture upright, in sRGB, at its size for the site, with nothing attached."""
    picture.draft(picture.mode, (LONGEST_SIDE, LONGEST_SIDE))
    picture.load()
    profile = picture.info.get("icc_profile")
    upright = _plain_mode(ImageOps.exif_transpose(picture))
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Pillow.Resampling.LANCZOS)
    colours = _srgb(upright, profile)
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
    if profile:
        try:
            converted = ImageCms.profileToProfile(
                picture.convert("RGB") if target == "RGBA" else picture,
                BytesIO(profile),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
        except (ImageCms.PyCMSError, OSError):  # a broken profile, or one of another kind of colour
            return picture.convert(target)
        if converted is not None:
            if target == "RGBA":
                converted.putalpha(picture.getchannel("A"))
            return converted
    return picture.convert(target)
