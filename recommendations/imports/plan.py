"""What an import would do: each row compared with what is there, and nothing written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from recommendations.imports.entries import Entry, Refused
from recommendations.imports.names import Names, OrganisationNames, experts, organisations, themes
from recommendations.imports.reading import Line, Refusal, Table
from recommendations.imports.states import known_state
from recommendations.models import ImportedRow, Recommendation
from recommendations.models.recommendation import EXPERT_ORIGINS
from workshop.common.attribution import Attribution
from workshop.common.publishing import State
from workshop.models import Ledger, Scheme, Workshop


@dataclass(frozen=True)
class Mapping:
    """How the rows of a table are understood, and what becomes of them."""

    source: str  # under which rows are known again
    entry_of: Callable[[Line], Entry]
    columns: tuple[str, ...]  # that must be there
    scheme: str = Scheme.PROGRAMME
    publish: bool = False  # what comes from the UN; what experts propose is always a draft
    whole: bool = False  # a table holds all rows of its sessions: what is not in it is missing
    by_experts: bool = False  # a proposer who is neither expert nor organisation yet is an expert
    attribution: int = Attribution.NOT_ATTRIBUTED  # of experts


@dataclass
class Plan:
    """What would happen with each row, and the names in it."""

    table: Table
    mapping: Mapping
    organisations: OrganisationNames
    themes: Names
    experts: Names
    new: list[Entry] = field(default_factory=list)
    changed: list[tuple[Entry, int, str]] = field(default_factory=list)  # with key and code of the record
    unchanged: int = 0
    duplicates: list[tuple[int, int]] = field(default_factory=list)  # a line, and the one that it repeats
    refused: list[Refusal] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)
    missing: list[tuple[str, str]] = field(default_factory=list)  # code and statement
    editions: dict[str, Workshop] = field(default_factory=dict)  # by code, in capitals

    @property
    def entries(self) -> list[Entry]:
        """What would be written."""
        return [*self.new, *(entry for entry, _, _ in self.changed)]

    def public(self, entry: Entry) -> bool:
        """Whether a new row is public at once."""
        return self.mapping.publish and entry.origin not in EXPERT_ORIGINS


def plan_of(table: Table, mapping: Mapping) -> Plan:
    """Compare a table with the database."""
    plan = Plan(table, mapping, organisations(), themes(mapping.scheme), experts())
    plan.editions = {edition.code.upper(): edition for edition in Workshop.objects.all()}
    plan.refused = list(table.refused)
    entries = list(_once(plan, _understood(plan)))
    known = {
        identity: (content, pk, state, code)
        for identity, content, pk, state, code in ImportedRow.objects.filter(source=mapping.source).values_list(
            "identity", "content", "recommendation", "recommendation__state", "recommendation__code"
        )
    }
    taken = _codes_given_before(entries, known)
    for entry in entries:
        if entry.code_given and entry.code in taken and entry.identity_hash not in known:
            plan.refused.append(Refusal(entry.line, f"The code “{entry.code}” was given before."))
        else:
            _sort_in(plan, entry, known.get(entry.identity_hash))
    _forget_unused(plan)
    if mapping.whole:
        plan.missing = list(_missing(entries, mapping.source))
    plan.refused.sort(key=lambda refusal: refusal.line)
    return plan


def _understood(plan: Plan) -> Iterator[Entry]:
    """The lines as entries whose names are looked up; what cannot be taken goes to the refused."""
    for line in plan.table.lines:
        try:
            entry = plan.mapping.entry_of(line)
            _look_up(plan, entry)
        except Refused as refusal:
            plan.refused.append(Refusal(line.number, str(refusal)))
        else:
            plan.notes.extend((entry.line, note) for note in entry.notes)
            yield entry


def _look_up(plan: Plan, entry: Entry) -> None:
    """Raises ``Refused`` for a name that means nothing, or two things."""
    if entry.edition and entry.edition not in plan.editions:
        raise Refused(f"There is no edition “{entry.edition}”.")
    if entry.origin in EXPERT_ORIGINS and not entry.edition:
        raise Refused("It names no edition: what experts propose belongs to one.")
    for name in entry.addressees:
        plan.organisations.look_up(name)
    for name in entry.themes:
        plan.themes.look_up(name)
    for name in entry.proposers:
        if plan.experts.candidates(name) or _is_new_expert(plan, entry, name):
            plan.experts.look_up(name)
        else:
            plan.organisations.look_up(name)


def _is_new_expert(plan: Plan, entry: Entry, name: str) -> bool:
    """Whether a proposer whom nobody knows is a person: where experts propose, and it is no State's name."""
    may_be = plan.mapping.by_experts and entry.origin in EXPERT_ORIGINS
    return may_be and not plan.organisations.candidates(name) and known_state(name) is None


def _once(plan: Plan, entries: Iterator[Entry]) -> Iterator[Entry]:
    """Each identity once: a repetition is reported, one that says something else is refused."""
    first: dict[str, Entry] = {}
    for entry in entries:
        before = first.setdefault(entry.identity_hash, entry)
        if before is entry:
            yield entry
        elif before.content_hash == entry.content_hash:
            plan.duplicates.append((entry.line, before.line))
        else:
            plan.refused.append(Refusal(entry.line, f"It repeats line {before.line}, but its other cells differ."))


def _codes_given_before(entries: list[Entry], known: dict) -> set[str]:
    given = [entry.code for entry in entries if entry.code_given and entry.identity_hash not in known]
    chunks = (given[start : start + 500] for start in range(0, len(given), 500))
    return {code for chunk in chunks for code in Ledger.objects.filter(code__in=chunk).values_list("code", flat=True)}


def _sort_in(plan: Plan, entry: Entry, before: tuple[str, int, str, str] | None) -> None:
    """Put a row where it belongs."""
    if before is None:
        plan.new.append(entry)
        return
    content, pk, state, code = before
    if content == entry.content_hash:
        plan.unchanged += 1
    elif state == State.WITHDRAWN:
        plan.notes.append((entry.line, "It has changed, but was withdrawn at the desk: it is left as it is."))
        plan.unchanged += 1
    else:
        plan.changed.append((entry, pk, code))


def _forget_unused(plan: Plan) -> None:
    """Only what is written needs the records that it names: rows that are there may call them otherwise by now."""
    people = {name for entry in plan.entries for name in (*entry.proposers, *entry.addressees)}
    subjects = {name for entry in plan.entries for name in entry.themes}
    for names, used in ((plan.organisations, people), (plan.experts, people), (plan.themes, subjects)):
        names.missing = {name: None for name in names.missing if name in used}


def _missing(entries: list[Entry], source: str) -> Iterator[tuple[str, str]]:
    """What was imported of the same sessions and origins, is not withdrawn, and stands in the table no more."""
    there = {entry.identity_hash for entry in entries}
    for session, origin in sorted({(entry.session, entry.origin) for entry in entries}):
        rows = Recommendation.objects.filter(session=session, origin=origin, imported__source=source)
        for code, identity, statement in (
            rows.exclude(state=State.WITHDRAWN).order_by("code").values_list("code", "imported__identity", "statement")
        ):
            if identity not in there:
                yield code, statement
