"""Links from texts to records, by identity: ``[the talk](record:talk:42)``.

A text names the kind and the key, so that no change of an address breaks it. Where
readers get the text, the public record's present address stands there; what is hidden
or gone leaves the words, and nothing that tells that there was more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.safestring import SafeString, mark_safe

from workshop.common.addresses import address_of
from workshop.common.text import Text
from workshop.common.writing.fields import markdown_fields
from workshop.common.writing.rendering import SCHEME, to_html
from workshop.registry import Entry, entries

_IN_SOURCE = re.compile(rf"{SCHEME}:([a-z]+):([0-9]{{1,18}})(?![0-9])")
_REST = r'(?: [a-z-]+="[^"]*")*?'
_LINK = re.compile(rf'<a{_REST} href="{SCHEME}:([a-z]+):([0-9]+)"{_REST}>(.*?)</a>', re.DOTALL)


class Reference(NamedTuple):
    """Which record a link means."""

    kind: str  # the name of its registry entry: "talk"
    key: int

    def __str__(self) -> str:
        return f"{SCHEME}:{self.kind}:{self.key}"


Pages = dict[Reference, tuple[str, str]]  # name of the address, and its last part


def reference_to(record: models.Model) -> Reference:
    """How texts name a record that has a page."""
    return Reference(record._meta.model_name or "", record.pk)


def kinds() -> dict[str, Entry]:
    """What a link can lead to, by its name in texts."""
    return {entry.name: entry for entry in entries()}


def references_in(*sources: str) -> set[Reference]:
    """The records that texts name, whether there are such records or not."""
    return {Reference(kind, int(key)) for text in sources for kind, key in _IN_SOURCE.findall(text)}


def public_pages(references: Iterable[Reference]) -> Pages:
    """Where readers find those of the records that are public: one query for each kind."""
    keys: dict[str, set[int]] = {}
    for reference in references:
        keys.setdefault(reference.kind, set()).add(reference.key)
    found: Pages = {}
    for kind, entry in kinds().items():
        if kind in keys:
            public = entry.model._default_manager.public().filter(pk__in=keys[kind])
            for key, part in public.order_by().values_list("pk", entry.key):
                found[Reference(kind, key)] = (f"{kind}-detail", part)
    return found


def read_references(records: Iterable[Any]) -> None:
    """Look up at once what the texts of several records link to, before they are shown."""
    records = list(records)
    found = public_pages(references_in(*(text for record in records for text in _texts_of(record))))
    for record in records:
        record._linked_pages = found


def _texts_of(record: models.Model) -> Iterator[str]:
    """Those that were read with it; what was not is not shown."""
    names = (field.attname for field in markdown_fields(type(record)))
    return (record.__dict__[name] for name in names if name in record.__dict__)


def html_of(record: Any, text: Text) -> SafeString:
    """A longer text of a record as HTML, with its links to records as they are now."""
    if f"{SCHEME}:" in text.value and not hasattr(record, "_linked_pages"):
        read_references([record])
    return linked(text.value, getattr(record, "_linked_pages", {}), text.language)


def linked(source: str, pages: Pages, language: str | None = None) -> SafeString:
    """Markdown as HTML, with the given pages behind its links to records."""
    html = to_html(source, language)
    if f'"{SCHEME}:' in html:
        html = _LINK.sub(lambda link: _shown(link, pages), html)
    return mark_safe(html)  # noqa: S308 - cleaned by nh3 in to_html; addresses are escaped


def _shown(link: re.Match[str], pages: Pages) -> str:
    page = pages.get(Reference(link[1], int(link[2])))
    return f'<a href="{escape(address_of(*page))}">{link[3]}</a>' if page else link[3]


def links_in(source: str) -> list[tuple[Reference, str]]:
    """The links to records in a text, each with its words as HTML."""
    return [(Reference(kind, int(key)), words) for kind, key, words in _LINK.findall(to_html(source))]


def relinked(source: str, old: Reference, new: Reference) -> str:
    """A text whose links to one record lead to another one."""
    return re.sub(rf"{re.escape(str(old))}(?![0-9])", str(new), source)


def linking_to(record: models.Model) -> Iterator[models.Model]:
    """Records, whatever their state, a text of which links to this one. Reads whole tables."""
    wanted = reference_to(record)
    for model in apps.get_models():
        names = [field.attname for field in markdown_fields(model)]
        if not names:
            continue
        condition = Q(*((f"{name}__contains", str(wanted)) for name in names), _connector=Q.OR)
        for row in model._base_manager.filter(condition).order_by("pk"):
            if row != record and wanted in references_in(*(getattr(row, name) for name in names)):
                yield row
