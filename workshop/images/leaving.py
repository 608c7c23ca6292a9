"""Files that no record has any more: they wait for 30 days, so that they can come back, and then they go.

Nothing that waits is served: what may be served is asked of the records that show it.
A file goes only after the commit that says so, and never while a record has it.
"""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection, models, transaction
from django.db.models.signals import post_delete, pre_save
from django.utils import timezone

from workshop.images import renditions

KEPT_FOR = dt.timedelta(days=30)


class LeftFile(models.Model):
    """A file that a record had, and has no more."""

    name = models.CharField(max_length=200, unique=True)
    left_at = models.DateTimeField(default=timezone.now, db_index=True)
    going = models.BooleanField(default=False)  # nobody has it back: it goes as soon as it can

    def __str__(self) -> str:
        return f"{self.name}, left on {self.left_at:%Y-%m-%d}"


# --- leaving ---------------------------------------------------------------------------------


def watch(model: type[models.Model]) -> None:
    """Let the files of a model wait when a row is deleted, or has another file from now on."""
    pre_save.connect(_replaced, sender=model, dispatch_uid=f"files of {model.__name__}")
    post_delete.connect(_deleted, sender=model, dispatch_uid=f"files of {model.__name__}")


def _columns_of(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if isinstance(field, models.FileField)]


def _replaced(sender: type[models.Model], instance: Any, raw: bool, update_fields: Any, **kwargs: Any) -> None:
    columns = [name for name in _columns_of(sender) if update_fields is None or name in update_fields]
    if raw or instance._state.adding or not columns:
        return
    stored = sender._base_manager.filter(pk=instance.pk).values(*columns).first() or {}
    for column, name in stored.items():
        if name and name != getattr(instance, column).name:
            leave(name)


def _deleted(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    for column in _columns_of(sender):
        if name := getattr(instance, column).name:
            leave(name)


def leave(name: str) -> None:
    """Let a file wait. Its sizes go: they can be made again."""
    LeftFile.objects.update_or_create(name=name, defaults={"left_at": timezone.now(), "going": False})
    transaction.on_commit(partial(forget_sizes, name))


def forget_sizes(name: str) -> None:
    """Remove the sizes of a picture that no record has any more. Outside of a transaction."""
    if name.startswith(f"{renditions.FOLDER}/") and not in_use(name):
        renditions.forget_sizes_of(name)


# --- coming back -----------------------------------------------------------------------------


def waits(name: str) -> bool:
    """Whether a file can come back. Within a transaction it then stays until the end of that."""
    rows = LeftFile.objects.filter(name=name, going=False)
    if connection.in_atomic_block:
        rows = rows.select_for_update()
    return rows.first() is not None and default_storage.exists(name)


def in_use(name: str) -> bool:
    """Whether a record has the file, whatever its kind."""
    return any(
        model._base_manager.filter(**{column: name}).exists()
        for model in apps.get_models()
        for column in _columns_of(model)
    )


# --- going -----------------------------------------------------------------------------------


def remove_due() -> None:
    """Remove what has waited long enough. Called by ``run_due``, outside of a transaction."""
    due = LeftFile.objects.filter(left_at__lt=timezone.now() - KEPT_FOR)
    for key in list(due.values_list("pk", flat=True)):
        with transaction.atomic(durable=True):
            _give_up(due.select_for_update().filter(pk=key))
    sweep()


def give_up(*, left_until: dt.datetime) -> int:
    """Remove what was left by then, with the commit of the transaction that is open. Returns how many files."""
    transaction.on_commit(sweep, robust=True)  # what fails goes with the next run_due
    return _give_up(LeftFile.objects.select_for_update().filter(left_at__lte=left_until))


def _give_up(rows: models.QuerySet[LeftFile]) -> int:
    given_up = 0
    for row in rows:
        if in_use(row.name):
            row.delete()
        else:
            LeftFile.objects.filter(pk=row.pk).update(going=True)
            given_up += 1
    return given_up


def sweep() -> None:
    """Remove the files that go. What a crash has left over goes with the next one."""
    for row in LeftFile.objects.filter(going=True):
        renditions.forget(row.name)
        row.delete()


def remove_at_once(name: str) -> None:
    """Remove a file that a record had, without waiting; after the commit. Not while another record has it."""
    if not in_use(name):
        renditions.forget(name)
