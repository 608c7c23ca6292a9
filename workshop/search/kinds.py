"""The numbers by which the index knows facets and kinds of records.

They are stored: a new one gets the next number, none is ever used again. After a
change here, or of what is indexed, raise ``FORMAT``: the index is then built anew.
"""

from __future__ import annotations

from dataclasses import dataclass

FORMAT = 2
NONE = "-none"


@dataclass(frozen=True)
class FacetSpec:
    """How a facet lies in the index.

    ``partner`` names the facet that must hold on the same row, ``joint`` the number
    under which both values are kept together. ``few`` says that it has so few
    values that for each of them the counts of all others are kept (``Pair``).
    ``missing`` is the value of a record that has none. ``dated`` says that what has a
    value stands together in the order of the days: far back perhaps, where a walk from
    the newest on comes late.
    """

    name: str
    number: int
    partner: str = ""
    joint: int = 0
    leads: bool = False  # its value stands first in the joint one
    few: bool = False
    single: bool = False  # no record has two of its values
    missing: str = NONE
    dated: bool = False


SPECS = (
    FacetSpec("speaker", 1, partner="stance", joint=15, leads=True),
    FacetSpec("proposer", 2),
    FacetSpec("addressee", 3, partner="response", joint=16, leads=True),
    FacetSpec("theme", 4),
    FacetSpec("affected", 5),
    FacetSpec("workshop", 6, single=True, dated=True),
    FacetSpec("origin", 7, few=True, single=True),
    FacetSpec("status", 8, few=True, single=True, missing="not-assessed"),
    FacetSpec("response", 9, partner="addressee", joint=16, few=True),
    FacetSpec("stance", 10, partner="speaker", joint=15, few=True),
    FacetSpec("action", 11, few=True, single=True),
    FacetSpec("modality", 12, few=True, single=True),
    FacetSpec("year", 13, few=True, single=True, dated=True),
    FacetSpec("tag", 14),
)
BY_NAME = {spec.name: spec for spec in SPECS}
BY_NUMBER = {spec.number: spec for spec in SPECS}
JOINER = "|"  # between the two values of a joint term
JOINTS = frozenset(spec.joint for spec in SPECS if spec.joint)
FEW = frozenset(spec.number for spec in SPECS if spec.few)

# A term's key carries its facet in the upper bits, so that counts need no join.
SHIFT = 22
MASK = (1 << SHIFT) - 1  # what is left of a key: 0 for the value of those that have none


def facet_of(term: int) -> int:
    """The number of the facet that a term belongs to."""
    return term >> SHIFT


def has_few(term: int) -> bool:
    """Whether pairs are kept of a term: it is one of few, or stands for "has none"."""
    return facet_of(term) in FEW or (term & MASK == 0 and facet_of(term) not in JOINTS)


def span(number: int) -> tuple[int, int]:
    """The first and the last key that terms of a facet may have."""
    return number << SHIFT, ((number + 1) << SHIFT) - 1


# --- Kinds of records ----------------------------------------------------------------------

# In the order in which results are grouped. The number is the upper part of the order
# key, so that the records of one kind are a range of it.
RECORDS = {
    "recommendation": 1,
    "speaker": 2,
    "talk": 3,
    "theme": 4,
    "organisation": 5,
    "workshop": 6,
    "document": 7,
    "series": 8,
    "tag": 9,
}
RECORD_SHIFT = 58
DAY_SHIFT = 33  # below the day lies the key, turned round: of one day the first entered comes first
FIRST_SHIFT = 57
TURN = (1 << DAY_SHIFT) - 1


def key_of(ord_: int) -> int:
    """The primary key that an order key carries."""
    return TURN - (ord_ & TURN)


def record_span(number: int) -> tuple[int, int]:
    """The first and the last order key of a kind of record."""
    return number << RECORD_SHIFT, ((number + 1) << RECORD_SHIFT) - 1
