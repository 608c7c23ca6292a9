"""Writes of a take-down, past every rule of publication: what has to go, goes."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import partial
from pathlib import PurePath
from typing import Any

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models import Q

from recommendations.models import WaitingTable
from speakers.models import Speaker, SpeakerName
from workshop.common.attribution import Attributed, Attribution
from workshop.common.keywords import Tag
from workshop.common.references import Reference, references
from workshop.images import leaving
from workshop.images.models import Image, LeftFile
from workshop.merging.changes import delete, raise_versions, touched, update
from workshop.merging.models import Merge
from workshop.merging.plan import broken
from workshop.search import freshness
from workshop.slugs.models import OldSlug
from workshop.takedown.finding import find
from workshop.takedown.keys import keys
from workshop.takedown.names import MARK, Names, digest
from workshop.takedown.people import former_keys

# Rows that are nothing but the name, or of no use without it.
GO_AS_A_WHOLE: tuple[type[models.Model], ...] = (Tag, SpeakerName, OldSlug, Merge, WaitingTable)
NOWHERE = "https://removed.invalid/"  # where a row may not be without an address
TEXT_FILES = (".txt", ".vtt")


class Removing:
    """Removes within the transaction that is open; counts rows by the label of their model."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.touched: list[Any] = []

    def finish(self) -> None:
        """Raise versions and have everything indexed anew. ``public_changed()`` then does it."""
        touched([row for row in self.touched if not isinstance(row, LogEntry)])

    # --- a person --------------------------------------------------------------------------

    def person(self, person: Speaker) -> None:
        """Remove an expert: rows that may stand without one name nobody from now on, all others go."""
        keys = {person.pk, *former_keys(person)}
        for reference, row in [(each, row) for each in references(Speaker) for key in keys for row in each.rows(key)]:
            if isinstance(row, LogEntry):
                self._change(row, {"object_repr": MARK, "change_message": ""})
            elif _may_name_nobody(reference):
                self._change(row, {reference.name: None, **_nobody(row)})
            else:
                self._remove(row)
        for merge in Merge.objects.of(Speaker).filter(Q(kept_key__in=keys) | Q(gone_key__in=keys)):
            self._remove(merge)
        portrait = person.portrait
        self._remove(person)
        if portrait is not None and not _in_use(portrait):
            self._remove(portrait)

    def _remove(self, row: Any) -> None:
        """Remove a row, and first what hangs on it."""
        for reference in references(type(row)):
            for other in reference.rows(row.pk):
                if isinstance(other, LogEntry):
                    self._change(other, {"object_repr": MARK, "change_message": ""})
                elif reference.generic or not reference.field.null:
                    self._remove(other)
                else:
                    self._change(other, {reference.name: None})
        self.counts[row._meta.label] += 1
        freshness.written([row])  # while what it belongs to is there
        raise_versions([row])
        delete(type(row), [row.pk])
        for column in row._meta.concrete_fields:
            if isinstance(column, models.FileField) and (file := getattr(row, column.attname)):
                transaction.on_commit(partial(leaving.remove_at_once, str(file.name)))

    def _change(self, row: Any, values: dict[str, Any]) -> None:
        for name, value in values.items():
            setattr(row, name, value)
        update(type(row), [row.pk], values)
        self.counts[row._meta.label] += 1
        self.touched.append(row)

    def waiting_files(self, left_until: dt.datetime) -> None:
        """Files of replaced and deleted pictures and recordings: no record shows them, so nobody can judge them."""
        if count := leaving.give_up(left_until=left_until):
            self.counts[LeftFile._meta.label] += count

    # --- words -----------------------------------------------------------------------------

    def words(self, names: Names) -> None:
        """Remove names from every text, and rows that are nothing but a name."""
        told: dict[type[models.Model], dict[Any, tuple[str, ...]]] = defaultdict(dict)
        for found in find(names):
            told[found.model][found.key] = found.columns
        for model, columns in told.items():
            for key, row in model._base_manager.in_bulk(list(columns)).items():
                if isinstance(row, GO_AS_A_WHOLE):
                    self._remove(row)
                else:
                    self._change(row, _cleaned(row, columns[key], names))
        self._files(names)

    def _files(self, names: Names) -> None:
        """Files that are plain text (captions, transcripts) are written anew, under another name."""
        for row, column, content in text_files():
            if names.stand_in(content):
                old = getattr(row, column.attname)
                storage, former = old.storage, str(old.name)
                new = column.generate_filename(row, PurePath(former).name)
                name = storage.save(new, ContentFile(names.without(content).encode()))
                transaction.on_commit(partial(storage.delete, former))
                self._change(row, {column.attname: name})


def text_files() -> Iterator[tuple[Any, Any, str]]:
    """Every file of ours that is plain text: its row, its column and what it says."""
    for model in apps.get_models():
        for column in model._meta.concrete_fields:
            if isinstance(column, models.FileField):
                for ending in TEXT_FILES:
                    for row in model._base_manager.filter(**{f"{column.name}__iendswith": ending}):
                        file = getattr(row, column.attname)
                        if file.storage.exists(file.name):
                            with file.storage.open(file.name) as opened:
                                yield row, column, opened.read().decode(errors="replace")


def _may_name_nobody(reference: Reference) -> bool:
    """Whether a row may stand without the record; what is by kind and key is of the record alone."""
    tie: Any = reference.field.remote_field
    return reference.field.null and tie is not None and tie.on_delete is not models.CASCADE


def _nobody(row: Any) -> dict[str, Any]:
    """What a row says of a person besides the key: readers are to learn nothing of them any more."""
    if not isinstance(row, Attributed):
        return {}
    told = [each.attname for each in row._meta.concrete_fields if each.name.startswith(("affiliation", "credited_as"))]
    return {"attribution": Attribution.NOT_ATTRIBUTED.value, **dict.fromkeys(told, "")}


def _in_use(portrait: Image) -> bool:
    """Whether another record shows the picture."""
    return any(each.rows(portrait.pk).exists() for each in references(Image) if not each.generic)


def _cleaned(row: Any, columns: tuple[str, ...], names: Names) -> dict[str, Any]:
    """New values for the columns of a row in which a name stands."""
    values = {name: _new_value(row, row._meta.get_field(name), names) for name in columns}
    for name, value in values.items():
        setattr(row, name, value)
    if broken(row):  # it may not be without that text, or without that address
        for name, value in values.items():
            if value == "":
                values[name] = NOWHERE if isinstance(row._meta.get_field(name), models.URLField) else MARK
    if "body" in values and hasattr(row, "body_sha256"):
        values["body_sha256"] = hashlib.sha256(values["body"].encode()).hexdigest() if values["body"] else ""
    return values


def _new_value(row: Any, column: Any, names: Names) -> Any:
    value = getattr(row, column.attname)
    if column.unique or isinstance(column, models.SlugField):  # the same wherever the same code stands
        return f"removed-{digest(str(value).lower(), keys()[0])[:8]}"[: column.max_length]
    if isinstance(column, models.URLField):
        return ""
    cleaned = names.out_of(value)
    if not isinstance(cleaned, str):
        return cleaned
    if cleaned.strip(" ,.;") == MARK and column.blank:
        return ""
    return cleaned[: column.max_length]
