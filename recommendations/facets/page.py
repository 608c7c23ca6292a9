"""What the page of the list shows of a selection: facets, chips, sentences, ways on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recommendations.facets import FACETS
from recommendations.facets.heading import counted_among, heading, unknown, words_shown
from recommendations.facets.kinds import FacetKind, Labels
from recommendations.models.recommendation import EXPERT_ORIGINS, Origin
from workshop.common.dates import VagueDate
from workshop.common.text import Text, as_written
from workshop.search.facets import (
    MOST_VALUES,
    NEWEST,
    NONE,
    SIZES,
    Answer,
    Chip,
    Facet,
    FacetValue,
    Option,
    Selection,
    options,
)
from workshop.search.query import Query
from workshop.templatetags.rapporteur import marked
from workshop.views.links import Link

FIRST = ("theme", "speaker", "proposer", "addressee", "status", "workshop", "year")  # the others are folded away
WAYS_ON = 4


@dataclass(frozen=True)
class Switch:
    """One side of the switch between what experts propose and what the UN asks; no number where not all count."""

    label: str
    count: int | None
    url: str
    selected: bool


@dataclass(frozen=True)
class Empty:
    """An empty list: what was not found, and the ways on."""

    title: str
    text: SafeString | str
    links: list[Link]


@dataclass(frozen=True)
class Shown:
    """Everything around the rows, finished."""

    heading: SafeString
    chips: list[Chip]
    clear_url: str
    facets: list[Facet]
    more_facets: list[Facet]
    more_open: bool
    notes: list[str | SafeString]
    switch: list[Switch]
    empty: Empty | None
    count: str
    unknown: dict[str, list[str]]  # what was chosen and is no value of its facet
    sorts: list[Option]
    sizes: list[Option]


def shown(selection: Selection, answer: Answer, path: str, query: Query | None = None) -> Shown:
    """What the list at ``path`` shows of a selection. Names are asked for once a facet."""
    labels = {facet.name: _labels(facet, selection, answer) for facet in FACETS}
    facets = [facet for kind in FACETS if (facet := _facet(kind, selection, answer, labels[kind.name], path))]
    first = sorted((facet for facet in facets if facet.name in FIRST), key=lambda facet: FIRST.index(facet.name))
    more = [facet for facet in facets if facet.name not in FIRST]
    in_words = heading(selection, labels)
    unknowns = _unknown(selection, labels)
    chips = list(_chips(selection, labels, path))
    return Shown(
        heading=in_words,
        chips=chips,
        clear_url=selection.cleared().url(path),
        facets=first,
        more_facets=more,
        more_open=any(selection.of(facet.name) for facet in more),
        notes=[
            *_notes(selection, unknowns),
            *_notes_on_words(selection, answer, query),
            *filter(None, [counted_among(answer.counted)]),
        ],
        switch=_switch(selection, answer, path),
        empty=None if answer.total else _empty(selection, in_words, chips, path),
        count=_count(answer),
        unknown=unknowns,
        sorts=options(_sorts(selection), selection.sort),
        sizes=options(
            {"" if size == SIZES[0] else str(size): str(size) for size in SIZES},
            "" if selection.per_page == SIZES[0] else str(selection.per_page),
        ),
    )


def _count(answer: Answer) -> str:
    """The number of recommendations; of many matches of words only that there are more."""
    number = {"n": number_format(answer.total, force_grouping=True)}
    if answer.bounded:
        return _("More than %(n)s recommendations") % number
    return ngettext("%(n)s recommendation", "%(n)s recommendations", answer.total) % number


def _sorts(selection: Selection) -> dict[str, str]:
    newest = {"": _("Best match"), NEWEST: _("Newest")} if selection.q else {"": _("Newest")}
    return newest | {"code": _("Code"), "updated": _("Last updated")}


def _labels(facet: FacetKind, selection: Selection, answer: Answer) -> Labels:
    """What the values are called: as the index knows them, the others are asked for."""
    values = (set(answer.counts.get(facet.name, ())) | set(selection.of(facet.name))) - {NONE}
    known = {} if facet.named_live else answer.labels.get(facet.name, {})
    missing = values - set(known)
    return {**known, **(facet.labels(sorted(missing)) if missing else {})}


def called(facet: FacetKind, value: str, labels: Labels) -> Text | str:
    """What a value is called; one without a name as it was typed."""
    if value == NONE:
        return str(facet.none_label or unknown(value))
    return labels.get(value) or as_written(unknown(value))


def _facet(kind: FacetKind, selection: Selection, answer: Answer, labels: Labels, path: str) -> Facet | None:
    """A facet with its values; None where there is nothing to choose."""
    chosen = selection.of(kind.name)
    counts = dict.fromkeys(chosen, 0) | dict(answer.counts.get(kind.name, {}))
    listed = kind.order({value: n for value, n in counts.items() if value != NONE}, labels)
    values = [
        FacetValue(
            value=value,
            label=called(kind, value, labels),
            count=counts[value],
            selected=value in chosen,
            address=partial(toggled, selection, kind.name, value, path),
        )
        for value in [*listed, *([NONE] if NONE in counts else [])]
    ]
    beyond = answer.beyond.get(kind.name, 0)
    all_url = selection.at_page(1).url(reverse("recommendation-values", args=[kind.name])) if beyond else ""
    return Facet.folded(kind.name, str(kind.label), values, beyond, all_url) if values else None


def toggled(selection: Selection, name: str, value: str, path: str) -> str:
    """The address of the list with one value chosen, or taken back."""
    return selection.toggled(name, value).url(path)


def _chips(selection: Selection, labels: Mapping[str, Labels], path: str) -> Iterator[Chip]:
    for kind in FACETS:
        for value in kind.order(dict.fromkeys(selection.of(kind.name), 0), labels[kind.name]):
            label = called(kind, value, labels[kind.name])
            yield Chip(str(kind.label), label, selection.toggled(kind.name, value).url(path))
    if selection.q:
        yield Chip(_("Words"), words_shown(selection.q), selection.unworded().url(path))
    if selection.as_of:
        yield Chip(_("Status as of"), str(VagueDate(selection.as_of)), selection.undated().url(path))


def _unknown(selection: Selection, labels: Mapping[str, Labels]) -> dict[str, list[str]]:
    """The chosen values that are none of their facets, by facet."""
    found = {
        kind.name: [value for value in selection.of(kind.name) if value != NONE and value not in labels[kind.name]]
        for kind in FACETS
    }
    return {name: values for name, values in found.items() if values}


def in_present_terms(selection: Selection, unknown: Mapping[str, list[str]]) -> Selection | None:
    """The selection with former addresses replaced by those of today; None where there are none."""
    renamed = {kind.name: kind.renamed(unknown[kind.name]) for kind in FACETS if kind.name in unknown}
    if not any(renamed.values()):
        return None
    page = selection.page
    for name, new in renamed.items():
        selection = selection.having(name, [new.get(value, value) for value in selection.of(name)])
    return selection.at_page(page)


def _notes(selection: Selection, unknowns: Mapping[str, list[str]]) -> Iterator[str]:
    """Sentences about what was asked for and cannot be had."""
    for kind in FACETS:
        for value in unknowns.get(kind.name, ()):
            yield _("No public recommendation is listed under %(facet)s: %(value)s.") % {
                "facet": kind.label,
                "value": unknown(value),
            }
        if kind.name in selection.shortened:
            yield _("Only the first %(n)s values of %(facet)s are used.") % {"n": MOST_VALUES, "facet": kind.label}
    if selection.refused_as_of:
        yield _("%(value)s is not a day such as 2024-06-30, so the list shows how things stand now.") % {
            "value": unknown(selection.refused_as_of)
        }


def _notes_on_words(selection: Selection, answer: Answer, query: Query | None) -> Iterator[str | SafeString]:
    """Sentences about the words that were looked for."""
    if query is None:
        return
    if not query:
        yield format_html(_("There is nothing to look for in {words}."), words=words_shown(selection.q))
    if query.shortened:
        yield format_html(_("Only the first words are looked for: {words}."), words=words_shown(query.typed))
    if answer.bounded:
        yield _("More than %(n)s match. The newest of them are ranked and counted here.") % {
            "n": number_format(answer.total, force_grouping=True)
        }


def _switch(selection: Selection, answer: Answer, path: str) -> list[Switch]:
    """All, the experts' proposals, what the UN asks; nothing where there is only one of the two."""
    counts = answer.counts.get("origin", {})
    experts = [origin.value for origin in EXPERT_ORIGINS]
    asked = [origin.value for origin in Origin if origin not in EXPERT_ORIGINS]
    if not any(counts.get(value) for value in asked):
        return []
    chosen = set(selection.of("origin"))
    return [
        Switch(
            label=label,
            count=None if answer.counted else sum(counts.get(value, 0) for value in values or counts),
            url=selection.having("origin", values).url(path),
            selected=chosen == set(values),
        )
        for label, values in (
            (_("All"), []),
            (_("Experts’ proposals"), experts),
            (_("UN mechanisms and pledges"), asked),
        )
    ]


def _empty(selection: Selection, in_words: SafeString, chips: list[Chip], path: str) -> Empty:
    """What was not found; each of the choices may be the one too many."""
    if not selection.choices and not selection.q:
        links = [Link(_("Workshops"), reverse("workshop-list")), Link(_("Experts"), reverse("speaker-list"))]
        return Empty(_("No recommendation has been published yet"), "", links)
    links = [
        Link(format_html(_("Without {facet}: {label}"), facet=chip.facet, label=marked(chip.label)), chip.remove_url)
        for chip in (chips[:WAYS_ON] if len(chips) > 1 else [])
    ]
    if selection.q:
        links.append(
            Link(_("Search everything for these words"), f"{reverse('search')}?{urlencode({'q': selection.q})}")
        )
    return Empty(
        _("Nothing is recorded for this selection"),
        format_html(_("Looked for: {selection}."), selection=in_words),
        [*links, Link(_("All recommendations"), selection.cleared().url(path))],
    )
