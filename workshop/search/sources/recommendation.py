"""Recommendations as the index keeps them: their row, their texts, the values of their facets."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import F

from recommendations.models import (
    Position,
    Recommendation,
    Stance,
    Status,
    StatusInterval,
)
from speakers.models import Organisation, Speaker
from workshop.common.prepared import Prepared
from workshop.common.publishing import Publishable
from workshop.models import Quote, Theme
from workshop.search.indexed import Indexed, TermRef, both, earliest, padded, path_of, prose
from workshop.search.kinds import BY_NAME, JOINER, NONE, SPECS

ORGANISATION = "org:"  # before the slug of an organisation that proposes
Named = list[str]  # name, name in Korean, path; no path where there is no page


_RECORDS = Prepared(
    lambda keys: Recommendation.objects.public().filter(pk__in=keys).with_source_withheld().order_by("pk")
)
_INTERVALS = Prepared(
    lambda keys: StatusInterval.objects.on(None).filter(recommendation__in=keys).select_related("follow_up").order_by()
)
_WORDS = Prepared(
    lambda keys: (
        Quote.objects.attributable()
        .filter(pk__in=keys)
        .annotate(ends=F("talk__withdraw_at"), also_ends=F("document__withdraw_at"))
        .order_by()
    )
)


def read(ids: Collection[int]) -> Iterator[Indexed]:
    """The public ones among these."""
    records: list[Any] = list(
        _RECORDS(sorted(ids))
        .with_public("workshop", "parent", "themes", "affected", "tags", "follow_ups")
        .with_public("positions__speaker", "positions__organisation")
        .with_public("addressees__organisation", "addressees__responses")
    )
    keys = [record.pk for record in records]
    stages = {interval.recommendation_id: interval for interval in _INTERVALS(keys)}
    words = _words(records)
    for record in records:
        record.stage = stages.get(record.pk)
        yield _indexed(record, words)


def _words(records: list[Any]) -> dict[int, Any]:
    """The words that these and their positions rest on, as far as their speakers may be named."""
    keys = {record.source_quote_id for record in records}
    keys |= {row.quote_id for record in records for row in record.positions.all()}
    return {quote.pk: quote for quote in _WORDS(sorted(key for key in keys if key))}


def _indexed(record: Any, words: dict[int, Any]) -> Indexed:
    positions, addressees, themes = record.positions.all(), record.addressees.all(), record.themes.all()
    tags = sorted(record.tags.all(), key=lambda tag: (tag.name, tag.pk))
    people = [row.person or row.organisation for row in positions if _is_named(row)]
    bodies = [row.organisation for row in addressees]
    quotes = _quotes(record, positions, words)
    linked: list[Publishable] = [*people, *bodies, *themes, *filter(None, [record.workshop, record.parent])]
    return Indexed(
        kind="recommendation",
        object_id=record.pk,
        date=record.made_on,
        updated=record.updated_at,
        first=record.by_experts,
        code=padded(record.code),
        until=earliest(
            [record.withdraw_at, *(one.withdraw_at for one in linked)]
            + [moment for quote in quotes for moment in (quote.ends, quote.also_ends)]
        ),
        shown=_shown(record, positions, bodies, themes),
        title=(*both(record, "statement"), record.code),
        names=tuple(_names(record, people, bodies, themes, tags)),
        body=tuple(_texts(record, quotes, positions, addressees)),
        terms=tuple(dict.fromkeys(_terms(record, positions, addressees, themes, tags))),
    )


def _is_named(row: Position) -> bool:
    """That readers may know whose position it is: ``person`` or ``body``, never the key alone."""
    return bool(row.person or row.body)


# --- The row of the list ---------------------------------------------------------------------


def _shown(record: Any, positions: list[Any], bodies: list[Organisation], themes: list[Theme]) -> dict[str, Any]:
    proposing = [row for row in positions if row.stance == Stance.PROPOSES]
    parent = record.parent
    interval = record.stage
    return {
        "path": path_of("recommendations", record.code),
        "code": record.code.upper(),
        "title": [record.statement, record.statement_ko],
        "proposers": [_proposer(row) for row in proposing if not row.nameless],
        "unnamed": any(row.nameless for row in proposing),
        "addressees": [_named("organisations", body) for body in bodies],
        "themes": [_named("themes", theme) for theme in themes],
        "status": _status(interval) if interval else [Status.NOT_ASSESSED.value],
        "origin": "" if record.by_experts else record.origin,
        "part_of": [parent.code.upper(), path_of("recommendations", parent.code)] if parent else None,
    }


def _proposer(row: Any) -> Named:
    if row.person:
        return _named("speakers", row.person)
    if row.body:
        return _named("organisations", row.body)
    return [row.affiliation, row.affiliation_ko, ""]


def _named(segment: str, record: Any) -> Named:
    return [record.name, record.name_ko, path_of(segment, record.slug)]


def _status(interval: StatusInterval) -> list[str]:
    """The status, since when, and how exactly that is known."""
    return [interval.status, interval.follow_up.date.isoformat(), interval.follow_up.date_precision]


# --- The words it is found by ------------------------------------------------------------------


def _names(record: Any, people: list[Any], bodies: list[Any], themes: list[Any], tags: list[Any]) -> list[str]:
    """Of whom and what it is linked to, as its page names them; and its code."""
    persons = [one.native_name for one in people if isinstance(one, Speaker) and one.native_name]
    edition = [record.workshop.code, *both(record.workshop, "title")] if record.workshop else []
    linked = [name for one in [*people, *bodies, *themes] for name in both(one, "name")]
    groups = [name for group in record.affected.all() for name in both(group, "name")]
    return [*linked, *persons, *groups, *(tag.name for tag in tags), *edition, record.symbol]


def _quotes(record: Any, positions: list[Any], words: dict[int, Any]) -> list[Any]:
    """The words that its page shows: none where they would tell a withheld name."""
    if record.source_withheld:
        return []
    keys = [record.source_quote_id, *(row.quote_id for row in positions if _is_named(row))]
    return [words[key] for key in dict.fromkeys(keys) if key in words]


def _texts(record: Any, quotes: list[Any], positions: list[Any], addressees: list[Any]) -> list[str]:
    """All that its page says of it, and nothing else."""
    return [
        *prose(record, "detail", "rationale", "obstacles"),
        *(text for quote in quotes for text in (quote.exact, quote.translation)),
        *(text for row in positions for text in both(row, "note")),
        *(text for row in record.follow_ups.all() for text in both(row, "summary")),
        *(text for body in addressees for answer in body.responses.all() for text in both(answer, "words")),
    ]


# --- The values of its facets ------------------------------------------------------------------


def _terms(record: Any, positions: list[Any], addressees: list[Any], themes: list[Any], tags: list[Any]) -> Iterator:
    """Each value once; for a facet without any its value for "has none"."""
    found = list(_valued(record, positions, addressees, themes, tags))
    having = {term.facet for term in found}
    yield from found
    for spec in SPECS:
        if spec.number not in having:
            yield TermRef(spec.number, spec.missing)


def _valued(record: Any, positions: list[Any], addressees: list[Any], themes: list[Any], tags: list[Any]) -> Iterator:
    named = {row.stance for row in positions if row.person}
    for row in positions:
        yield _term("stance", row.stance)
        if row.person:
            yield _term("speaker", row.person.slug, row.person)
            yield _joint("speaker", row.person.slug, row.stance)
        elif row.stance not in named:
            yield _joint("speaker", NONE, row.stance)
        if row.stance == Stance.PROPOSES and _is_named(row):
            slug = row.person.slug if row.person else f"{ORGANISATION}{row.body.slug}"
            yield _term("proposer", slug, row.person or row.body)
    for row in addressees:
        yield _term("addressee", row.organisation.slug, row.organisation)
        answers = [answer.answer for answer in row.responses.all()]
        yield from (_term("response", answer) for answer in answers)
        yield from (_joint("addressee", row.organisation.slug, answer) for answer in answers or [NONE])
    yield from (_term("theme", theme.slug, theme) for theme in themes)
    yield from (_term("affected", group.slug, group) for group in record.affected.all())
    yield from (TermRef(BY_NAME["tag"].number, tag.slug, tag.name, tag.name) for tag in tags)
    if record.workshop:
        title = record.workshop.title, record.workshop.title_ko
        yield TermRef(BY_NAME["workshop"].number, record.workshop.slug, *title)
    yield _term("status", record.stage.status if record.stage else Status.NOT_ASSESSED.value)
    yield _term("origin", record.origin)
    yield _term("modality", record.modality)
    yield _term("action", str(record.action) if record.action else NONE)
    yield _term("year", f"{record.made_on.year:04d}" if record.made_on else NONE)


def _joint(leading: str, value: str, other: str) -> TermRef:
    return TermRef(BY_NAME[leading].joint, f"{value}{JOINER}{other}")


def _term(facet: str, value: str, named: Any = None) -> TermRef:
    labels = (named.name, named.name_ko) if named is not None else ("", "")
    return TermRef(BY_NAME[facet].number, value, *labels)
