"""Where two versions of a record meet: what the page asks, and what it says it took over."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from workshop.editing.copying import Copied
from workshop.editing.models import Draft, Revision, Unsaved
from workshop.editing.reading import Change, Reader
from workshop.editing.work import Shown, Work


@dataclass(frozen=True)
class Question:
    """A place where both wrote: theirs, mine, and the three answers."""

    change: Change  # from theirs to mine
    asked: str  # for the hidden field
    name: str  # of the answer
    can_join: bool  # whether both texts can stand one after the other
    is_row: bool


@dataclass(frozen=True)
class Panel:
    """What stands above a form that does not show just what is stored."""

    source: Any  # Draft, Unsaved, Revision, Copied or None
    kind: str  # "draft", "unsaved", "revision", "copy", or ""
    questions: list[Question]
    taken: list[Change]

    @classmethod
    def of(cls, work: Work, shows: Shown | None) -> Panel:
        """What the page says of what it shows."""
        if shows is None:
            return cls(None, "", [], [])
        reader = Reader(work.forms)
        kinds: dict[type, str] = {Draft: "draft", Unsaved: "unsaved", Revision: "revision", Copied: "copy"}
        changes = reader.changes(shows.conflicts, work.current, shows.content)
        questions = [
            _question(work, shows, change, difference.old)
            for change, difference in zip(changes, shows.conflicts, strict=True)
        ]
        taken = reader.changes(shows.taken, shows.content, shows.content)
        return cls(shows.source, kinds.get(type(shows.source), ""), questions, taken)


def _question(work: Work, shows: Shown, change: Change, theirs: list[str] | None) -> Question:
    place = change.place
    mine = shows.content.rows.get(place.prefix, {}).get(place.row, {})
    said = theirs if place.name else [value for values in mine.values() for value in values]
    return Question(
        change,
        json.dumps({"place": str(place), "theirs": said or []}),
        f"_take:{place}",
        bool(place.name) and _is_text(work, place),
        not place.name,
    )


def _is_text(work: Work, place: Any) -> bool:
    from django.forms import CharField, Textarea

    form = work.forms.formsets[place.prefix].empty_form if place.prefix else work.forms.form
    field = form.fields.get(place.name)
    return isinstance(field, CharField) and isinstance(field.widget, Textarea)
