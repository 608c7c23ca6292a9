"""The faceted list, whatever it lists: what was chosen, its addresses, what to show.

Everything is in the query string, so that a selection can be linked, cited and
gone back to. Any query string gives a selection; none raises.

``read()`` turns a request into a ``Selection``. An ``Engine`` answers it with the
rows of one page, the total and the counts of every facet; how it finds them is
its own affair, so that an index can take the place of the ORM.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol
from urllib.parse import quote, urlencode

from django.http import HttpRequest, QueryDict

from workshop.common.text import Text

NONE = "-none"  # the value that asks for what has no value
SIZES = (25, 50, 100)
MOST_VALUES = 50  # of one facet; what is beyond them is not read, and the page says so
LONGEST_VALUE = 200  # longer than any slug: what is cut off could match nothing
LONGEST_WORDS = 1000  # of ``q``; the query reads fewer and says so
NEWEST = "newest"
MOST_FIELDS = 2000  # Django refuses a query string with more than 5,000 outright
SHOWN = 6  # values of a facet at once; the rarer ones are folded away

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PAGE = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class Selection:
    """What a reader chose. ``names`` are the facets of the list, in their order."""

    names: tuple[str, ...]
    choices: Mapping[str, tuple[str, ...]]
    q: str = ""
    as_of: dt.date | None = None
    sort: str = ""  # empty: the default order
    per_page: int = SIZES[0]
    page: int = 1  # 0: what was asked for is no page number
    refused_as_of: str = ""
    shortened: tuple[str, ...] = ()  # facets of which not every value was read

    def of(self, name: str) -> tuple[str, ...]:
        """The values chosen of a facet, ``-none`` among them."""
        return self.choices.get(name, ())

    def real(self, name: str) -> tuple[str, ...]:
        """The values that a row must have one of; none where rows without any would do, too."""
        values = self.of(name)
        return () if NONE in values else values

    @property
    def narrowed(self) -> bool:
        """True where anything decides what is listed, or how it is labelled."""
        return bool(self.choices or self.as_of or self.q)

    @property
    def by_relevance(self) -> bool:
        """Whether the best matches come first: the default where words are looked for."""
        return bool(self.q) and not self.sort

    def having(self, name: str, values: Iterable[str]) -> Selection:
        """The same with other values of one facet, on its first page."""
        chosen = {**self.choices, name: tuple(sorted(set(values)))}
        kept = {facet: chosen[facet] for facet in self.names if chosen.get(facet)}
        return replace(self, choices=kept, page=1)

    def without(self, name: str) -> Selection:
        """The same without any choice of one facet: what its counts are taken of."""
        return self.having(name, ())

    def toggled(self, name: str, value: str) -> Selection:
        """The same with one value chosen where it was not, or the other way round."""
        return self.having(name, set(self.of(name)) ^ {value})

    def at_page(self, page: int) -> Selection:
        """The same on another page."""
        return replace(self, page=page)

    def cleared(self) -> Selection:
        """No choice at all; order and page length stay."""
        return replace(self.unworded(), choices={}, as_of=None)

    def unworded(self) -> Selection:
        """The same, whatever the words."""
        return replace(self, q="", sort="" if self.sort == NEWEST else self.sort, page=1)

    def undated(self) -> Selection:
        """The same as things stand now."""
        return replace(self, as_of=None, page=1)

    def pairs(self) -> list[tuple[str, str]]:
        """Names and values as they stand in addresses and forms, in one order."""
        pairs = [(name, value) for name in self.names for value in self.of(name)]
        pairs += [("q", self.q)] if self.q else []
        pairs += [("as_of", self.as_of.isoformat())] if self.as_of else []
        pairs += [("sort", self.sort)] if self.sort else []
        pairs += [("per_page", str(self.per_page))] if self.per_page != SIZES[0] else []
        return pairs + ([("page", str(self.page))] if self.page > 1 else [])

    def query(self) -> str:
        """The query string: one selection has one, whatever the order of the clicks."""
        return urlencode(self.pairs(), safe=":")

    def url(self, path: str) -> str:
        """The address of the selection in the list at ``path``."""
        query = self.query()
        return f"{path}?{query}" if query else path


def read(request: HttpRequest, *, names: Sequence[str], sorts: Collection[str]) -> Selection:
    """The selection in a request's query string; parameters nobody knows are passed over.

    ``sorts`` are the orders that can be asked for, without the default one.
    """
    fields = fields_of(request)
    asked = {name: [value[:LONGEST_VALUE] for value in fields.getlist(name) if value] for name in names}
    chosen = {name: tuple(sorted(list(dict.fromkeys(values))[:MOST_VALUES])) for name, values in asked.items()}
    q = " ".join(fields.get("q", "")[:LONGEST_WORDS].split())
    sort = fields.get("sort", "")
    if sort == NEWEST and not q:  # the default then, which stays out of the address
        sort = ""
    as_of = _day(fields.get("as_of", ""))
    return Selection(
        names=tuple(names),
        choices={name: values for name, values in chosen.items() if values},
        q=q,
        as_of=as_of,
        sort=sort if sort in sorts else "",
        per_page=next((size for size in SIZES if str(size) == fields.get("per_page")), SIZES[0]),
        page=page_number(fields.get("page", "")),
        refused_as_of="" if as_of else fields.get("as_of", "")[:LONGEST_VALUE],
        shortened=tuple(name for name, values in asked.items() if len(set(values)) > MOST_VALUES),
    )


def fields_of(request: HttpRequest) -> QueryDict:
    """The query string, read up to a bound instead of refused beyond it."""
    raw = request.META.get("QUERY_STRING", "").encode("latin-1", "replace")
    return QueryDict(b"&".join(raw.split(b"&", MOST_FIELDS)[:MOST_FIELDS]), encoding="utf-8")


def _day(value: str) -> dt.date | None:
    """``2024-06-30`` as a date; None for anything else."""
    try:
        return dt.date.fromisoformat(value) if _DAY.fullmatch(value) else None
    except ValueError:
        return None


def page_number(value: str) -> int:
    """A page number; 1 where none is given, 0 for what is none."""
    if not value:
        return 1
    return int(value) if _PAGE.fullmatch(value) else 0


# --- What an engine is asked and answers ------------------------------------------------


@dataclass(frozen=True)
class Answer:
    """One page of a selection: primary keys in order, how many there are, and the counts.

    ``counts`` has for each facet the values with a match and their numbers, taken
    without the facet's own choice; ``-none`` is one of them. Of a long facet it has
    only the most frequent; ``beyond`` says how many more there are. ``labels`` are
    the names that the engine knows without asking. ``bounded`` is true where there
    are more matches than were counted: the numbers are then those of the newest.
    ``counted`` is not 0 where only the total is that of all matches, and the counts
    are those of so many, the newest.
    """

    ids: tuple[int, ...]
    total: int
    counts: Mapping[str, Mapping[str, int]]
    beyond: Mapping[str, int] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)
    bounded: bool = False
    counted: int = 0


class Engine(Protocol):
    """Finds what a selection asks for. A page past the end has no ids."""

    def answer(self, selection: Selection) -> Answer: ...


# --- What a template shows -----------------------------------------------------------------


@dataclass(frozen=True)
class FacetValue:
    """One choice, finished; ``count`` is what the list would hold with it alone of its facet.

    ``address`` makes the address at which it is chosen, or not any more: few are
    ever asked for it, and there are hundreds on a page.
    """

    value: str
    label: Text | str
    count: int
    selected: bool
    address: Callable[[], str]

    @property
    def toggle_url(self) -> str:
        """The address of the same list with this value chosen, or taken back."""
        return self.address()

    @property
    def anchor(self) -> str:
        """The value as a part of an id, which may hold no blank."""
        return quote(self.value, safe="")


@dataclass(frozen=True)
class Facet:
    """A facet with its values; ``more`` are those folded away, ``beyond`` the number of those not named here."""

    name: str
    label: str
    values: tuple[FacetValue, ...]
    more: tuple[FacetValue, ...] = ()
    beyond: int = 0
    all_url: str = ""  # of the page with all values, where not all are named here

    @property
    def hidden(self) -> int:
        """How many values are not shown at once."""
        return len(self.more) + self.beyond

    @property
    def size(self) -> int:
        """How many values there are in all."""
        return len(self.values) + self.hidden

    @classmethod
    def folded(cls, name: str, label: str, values: Sequence[FacetValue], beyond: int = 0, all_url: str = "") -> Facet:
        """The first few, and those that are chosen wherever they stand, are shown at once."""
        if len(values) <= SHOWN + 1 and not beyond:  # to fold a single one away saves nothing
            return cls(name, label, tuple(values))
        shown = {value.value for value in values[:SHOWN]} | {value.value for value in values if value.selected}
        return cls(
            name,
            label,
            tuple(value for value in values if value.value in shown),
            tuple(value for value in values if value.value not in shown),
            beyond,
            all_url if beyond else "",
        )


@dataclass(frozen=True)
class Chip:
    """A choice made, with the address that takes it back."""

    facet: str
    label: Text | str
    remove_url: str


@dataclass(frozen=True)
class Option:
    """One of a ``<select>``; the default has an empty value, so that it stays out of the address."""

    value: str
    label: str
    selected: bool


def options(labels: Mapping[str, str], chosen: str) -> list[Option]:
    """The options of a ``<select>`` from their labels."""
    return [Option(value, str(label), value == chosen) for value, label in labels.items()]
