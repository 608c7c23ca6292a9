"""What an import would do, or did, in words and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from recommendations.imports.names import Names
from recommendations.imports.plan import Plan
from recommendations.imports.reading import WORDS_SHOWN
from recommendations.imports.states import KnownState

SHOWN = 50  # of a list that may be long; the rest is counted


@dataclass(frozen=True)
class Section:
    """A heading with its lines."""

    title: str
    lines: Sequence[str]


def numbers(plan: Plan) -> list[tuple[str, int]]:
    """The counts, each with its word."""
    return [
        ("new", len(plan.new)),
        ("changed", len(plan.changed)),
        ("unchanged", plan.unchanged),
        ("repeated", len(plan.duplicates)),
        ("refused", len(plan.refused)),
        ("missing", len(plan.missing)),
    ]


def in_numbers(plan: Plan) -> str:
    """The counts in a sentence."""
    return ", ".join(f"{number:,} {word}" for word, number in numbers(plan))


def sections(plan: Plan) -> list[Section]:
    """Everything there is to say, without what is empty."""
    found = [
        Section("Refused", _capped(f"line {one.line}: {one.reason}" for one in plan.refused)),
        Section(
            "Repeated, and written once",
            _capped(f"line {line} repeats line {first}" for line, first in plan.duplicates),
        ),
        Section("Notes", _capped(f"line {line}: {note}" for line, note in plan.notes)),
        Section(
            "Changed", _capped(f"line {one.line}, {code.upper()}: {one.statement}" for one, _, code in plan.changed)
        ),
        Section(
            "Missing: imported before, and not in this table; left as they are",
            _capped(f"{code.upper()}: {statement}" for code, statement in plan.missing),
        ),
        Section("Organisations that are there", list(_matches(plan.organisations))),
        Section("New organisations", list(_new_organisations(plan))),
        Section("Themes that are there", list(_matches(plan.themes))),
        Section("New themes", _listed(plan.themes.missing)),
        Section("Experts that are there", list(_matches(plan.experts))),
        Section("New experts, as drafts", _capped(plan.experts.missing)),
        Section("Words with letters beyond ASCII", _words(plan)),
    ]
    return [section for section in found if section.lines]


def in_text(plan: Plan) -> Iterator[str]:
    """The report as lines of text."""
    yield f"{plan.table.name}: {plan.table.detected}; {len(plan.table.lines) + len(plan.table.refused):,} rows."
    for section in sections(plan):
        yield ""
        yield f"{section.title}:"
        yield from (f"  {line}" for line in section.lines)
    yield ""
    yield f"Rows: {in_numbers(plan)}."


def _matches(names: Names) -> Iterator[str]:
    """“DPR Korea → North Korea”, and what is called as it is called here in one line."""
    same = []
    for name, found in sorted(names.matched.items()):
        if name == found.label and not found.hint:
            same.append(name)
        else:
            yield f"{name} → {found.label}{found.hint}"
    if same:
        yield f"{len(same)} under their own names: {', '.join(same)}"


def _new_organisations(plan: Plan) -> Iterator[str]:
    plain = []
    for known, names in plan.organisations.missing_states().items():
        if not isinstance(known, KnownState):
            yield f"{known} (in no list of States: check how it is written)"
        elif names == [known.name]:
            plain.append(known.name)
        else:
            yield f"{', '.join(names)} → {known.name}"
    if plain:
        yield f"{len(plain)} under their own names: {', '.join(sorted(plain))}"


def _listed(names: Iterable[str]) -> list[str]:
    listed = ", ".join(sorted(names))
    return [listed] if listed else []


def _words(plan: Plan) -> list[str]:
    words = plan.table.foreign_words()
    more = [f"and {len(words) - WORDS_SHOWN:,} more"] if len(words) > WORDS_SHOWN else []
    return [", ".join([*words[:WORDS_SHOWN], *more])] if words else []


def _capped(lines: Iterable[str]) -> list[str]:
    """The first lines, each shortened where it is long, and how many more there are."""
    every = [line if len(line) <= 240 else f"{line[:239]}…" for line in lines]
    return every if len(every) <= SHOWN else [*every[:SHOWN], f"and {len(every) - SHOWN:,} more"]
