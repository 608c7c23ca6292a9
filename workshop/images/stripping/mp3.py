"""MP3: nothing is kept but its frames, so no tag at either end or in the middle survives."""

from __future__ import annotations

from typing import BinaryIO

from workshop.images.stripping import CHUNK, Refused, read, write

KBPS = {
    True: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),  # MPEG 1
    False: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),  # MPEG 2 and 2.5
}
RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
LONGEST = 1442  # bytes of a frame
FEWEST = 3  # frames of anything that is sound
NEAR = 8192  # bytes that are looked at when the next frame has to be found
STRAY = 64 * 1024  # bytes that are neither frame nor tag, at most


def strip(file: BinaryIO, size: int) -> int:
    """Move the frames together and cut off the rest; gives the new size. Raises ``Refused`` if it is no MP3."""
    at = kept = frames = stray = 0
    lost = False
    while at < size:
        block = read(file, at, min(NEAR if lost else CHUNK, size - at))
        length, count = _frames(block)
        if count >= FEWEST or (count and frames):
            write(file, kept, block[:length])
            kept, at, frames, lost = kept + length, at + length, frames + count, False
        elif skipped := _tag(block):
            at, lost = at + skipped, True
        else:
            skipped = _next(block)
            at, stray, lost = at + skipped, stray + skipped, True
        if stray > STRAY:
            break
    if frames < FEWEST or stray > STRAY:
        raise Refused("The file ends in .mp3, but it is not MP3 sound.")
    file.truncate(kept)
    return kept


def _frames(block: bytes) -> tuple[int, int]:
    """How many bytes of whole frames a block begins with, and how many frames."""
    at = count = 0
    while (length := _length(block, at)) and at + length <= len(block):
        at, count = at + length, count + 1
    return at, count


def _length(block: bytes, at: int) -> int:
    """The length of the frame there; 0 for none. Layer III only, and no bit rate of one's own."""
    if at + 4 > len(block) or block[at] != 0xFF or block[at + 1] & 0xE6 != 0xE2:
        return 0
    version, third = block[at + 1] >> 3 & 3, block[at + 2]
    if version == 1 or third >> 4 in {0, 15} or third >> 2 & 3 == 3:
        return 0
    kbps, rate = KBPS[version == 3][third >> 4], RATES[version][third >> 2 & 3]
    return (144_000 if version == 3 else 72_000) * kbps // rate + (third >> 1 & 1)


def _tag(block: bytes) -> int:
    """The length of the tag a block begins with; 0 for none."""
    if block.startswith(b"ID3") and len(block) >= 10:
        size = sum((byte & 0x7F) << shift for byte, shift in zip(block[6:10], (21, 14, 7, 0), strict=True))
        return size + (20 if block[5] & 0x10 else 10)  # with or without a foot
    if block.startswith(b"APETAGEX") and len(block) >= 32:
        return 32 + int.from_bytes(block[12:16], "little")
    if block.startswith(b"TAG") and len(block) <= 355:  # ID3v1, at the very end
        return len(block)
    return 0


def _next(block: bytes) -> int:
    """How far it is to what may be a frame or a tag; a last frame that was cut off is passed over."""
    places = [block.find(mark, 1) for mark in (b"\xff", b"ID3", b"APETAGEX", b"TAG")]
    return min((place for place in places if place > 0), default=len(block))
