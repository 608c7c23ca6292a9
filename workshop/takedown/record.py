"""Take-downs as they are remembered: in the database, and beside it in a file, for the day it is restored.

A backup knows nothing of what was taken down after it was made. The file lies in
DATA_DIR, outlives the database, and holds digests alone.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.dateparse import parse_datetime

from workshop.takedown.keys import keys
from workshop.takedown.models import TakeDown
from workshop.takedown.names import Digests, Names, digest

CHECK = "which key"  # its digest tells whether the marks were made with a key that we have


def path() -> Path:
    """Where the file lies."""
    return Path(settings.DATA_DIR) / "takedowns.jsonl"


def marks_of(names: Names) -> dict[str, Any]:
    """Names as they may be kept: keyed digests, and how long the names are."""
    key = keys()[0]
    return {
        "check": digest(CHECK, key),
        "digests": sorted(digest(phrase, key) for phrase in names.phrases),
        "lengths": sorted(names.lengths),
        "longest": names.longest,
    }


def names_in(marks: dict[str, Any]) -> Digests | None:
    """Something that finds the names again; None where the key is lost."""
    for key in keys():
        if digest(CHECK, key) == marks["check"]:
            return Digests(marks["digests"], marks["lengths"], marks["longest"], key)
    return None


def write_down(done: TakeDown) -> None:
    """Add a take-down to the file, and see that it is on the disk."""
    entry = {
        "token": str(done.token),
        "done_at": done.done_at.isoformat(),
        "ground": done.ground,
        "person": done.person,
        "marks": done.marks,
    }
    path().parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "a") as file:
        file.write(json.dumps(entry) + "\n")
        file.flush()
        os.fsync(file.fileno())


def written_down() -> Iterator[TakeDown]:
    """The take-downs in the file, as rows that are not saved. A line that cannot be read is passed over."""
    try:
        lines = path().read_text().splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        try:
            entry = json.loads(line)
            yield TakeDown(
                token=uuid.UUID(entry["token"]),
                done_at=parse_datetime(entry["done_at"]),
                ground=entry["ground"],
                person=entry["person"],
                marks=entry["marks"],
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            continue


def unknown_here() -> list[TakeDown]:
    """Take-downs in the file of which the database knows nothing: it is older than they are."""
    there = {done.token: done for done in written_down()}
    known = set(TakeDown.objects.filter(token__in=there).values_list("token", flat=True)) if there else set()
    return [done for token, done in there.items() if token not in known]


def not_written_down() -> list[TakeDown]:
    """Take-downs that are missing from the file: it was lost, or the machine stopped at the wrong moment."""
    there = {done.token for done in written_down()}
    return [done for done in TakeDown.objects.order_by("pk") if done.token not in there]
