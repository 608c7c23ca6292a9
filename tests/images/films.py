"""Recordings made byte by byte: small, whole, and with what they should not tell."""

import struct

SECRET = b"+37.4275-122.1697/SECRET"
SILENCE = b"\xf8\xff\xfe"  # Opus, 20 ms


# --- MP4 -----------------------------------------------------------------------------


def box(kind, *parts):
    body = b"".join(parts)
    return struct.pack(">I", 8 + len(body)) + kind + body


def track(handler=b"vide", *more):
    hdlr = box(b"hdlr", bytes(8), handler, bytes(13))
    return box(b"trak", box(b"tkhd", bytes(84)), box(b"mdia", box(b"mdhd", bytes(24)), hdlr, box(b"minf")), *more)


def mp4(*in_moov, tracks=(b"vide",), before=b"", after=b"", data=b"pictures and sound"):
    moov = box(b"moov", box(b"mvhd", bytes(100)), *map(track, tracks), *in_moov)
    return box(b"ftyp", b"isom\0\0\2\0isomavc1") + before + moov + box(b"mdat", data) + after


XYZ = box(b"udta", box(b"\xa9xyz", struct.pack(">HH", len(SECRET), 0x15C7), SECRET))
LOCI = box(b"udta", box(b"loci", bytes(6), SECRET, b"\0"))
XMP = box(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac"), SECRET)
ILST = box(b"udta", box(b"meta", bytes(4), box(b"ilst", box(b"covr", box(b"data", bytes(8), SECRET)))))


# --- MP3 -----------------------------------------------------------------------------

FRAME = b"\xff\xfb\x90\x00".ljust(417, b"\0")  # MPEG 1, layer III, 128 kbit/s, 44.1 kHz, silent
SOUND = FRAME * 12


def id3(*frames):
    body = b"".join(kind + struct.pack(">IH", len(data), 0) + data for kind, data in frames)
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\0\0" + size + body


GEOB = id3(
    (b"COMM", b"\0eng\0" + SECRET), (b"GEOB", b"\0text/plain\0\0\0" + SECRET), (b"APIC", b"\0\0\0\0" + SECRET * 90)
)
ID3V1 = (b"TAG" + SECRET).ljust(128, b"\0")
APE = b"APETAGEX" + struct.pack("<II", 2000, len(SECRET) + 32) + bytes(16) + SECRET
APE += b"APETAGEX" + struct.pack("<II", 2000, len(SECRET) + 32) + bytes(16)


# --- Ogg -----------------------------------------------------------------------------


def checksum(page):
    check = 0
    for byte in page:
        check ^= byte << 24
        for _ in range(8):
            check = (check << 1 ^ (0x04C11DB7 if check >> 31 else 0)) & 0xFFFFFFFF
    return check


def pages(data, serial=b"\1\0\0\0"):
    """The pages of an Ogg file, each with its checksum and what the checksum should be."""
    at, found = 0, []
    while at < len(data):
        count = data[at + 26]
        stop = at + 27 + count + sum(data[at + 27 : at + 27 + count])
        page = data[at:stop]
        found.append((int.from_bytes(page[22:26], "little"), checksum(page[:22] + bytes(4) + page[26:])))
        at = stop
    return found


def page(number, *packets, kind=0, goes_on=False, serial=1):
    """A page with whole packets; the last one may go on in the next page."""
    segments = b""
    for packet in packets:
        segments += b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255])
    if goes_on:
        segments = segments[:-1]
    head = b"OggS\0" + bytes([kind]) + bytes(8) + struct.pack("<II", serial, number)
    rest = bytes([len(segments)]) + segments + b"".join(packets)
    return head + struct.pack("<I", checksum(head + bytes(4) + rest)) + rest


def comments(*words):
    vendor = b"encoder " + SECRET
    listed = b"".join(struct.pack("<I", len(word)) + word for word in words)
    return struct.pack("<I", len(vendor)) + vendor + struct.pack("<I", len(words)) + listed


HEAD = b"OpusHead\1\1\x38\1\x80\xbb\0\0\0\0\0"
PLACE = b"LOCATION=" + SECRET


def opus(*words):
    return page(0, HEAD, kind=2) + page(1, b"OpusTags" + comments(*words)) + page(2, *[SILENCE] * 50, kind=4)


def opus_with_cover():
    """Its comments reach over three pages."""
    packet = (b"OpusTags" + comments(PLACE, b"METADATA_BLOCK_PICTURE=" + SECRET * 5000)).ljust(255 * 500 + 7, b"x")
    whole = 255 * 250
    parts = page(1, packet[:whole], goes_on=True) + page(2, packet[whole : 2 * whole], kind=1, goes_on=True)
    return (
        page(0, HEAD, kind=2) + parts + page(3, packet[2 * whole :], SILENCE, kind=1) + page(4, *[SILENCE] * 9, kind=4)
    )


def vorbis(*words):
    first = b"\x01vorbis" + bytes(23)
    second, third = b"\x03vorbis" + comments(*words) + b"\1", b"\x05vorbis" + bytes(40)
    return page(0, first, kind=2) + page(1, second, third) + page(2, b"sound", kind=4)


# --- WebM ----------------------------------------------------------------------------


def element(kind, *parts, unknown=False):
    body = b"".join(parts)
    return bytes.fromhex(kind) + (b"\x01" + b"\xff" * 7 if unknown else b"\x01" + len(body).to_bytes(7)) + body


def short(kind, body):
    return bytes.fromhex(kind) + bytes([0x80 | len(body)]) + body


EBML = element("1a45dfa3", short("4282", b"webm"), short("4287", b"\4"), short("4285", b"\2"))
TAGS = element("1254c367", element("7373", element("67c8", element("45a3", b"LOCATION"), element("4487", SECRET))))
ATTACHED = element("1941a469", element("61a7", element("466e", SECRET * 20)))
OPUS_TRACK = short("d7", b"\1") + short("73c5", b"\1") + short("86", b"A_OPUS") + element("63a2", HEAD)
OPUS_TRACK += element("e1", short("b5", struct.pack(">f", 48000)), short("9f", b"\1"))


def webm(*more, kind=2, live=False):
    info = element("1549a966", short("bf", b"\1\2\3\4"), short("2ad7b1", b"\x0f\x42\x40"), short("7ba9", SECRET),
                   short("4d80", b"made"), short("5741", b"made"), short("4489", struct.pack(">f", 200)))  # fmt: skip
    name = short("536e", SECRET)
    tracks = element("1654ae6b", element("ae", OPUS_TRACK, short("83", bytes([kind])), name))
    blocks = [short("a3", b"\x81" + struct.pack(">hB", 20 * at, 0x80) + SILENCE) for at in range(10)]
    cluster = element("1f43b675", short("e7", b"\0"), *blocks, unknown=live)
    return EBML + element("18538067", info, tracks, cluster, *more, unknown=live)


# --- captions ------------------------------------------------------------------------

CAPTIONS = """WEBVTT - the first minute

NOTE written by hand

1
00:01.000 --> 00:04.000 align:start
<v Ada>Good morning, <i>everybody</i>.

00:00:04.000 --> 00:00:06.500
좋은 아침입니다. 3 &lt; 4
- Second line <00:00:05.000>later
"""


def cue(text="words", times="00:01.000 --> 00:04.000"):
    return f"WEBVTT\n\n{times}\n{text}\n".encode()
