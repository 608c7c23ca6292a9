"""A selection as conditions on the terms of an entry: the same for both databases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from workshop.search.facets import NONE, Selection
from workshop.search.kinds import BY_NAME, JOINER, FacetSpec, has_few
from workshop.search.models import Term


@dataclass(frozen=True)
class Choice:
    """What one facet asks: one of these terms, or none of those in ``unless``.

    ``size`` is how many entries have one of the terms at the most; ``exact`` says
    that it is that number.
    """

    terms: tuple[int, ...]
    unless: tuple[int, ...] | None = None
    size: int = 0
    exact: bool = False

    @property
    def counted(self) -> bool:
        """True where the counts of all other facets are kept in ``Pair``."""
        return self.exact and self.unless is None and all(map(has_few, self.terms))


@dataclass(frozen=True)
class StatusOn:
    """One of these statuses on a day; ``missing`` asks for those without any, too."""

    day: dt.date
    statuses: tuple[str, ...]
    missing: bool


@dataclass(frozen=True)
class Without:
    """None of these entries: they have ended by the clock and are not indexed anew yet."""

    ords: tuple[int, ...]


Condition = Choice | StatusOn | Without


class Terms:
    """The terms that a selection names, asked for once."""

    def __init__(self, selection: Selection):
        wanted = {name: selection.of(name) for name in BY_NAME if selection.of(name)}
        values = {value for each in wanted.values() for value in each}
        values |= {f"{a}{JOINER}{b}" for name in wanted for a, b in _joined(BY_NAME[name], selection)}
        facets = {number for name in wanted for number in (BY_NAME[name].number, BY_NAME[name].joint) if number}
        rows: Any = Term.objects.filter(facet__in=sorted(facets), value__in=sorted(values), total__gt=0)
        rows = rows.values_list("facet", "value", "id", "total") if wanted else ()
        self.known: dict[tuple[int, str], tuple[int, int]] = {(facet, value): (pk, n) for facet, value, pk, n in rows}

    def conditions(self, selection: Selection) -> list[Condition]:
        """What the selection asks, facet by facet."""
        return [self._of(spec, selection) for name, spec in BY_NAME.items() if selection.of(name)]

    def _of(self, spec: FacetSpec, selection: Selection) -> Condition:
        chosen = selection.of(spec.name)
        if spec.name == "status" and selection.as_of:
            return StatusOn(selection.as_of, tuple(v for v in chosen if v != spec.missing), spec.missing in chosen)
        partners = selection.real(spec.partner) if spec.partner else ()
        if not partners:
            return self._choice([(spec.number, value) for value in chosen], single=spec.single)
        joint = [(spec.joint, f"{a}{JOINER}{b}") for a, b in _joined(spec, selection)]
        if NONE in chosen and len(partners) > 1:
            having = joint_terms(spec, partners)
            choice = self._choice(joint)
            return Choice(choice.terms, tuple(having), choice.size)
        return self._choice(joint, single=spec.single)

    def _choice(self, keys: Sequence[tuple[int, str]], *, single: bool = False) -> Choice:
        found = [self.known[key] for key in keys if key in self.known]
        terms = tuple(sorted(pk for pk, _ in found))
        return Choice(terms, size=sum(n for _, n in found), exact=single or len(terms) <= 1)


def _joined(spec: FacetSpec, selection: Selection) -> Iterable[tuple[str, str]]:
    """The pairs of values, the leading one first, that a choice with its partner's stands for."""
    partners = selection.real(spec.partner) if spec.partner else ()
    for value in selection.of(spec.name):
        for partner in partners:
            if value != NONE or len(partners) == 1:
                yield (value, partner) if spec.leads else (partner, value)


def joint_terms(spec: FacetSpec, partners: Sequence[str]) -> list[int]:
    """The joint terms with one of these partners and a value of its own."""
    found = []
    for pk, value in Term.objects.filter(facet=spec.joint, total__gt=0).values_list("id", "value"):
        own, partner = parts_of(spec, value)
        if partner in partners and own != NONE:
            found.append(pk)
    return found


def parts_of(spec: FacetSpec, value: str) -> tuple[str, str]:
    """The facet's own value and its partner's in the value of a joint term."""
    first, last = value.rsplit(JOINER, 1)
    return (first, last) if spec.leads else (last, first)
