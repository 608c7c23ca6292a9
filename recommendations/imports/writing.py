"""Writing a plan: everything in one transaction, in bulk, as if each row had been saved and published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from django.db import IntegrityError, connection, transaction

from recommendations.actions import date_from_source, enter
from recommendations.imports.changing import change
from recommendations.imports.codes import codes_for
from recommendations.imports.entries import Entry
from recommendations.imports.making import make_missing
from recommendations.imports.plan import Mapping, Plan, plan_of
from recommendations.imports.reading import Table, Unreadable
from recommendations.models import Addressee, ImportedRow, Position, Recommendation, Response, Tie
from speakers.models import Organisation
from workshop.actions import public_changed
from workshop.common.attribution import Attribution
from workshop.models import Theme
from workshop.search import freshness

AT_ONCE = 500  # rows
ALL_PAIRS = 12  # larger groups of one ask are tied to its first recommendation only
MEANWHILE = "Somebody imported or changed the same rows meanwhile. Nothing was written; try again."
Progress = Callable[[int], object]


def carry_out(table: Table, mapping: Mapping, *, by=None, progress: Progress = lambda rows: None) -> Plan:
    """Compare and write in one transaction; gives what was done.

    Where a row is refused nothing is written: the plan then says which. Raises
    ``Unreadable`` where another import came in between; nothing is written then, too.
    """
    try:
        with transaction.atomic():
            plan = plan_of(table, mapping)
            if not plan.refused:
                write(plan, by=by, progress=progress)
            return plan
    except IntegrityError as error:
        raise Unreadable(MEANWHILE) from error


def write(plan: Plan, *, by=None, progress: Progress = lambda rows: None) -> None:
    """Write a plan without refused rows, in the transaction in which it was made."""
    if not plan.entries:
        return
    make_missing(plan, by)
    written: list[int] = []
    codes = codes_for(plan)
    for start in range(0, len(plan.new), AT_ONCE):
        entries = plan.new[start : start + AT_ONCE]
        written += _enter(plan, entries, codes, by)
        progress(len(entries))
    for entry, pk, _ in plan.changed:
        change(plan, entry, pk, by)
        written.append(pk)
        progress(1)
    _tie(plan)
    _count_rows()
    freshness.changed(Recommendation, written)  # bulk writes send no signals
    public_changed()


def _enter(plan: Plan, entries: Sequence[Entry], codes: dict[int, str], by) -> list[int]:
    """Some rows, with what hangs on them; gives their keys."""
    rows = [(entry, _recommendation(plan, entry, codes[entry.line])) for entry in entries]
    for public in (True, False):
        some = [record for entry, record in rows if plan.public(entry) is public]
        enter(recommendations=some, publish=public, by=by, said=f"Imported from {plan.table.name}.")
    Position.objects.bulk_create(position for entry, record in rows for position in _positions(plan, entry, record))
    addressees = Addressee.objects.bulk_create(
        Addressee(recommendation=record, organisation_id=plan.organisations.pk(name), order=order)
        for entry, record in rows
        for order, name in enumerate(_distinct(plan, entry), start=1)
    )
    answers = {record.pk: entry.answer for entry, record in rows if entry.answer}
    Response.objects.bulk_create(
        Response(addressee=addressee, answer=answers[addressee.recommendation_id])
        for addressee in addressees
        if addressee.recommendation_id in answers
    )
    through = Recommendation.themes.through
    through.objects.bulk_create(
        through(recommendation_id=record.pk, theme_id=theme)
        for entry, record in rows
        for theme in dict.fromkeys(plan.themes.pk(name) for name in entry.themes)
    )
    ImportedRow.objects.bulk_create(
        ImportedRow(
            recommendation=record,
            source=plan.mapping.source,
            identity=entry.identity_hash,
            ask=entry.ask_hash,
            content=entry.content_hash,
        )
        for entry, record in rows
    )
    return [record.pk for _, record in rows]


def _recommendation(plan: Plan, entry: Entry, code: str) -> Recommendation:
    record = Recommendation(
        code=code,
        statement=entry.statement,
        statement_ko=entry.statement_ko,
        detail=entry.detail,
        rationale=entry.rationale,
        origin=entry.origin,
        workshop=plan.editions.get(entry.edition),
        made_on=entry.made_on,
        made_on_precision=entry.precision,
        session=entry.session,
        symbol=entry.symbol,
        action=entry.action,
        modality=entry.modality,
        polarity=entry.polarity,
    )
    date_from_source(record)
    return record


def _positions(plan: Plan, entry: Entry, record: Recommendation) -> Iterator[Position]:
    """Who proposes it: bodies on record, experts as it was chosen."""
    for order, name in enumerate(entry.proposers, start=1):
        if expert := plan.experts.pk(name):
            yield Position(recommendation=record, speaker_id=expert, attribution=plan.mapping.attribution, order=order)
        else:
            body = plan.organisations.pk(name)
            yield Position(recommendation=record, organisation_id=body, attribution=Attribution.ON_RECORD, order=order)


def _distinct(plan: Plan, entry: Entry) -> list[str]:
    """The addressees of a row, without a second name of the same one."""
    return list({plan.organisations.pk(name): name for name in reversed(entry.addressees)}.values())[::-1]


def _tie(plan: Plan) -> None:
    """Tie what asks the same of the same: never merged, never a second time."""
    asks = sorted({entry.ask_hash for entry in plan.new} - {""})
    groups: dict[str, list[int]] = defaultdict(list)
    for start in range(0, len(asks), AT_ONCE):
        rows = ImportedRow.objects.filter(source=plan.mapping.source, ask__in=asks[start : start + AT_ONCE])
        for ask, pk in rows.order_by("pk").values_list("ask", "recommendation"):
            groups[ask].append(pk)
    pairs = [pair for group in groups.values() for pair in _pairs(group)]
    Tie.objects.bulk_create(
        (Tie(recommendation_id=first, other_id=second) for first, second in pairs), ignore_conflicts=True
    )


def _pairs(group: list[int]) -> list[tuple[int, int]]:
    """Every two of a small group, so that the rest stays tied when one is withdrawn; of a large one a star."""
    if len(group) <= ALL_PAIRS:
        return list(combinations(group, 2))
    return [(group[0], other) for other in group[1:]]


def _count_rows() -> None:
    """Tell PostgreSQL how many rows there are by now, before the index reads them in this same transaction.

    Its own counting comes minutes after a commit. Until then it plans for the
    tables as they were, and walks all responses for each one.
    """
    if connection.vendor == "postgresql":
        ours = (Recommendation, Position, Addressee, Response, Recommendation.themes.through, Tie, ImportedRow)
        models = (*ours, Organisation, Theme)
        names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {names}")
