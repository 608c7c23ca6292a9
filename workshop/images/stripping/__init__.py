"""Sound and film without what they tell beside it: places, names, pictures of covers.

Each module changes a file where it lies, without encoding it again: what goes is
written over, or left out. What belongs to the sound or the pictures themselves
stays as it is.
"""

from __future__ import annotations

from typing import BinaryIO

CHUNK = 1024 * 1024


class Refused(Exception):
    """The file is not taken; the text says why and what to do."""


class Damaged(Refused):
    """The file is not built as its kind is."""

    def __init__(self, *args: object):
        super().__init__(*(args or ("The file is damaged: it ends early or cannot be read.",)))


def read(file: BinaryIO, at: int, length: int) -> bytes:
    """So many bytes from there. Raises ``Damaged`` where there are fewer."""
    file.seek(at)
    found = file.read(length)
    if len(found) != length:
        raise Damaged
    return found


def write(file: BinaryIO, at: int, data: bytes) -> None:
    """Put bytes in the place of as many others."""
    file.seek(at)
    file.write(data)


def zero(file: BinaryIO, start: int, stop: int) -> None:
    """Write nothing but zeros from one place to another."""
    file.seek(start)
    while start < stop:
        start += file.write(bytes(min(CHUNK, stop - start)))
