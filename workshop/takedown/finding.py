"""Every text of every table, and the names that stand in it. What a new model brings is looked through as well."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from workshop.common.references import DERIVED
from workshop.takedown.names import Names

# Accounts are kept by their owners, sessions end by themselves, the rest holds no word of anybody's.
NOT_SEARCHED = DERIVED | {"sessions", "contenttypes", "auth", "accounts", "takedown"}
AT_ONCE = 2000
LARGEST_PART = 100_000_000


@dataclass(frozen=True)
class Found:
    """A row with a name in it, and the columns in which it stands."""

    model: type[models.Model]
    key: Any
    columns: tuple[str, ...]


def text_columns(model: type[models.Model]) -> list[Any]:
    """The columns that may hold words; not those that hold one of a few values."""
    kinds = models.CharField | models.TextField | models.JSONField | models.BinaryField
    return [each for each in model._meta.concrete_fields if isinstance(each, kinds) and not each.choices]


def searched() -> Iterator[tuple[type[models.Model], list[Any]]]:
    """The models that are looked through, with their columns of text."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label not in NOT_SEARCHED and not model._meta.proxy and (columns := text_columns(model)):
            yield model, columns


def find(names: Names) -> Iterator[Found]:
    """Every row in which a name stands."""
    for model, columns in searched():
        rows = model._base_manager.order_by("pk").values_list("pk", *(each.attname for each in columns))
        for key, *values in rows.iterator(chunk_size=AT_ONCE):
            told = [c.attname for c, value in zip(columns, values, strict=True) if value and stands_in(names, value)]
            if told:
                yield Found(model, key, tuple(told))


def stands_in(names: Names, value: Any) -> bool:
    """Whether a name stands in what a column holds: a text, JSON, or an uploaded table."""
    if isinstance(value, bytes | memoryview):
        return any(names.stand_in(text) for text in _texts_in(bytes(value)))
    if isinstance(value, dict | list) or value[:1] in ("[", "{"):
        return names.out_of(value) != value
    return names.stand_in(value)


def _texts_in(content: bytes) -> Iterator[str]:
    """A file as text, in each of the encodings that tables come in; of an XLSX its parts."""
    if content.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                names = [each for each in archive.infolist() if each.filename.endswith(".xml")]
                parts = [archive.read(each) for each in names if each.file_size < LARGEST_PART]
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError):
            parts = []
        yield from (part.decode(errors="replace") for part in parts)
        return
    for encoding in ("utf-8", "utf-16", "mac_roman", "latin-1", "euc_kr"):
        yield content.decode(encoding, errors="replace")
