"""Tables that editors upload: between the upload and the import they wait, and only their editor sees them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction

from recommendations.imports import columns
from recommendations.imports.files import read
from recommendations.imports.plan import Mapping, Plan, plan_of
from recommendations.imports.reading import DESK, Table, Unreadable, require_columns
from recommendations.imports.report import in_numbers
from recommendations.imports.upr import COLUMNS as UPR_COLUMNS
from recommendations.imports.upr import UPR
from recommendations.imports.writing import MEANWHILE, write
from recommendations.models import WaitingTable

AT_ONCE = 2_000  # rows that a page writes itself; more are left to run_due
KEPT = 10  # tables of one editor that wait at most


@dataclass(frozen=True)
class Outcome:
    """What pressing the button came to."""

    said: str
    done: bool = False


def keep(*, name: str, data: bytes, encoding: str, by) -> WaitingTable:
    """Keep an upload for its editor. Raises ``Unreadable`` for what cannot be imported at all."""
    table = read(data, name=name, limits=DESK, encoding=encoding)
    WaitingTable.objects.left_lying().delete()
    mine = WaitingTable.objects.filter(created_by=by, queued=False).order_by("-created_at", "-pk")
    WaitingTable.objects.filter(pk__in=list(mine.values_list("pk", flat=True)[KEPT - 1 :])).delete()
    choices = {"encoding": encoding, "like": "upr" if is_upr(table) else "columns"}
    return WaitingTable.objects.create(name=name[:200], content=data, choices=choices, created_by=by)


def is_upr(table: Table) -> bool:
    """Whether the headings are those of UPR Info."""
    return set(UPR_COLUMNS) <= set(table.headers)


def table_in(waiting: WaitingTable) -> Table:
    """The table, read again. Raises ``Unreadable``, also where its columns are not those that were chosen."""
    name, encoding = waiting.name, waiting.choices.get("encoding", "")
    return read(bytes(waiting.content), name=name, limits=DESK, encoding=encoding)


def mapping_for(waiting: WaitingTable) -> Mapping | None:
    """How its editor chose to understand it; None before that."""
    choices = waiting.choices
    if "publish" not in choices:
        return None
    if choices["like"] == "upr":
        return replace(UPR, publish=choices["publish"])
    return columns.mapping_of(choices)


def preview(waiting: WaitingTable, table: Table) -> Plan:
    """What would happen. Raises ``Unreadable`` for columns that are missing."""
    mapping = mapping_for(waiting)
    if mapping is None:
        raise Unreadable("Choose first what the columns mean.")
    require_columns(table, mapping.columns)
    return plan_of(table, mapping)


def finish(waiting: WaitingTable, *, later: bool) -> Outcome:
    """Import it, once: a second click learns that it is done. Long tables are queued where ``later`` is allowed."""
    try:
        with transaction.atomic():
            held = WaitingTable.objects.select_for_update().filter(pk=waiting.pk).first()
            if held is None:
                return Outcome(f"“{waiting.name}” was forgotten meanwhile.")
            if held.done or (later and held.queued):
                return Outcome(held.said, held.done)
            table = table_in(held)
            if later and len(table.lines) > AT_ONCE:
                return _queue(held, table)
            return _import(held, table)
    except Unreadable as error:
        said = str(error)
    except IntegrityError:
        said = MEANWHILE
    WaitingTable.objects.filter(pk=waiting.pk).update(said=said, queued=False)
    return Outcome(said)


def _queue(held: WaitingTable, table: Table) -> Outcome:
    said = f"“{held.name}” is imported in the background, with the next run of “run_due”: {len(table.lines):,} rows."
    held.queued, held.said = True, said
    held.save()
    return Outcome(said)


def _import(held: WaitingTable, table: Table) -> Outcome:
    """Write it. The row of the table goes first: raising the public version stays the last statement."""
    plan = preview(held, table)
    if plan.refused:
        raise Unreadable(f"{len(plan.refused):,} rows are refused: nothing was written.")
    said = f"“{held.name}” is imported: {in_numbers(plan)}."
    held.content, held.queued, held.done, held.said = b"", False, True, said
    held.save()
    write(plan, by=held.created_by)
    return Outcome(said, done=True)


def run_queued() -> list[str]:
    """Import what is queued, and forget what was left lying; says what was done. Called by ``run_due``."""
    WaitingTable.objects.left_lying().delete()
    said = []
    for waiting in WaitingTable.objects.filter(queued=True).select_related("created_by"):
        if waiting.created_by.publishes:
            said.append(finish(waiting, later=False).said)
        else:
            waiting.delete()
    return said
