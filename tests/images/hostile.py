"""Uploads that mean no good, or tell more than they should: each as the name and the bytes that are sent."""

import gzip
import struct
import zlib
from io import BytesIO

from PIL import Image as Pillow
from PIL.PngImagePlugin import PngInfo

from tests.images import films, uploads
from tests.images.uploads import encoded, noise

SECRET = films.SECRET
PHP = b"<?php system('id'); ?><script>alert('" + SECRET + b"')</script>"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>' + SECRET + b"</exif:GPSLatitude></x:xmpmeta>"
PNG = b"\x89PNG\r\n\x1a\n"


def chunk(name, data, crc=None):
    check = zlib.crc32(name + data) if crc is None else crc
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)


def png(*chunks, size=(80, 60), crc=None):
    """A white PNG with further chunks, before its pixels."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", *size, 8, 0, 0, 0, 0))
    pixels = zlib.compress((b"\0" + b"\xff" * size[0]) * size[1], 9)
    return PNG + head + b"".join(chunks) + chunk(b"IDAT", pixels, crc) + chunk(b"IEND", b"")


def jpeg_with(*segments, after=b""):
    """A JPEG with further segments behind its first marker: pairs of a marker and its content."""
    plain = noise("JPEG")
    extra = b"".join(bytes([0xFF, mark]) + struct.pack(">H", len(data) + 2) + data for mark, data in segments)
    return plain[:2] + extra + plain[2:] + after


def exif(orientation=6):
    said = Pillow.Exif()
    said[0x0112], said[0x010E], said[0x9286] = orientation, SECRET.decode(), SECRET.decode()
    said.get_ifd(uploads.GPS).update({1: "N", 2: (37.0, 25.0, 39.0), 3: "W", 4: (122.0, 10.0, 11.0)})
    return said


def exif_without_end():
    """Directories that point at themselves, and a field that claims four thousand million values."""
    entry = struct.pack("<HHII", 0x8825, 4, 1, 8) + struct.pack("<HHII", 0x010E, 2, 0xFFFFFFF0, 8)
    return b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", 2) + entry + struct.pack("<I", 8) + SECRET


def profile_of(size):
    """A colour profile without end, in as many segments as it takes."""
    parts = -(-size // 65_000)
    return [(0xE2, b"ICC_PROFILE\0" + bytes([at + 1, parts]) + (SECRET * 3000)[:65_000]) for at in range(parts)]


def many_scans():
    """A JPEG that is sent in more steps than it has pixels to show for it."""
    plain = noise("JPEG", progressive=True)
    last = plain.rfind(b"\xff\xda")
    return plain[:last] + plain[last:-2] * 400 + plain[-2:]


def gif_with(words):
    plain = encoded("GIF", mode="P", colour=1)
    end = plain.rfind(b";")
    parts = [words[at : at + 255] for at in range(0, len(words), 255)]
    return plain[:end] + b"!\xfe" + b"".join(bytes([len(part)]) + part for part in parts) + b"\0;" + words


def tagged(kind, **options):
    out = BytesIO()
    Pillow.radial_gradient("L").convert("RGB").save(out, kind, **options)
    return out.getvalue()


def texts():
    info = PngInfo()
    info.add_text("Comment", SECRET.decode())
    info.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=True)
    info.add_text("Raw profile type exif", SECRET.decode() * 40, zip=True)
    return info


# What has to be refused: names and contents.
REFUSED = {
    "SVG": ("a.svg", uploads.SVG),
    "SVG called PNG": ("a.png", uploads.SVG),
    "SVG, compressed": ("a.jpg", gzip.compress(uploads.SVG)),
    "SVG, NUL in its name": ("a.svg\0.png", uploads.SVG),
    "EPS": ("a.eps", uploads.EPS),
    "EPS called JPEG": ("a.jpg", uploads.EPS),
    "TIFF": ("a.tiff", encoded("TIFF")),
    "TIFF called JPEG": ("a.jpg", encoded("TIFF")),
    "BMP": ("a.bmp", encoded("BMP")),
    "ICO": ("a.ico", encoded("ICO")),
    "JPEG 2000": ("a.jp2", encoded("JPEG2000")),
    "AVIF called JPEG": ("a.jpg", encoded("AVIF")),
    "PDF": ("a.pdf", encoded("PDF")),
    "PDF called PNG": ("a.png", encoded("PDF")),
    "page called JPEG": ("a.jpg", uploads.HTML),
    "program called JPEG": ("a.jpg", b"MZ" + bytes(2000)),
    "film called JPEG": ("a.jpg", films.mp4()),
    "head of a GIF, then script": ("a.gif", b"GIF89a/*" + PHP + b"*/=1;"),
    "nothing": ("a.jpg", b""),
    "GIF that moves": ("a.gif", uploads.moving("GIF")),
    "PNG that moves": ("a.png", uploads.moving("PNG")),
    "WebP that moves": ("a.webp", uploads.moving("WEBP")),
    "50 megapixels in 50 KB": ("a.png", png(size=(10_000, 5_000))),
    "claims 3,600 megapixels": ("a.png", uploads.png_that_claims(60_000, 60_000)),
    "one pixel wide": ("a.png", png(size=(1, 65_000))),
    "11 MB": ("a.jpg", noise("JPEG") + bytes(11 * 1024 * 1024)),
    "half a JPEG": ("a.jpg", noise("JPEG")[:6000]),
    "JPEG without its end": ("a.jpg", noise("JPEG")[:-2]),
    "half a PNG": ("a.png", noise("PNG")[:6000]),
    "PNG without its end": ("a.png", png()[:-12]),
    "PNG, wrong sum": ("a.png", png(crc=1)),
    "half a WebP": ("a.webp", noise("WEBP")[:6000]),
    "half a GIF": ("a.gif", noise("GIF")[:6000]),
    "text that expands without end": ("a.png", png(chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(90_000_000), 9)))),
    "profile that expands without end": ("a.png", png(chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(90_000_000), 9)))),
    "400 scans": ("a.jpg", many_scans()),
    "PNG called JPEG": ("a.jpg", encoded("PNG")),
    "JPEG called GIF": ("a.gif", encoded("JPEG")),
    "two endings, PHP": ("photo.jpg.php", encoded("JPEG")),
    "two endings, page": ("photo.jpg.html", encoded("JPEG")),
}

# What is a picture, and has to lose what it tells beside: the same.
CLEANED = {
    "JPEG, place in Exif": ("a.jpg", tagged("JPEG", exif=exif())),
    "JPEG, place in XMP": ("a.jpg", jpeg_with((0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP))),
    "JPEG, place in IPTC": ("a.jpg", jpeg_with((0xED, b"Photoshop 3.0\08BIM\x04\x04\0\0\0\x40\x1c\x02\x5a" + SECRET))),
    "JPEG, comment": ("a.jpg", jpeg_with((0xFE, SECRET))),
    "JPEG, thumbnail": ("a.jpg", jpeg_with((0xE1, b"Exif\0\0II*\0" + SECRET + encoded("JPEG")))),
    "JPEG, Exif without end": ("a.jpg", jpeg_with((0xE1, exif_without_end()))),
    "JPEG, orientation that is none": ("a.jpg", tagged("JPEG", exif=exif(4711))),
    "JPEG, profile of 9 MB": ("a.jpg", jpeg_with(*profile_of(9_000_000))),
    "JPEG and page": ("a.jpg", noise("JPEG") + PHP),
    "JPEG and archive": ("a.jpg", noise("JPEG") + b"PK\3\4" + SECRET),
    "JPEG with a film behind": ("a.jpg", noise("JPEG") + films.mp4(films.XYZ, data=b"\xff\xda" * 999)),
    "JPEG, CMYK": ("a.jpg", encoded("JPEG", mode="CMYK", colour=(1, 2, 3, 4), exif=exif())),
    "JPEG of two pictures": ("a.jpg", uploads.moving("MPO") + SECRET),
    "PNG, place in Exif": ("a.png", tagged("PNG", exif=exif())),
    "PNG, texts": ("a.png", tagged("PNG", pnginfo=texts())),
    "PNG, 16 bits": ("a.png", encoded("PNG", mode="I;16", colour=9, pnginfo=texts())),
    "PNG, unknown chunk": ("a.png", png(chunk(b"prVt", SECRET))),
    "PNG and script": ("a.png", png() + PHP),
    "WebP, place in Exif": ("a.webp", tagged("WEBP", exif=exif())),
    "WebP, place in XMP": ("a.webp", tagged("WEBP", xmp=XMP)),
    "GIF, comment and script": ("a.gif", gif_with(SECRET + PHP)),
    "name with folders": ("../../../etc/cron.d/" + SECRET.decode().replace("/", "") + ".jpg", tagged("JPEG")),
    "name that turns round": ("\u202egpj.exe\u202c SECRET.jpg", tagged("JPEG", exif=exif())),
    "said to be a page": ("page.png", png(chunk(b"tEXt", b"a\0" + SECRET))),
}
