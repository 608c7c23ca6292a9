"""Finished names with their addresses: what views hand to templates.

A component never sees a record, so it cannot print what the view did not mean
to show. Which names may be handed over is decided here and in the querysets.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode

from workshop.common.addresses import address_of
from workshop.common.attribution import Attributed
from workshop.common.keywords import Tag
from workshop.common.text import Text, as_written
from workshop.models import Workshop
from workshop.registry import entry_of


@dataclass(frozen=True)
class Link:
    """A name, with an address or, where there is none to go to, without."""

    label: Text | str
    url: str = ""

    @classmethod
    def to(cls, record: Any) -> Self:
        """A link to the page of a public record."""
        return cls(record.text(entry_of(type(record)).title), record.get_absolute_url())


@dataclass(frozen=True)
class Change:
    """What became of an edition, in finished words."""

    slug: str
    label: str


@dataclass(frozen=True)
class EditionLink(Link):
    """An edition is never named without its status."""

    changes: tuple[Change, ...] = ()

    @classmethod
    def to(cls, record: Workshop) -> Self:
        """A link to an edition. Reads ``status_changes``: prefetch them."""
        return cls(record.text("title"), record.get_absolute_url(), changes_of(record))


def link_to(record: Any) -> Link | None:
    """A link to a record's page, or None where there is no public record."""
    if record is None:
        return None
    return EditionLink.to(record) if isinstance(record, Workshop) else Link.to(record)


def links_to(records: Iterable[Any]) -> list[Link]:
    """Links to the pages of public records."""
    return [Link.to(record) for record in records]


def coded(record: Any) -> Link:
    """A link that shows the record's code: KW12-R03."""
    return Link(record.code.upper(), record.get_absolute_url())


def permanent_url(record: Any) -> str:
    """Its one address for good, whatever the language of the page."""
    with translation.override(settings.LANGUAGE_CODE):
        return f"{settings.SITE_URL}{record.get_absolute_url()}"


def tag_links(tags: Iterable[Tag]) -> list[Link]:
    """Links to keyword pages; the tags are those of public records."""
    return [Link(as_written(tag.name), address_of("tag-detail", tag.slug) if tag.slug else "") for tag in tags]


def list_url(**choices: str | list[str]) -> str:
    """The faceted list with these choices made: ``list_url(theme="sanctions")``."""
    return f"{reverse('recommendation-list')}?{urlencode(choices, doseq=True)}"


def changes_of(edition: Workshop) -> tuple[Change, ...]:
    """The status of an edition, for ``components/edition_status.html``."""
    return tuple(Change(change.slug, change.phrase()) for change in edition.telling_changes())


def person_or_body(row: Attributed) -> Link | None:
    """Whom a row lets readers know of: a person, a body, an affiliation, or nobody."""
    if known := row.person or getattr(row, "body", None):
        return Link.to(known)
    return Link(row.affiliation_shown) if row.by_affiliation and row.affiliation_shown else None


def people_or_bodies(rows: Iterable[Attributed]) -> list[Link]:
    """Those of the rows whom readers may know of, in the order of the rows."""
    return [link for row in rows if (link := person_or_body(row))]
