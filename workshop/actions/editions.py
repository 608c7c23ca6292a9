"""How the plan of an edition changes, and the codes that it gives."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from workshop.actions.holding import log, public_changed
from workshop.models import Ledger, StatusChange, Workshop


@transaction.atomic
def change_status(*, change: StatusChange, by=None) -> StatusChange:
    """Enter a change of an edition's status: the only way its dates change.

    The plan it ends is filled in from the edition where it is not given; the
    dates it makes become the plan, if no later decision made others.
    """
    workshop = Workshop.objects.select_for_update().get(pk=change.workshop_id)
    if change.previous_start is None and change.pk is None:
        change.previous_start, change.previous_end = workshop.start, workshop.end
        change.previous_precision = workshop.dates_precision
    change.full_clean()
    change.save()
    dated = [row for row in workshop.status_changes.all() if row.new_start]
    if dated and max(dated, key=StatusChange.order_of).pk == change.pk:
        workshop.start, workshop.end = change.new_start, change.new_end
        workshop.dates_precision = change.new_precision
        workshop.save()
    log(workshop, by, f"Status: {change.get_status_display()}, {change.decided}.")
    public_changed()
    return change


@transaction.atomic
def remove_status(*, change: StatusChange, by=None) -> Workshop:
    """Take back a change of status that was entered by mistake.

    If it is the latest one, and the plan is the one it made, the plan before
    it is the plan again.
    """
    workshop = Workshop.objects.select_for_update().get(pk=change.workshop_id)
    latest = workshop.status()
    made_the_plan = latest is not None and latest.pk == change.pk and workshop.start == change.new_start
    said = f"Status taken back: {change.get_status_display()}, {change.decided}."
    change.delete()
    if made_the_plan and change.new_start:
        workshop.start, workshop.end = change.previous_start, change.previous_end
        workshop.dates_precision = change.previous_precision
        workshop.save()
    log(workshop, by, said)
    public_changed()
    return workshop


@transaction.atomic
def next_code(*, workshop: Workshop) -> str:
    """The next free recommendation code of an edition: ``kw12-r03``.

    Counted under the edition's lock, so that two editors get two codes. A code
    that was given by hand or by an import is passed over.
    """
    edition = Workshop.objects.filter(pk=workshop.pk)
    while True:
        edition.update(last_number=F("last_number") + 1)
        code = f"{workshop.code.lower()}-r{edition.values_list('last_number', flat=True).get():02d}"
        if not Ledger.objects.filter(code=code).exists():
            return code
