"""What differs between experts, organisations, themes and keywords that are merged: their names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models

from speakers.models import Organisation, Speaker, SpeakerName
from workshop.common.keywords import Tag
from workshop.models import Theme

MERGEABLE: tuple[type[models.Model], ...] = (Speaker, Organisation, Theme, Tag)
NAMES: dict[type[models.Model], tuple[str, ...]] = {
    Speaker: ("name", "name_ko", "native_name"),
    Organisation: ("name", "name_ko", "abbreviation"),
}
NAMES |= {Theme: ("name", "name_ko")}
# Fields that hold one thing a line: nobody chooses between two of them, the lines are put together.
LINES = ("aliases", "synonyms", "links")
OTHER_NAMES = ("aliases", "synonyms")


def names_of(record: Any) -> list[str]:
    """Every name by which a record is known, as its own columns say."""
    names = [getattr(record, name) for name in NAMES.get(type(record), ())]
    for field in OTHER_NAMES:
        names += lines(getattr(record, field, ""))
    return [name for name in names if name]


def lines(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line for line in map(str.strip, text.splitlines()) if line]


def without_repetition(names: list[str], known: list[str]) -> Iterator[str]:
    """Those that are not among the known ones, case ignored, each once."""
    seen = {name.casefold() for name in known}
    for name in names:
        if name.casefold() not in seen:
            seen.add(name.casefold())
            yield name


def add_names(changes: Any, kept: Any, names: list[str]) -> None:
    """Let a record be found by further names: rows of an expert's, lines of the others'."""
    if isinstance(kept, Speaker):
        stored = SpeakerName.objects.filter(speaker=kept).values_list("name", flat=True)
        moving = [row.name for row in changes.rows.values() if isinstance(row, SpeakerName)]
        for name in without_repetition(names, [*stored, *moving]):
            changes.add(SpeakerName(speaker=kept, name=name))
    for field in OTHER_NAMES:
        if hasattr(kept, field):
            there = lines(getattr(kept, field))
            if added := list(without_repetition(names, there)):
                changes.set(kept, **{field: "\n".join([*there, *added])})
