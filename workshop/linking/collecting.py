"""Which addresses public records lead to: read from every address field and every longer text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q

from workshop.common.publishing import Publishable, public_q
from workshop.linking.models import URL_LENGTH, Link, Place

# Written out as far as blanks, quotation marks and angle or square brackets go.
_ADDRESS = re.compile(r"https?://[^\s<>\"“”\[\]\\^`{|}]+", re.IGNORECASE)
_PAIRS = {")": "(", "»": "«"}
# Texts that readers see under a condition only.
CONDITIONS = {"workshop.document": {"body": Q(text_is_public=True), "body_ko": Q(text_is_public=True)}}

Found = tuple[str, int, int, str]  # address, content type, key, field


def addresses_in(text: str) -> Iterator[str]:
    """The addresses in a text, Markdown or plain, without the marks that only follow them."""
    for match in _ADDRESS.finditer(text):
        found = match[0]
        while found and (found[-1] in ".,;:!?*_'’”…" or _closes_nothing(found)):
            found = found[:-1]
        if address := cleaned(found):
            yield address


def _closes_nothing(found: str) -> bool:
    opening = _PAIRS.get(found[-1])
    return opening is not None and found.count(found[-1]) > found.count(opening)


def cleaned(address: str) -> str:
    """An address of another site in ASCII, without its anchor; empty for anything else."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").encode("idna").decode() if parts.hostname else ""
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not host or host == urlsplit(settings.SITE_URL).hostname:
        return ""
    path, query = quote(parts.path, safe="/%:=&;,+$!*'()~@"), quote(parts.query, safe="/%:=&;,+$!*'()~@?")
    whole = f"{parts.scheme.lower()}://{host}{port}{path or '/'}{'?' + query if query else ''}"
    return whole if len(whole) <= URL_LENGTH else ""


def public_models() -> Iterator[type[models.Model]]:
    """Our models whose rows readers may see."""
    for model in apps.get_models():
        if issubclass(model, Publishable) or hasattr(model, "hidden_with"):
            yield model


def found_in(model: type[models.Model]) -> Iterator[Found]:
    """Each address in the public rows of a model."""
    kind = ContentType.objects.get_for_model(model).pk
    for field in model._meta.concrete_fields:
        if isinstance(field, models.URLField | models.TextField):
            condition = CONDITIONS.get(model._meta.label_lower, {}).get(field.name, Q())
            rows = model._base_manager.filter(public_q(model), condition, **{f"{field.name}__icontains": "http"})
            for key, text in rows.order_by().values_list("pk", field.name).iterator(chunk_size=500):
                for address in dict.fromkeys(addresses_in(text)):
                    yield address, kind, key, field.name


def collect() -> int:
    """Bring links and places up to date; gives the number of links.

    Read first, then written in one transaction, so that nobody waits for the reading.
    """
    found = {row for model in public_models() for row in found_in(model)}
    with transaction.atomic():
        _write(found)
    return len({address for address, *_ in found})


def _write(found: set[Found]) -> None:
    known = dict(Link.objects.values_list("url", "pk"))
    new = sorted({address for address, *_ in found} - known.keys())
    Link.objects.bulk_create((Link(url=address) for address in new), batch_size=500, ignore_conflicts=True)
    keys = dict(Link.objects.values_list("url", "pk"))
    places = {(keys[address], kind, key, field) for address, kind, key, field in found}
    there = {row[1:]: row[0] for row in Place.objects.values_list("pk", "link", "content_type", "object_id", "field")}
    gone = [there[place] for place in there.keys() - places]
    for start in range(0, len(gone), 500):
        Place.objects.filter(pk__in=gone[start : start + 500]).delete()
    Place.objects.bulk_create(
        (
            Place(link_id=link, content_type_id=kind, object_id=key, field=field)
            for link, kind, key, field in sorted(places - there.keys())
        ),
        batch_size=500,
    )
    Link.objects.filter(places=None).delete()
