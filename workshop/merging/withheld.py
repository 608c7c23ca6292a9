"""No merge opens a name: who was withheld in a row before is withheld in it afterwards."""

from __future__ import annotations

from typing import Any

from django.db import models

from workshop.common.attribution import Attributed, Attribution
from workshop.common.references import references
from workshop.merging.changes import Changes, update
from workshop.merging.plan import Plan


class Levels:
    """How each row that names one of the two is attributed, before anything is written."""

    def __init__(self, plan: Plan) -> None:
        self.kept = plan.kept
        self.before: dict[tuple[type[models.Model], Any], int] = {}
        stands_for = {(type(each.gone), each.gone.pk): each.kept.pk for each in plan.joined}
        for model, field in _naming(type(plan.kept)):
            rows = model._default_manager.filter(**{f"{field}__in": [plan.kept.pk, plan.gone.pk]})
            for key, level in rows.with_attribution().values_list("pk", "shown_as"):
                row = model, stands_for.get((model, key), key)
                self.before[row] = max(level, self.before.get(row, 0))

    def keep(self, changes: Changes) -> list[Any]:
        """Call it once the merge is written. Answers with the rows whose attribution had to be made stricter."""
        held = []
        for model, field in _naming(type(self.kept)):
            for row in model._default_manager.filter(**{field: self.kept.pk}).with_attribution():
                level = self.before.get((model, row.pk), 0)
                if row.shown_as < level:
                    if level == Attribution.AFFILIATION_ONLY and not row.affiliation_shown:
                        level = Attribution.NOT_ATTRIBUTED
                    update(model, [row.pk], {"attribution": level})
                    changes.set(changes.row(row), attribution=level)
                    held.append(row)
        return held


def _naming(model: type[models.Model]) -> list[tuple[Any, str]]:
    found = ((each.model, each.name) for each in references(model) if not each.generic)
    return [(other, name) for other, name in found if issubclass(other, Attributed)]
