"""Captions in WebVTT, read as a browser does, and refused where one would show something else."""

from __future__ import annotations

import re

from workshop.images.stripping import Refused

MOMENT = r"(?:(\d{2,4}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
TIMING = re.compile(rf"{MOMENT}[ \t]+-->[ \t]+{MOMENT}(?:[ \t]+\S.*)?")
MARKUP = re.compile(
    r"</?(?:c|i|b|u|ruby|rt|v|lang)?(?:\.[\w.-]+)?(?:[ \t][^<>]*)?>"  # also with classes
    r"|<(?:\d{2,4}:)?[0-5]\d:[0-5]\d\.\d{3}>"  # when the rest of the line is said
)
LONGEST = 1000  # characters of a line


def check(text: str) -> None:
    """Raises ``Refused``, with the line, for what is not captions in order, without styles of their own."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        raise Refused("The file ends in .vtt, but it is not captions in WebVTT, which begin with the word WEBVTT.")
    cues, last = 0, -1
    for number, block in _blocks(lines):
        if number == 1 or re.match(r"NOTE(?:[ \t]|$)", block[0]):  # the heading, and remarks that nobody is shown
            _refuse_run_on(number, block)
            continue
        if re.match(r"(?:STYLE|REGION)[ \t]*$", block[0]):
            raise Refused(f"Line {number}: styles and regions are not taken. Leave them out.")
        last = _cue(number, block, last)
        cues += 1
    if not cues:
        raise Refused("The file holds no captions.")


def _blocks(lines: list[str]):
    """Groups of lines between empty ones, each with the number of its first line."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], start=1):
        if len(line) > LONGEST:
            raise Refused(f"Line {number} is too long for a caption.")
        if line:
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _cue(number: int, block: list[str], last: int) -> int:
    """When a caption begins, in milliseconds; its name may stand above its times."""
    named = "-->" not in block[0]
    timing = block[1] if named and len(block) > 1 else block[0]
    number += named
    found = TIMING.fullmatch(timing.strip())
    if not found:
        raise Refused(f"Line {number}: a caption needs its times, such as 00:01.000 --> 00:04.000.")
    start, end = _milliseconds(found.groups()[:4]), _milliseconds(found.groups()[4:])
    if end <= start:
        raise Refused(f"Line {number}: the caption ends before it begins.")
    if start < last:
        raise Refused(f"Line {number}: the caption begins before the one above it. Put them in order.")
    _refuse_run_on(number + 1, block[1 + named :])
    for place, line in enumerate(block, start=number - named):
        if "<" in MARKUP.sub("", line):
            raise Refused(f"Line {place}: “<” begins something that is not the markup of captions.")
    return start


def _refuse_run_on(number: int, lines: list[str]) -> None:
    for place, line in enumerate(lines, start=number):
        if "-->" in line:
            raise Refused(f"Line {place}: an empty line has to stand above each caption.")


def _milliseconds(parts) -> int:
    hours, minutes, seconds, rest = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest
