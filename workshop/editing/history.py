"""Who did what and when, in sentences, from the admin's own log."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.admin.models import ADDITION, DELETION, LogEntry
from django.utils.text import get_text_list

from workshop.editing.access import is_own
from workshop.editing.moments import zone


@dataclass(frozen=True)
class Entry:
    """One thing that was done."""

    at: dt.datetime
    by: str
    said: str


class WithHistory:
    """Stands before an admin class: its history page says who did what and when in sentences."""

    def history_view(self, request, object_id, extra_context=None):
        """The page, with permissions of its own: what one may not see is not there."""
        response = super().history_view(request, object_id, extra_context)
        if "action_list" in (getattr(response, "context_data", None) or ()):
            context = response.context_data
            # Rows are called after people, whose names may be withheld: a colleague who reviews is not told.
            names = request.user.publishes or is_own(request.user, context["object"])
            context["entries"] = [
                Entry(one.action_time, one.user.called, said(one, names)) for one in context["action_list"]
            ]
            context |= {"title": f"History: {context['object']}", "zone": zone()}
        return response


def said(entry: LogEntry, names: bool = True) -> str:
    """What an entry says: the admin's own are lists in JSON, those of our actions are sentences."""
    message = entry.change_message
    if message.startswith("["):
        try:
            return " ".join(_sentences(json.loads(message), names)) or "Saved without a change."
        except (ValueError, TypeError, AttributeError):  # a sentence that begins with a bracket
            return message
    if message:
        return message
    return {ADDITION: "Created.", DELETION: "Deleted."}.get(entry.action_flag, "Saved without a change.")


def _sentences(parts: list[dict], names: bool) -> Iterator[str]:
    for part in parts:
        for verb, what in part.items():
            yield _sentence({"added": "Added", "changed": "Changed", "deleted": "Removed"}[verb], what, names)


def _sentence(verb: str, what: dict, names: bool) -> str:
    """“Changed title and summary.”, “Added position “Ada Berg: Proposes”.”"""
    fields = get_text_list([_small(name) for name in what.get("fields", ())], "and")
    row = what.get("name", "")
    if not row:
        return f"{verb} {fields}." if fields else {"Added": "Created.", "Removed": "Deleted."}.get(verb, f"{verb}.")
    row = f"{row.lower()} “{what['object']}”" if names and what.get("object") else f"a {row.lower()}"
    return f"{verb} {fields} of {row}." if fields else f"{verb} {row}."


def _small(name: str) -> str:
    """A field's name inside a sentence; “UN symbol” keeps its letters."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
