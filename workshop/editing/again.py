"""A page that made a record, and is sent again with other words: they belong to that record."""

from __future__ import annotations

from workshop.editing.content import DELETE, Content, Fields, is_new, new_row, plainly


def of_the_record(made: Content, sent: Content) -> Content:
    """What was sent of the page that adds a record, as the page of the record it made would send it.

    Rows have keys by now: equal ones are found first, others in their order. What is empty
    stays as it is stored, because the save may have filled it: an address, a code.
    """
    rows = {
        prefix: _rows(stored, [row for row in sent.rows.get(prefix, {}).values() if not row.get(DELETE)])
        for prefix, stored in made.rows.items()
    }
    return Content(_over(made.fields, sent.fields), rows)


def _rows(stored: dict[str, Fields], sent: list[Fields]) -> dict[str, Fields]:
    found: dict[str, Fields] = {}
    others = []
    for row in sent:
        key = next((key for key in stored if key not in found and _over(stored[key], row) == stored[key]), None)
        if key is None:
            others.append(row)
        else:
            found[key] = stored[key]
    left = [key for key in stored if key not in found and not is_new(key)]
    for row in others:
        key = left.pop(0) if left else new_row()
        found[key] = _over(stored[key], row) if key in stored else row
    in_order = [key for key in stored if key in found] + [key for key in found if key not in stored]
    return {key: found[key] for key in in_order}


def _over(stored: Fields, sent: Fields) -> Fields:
    """Stored values, with those in their place that say something, and something else."""
    said = {name: values for name, values in sent.items() if name in stored or values}
    return stored | {
        name: values
        for name, values in said.items()
        if plainly(values) and plainly(values) != plainly(stored.get(name, []))
    }
