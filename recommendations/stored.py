"""Rows of recommendations as the index keeps them: one query, whatever is in them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from recommendations.models import Origin, Status, StatusInterval
from recommendations.rows import RecommendationRow, StanceShown, StatusShown, recommendation_rows, these
from workshop.common.dates import VagueDate
from workshop.common.prepared import Prepared
from workshop.common.text import Text, in_language
from workshop.search import freshness
from workshop.search.everything import Found
from workshop.search.kinds import RECORDS, key_of
from workshop.search.models import Entry
from workshop.search.models import Text as Stored
from workshop.search.passages import marked_text, passage
from workshop.search.query import Query
from workshop.templatetags.rapporteur import marked
from workshop.views.links import Link

STATUSES = {status.value: status.label for status in Status}
ORIGINS = {origin.value: origin.label for origin in Origin}

_CURRENT = Q(until__isnull=True) | Q(until__gt=Now())
STORED = Prepared(
    lambda keys: Stored.objects.filter(
        ord__in=Entry.objects.filter(_CURRENT, kind=RECORDS["recommendation"], object_id__in=keys).values("ord")
    ).order_by("-ord")
)


def listed_rows(
    keys: Iterable[int], stances: Mapping[int, StanceShown | None] | None = None
) -> list[RecommendationRow]:
    """Rows of public recommendations by their keys, newest first, for the lists of other pages.

    ``stances`` by key, where the list is somebody's. They are read from the records themselves where the
    index does not hold all of them as they are now: one is only tried out, or has ended by the clock.
    """
    wanted = set(keys)
    freshness.flush()
    stored = [] if freshness.is_off() else list(STORED(sorted(wanted)))
    if len(stored) < len(wanted):
        return recommendation_rows(these(sorted(wanted)), stances)
    root, language, known = reverse("home"), _language(), stances or {}
    rows = [_row(key_of(row.ord), json.loads(row.shown), root, language) for row in stored]
    return [replace(row, stance=known[row.pk]) if row.pk in known else row for row in rows]


def stored_rows(
    keys: Sequence[int], *, as_of: dt.date | None = None, query: Query | None = None
) -> list[RecommendationRow]:
    """The rows of these recommendations, in their order, with the statuses of a day and what was found marked."""
    stored = {key_of(row.ord): row for row in STORED(keys)}
    statuses = _statuses_on(as_of, keys) if as_of else {}
    root, language = reverse("home"), _language()
    rows = []
    for key in keys:
        if key in stored:
            row = _row(key, json.loads(stored[key].shown), root, language)
            row = replace(row, status=statuses.get(key, _status([Status.NOT_ASSESSED.value]))) if as_of else row
            rows.append(_with_marks(row, stored[key].body, query) if query else row)
    return rows


def found_rows(found: Iterable[Found], query: Query) -> list[RecommendationRow]:
    """The rows of recommendations that a search of everything found."""
    root, language = reverse("home"), _language()
    return [_with_marks(_row(hit.key, hit.shown, root, language), hit.body, query) for hit in found]


def _language() -> str:
    """The page's, asked for once a list."""
    return (get_language() or "en")[:2]


def _row(key: int, shown: dict[str, Any], root: str, language: str) -> RecommendationRow:
    english, korean = shown["title"]
    unnamed = [Link(_("a participant (not attributed)"))] if shown["unnamed"] else []
    part_of = shown["part_of"]
    return RecommendationRow(
        pk=key,
        code=shown["code"],
        url=root + shown["path"],
        statement=in_language(english, korean, language),
        proposers=[*_links(shown["proposers"], root, language), *unnamed],
        addressees=_links(shown["addressees"], root, language),
        themes=_links(shown["themes"], root, language),
        status=_status(shown["status"]),
        origin=str(ORIGINS[shown["origin"]]) if shown["origin"] else "",
        part_of=Link(part_of[0], root + part_of[1]) if part_of else None,
    )


def _links(named: Iterable[list[str]], root: str, language: str) -> list[Link]:
    return [
        Link(in_language(english, korean, language), root + path if path else "") for english, korean, path in named
    ]


def _status(status: list[str]) -> StatusShown:
    value, *date = status
    return StatusShown(
        value, str(STATUSES[value]), VagueDate(dt.date.fromisoformat(date[0]), date[1]) if date else None
    )


def _statuses_on(day: dt.date, keys: Sequence[int]) -> dict[int, StatusShown]:
    intervals = StatusInterval.objects.on(day).filter(recommendation__in=keys).select_related("follow_up")
    return {
        row.recommendation_id: StatusShown(row.status, row.get_status_display(), row.follow_up.when)
        for row in intervals
    }


def _with_marks(row: RecommendationRow, body: str, query: Query) -> RecommendationRow:
    """What was found marked in the statement, and the passage of the other texts where it stands."""
    statement = row.statement
    words = marked_text(statement.value, query) if isinstance(statement, Text) else statement
    return replace(
        row,
        statement=marked(Text(words, statement.language)) if isinstance(statement, Text) else words,
        passage=passage(body.split("\n"), query),
    )
