"""Uploads made in memory: pictures, and what only says it is one."""

import random
import struct
import zlib
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow

GPS = 0x8825


def encoded(kind, size=(80, 60), mode="RGB", colour="navy", **options):
    out = BytesIO()
    Pillow.new(mode, size, colour).save(out, kind, **options)
    return out.getvalue()


def noise(kind, **options):
    """Too lively to be pressed into a few bytes, and the same each time."""
    out = BytesIO()
    lively = Pillow.frombytes("L", (400, 300), random.Random(7).randbytes(400 * 300))
    lively.convert("RGB").save(out, kind, **options)
    return out.getvalue()


def moving(kind):
    first, second = (Pillow.effect_noise((80, 60), sigma).convert("RGB") for sigma in (80, 40))
    out = BytesIO()
    first.save(out, kind, save_all=True, append_images=[second])
    return out.getvalue()


def with_place(kind="JPEG"):
    """A photograph that says where it was taken, by which camera, and that it lies on its side."""
    exif = Pillow.Exif()
    exif[0x0112] = 6
    exif[0x0110] = "Camera of a certain person"
    exif.get_ifd(GPS).update({1: "N", 2: (37.0, 25.0, 39.0), 3: "W", 4: (122.0, 10.0, 11.0)})
    return encoded(kind, exif=exif, comment=b"taken at home") if kind == "JPEG" else encoded(kind, exif=exif)


def png_that_claims(width, height):
    """A few bytes that say they are very many pixels."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def upload(content, name="picture.jpg", content_type="image/jpeg"):
    return SimpleUploadedFile(name, content, content_type)


EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\nshowpage\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
