"""The selection in words: "Recommendations on Freedom of Information, not assessed".

The parts are sentences of their own for the translator, who may put the names
and the parts in another order. Names carry their language, so all of it is HTML.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from recommendations.facets import FACETS
from recommendations.facets.kinds import FacetKind, Labels
from workshop.common.dates import VagueDate
from workshop.search.facets import NONE, Selection
from workshop.templatetags.rapporteur import marked, quoted

NAMED = 4  # values of one facet in the heading; the chips show all
PHRASES = ("origin", "proposer", "addressee", "theme", "affected", "workshop", "tag", "year", "speaker", "stance")
QUALIFIERS = ("status", "response", "action", "modality")
KINDS = {facet.name: facet for facet in FACETS}


def heading(selection: Selection, labels: Mapping[str, Labels]) -> SafeString:
    """The selection as one sentence."""
    said = _phrases(selection, labels, PHRASES)
    if selection.q:
        said.append(format_html(_("with the words {words}"), words=words_shown(selection.q)))
    phrases = _joined(pgettext("between the phrases of a heading", " "), said)
    qualifiers = _phrases(selection, labels, QUALIFIERS)
    if selection.as_of:
        qualifiers.append(format_html(_("as of {date}"), date=VagueDate(selection.as_of)))
    parts = {"phrases": phrases, "qualifiers": _joined(", ", qualifiers)}
    if phrases and qualifiers:
        return format_html(_("Recommendations {phrases}, {qualifiers}"), **parts)
    if qualifiers:
        return format_html(_("Recommendations, {qualifiers}"), **parts)
    return format_html(_("Recommendations {phrases}"), **parts) if phrases else format_html("{}", _("Recommendations"))


def _phrases(selection: Selection, labels: Mapping[str, Labels], names: Sequence[str]) -> list[SafeString]:
    said = []
    together = selection.real("speaker") and selection.real("stance")  # they hold on the same position
    for name in names:
        if not selection.of(name) or (together and name == "speaker"):
            continue
        if together and name == "stance":
            stances = _either(_spoken(KINDS["stance"], selection, labels))
            people = _either(_spoken(KINDS["speaker"], selection, labels))
            said.append(format_html(_("{stances} by {names}"), stances=stances, names=people))
        else:
            said.append(_phrase(KINDS[name], selection, labels))
    return said


def _phrase(facet: FacetKind, selection: Selection, labels: Mapping[str, Labels]) -> SafeString:
    """What one facet adds: its names, or that there is none, or either."""
    names, parts = _spoken(facet, selection, labels), []
    if names:
        parts.append(format_html(facet.phrase, names=_either(names)))
    if NONE in selection.of(facet.name):
        parts.append(format_html("{}", facet.none_phrase or f"“{NONE}”"))
    return _either(parts)


def _spoken(facet: FacetKind, selection: Selection, labels: Mapping[str, Labels]) -> list[SafeString]:
    known = labels[facet.name]
    values = {value: 0 for value in selection.of(facet.name) if value != NONE}
    return [
        format_html("{}", marked(facet.spoken(value, known[value]) if value in known else unknown(value)))
        for value in facet.order(values, known)
    ]


def unknown(value: str) -> str:
    """A value that readers know no name for, as they gave it."""
    return f"“{_short(value)}”"


def _short(value: str) -> str:
    return value if len(value) <= 60 else value[:59] + "…"


def words_shown(words: str) -> SafeString:
    """Words that were looked for, in quotation marks (their own, where they have some), with their language."""
    return quoted(_short(words))


def counted_among(matches: int) -> str:
    """The sentence that numbers are those of so many matches only; empty for 0: they are those of all."""
    if not matches:
        return ""
    number = number_format(matches, force_grouping=True)
    return _("The numbers beside the choices are counted among the newest %(n)s matches.") % {"n": number}


def _either(parts: Sequence[SafeString]) -> SafeString:
    """ "A", "A or B", "A, B or C"; beyond a few their number."""
    shown, hidden = list(parts[:NAMED]), len(parts) - NAMED
    if hidden > 0:
        shown.append(format_html("{}", ngettext("%(n)s more", "%(n)s more", hidden) % {"n": hidden}))
    *first, last = shown
    if not first:
        return last
    return format_html(_("{first} or {last}"), first=_joined(", ", first), last=last)


def _joined(separator: str, parts: Sequence[SafeString]) -> SafeString:
    return format_html_join(separator, "{}", ((part,) for part in parts))
