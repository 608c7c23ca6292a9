"""What has to be indexed again when something is written: who shows what of whom."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import cache
from typing import Any

from django.db import models
from django.db.models import Q

from recommendations.models import Addressee, FollowUp, Position, Recommendation, Response, StatusInterval
from speakers.models import Affiliation, Organisation, SpeakerName
from workshop.common.keywords import TaggedItem
from workshop.common.prepared import Prepared
from workshop.models import Document, DocumentPerson, Quote, Talk, TalkSpeaker, Workshop, WorkshopTheme
from workshop.search.sources import KINDS, MODELS
from workshop.search.sources.programme import TAGGED

Keys = Iterable[tuple[str, int]]


def of_written(row: models.Model) -> Keys:
    """The records that a row which was written or deleted is a part of, or decides on."""
    kind = KINDS.get(type(row))
    if kind is not None and row.pk is not None:
        yield kind, row.pk
    if follow := _WRITTEN.get(type(row)):
        yield from follow(row)


def _recommendations(rows: models.QuerySet) -> Keys:
    return (("recommendation", key) for key in rows.values_list("pk", flat=True))


NOBODY = 0  # the key of nothing
_FAMILY = Prepared(
    lambda key, parent, quote: (
        Recommendation.objects.filter(Q(parent=key) | Q(pk=parent) | Q(parent=parent) | Q(source_quote=quote))
        .order_by()
        .values_list("pk", flat=True)
    )
)
_STANDING = Prepared(
    lambda quote: Position.objects.filter(quote=quote).order_by().values_list("recommendation", flat=True).distinct()
)


def family(recommendation: Recommendation) -> Keys:
    """Those whose attribution hangs on its positions: its relatives, and those with the same words."""
    quote = recommendation.source_quote_id or NOBODY
    related = _FAMILY(recommendation.pk or NOBODY, recommendation.parent_id or NOBODY, quote)
    standing = _STANDING(quote) if quote else ()
    return [("recommendation", key) for key in (*related, *standing)]


def _standing_on(*conditions: Q, **values: Any) -> Q:
    """Recommendations with a position of which this holds, by their keys.

    Asked apart: beside other conditions a sub-query makes PostgreSQL read the whole table.
    """
    positions = Position.objects.filter(*conditions, **values)
    return Q(pk__in=list(positions.order_by().values_list("recommendation", flat=True).distinct()))


def _of_position(row: Position) -> Keys:
    yield "recommendation", row.recommendation_id
    yield from family(row.recommendation)
    if row.quote_id:
        yield from _of_quote_key([row.quote_id])
        said_in = Quote.objects.filter(pk=row.quote_id, talk__isnull=False)
        yield from (("talk", key) for key in said_in.values_list("talk", flat=True))


def _of_quote_key(keys: Collection[int]) -> Keys:
    made = Q(source_quote__in=keys) | _standing_on(quote__in=keys)
    return _recommendations(Recommendation.objects.filter(made).order_by())


def _of_quote(row: Quote) -> Keys:
    yield from _of_quote_key([row.pk] if row.pk else [])
    if row.talk_id:
        yield "talk", row.talk_id
    if row.document_id:
        yield "document", row.document_id


def _of_talk(talk: int) -> Keys:
    """Recommendations that rest on what was said in a talk: who is named there decides here."""
    quotes = list(Quote.objects.filter(talk=talk).values_list("pk", flat=True))
    made = Q(source_quote__in=quotes) | _standing_on(Q(talk=talk) | Q(quote__in=quotes))
    return _recommendations(Recommendation.objects.filter(made).order_by())


def _of_talk_speaker(row: TalkSpeaker) -> Keys:
    yield "talk", row.talk_id
    yield from _of_talk(row.talk_id)


def _of_tagged(row: TaggedItem) -> Keys:
    yield "tag", row.tag_id
    kind = KINDS.get(row.content_type.model_class())
    if kind:
        yield kind, row.object_id


_WRITTEN: dict[type[models.Model], Callable[[Any], Keys]] = {
    Recommendation: family,
    Position: _of_position,
    Addressee: lambda row: [("recommendation", row.recommendation_id)],
    Response: lambda row: [("recommendation", row.addressee.recommendation_id)],
    FollowUp: lambda row: [("recommendation", row.recommendation_id)],
    StatusInterval: lambda row: [("recommendation", row.recommendation_id)],
    Affiliation: lambda row: [("speaker", row.speaker_id)],
    SpeakerName: lambda row: [("speaker", row.speaker_id)],
    TalkSpeaker: _of_talk_speaker,
    Quote: _of_quote,
    DocumentPerson: lambda row: [("document", row.document_id)],
    WorkshopTheme: lambda row: [("workshop", row.workshop_id)],
    TaggedItem: _of_tagged,
}


# --- After a record has been indexed, and what others show of it has changed -----------------------

# kind of the record: of which kind the others are, in which rows they name it, by which
# field, and which field of the row is their key
_SHOWN_BY: dict[str, list[tuple[str, type[models.Model], str, str]]] = {
    "speaker": [
        ("recommendation", Position, "speaker", "recommendation"),
        ("recommendation", Position, "quote__speaker", "recommendation"),
        ("talk", TalkSpeaker, "speaker", "talk"),
        ("document", DocumentPerson, "speaker", "document"),
    ],
    "organisation": [
        ("recommendation", Addressee, "organisation", "recommendation"),
        ("recommendation", Position, "organisation", "recommendation"),
        ("speaker", Affiliation, "organisation", "speaker"),
        ("organisation", Organisation, "parent", "pk"),
        ("document", Document, "issued_by", "pk"),
    ],
    "theme": [
        ("recommendation", Recommendation.themes.through, "theme", "recommendation"),
        ("talk", Talk.themes.through, "theme", "talk"),
        ("workshop", WorkshopTheme, "theme", "workshop"),
    ],
    "workshop": [("recommendation", Recommendation, "workshop", "pk"), ("talk", Talk, "workshop", "pk")],
    "series": [("workshop", Workshop, "series", "pk")],
    "talk": [
        ("recommendation", Recommendation, "source_quote__talk", "pk"),
        ("recommendation", Position, "quote__talk", "recommendation"),
        ("document", Quote, "talk", "document"),
    ],
    "document": [
        ("recommendation", Recommendation, "source_quote__document", "pk"),
        ("recommendation", Position, "quote__document", "recommendation"),
        ("talk", Quote, "document", "talk"),
    ],
    "recommendation": [("recommendation", Recommendation, "parent", "pk")],
}


@cache
def _showing(model: type[models.Model], field: str, key: str) -> Prepared:
    """The keys of those who name these records in such rows."""
    return Prepared(
        lambda keys: (
            model._base_manager.filter(**{f"{field}__in": keys, f"{key}__isnull": False})
            .order_by()
            .values_list(key, flat=True)
            .distinct()
        )
    )


@cache
def _tags_of(model: type[models.Model]) -> Prepared:
    """The keywords of these records. Their type by its names: in a query that is kept, no key of one stands."""
    names = {"content_type__app_label": model._meta.app_label, "content_type__model": model._meta.model_name}
    return Prepared(
        lambda keys: (
            TaggedItem.objects.filter(**names, object_id__in=keys).order_by().values_list("tag", flat=True).distinct()
        )
    )


def of_changed(kind: str, keys: Collection[int]) -> Keys:
    """The records that show these by name, or rest on them."""
    keys = sorted(keys)
    for other, model, field, key in _SHOWN_BY.get(kind, []):
        yield from ((other, pk) for pk in _showing(model, field, key)(keys))
    if kind == "tag":
        for row in TaggedItem.objects.filter(tag__in=keys).select_related("content_type"):
            yield from (each for each in _of_tagged(row) if each[0] != "tag")
    elif MODELS[kind] in TAGGED:
        yield from (("tag", pk) for pk in _tags_of(MODELS[kind])(keys))
