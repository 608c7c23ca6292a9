"""Taking down a person, or words; and doing it again in a database that was restored."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from speakers.models import Speaker
from workshop.actions import public_changed
from workshop.search import building
from workshop.search.text import words
from workshop.takedown import record, traces
from workshop.takedown.models import Ground, TakeDown
from workshop.takedown.names import Names
from workshop.takedown.people import names_of
from workshop.takedown.removing import Removing
from workshop.takedown.spelling import plain


def take_down(
    *, names: Collection[str], ground: str, reason: str = "", person: Speaker | None = None, by=None
) -> TakeDown:
    """Remove names from everything that is kept, and the person with them, in one transaction.

    What is left is the row that is returned: when, by whom, why, how much, and keyed
    digests of the names. Raises ValidationError for a name that is too short, an
    unknown ground, and a reason in which the name stands.
    """
    sought = Names(names)
    if ground not in Ground.values:
        raise ValidationError("Choose why it is taken down.")
    if sought.stand_in(reason) or sought.words() & {word.form for word in words(plain(reason))}:
        raise ValidationError("Give the reason without the name: it is kept for good.")
    with traces.overwritten(), transaction.atomic():
        removing = Removing()
        if person is not None:
            removing.person(Speaker.objects.select_for_update().get(pk=person.pk))
        removing.words(sought)
        removing.waiting_files(left_until=timezone.now())
        removing.finish()
        done = TakeDown.objects.create(
            done_by=by,
            ground=ground,
            reason=reason,
            counts=dict(removing.counts),
            person=person.pk if person is not None else None,
            marks=record.marks_of(sought),
        )
        public_changed()
        traces.out_of_index(sought.words())
        transaction.on_commit(partial(record.write_down, done))
    traces.forget()
    return done


def reapply(entries: Iterable[TakeDown]) -> tuple[int, list[TakeDown]]:
    """Take down again what a restored database still holds. Answers with rows removed, and what has no key any more.

    A person goes where the key still belongs to somebody of that name, and to nobody else.
    """
    entries, lost, removing = list(entries), [], Removing()
    with traces.overwritten(), transaction.atomic():
        for entry in entries:
            names = record.names_in(entry.marks)
            if names is None:
                lost.append(entry)
                continue
            person = Speaker.objects.filter(pk=entry.person).first() if entry.person else None
            if person is not None and any(names.stand_in(name) for name in names_of(person)):
                removing.person(person)
            removing.words(names)
            there = TakeDown.objects.filter(token=entry.token).first() or entry
            there.again_at = timezone.now()
            there.save()
        if entries:  # what was left after the last of them is none of theirs
            removing.waiting_files(left_until=max(entry.done_at for entry in entries))
        if removing.counts:
            removing.finish()
            public_changed()
    if removing.counts:
        building.build()  # spellings too: no word tells which of them to remove
        traces.forget()
    return sum(removing.counts.values()), lost


def reapply_to_restored() -> list[str]:
    """What ``run_due`` calls: where the database is older than a take-down, do that again. Says what was done."""
    for done in record.not_written_down():
        record.write_down(done)
    waiting = record.unknown_here()
    if not waiting:
        return []
    count, lost = reapply(waiting)
    said = [f"Taken down again in a restored database. Rows removed or changed: {count:,}."]
    return said + [f"Cannot be taken down again, its key is lost: {done.done_at:%Y-%m-%d}" for done in lost]
