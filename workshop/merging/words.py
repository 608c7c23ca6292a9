"""What a merge would do, in the words of the desk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import LogEntry
from django.db import models

from speakers.models import SpeakerName
from workshop.common.keywords import TaggedItem
from workshop.common.publishing import Publishable, State
from workshop.editing.models import Draft, Unsaved
from workshop.merging.asking import choices, gaps, readers_know, shown
from workshop.merging.plan import Joined
from workshop.models import DocumentPerson, TalkSpeaker, WorkshopTheme
from workshop.slugs.models import OldSlug

# Rows that editors know by another word than their own: all others are called as the desk calls them.
CALLED = {
    TalkSpeaker: ("talk", "talks"),
    DocumentPerson: ("document as author, chair or editor", "documents as author, chair or editor"),
    WorkshopTheme: ("edition with this theme", "editions with this theme"),
    TaggedItem: ("keyword on a record", "keywords on records"),
    OldSlug: ("earlier address", "earlier addresses"),
    LogEntry: ("entry of its history", "entries of its history"),
    SpeakerName: ("other name", "other names"),
    Draft: ("draft that names it", "drafts that name it"),
    Unsaved: ("page of unsaved words that name it", "pages of unsaved words that name it"),
}


@dataclass(frozen=True)
class Difference:
    """A field in which the two differ."""

    name: str
    label: str
    kept: str
    gone: str
    takes_gone: bool
    long: bool
    lang: str


def differences(kept: Any, gone: Any, take: Collection[str] | None = None) -> Iterator[Difference]:
    """The fields of which an editor chooses; gaps are filled unless ``take`` says otherwise."""
    taken = set(gaps(kept, gone)) if take is None else take
    for column in choices(type(kept)):
        if getattr(kept, column.attname) != getattr(gone, column.attname):
            yield Difference(
                column.name,
                str(column.verbose_name),
                shown(kept, column.name),
                shown(gone, column.name),
                column.name in taken,
                isinstance(column, models.TextField),
                "ko" if column.name.endswith("_ko") else "en",
            )


def counted(rows: Counter[type[models.Model]]) -> list[str]:
    """“12 positions”, “3 talks”: the most first."""
    return [number_of(model, count) for model, count in rows.most_common()]


def number_of(model: Any, count: int) -> str:
    """Rows of a table between two models are called as the records that they belong to."""
    meta = (model._meta.auto_created or model)._meta
    one, many = CALLED.get(model, (meta.verbose_name, meta.verbose_name_plural))
    return f"{count} {one if count == 1 else many}"


def joined_words(joined: Joined) -> tuple[str, list[str]]:
    """A pair that becomes one, and what of the other one is not kept."""
    lost = [f"{label}: “{stays}” stays, “{goes}” goes" for label, stays, goes in joined.lost]
    meta = joined.kept._meta
    where = next((getattr(joined.kept, name) for name in getattr(joined.kept, "hidden_with", ())), None)
    return f"{(meta.auto_created or joined.kept)._meta.verbose_name}: {where or joined.kept}", lost


def consequences(kept: Any, gone: Any) -> list[str]:
    """What readers and colleagues will notice."""
    said = []
    if readers_know(gone):
        said.append("Readers who hold its address are sent to the kept one, for good.")
    if isinstance(kept, Publishable) and kept.state == State.PUBLISHED and gone.state != State.PUBLISHED:
        said.append(f"“{gone}” is not public now: whatever moves from it, readers see on the page of “{kept}”.")
    typing = dict.fromkeys(each.who for each in Unsaved.objects.of(gone).select_related("author"))
    for who in typing:
        said.append(
            f"{who} typed something on the page of “{gone}” and has not saved it: they find it at that page’s "
            "address, and an undo brings it back into the form."
        )
    said.append(f"What “{gone}” held, now and before, can be read under “Deleted”, for good.")
    return said
