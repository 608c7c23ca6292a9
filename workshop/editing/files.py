"""Stored files in a form: a page says which one it was opened with, so that an old version can bring its own back."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models.fields.files import FieldFile
from django.utils.html import format_html

from workshop.editing.content import Content
from workshop.images import leaving

KEPT = "_kept"  # ends the name under which the name of a stored file is sent
COMES_BACK = "The file that it had then comes back, unless you choose another one."


@dataclass(frozen=True)
class Kept:
    """The name of a file that is stored already, as a page sends it."""

    name: str


class SendsName:
    """Sends the name of the stored file along. Stands before a widget for files."""

    def value_from_datadict(self, data, files, name):
        """What was chosen; else the stored file's name."""
        chosen = super().value_from_datadict(data, files, name)
        kept = data.get(f"{name}{KEPT}")
        return Kept(kept) if chosen is None and kept else chosen

    def use_required_attribute(self, initial):
        """Never: a browser does not know whether one comes back."""
        return False

    def render(self, name, value, attrs=None, renderer=None):
        shown = super().render(name, value, attrs, renderer)
        if not isinstance(value, Kept | FieldFile) or not value.name:
            return shown
        said: Any = format_html('<p class="help">{}</p>', COMES_BACK) if isinstance(value, Kept) else ""
        return format_html('{}<input type="hidden" name="{}{}" value="{}">{}', shown, name, KEPT, value.name, said)


class ComesBack:
    """Takes a file that waits, where the version that is taken up had it. Stands before a field for files.

    Any other name means nothing: what is stored stays.
    """

    may_come_back: Collection[str] = ()

    def has_changed(self, initial, data):
        if isinstance(data, Kept):
            return self._differs(initial, data)
        return super().has_changed(initial, data)

    def bound_data(self, data, initial):
        """What the page shows: of what was chosen nothing, because it has to be chosen again."""
        return data if isinstance(data, Kept) and self._differs(initial, data) else initial

    def clean(self, data, initial=None):
        if isinstance(data, Kept):
            if self._differs(initial, data) and leaving.waits(data.name):
                return data.name
            data = None
        return super().clean(data, initial)

    def _differs(self, initial, kept: Kept) -> bool:
        return kept.name in self.may_come_back and (not initial or kept.name != initial.name)


def names_in(content: Content) -> Iterator[str]:
    """The names of the files that a content has."""
    for place, values in content.places():
        if place.name.endswith(KEPT):
            yield from filter(None, values)
