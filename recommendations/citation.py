"""How a recommendation is cited, in plain words."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from recommendations.models import Recommendation, Stance
from workshop.models import Workshop
from workshop.templatetags.rapporteur import marked
from workshop.views.links import people_or_bodies, permanent_url


def edition_named(edition: Workshop) -> SafeString:
    """An edition in running text, with its status: it is never named without."""
    title, status = marked(edition.text("title")), edition.status_line()
    return format_html("{} ({})", title, status) if status else format_html("{}", title)


def citation_of(record: Recommendation) -> SafeString:
    """Who, when, what, its code, where, and the place for the day of the visit.

    Reads public ``positions`` and a public ``workshop``. Somebody who is not
    named is not an author: the statement then comes first.
    """
    proposing = [position for position in record.positions.all() if position.stance == Stance.PROPOSES]
    authors = format_html_join("; ", "{}", ((marked(link.label),) for link in people_or_bodies(proposing)))
    year = record.made_on.year if record.made_on else ""
    place = format_html("{}. ", edition_named(record.workshop)) if record.workshop else ""
    parts = {
        "authors": authors,
        "year": year,
        "statement": marked(record.text("statement")),
        "code": record.code.upper(),
        "place": place,
        "site": _("Rapporteur"),
        "url": permanent_url(record),
    }
    if authors:
        said = _("{authors} ({year}): “{statement}” {code}. {place}{site}. {url}")
    else:
        said = _("“{statement}” ({year}) {code}. {place}{site}. {url}")
    return format_html(said, **parts)
