"""Which words of a record readers may have quoted: a change to them may be a correction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

from workshop.corrections.models import LONGEST_OLD_WORDS
from workshop.editing.content import DELETE, Content, Difference, differences, plainly
from workshop.editing.formdata import PageForms
from workshop.models import Quote

# By kind of record or row. What was empty before is no statement yet; a Korean twin counts with its field.
STATEMENTS = {
    "recommendations.recommendation": ("statement", "detail", "rationale", "obstacles", "polarity", "modality"),
    "recommendations.position": ("stance", "note"),
    "recommendations.response": ("answer", "words"),
    "workshop.talk": ("title", "key_message", "summary", "body"),
    "workshop.quote": ("exact", "translation"),
    "workshop.document": ("title", "symbol", "description"),
    "workshop.workshop": ("title", "question", "introduction"),
    "speakers.speaker": ("name", "bio"),
    "speakers.organisation": ("name", "about"),
}


def is_statement(model: type[models.Model], name: str) -> bool:
    """Whether readers may have quoted what stands in this field."""
    names = STATEMENTS.get(model._meta.label_lower, ())
    return name in names or (name.endswith("_ko") and name.removesuffix("_ko") in names)


def changed(pages: PageForms, old: Content, new: Content) -> list[Difference]:
    """The statements that would not be any more what they are: other words, or none."""
    return [difference for difference in differences(old, new) if _counts(pages, difference, old, new)]


def _counts(pages: PageForms, found: Difference, old: Content, new: Content) -> bool:
    place = found.place
    if not place.prefix:
        return is_statement(pages.form._meta.model, place.name) and any(plainly(found.old or []))
    formset = pages.formsets.get(place.prefix)
    before = old.rows.get(place.prefix, {}).get(place.row)
    if formset is None or before is None or place.prefix not in new.rows:
        return False  # a new row, or rows of which nothing was sent
    if not place.name or place.name == DELETE:
        return any(is_statement(formset.model, name) and any(plainly(values)) for name, values in before.items())
    return is_statement(formset.model, place.name) and any(plainly(found.old or []))


def old_words(found: Iterable[Difference]) -> str:
    """The texts of the record itself that change, as they were: empty where they are too long to show."""
    words = "\n\n".join(dict.fromkeys(_texts(found)))
    return words if len(words) <= LONGEST_OLD_WORDS else ""


def _texts(found: Iterable[Difference]) -> Iterator[str]:
    choices = {"polarity", "modality"}
    for place, before, _ in found:
        if not place.prefix and place.name not in choices:
            yield from (text.strip() for text in before or [] if text.strip())


def page_of(record: Any) -> Any:
    """The record on whose public page a statement stands: itself, or for exact words their talk or document."""
    return (record.talk or record.document) if isinstance(record, Quote) else record
