"""How editions and talks are cited, in plain words."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from workshop.common.text import as_written
from workshop.models import Talk, Workshop
from workshop.templatetags.rapporteur import marked
from workshop.views.links import Link, permanent_url


def cite_edition(edition: Workshop) -> SafeString:
    """Who wrote it up, when it was held, its title and code, where, and the day of the visit."""
    return _cite(marked(as_written(edition.byline)), edition.start, edition, edition.code)


def cite_talk(talk: Talk, authors: list[Link]) -> SafeString:
    """Who gave it, as far as readers may know, when, its title, its edition or occasion, where."""
    names = format_html_join("; ", "{}", ((marked(author.label),) for author in authors))
    place = talk.workshop.text("title") if talk.workshop else talk.text("occasion")
    return _cite(names, talk.date, talk, marked(place))


def _cite(authors, date, record, place) -> SafeString:
    parts = {
        "authors": authors,
        "year": date.year if date else _("no date"),
        "title": marked(record.text("title")),
        "place": format_html("{}. ", place) if place else "",
        "site": _("Rapporteur"),
        "url": permanent_url(record),
    }
    if authors:
        said = _("{authors} ({year}): “{title}”. {place}{site}. {url}")
    else:
        said = _("“{title}” ({year}). {place}{site}. {url}")
    return format_html(said, **parts)
