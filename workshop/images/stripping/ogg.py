"""Ogg with Vorbis or Opus: the packet of comments, covers among them, is emptied; its length stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from workshop.images.stripping import Damaged, Refused, read, write

# first packet -> what the second one becomes: no vendor, no comments, and what must follow
EMPTY = {
    b"\x01vorbis": b"\x03vorbis" + bytes(8) + b"\x01",
    b"OpusHead": b"OpusTags" + bytes(8),
}
MOST_COMMENT = 8 * 1024 * 1024


@dataclass(frozen=True)
class Page:
    """A page: where it begins, how long it is, whose it is, and the segments in it."""

    at: int
    serial: bytes
    body: int
    segments: bytes

    @property
    def stop(self) -> int:
        return self.body + sum(self.segments)


@dataclass
class Stream:
    """What was seen of a stream: its packets so far as pieces of the file, and the pages they lie on."""

    empty: bytes = b""
    pieces: list[tuple[int, int]] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    length: int = 0  # of these pieces
    packets: int = 0


def strip(file: BinaryIO, size: int) -> int:
    """Empty the comments of every stream; gives the size, which stays. Raises ``Refused`` for other contents."""
    streams: dict[bytes, Stream] = {}
    for page in _pages(file, size):
        stream = streams.setdefault(page.serial, Stream())
        if stream.packets < 2:
            _follow(file, stream, page)
    if not streams or any(stream.packets < 2 for stream in streams.values()):
        raise Damaged
    return size


def _pages(file: BinaryIO, size: int) -> Iterator[Page]:
    at = 0
    while at < size:
        head = read(file, at, 27)
        if head[:5] != b"OggS\0":
            raise Damaged
        page = Page(at, head[14:18], at + 27 + head[26], read(file, at + 27, head[26]))
        if page.stop > size:
            raise Damaged
        yield page
        at = page.stop


def _follow(file: BinaryIO, stream: Stream, page: Page) -> None:
    """Read on to the end of the second packet."""
    stream.pages.append(page)
    at = page.body
    for length in page.segments:
        stream.pieces.append((at, length))
        at, stream.length = at + length, stream.length + length
        if stream.length > MOST_COMMENT:
            raise Damaged
        if length < 255:
            _end_of_packet(file, stream)
            stream.packets, stream.pieces, stream.pages, stream.length = stream.packets + 1, [], [page], 0
        if stream.packets == 2:
            return


def _end_of_packet(file: BinaryIO, stream: Stream) -> None:
    packet = b"".join(read(file, at, length) for at, length in stream.pieces)
    if stream.packets == 0:
        stream.empty = next((empty for head, empty in EMPTY.items() if packet.startswith(head)), b"")
        if not stream.empty:
            raise Refused("Of Ogg, only Vorbis and Opus are kept here. Export the sound as one of these.")
        return
    if packet[:7] != stream.empty[:7] or len(packet) < len(stream.empty):
        raise Damaged
    blank = stream.empty.ljust(len(packet), b"\0")
    for at, length in stream.pieces:
        write(file, at, blank[:length])
        blank = blank[length:]
    for page in stream.pages:
        _seal(file, page)


def _seal(file: BinaryIO, page: Page) -> None:
    """Write the checksum of a page anew."""
    write(file, page.at + 22, bytes(4))
    check = 0
    for byte in read(file, page.at, page.stop - page.at):
        check = (check << 8 & 0xFFFFFFFF) ^ TABLE[check >> 24 ^ byte]
    write(file, page.at + 22, check.to_bytes(4, "little"))


def _row(value: int) -> int:
    value <<= 24
    for _ in range(8):
        value = (value << 1 ^ (0x04C11DB7 if value >> 31 else 0)) & 0xFFFFFFFF
    return value


TABLE = [_row(value) for value in range(256)]
