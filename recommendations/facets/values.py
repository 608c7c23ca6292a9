"""The page that lists all values of one facet: which they are, and what it shows of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from django.utils.safestring import SafeString

from recommendations.facets import FACETS
from recommendations.facets.heading import heading
from recommendations.facets.kinds import FacetKind, Labels
from recommendations.facets.page import called, toggled
from workshop.common.text import Text
from workshop.search.facets import NONE, FacetValue, Selection
from workshop.search.text import clean, words
from workshop.search.values import values_of

KINDS = {facet.name: facet for facet in FACETS}


@dataclass(frozen=True)
class Listed:
    """A value with its number; ``label`` is None where "has none" is meant."""

    value: str
    label: Text | str | None
    count: int


@dataclass(frozen=True)
class ValuesShown:
    """One page of the values of a facet, finished."""

    label: str
    among: SafeString | None
    values: list[FacetValue]
    back_url: str
    fields: list[tuple[str, str]]


def values_listed(selection: Selection, name: str, contains: str = "") -> tuple[list[Listed], int]:
    """All values with a match, the most frequent first; with ``contains`` those whose name has these letters.

    Letters are compared without case and accents. What is chosen is listed without a match, too.
    The number is 0, or of how many matches, the newest, the numbers are.
    """
    kind = KINDS[name]
    values = values_of(selection, name)
    found = values.found
    counts = dict.fromkeys(selection.of(name), 0) | {value: number for value, (number, _) in found.items()}
    none = [Listed(NONE, None, counts.pop(NONE))] if NONE in counts else []
    names = {value: label for value, (_, label) in found.items() if label}
    labels = {**names, **_asked(kind, set(counts) - set(names))}
    listed = [Listed(value, labels[value], counts[value]) for value in kind.order(counts, labels) if value in labels]
    if not contains:
        return listed + none, values.counted
    wanted = letters(contains)
    having = [each for each in listed if wanted in letters(str(each.label)) or wanted in letters(each.value)]
    return having, values.counted


def letters(text: str) -> str:
    """The words of a text as they are compared, with single blanks between them."""
    return " ".join(word.form for word in words(clean(text)))


def _asked(kind: FacetKind, values: Iterable[str]) -> Labels:
    """Names that the index does not keep."""
    return kind.labels(sorted(values)) if values else {}


def values_shown(selection: Selection, name: str, listed: Sequence[Listed], path: str) -> ValuesShown:
    """What the page shows of some of the values; ``path`` is that of the list they lead back to."""
    kind, others = KINDS[name], selection.without(name)
    live = kind.labels([each.value for each in listed]) if kind.named_live else {}
    return ValuesShown(
        label=str(kind.label),
        among=heading(others, _all_labels(others)) if others.narrowed else None,
        values=[
            FacetValue(
                value=each.value,
                label=live.get(each.value) or called(kind, each.value, {each.value: each.label or ""}),
                count=each.count,
                selected=each.value in selection.of(name),
                address=partial(toggled, selection, name, each.value, path),
            )
            for each in listed
        ],
        back_url=selection.url(path),
        fields=selection.pairs(),
    )


def _all_labels(selection: Selection) -> Mapping[str, Labels]:
    """The names of what is chosen, facet by facet."""
    return {
        facet.name: facet.labels([value for value in selection.of(facet.name) if value != NONE])
        if selection.of(facet.name)
        else {}
        for facet in FACETS
    }
