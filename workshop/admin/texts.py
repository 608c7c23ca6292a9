"""What an editor should know of a record's longer texts, and of those that link to it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models

from workshop.common.publishing import Publishable
from workshop.common.writing.fields import markdown_fields
from workshop.common.writing.rendering import plain
from workshop.editing.remarks import remarks_on
from workshop.references import linking_to, links_in, public_pages, reference_to, references_in

SHOWN = 12  # remarks after one save
NAMED = 20  # records that link to what is withdrawn


def remarks(record: Publishable) -> Iterator[str]:
    """Remarks on the texts of a record and of its rows, each with the name of its field."""
    found = [
        f"{field}: {remark}"
        for field, text in _texts_of(record)
        for remark in [*broken_links(text), *remarks_on(text)]
    ]
    yield from found[:SHOWN]
    if len(found) > SHOWN:
        yield f"There are {len(found) - SHOWN} more remarks on the texts: the preview of each field tells them."


def broken_links(text: str) -> Iterator[str]:
    """The links to records that readers do not see; nobody learns whether there are such records."""
    public = public_pages(references_in(text))
    for reference, words in links_in(text):
        if reference not in public:
            said = f"“{plain(words)}”" if plain(words) else "without words"
            yield f"The link {said} is shown as words only: readers do not see the record that it leads to."


def naming_withheld(record: Publishable) -> Iterator[str]:
    """Links to the pages of people whose names the record must not show."""
    people = {reference_to(person) for person in record.people_withheld()}
    for field, text in _texts_of(record):
        if references_in(text) & people:
            yield f"{field}: a link leads to somebody whose name is to be withheld here."


def linking(records: list[Publishable]) -> list[str]:
    """The records whose texts link to one of these, by their names: “Human rights first (talk)”."""
    found = {row: None for record in records for row in linking_to(record) if row not in records}
    named = [f"{row} ({row._meta.verbose_name})" for row in list(found)[:NAMED]]
    return [*named, f"{len(found) - NAMED} more"] if len(found) > NAMED else named


def _texts_of(record: models.Model) -> Iterator[tuple[str, str]]:
    """The texts of a record and of the rows that are edited with it, with the names of their fields."""
    for row in [record, *_rows_of(record)]:
        for field in markdown_fields(type(row)):
            if text := getattr(row, field.attname):
                name = str(field.verbose_name)
                of_row = "" if row == record else f" of “{row}”"
                yield f"{name[:1].upper()}{name[1:]}{of_row}", text


def _rows_of(record: models.Model) -> Iterator[models.Model]:
    for relation in record._meta.related_objects:
        rows = relation.related_model
        if not issubclass(rows, Publishable) and markdown_fields(rows):
            yield from rows._base_manager.filter(**{relation.field.name: record})
