"""WebM: elements that playing does not need become void ones of the same size, so that no offset moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from workshop.images.stripping import Damaged, Refused, read, write, zero

HEAD = b"\x1a\x45\xdf\xa3"
SEGMENT, CLUSTER = b"\x18\x53\x80\x67", b"\x1f\x43\xb6\x75"
INFO, TRACKS, TRACK = b"\x15\x49\xa9\x66", b"\x16\x54\xae\x6b", b"\xae"
TRACK_TYPE, TRACK_NAME, CRC = b"\x83", b"\x53\x6e", b"\xbf"
SEEK, CUES = b"\x11\x4d\x9b\x74", b"\x1c\x53\xbb\x6b"
IN_CLUSTER = {b"\xe7", b"\xa3", b"\xa0", b"\xa7", b"\xab", b"\x58\x54"}
# What is kept in which element; everything else goes: tags, attachments, chapters, title, date, sums that no
# longer hold. A cluster of unknown length has its content read as if it stood beside it.
KEPT = {
    b"": {SEGMENT},
    SEGMENT: {SEEK, CUES, CLUSTER, INFO, TRACKS} | IN_CLUSTER,
    INFO: {b"\x2a\xd7\xb1", b"\x44\x89", b"\x4d\x80", b"\x57\x41"},  # scale, duration, the two programs
    TRACKS: {TRACK},
}
FILM, SOUND = 1, 2


@dataclass(frozen=True)
class Element:
    """A part of the file; ``stop`` is None where it does not say how long it is."""

    kind: bytes
    start: int
    body: int
    stop: int | None


def strip(file: BinaryIO, size: int) -> int:
    """Free the file of what it tells beside pictures and sound; gives its size, which stays.

    Raises ``Refused`` for a file with other tracks, or none.
    """
    head = _element(file, 0, size)
    if head.kind != HEAD or not head.stop or b"webm" not in read(file, 0, min(head.stop, 4096)):
        raise Refused("The file ends in .webm, but it is not a WebM film.")
    tracks: list[int] = []
    _walk(file, b"", head.stop, size, tracks)
    if not tracks or set(tracks) - {FILM, SOUND}:
        raise Refused("The file has tracks that are neither picture nor sound, or none. Export it with these alone.")
    return size


def _walk(file: BinaryIO, parent: bytes, at: int, end: int, tracks: list[int]) -> None:
    while at < end:
        element = _element(file, at, end)
        kept = element.kind in KEPT[parent] if parent != TRACK else element.kind not in {TRACK_NAME, CRC}
        if element.stop is None:
            if not kept or element.kind not in {SEGMENT, CLUSTER}:
                raise Damaged
            parent, at = SEGMENT, element.body  # what is in it comes next
            continue
        if not kept:
            _void(file, element)
        elif element.kind in KEPT or element.kind == TRACK:
            _walk(file, element.kind, element.body, element.stop, tracks)
        elif parent == TRACK and element.kind == TRACK_TYPE:
            tracks.append(int.from_bytes(read(file, element.body, element.stop - element.body)))
        at = element.stop


def _element(file: BinaryIO, at: int, end: int) -> Element:
    first = read(file, at, 1)[0]
    wide = 9 - first.bit_length()
    if not 1 <= wide <= 4:
        raise Damaged
    kind, there = read(file, at, wide), at + wide
    first = read(file, there, 1)[0]
    wide = 9 - first.bit_length()
    if wide > 8:
        raise Damaged
    length, most = int.from_bytes(read(file, there, wide)) & ((1 << 7 * wide) - 1), (1 << 7 * wide) - 1
    body = there + wide
    if length == most:
        return Element(kind, at, body, None)
    if body + length > end:
        raise Damaged
    return Element(kind, at, body, body + length)


def _void(file: BinaryIO, element: Element) -> None:
    stop = element.stop or element.body
    rest = stop - element.start - 2
    if rest < 127:
        head = bytes([0xEC, 0x80 | rest])
    else:
        head = b"\xec\x01" + (rest - 7).to_bytes(7)
    write(file, element.start, head)
    zero(file, element.start + len(head), stop)
