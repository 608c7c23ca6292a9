"""What was written is indexed before its transaction ends, and the public version is raised.

Signals remember the rows that were written on this connection; ``flush()`` indexes
them. The actions call it as the last statement of their transaction
(``public_changed()``). Whatever forgets to is flushed right after its commit, or,
where it reads its own writes, before it reads. Bulk writes send no signals: who
uses ``bulk_create`` or ``update`` calls ``changed()``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models.functions import Now
from django.db.models.signals import m2m_changed, post_delete, post_save

from recommendations.models import ImportedRow, WaitingTable
from workshop.models import Ledger, SiteState
from workshop.search import index
from workshop.search.dependents import of_changed, of_written
from workshop.search.kinds import RECORDS
from workshop.search.models import Entry
from workshop.search.sources import KINDS

APPS = ("speakers", "workshop", "recommendations", "images", "slugs", "taggit", "corrections")
APART = (SiteState, Ledger, ImportedRow, WaitingTable)  # nothing that readers see
AT_ONCE = 500  # records that are indexed together
MOST_ROUNDS = 4  # a name may be shown by what is shown by others


class Pending:
    """What was written on one connection and is not indexed yet."""

    def __init__(self) -> None:
        self.records: dict[str, set[int]] = {}
        self.written = False
        self.off = False

    def add(self, keys: Iterable[tuple[str, int]]) -> None:
        for kind, key in keys:
            self.records.setdefault(kind, set()).add(key)


def pending() -> Pending:
    """What waits on this thread's connection."""
    if not hasattr(connection, "_search_pending"):
        connection._search_pending = Pending()  # type: ignore[attr-defined]
    return connection._search_pending  # type: ignore[attr-defined]


def listen() -> None:
    """Hear of every row of ours that is written. Called once, when the apps are ready."""
    for name in APPS:
        for model in apps.get_app_config(name).get_models(include_auto_created=True):
            if model not in APART:
                post_save.connect(_written, sender=model)
                post_delete.connect(_written, sender=model)
    m2m_changed.connect(_related)


def _written(sender: type[models.Model], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    _remember([] if raw else of_written(instance))


def _related(sender: type[models.Model], instance: Any, action: str, model: Any, pk_set: Any, **kwargs: Any) -> None:
    if action.startswith("post_") and instance._meta.app_label in APPS:
        keys = list(of_written(instance))
        if kind := KINDS.get(model):
            keys += [(kind, key) for key in pk_set or ()]
        _remember(keys)


def changed(model: type[models.Model], keys: Collection[int]) -> None:
    """Say that records were written in bulk, without signals."""
    _remember((KINDS[model], key) for key in keys)


def written(rows: Iterable[models.Model]) -> None:
    """Say that rows of any kind were written, or removed, in bulk."""
    _remember([key for row in rows for key in of_written(row)])


def _remember(keys: Iterable[tuple[str, int]]) -> None:
    waiting = pending()
    if waiting.off:
        return
    waiting.add(keys)
    waiting.written = True
    if not connection.in_atomic_block:
        flush()
    elif not any(hook is flush for _, hook, *_ in connection.run_on_commit):
        transaction.on_commit(flush)


def flush() -> None:
    """Index what waits, and raise the version, in the transaction that is open or in one of its own."""
    waiting = pending()
    if not waiting.written:
        return
    records, waiting.records, waiting.written = waiting.records, {}, False
    with transaction.atomic(), silent():
        index.lock()
        for _ in range(MOST_ROUNDS):
            records = _index(records)
            if not records:
                break
        SiteState.raise_version()


def _index(records: dict[str, set[int]]) -> dict[str, set[int]]:
    """Index records; returns those that show what has changed of them."""
    then = Pending()
    for kind in sorted(records, key=lambda name: RECORDS[name], reverse=True):
        keys = sorted(records[kind])
        for at in range(0, len(keys), AT_ONCE):
            faces = index.refresh(kind, keys[at : at + AT_ONCE])
            if faces:
                then.add(of_changed(kind, faces))
    return then.records


def is_off() -> bool:
    """Whether what is written now stays out of the index: it then says less than the tables do."""
    return pending().off


@contextmanager
def silent() -> Iterator[None]:
    """Within it nothing is remembered: for what writes the index itself, and for measuring without it."""
    waiting = pending()
    before, waiting.off = waiting.off, True
    try:
        yield
    finally:
        waiting.off = before


@contextmanager
def apart(*, indexing: bool) -> Iterator[None]:
    """Within it what is written waits apart, and is forgotten at the end: for what is going to be undone.

    Without ``indexing`` the index stays as it is; with it, ``flush()`` writes what waits.
    """
    before, connection._search_pending = pending(), Pending()  # type: ignore[attr-defined]
    connection._search_pending.off = not indexing  # type: ignore[attr-defined]
    try:
        yield
    finally:
        connection._search_pending = before  # type: ignore[attr-defined]


def refresh_ended() -> None:
    """Index anew what something that has ended by the clock was a part of. Called by ``run_due``."""
    names = {number: name for name, number in RECORDS.items()}
    ended = list(Entry.objects.filter(until__lte=Now()).values_list("kind", "object_id"))
    if ended:
        _remember((names[kind], key) for kind, key in ended)
        flush()
