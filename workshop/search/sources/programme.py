"""Talks, editions, series, themes, documents and keywords as the index keeps them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q

from recommendations.models import Recommendation
from speakers.models import Organisation, Speaker
from workshop.common.keywords import Tag, TaggedItem
from workshop.common.prepared import Prepared
from workshop.models import Document, DocumentPerson, Quote, Series, Talk, Theme, Workshop
from workshop.search.indexed import Indexed, both, earliest, path_of, prose

TAGGED = (Recommendation, Speaker, Talk, Document)
NEVER = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)  # a keyword has no date of its own


_TALKS = Prepared(lambda keys: Talk.objects.public().filter(pk__in=keys).order_by("pk"))
_SAID = Prepared(lambda keys: Quote.objects.attributable().filter(talk__in=keys))


def talks(ids: Collection[int]) -> Iterator[Indexed]:
    """Talks, with those of their speakers and of their words that may be named."""
    records: list[Any] = list(_TALKS(sorted(ids)).with_public("workshop", "themes", "tags", "talk_speakers__speaker"))
    said: dict[int, list[Any]] = defaultdict(list)
    for quote in _SAID([record.pk for record in records]):
        said[quote.talk_id].append(quote)
    for record in records:
        people = [row.person for row in record.talk_speakers.all() if row.person]
        edition = [record.workshop] if record.workshop else []
        themes = list(record.themes.all())
        tags = sorted(tag.name for tag in record.tags.all())
        yield Indexed(
            kind="talk",
            object_id=record.pk,
            date=record.date,
            updated=record.updated_at,
            shown={
                "path": path_of("talks", record.slug),
                "title": [record.title, record.title_ko],
                "people": [[one.name, one.name_ko, path_of("speakers", one.slug)] for one in people],
            },
            title=tuple(both(record, "title")),
            names=tuple(
                [name for one in [*people, *themes] for name in both(one, "name")]
                + [one.native_name for one in people if one.native_name]
                + [name for one in edition for name in [one.code, *both(one, "title")]]
                + tags
            ),
            body=tuple(
                prose(record, "key_message", "summary", "body")
                + both(record, "occasion")
                + [text for quote in said[record.pk] for text in (quote.exact, quote.translation) if text]
            ),
            until=earliest(one.withdraw_at for one in [record, *people, *themes, *edition]),
        )


def workshops(ids: Collection[int]) -> Iterator[Indexed]:
    """Editions, by their question and their code as well."""
    records = Workshop.objects.public().filter(pk__in=ids)
    for record in records.prefetch_related(
        Prefetch("series", Series.objects.public()), Prefetch("themes", Theme.objects.public())
    ):
        linked: list[Any] = [*record.themes.all(), *([record.series] if record.series else [])]
        yield Indexed(
            kind="workshop",
            object_id=record.pk,
            date=record.start,
            updated=record.updated_at,
            shown={
                "path": path_of("workshops", record.slug),
                "title": [record.title, record.title_ko],
                "note": [record.question, record.question_ko],
            },
            title=tuple(both(record, "title")),
            names=tuple([record.code, *(name for one in linked for name in both(one, "name")), record.city]),
            body=tuple([*both(record, "question"), *prose(record, "introduction"), record.venue, record.country]),
            until=earliest(one.withdraw_at for one in [record, *linked]),
        )


def series(ids: Collection[int]) -> Iterator[Indexed]:
    """Series of editions."""
    for record in Series.objects.public().filter(pk__in=ids):
        yield Indexed(
            kind="series",
            object_id=record.pk,
            date=None,
            updated=record.updated_at,
            shown={"path": path_of("series", record.slug), "title": [record.name, record.name_ko]},
            title=tuple(both(record, "name")),
            names=(record.code,),
            body=tuple(prose(record, "about")),
            until=record.withdraw_at,
        )


def themes(ids: Collection[int]) -> Iterator[Indexed]:
    """Themes: found by their synonyms, too."""
    for record in Theme.objects.public().filter(pk__in=ids):
        yield Indexed(
            kind="theme",
            object_id=record.pk,
            date=None,
            updated=record.updated_at,
            shown={"path": path_of("themes", record.slug), "title": [record.name, record.name_ko]},
            title=tuple(both(record, "name")),
            others=tuple(filter(None, map(str.strip, record.synonyms.splitlines()))),
            body=tuple(prose(record, "description")),
            until=record.withdraw_at,
        )


def documents(ids: Collection[int]) -> Iterator[Indexed]:
    """Documents; their full text only where readers may see all of it."""
    records = Document.objects.public().filter(pk__in=ids)
    for record in records.prefetch_related(
        Prefetch("issued_by", Organisation.objects.public()),
        Prefetch("people", DocumentPerson.objects.public().select_related("speaker")),
        Prefetch("quotes", Quote.objects.attributable()),
        "tags",
    ):
        linked: list[Any] = [row.speaker for row in record.people.all()]
        linked += [record.issued_by] if record.issued_by else []
        yield Indexed(
            kind="document",
            object_id=record.pk,
            date=record.date,
            updated=record.updated_at,
            shown={
                "path": path_of("documents", record.slug),
                "title": [record.title, record.title_ko],
                "note": [record.symbol, record.symbol],
            },
            title=tuple([*both(record, "title"), record.symbol]),
            names=tuple(
                [name for one in linked for name in both(one, "name")] + [tag.name for tag in record.tags.all()]
            ),
            body=tuple(
                prose(record, "description")
                + [text for quote in record.quotes.all() for text in (quote.exact, quote.translation) if text]
                + ([record.body] if record.text_is_public else [])
            ),
            until=earliest(one.withdraw_at for one in [record, *linked]),
        )


def _carried(keys: Any) -> Any:
    """Keywords that something public carries. A type by its names: in a query that is kept, no key of one stands."""
    carried = Q()
    for model in TAGGED:
        names = {"content_type__app_label": model._meta.app_label, "content_type__model": model._meta.model_name}
        items = TaggedItem.objects.filter(tag=OuterRef("pk"), **names)
        public = model.objects.public().filter(pk=OuterRef("object_id"))
        carried |= Q(Exists(items.filter(Exists(public))))  # the first that is found will do
    return Tag.objects.filter(carried, pk__in=keys).exclude(slug="")


_TAGS = Prepared(_carried)


def tags(ids: Collection[int]) -> Iterator[Indexed]:
    """Keywords that something public carries."""
    for tag in _TAGS(sorted(ids)):
        yield Indexed(
            kind="tag",
            object_id=tag.pk,
            date=None,
            updated=NEVER,
            shown={"path": path_of("tags", tag.slug), "title": [tag.name, tag.name]},
            title=(tag.name,),
        )
