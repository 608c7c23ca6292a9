"""MP4 and M4A: boxes that playing does not need become free space of the same size, so that no offset moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from workshop.images.stripping import Damaged, Refused, read, write, zero

# What is kept in which box; everything else goes: udta, meta, uuid, XMP, what cameras add.
KEPT = {
    b"": {b"ftyp", b"styp", b"moov", b"mdat", b"moof", b"mfra", b"sidx", b"ssix", b"wide"},
    b"moov": {b"mvhd", b"trak", b"mvex", b"iods"},
    b"trak": {b"tkhd", b"tref", b"edts", b"mdia", b"tapt"},
    b"mdia": {b"mdhd", b"hdlr", b"minf", b"elng"},
    b"moof": {b"mfhd", b"traf"},
    b"traf": {b"tfhd", b"tfdt", b"trun", b"sbgp", b"sgpd", b"subs", b"saiz", b"saio"},
}
FILM, SOUND, TIMECODE = b"vide", b"soun", b"tmcd"
MOST_BOXES = 100_000


@dataclass(frozen=True)
class Box:
    """A part of the file: its kind, where it begins, where its content does, where it ends."""

    kind: bytes
    start: int
    body: int
    stop: int


def strip(file: BinaryIO, size: int, *, needs: bytes) -> int:
    """Free the file of what it tells beside pictures and sound; gives its size, which stays.

    Raises ``Refused`` for a file without a track of the kind it ``needs``, and for
    one with tracks that are neither picture nor sound: cameras write places there.
    """
    if read(file, 4, 4) != b"ftyp":
        raise Damaged
    kept = _kept(file, b"", 0, size, iter(range(MOST_BOXES)))
    tracks = [read(file, box.body + 8, 4) for box in kept if box.kind == b"hdlr"]
    if set(tracks) - {FILM, SOUND, TIMECODE}:
        raise Refused(
            "The file has tracks that are neither picture nor sound, such as the places a camera notes, subtitles or "
            "chapters. Export it with picture and sound alone; captions are given as a file of their own."
        )
    if needs not in tracks or (needs == SOUND and FILM in tracks):
        raise Refused("The file holds no film." if needs == FILM else "The file holds not only sound.")
    return size


def _kept(file: BinaryIO, parent: bytes, start: int, stop: int, budget: Iterator[int]) -> Iterator[Box]:
    """The boxes that stay, from the outside in; the others are blanked on the way."""
    for box in _boxes(file, start, stop):
        if next(budget, None) is None:
            raise Damaged
        if box.kind not in KEPT[parent]:
            write(file, box.start + 4, b"free")
            zero(file, box.body, box.stop)
            continue
        yield box
        if box.kind in KEPT:
            yield from _kept(file, box.kind, box.body, box.stop, budget)


def _boxes(file: BinaryIO, at: int, stop: int) -> Iterator[Box]:
    while at < stop:
        head = read(file, at, 8)
        length, body = int.from_bytes(head[:4]), at + 8
        if length == 1:
            length, body = int.from_bytes(read(file, at + 8, 8)), at + 16
        elif length == 0:  # to the end
            length = stop - at
        if length < body - at or at + length > stop:
            raise Damaged
        yield Box(head[4:], at, body, at + length)
        at += length
