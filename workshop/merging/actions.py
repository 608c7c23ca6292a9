"""Merging two records into one, and undoing it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from workshop.actions import public_changed
from workshop.editing import keeping
from workshop.editing.content import Content
from workshop.editing.models import Revision
from workshop.merging.changes import touched
from workshop.merging.models import Merge
from workshop.merging.plan import Plan
from workshop.merging.undoing import Undoing
from workshop.merging.withheld import Levels
from workshop.search import freshness


@transaction.atomic
def merge(
    *,
    kept: Any,
    gone: Any,
    take: Collection[str] | None = None,
    names: Collection[str] | None = None,
    by=None,
    held: Callable[[Any], Content] | None = None,
) -> Merge:
    """Let one record go into another of its kind: what points to it moves, names and addresses stay known.

    ``take`` and ``names`` are those of ``Plan``. ``held`` tells what the form of the one that goes
    holds: it is kept with the deleted records, for good. Raises ValidationError, with a
    sentence for the editor, where the two cannot be merged; nothing is written then.
    """
    kept, gone = _hold(kept, gone)
    plan = Plan(kept, gone, take, names)
    if plan.refusal:
        raise ValidationError(plan.refusal)
    if held is not None:
        plan.changes.add(
            keeping.revision_of(record=gone, content=held(gone), by=by, kind=Revision.Kind.DELETED, went_into=kept.pk)
        )
    levels = Levels(plan)
    plan.changes.write()
    touched([*levels.keep(plan.changes), kept])
    freshness.changed(type(kept), [kept.pk, gone.pk])
    _log(kept, by, f"Merged: “{gone}” went into this one.")
    done = Merge.objects.create(
        model=kept._meta.label_lower,
        kept_key=kept.pk,
        gone_key=gone.pk,
        kept_name=str(kept)[:300],
        gone_name=str(gone)[:300],
        done_by=by,
        changes=plan.changes.as_json(),
    )
    public_changed()
    return done


@transaction.atomic
def undo(*, merge: Merge, by=None) -> list[str]:
    """Bring back what a merge took, row by row; answers with what had to stay as it is now.

    Raises ValidationError, with a sentence, where it cannot be undone (any more).
    """
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    list(merge.kind._base_manager.select_for_update().filter(pk=merge.kept_key).values_list("pk"))
    undoing = Undoing(merge)
    if undoing.refusal:
        raise ValidationError(undoing.refusal)
    undoing.write()
    freshness.changed(merge.kind, [merge.kept_key, merge.gone_key])
    for key in (merge.kept_key, merge.gone_key):
        if record := merge.kind._base_manager.filter(pk=key).first():
            _log(record, by, f"Merge undone: “{merge.gone_name}” is a record of its own again.")
    merge.undone_at, merge.undone_by, merge.changes = timezone.now(), by, {}
    merge.save()
    public_changed()
    return undoing.left


def forget_old() -> int:
    """Forget merges that cannot be undone any more, with the rows they kept. Called by ``run_due``."""
    return Merge.objects.too_old().delete()[0]


def _hold(kept: Any, gone: Any) -> tuple[Any, Any]:
    """Both rows as they are now, held in the order of their keys: two editors never wait for one another."""
    model = type(kept)
    if type(gone) is not model:
        raise ValidationError("Only records of one kind can be merged.")
    rows = model._base_manager.select_for_update().filter(pk__in=[kept.pk, gone.pk]).order_by("pk")
    found = {row.pk: row for row in rows}
    for record in (kept, gone):
        if record.pk not in found:
            raise ValidationError(f"“{record}” is not there any more: somebody has merged or deleted it.")
    return found[kept.pk], found[gone.pk]


def _log(record: Any, by, said: str) -> None:
    if by is not None:
        LogEntry.objects.log_actions(by.pk, [record], CHANGE, change_message=said, single_object=True)
