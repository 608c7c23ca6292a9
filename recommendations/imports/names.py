"""Which record a name in a table means: one that is there, or one that is to be made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from recommendations.imports.entries import Refused, key_of
from recommendations.imports.states import KnownState, known_state
from speakers.models import Organisation, OrganisationKind, Speaker
from workshop.common.publishing import State
from workshop.models import Scheme, Theme

KIND = OrganisationKind.STATE


@dataclass(frozen=True)
class Found:
    """A record that is there."""

    pk: int
    label: str
    state: str
    kind: str = ""

    @property
    def hint(self) -> str:
        """What one should know of it before the import, in brackets; or nothing."""
        hints = []
        if self.kind and self.kind != KIND:
            hints.append(f"{OrganisationKind(self.kind).label}")
        if self.state != State.PUBLISHED:
            hints.append(f"{State(self.state).label.lower()}: readers do not see it")
        return f" ({', '.join(hints)})" if hints else ""


@dataclass
class Names:
    """The records of one kind, by all their names."""

    noun: str
    by_key: dict[str, list[Found]] = field(default_factory=lambda: defaultdict(list))
    matched: dict[str, Found] = field(default_factory=dict)  # as they stand in the table
    missing: dict[str, None] = field(default_factory=dict)  # in the order in which they came
    written: dict[str, int] = field(default_factory=dict)  # the keys of those that were made since

    def add(self, found: Found, names: Iterable[str]) -> None:
        """Know a record by its names."""
        for key in dict.fromkeys(key_of(name) for name in names):
            if key:
                self.by_key[key].append(found)

    def look_up(self, name: str) -> None:
        """Match a name, or note it as missing. Raises ``Refused`` where it could mean two records."""
        if name in self.matched or name in self.missing:
            return
        found = self.candidates(name)
        if len(found) > 1:
            labels = " or ".join(f"“{one.label}”" for one in found[:3])
            raise Refused(f"“{name}” may be {labels}: give the name to one of them only.")
        if found:
            self.matched[name] = found[0]
        else:
            self.missing[name] = None

    def candidates(self, name: str) -> list[Found]:
        """The records that a name may mean."""
        return self.by_key.get(key_of(name), [])

    def pk(self, name: str) -> int | None:
        """The key of the record, once it is there."""
        return self.matched[name].pk if name in self.matched else self.written.get(name)


class OrganisationNames(Names):
    """Organisations; a State is found under every name that the United Nations' list has for it.

    A State comes before a body of another kind with the same name, and an
    abbreviation in that list means a State only.
    """

    def candidates(self, name: str) -> list[Found]:
        direct = super().candidates(name)
        if states := [one for one in direct if one.kind == KIND]:
            return states
        known = known_state(name)
        others = [one for other in known.names for one in self.by_key.get(key_of(other), [])] if known else []
        return list(dict.fromkeys(one for one in others if one.kind == KIND)) or direct

    def missing_states(self) -> dict[KnownState | str, list[str]]:
        """What is to be made: two names in the table may mean one State."""
        groups: dict[KnownState | str, list[str]] = defaultdict(list)
        for name in self.missing:
            groups[known_state(name) or name].append(name)
        return groups


def organisations() -> OrganisationNames:
    """All organisations, by name, abbreviation and aliases."""
    names = OrganisationNames("organisation")
    for one in Organisation.objects.only("name", "name_ko", "abbreviation", "aliases", "kind", "state"):
        names.add(Found(one.pk, str(one), one.state, one.kind), [one.name, one.name_ko, *one.other_names])
    return names


def themes(scheme: str) -> Names:
    """The themes of a scheme, by name and synonyms."""
    names = Names(f"theme of “{Scheme(scheme).label}”")
    for one in Theme.objects.filter(scheme=scheme).only("name", "name_ko", "synonyms", "state"):
        names.add(Found(one.pk, str(one), one.state), [one.name, one.name_ko, *one.synonyms.splitlines()])
    return names


def experts() -> Names:
    """All experts, by their names."""
    names = Names("expert")
    for one in Speaker.objects.only("name", "name_ko", "native_name", "state"):
        names.add(Found(one.pk, str(one), one.state), [one.name, one.name_ko, one.native_name])
    return names
