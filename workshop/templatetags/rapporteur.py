"""Tags every template has: texts with their language, vague dates, safe long text."""

from __future__ import annotations

from django import template
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, pgettext

from workshop.common.dates import VagueDate
from workshop.common.text import Text, Translated, as_written, to_html

register = template.Library()


def _page_language() -> str:
    return (get_language() or "en")[:2]


@register.simple_tag
def text(record: Translated, name: str):
    """A record's text, wrapped in its language where that is not the page's."""
    return marked(record.text(name))


@register.filter
def marked(value: Text | str):
    """A ``Text`` as HTML, with ``lang`` where it is not in the page's language."""
    if isinstance(value, Text) and value and value.language != _page_language():
        return format_html('<span lang="{}">{}</span>', value.language, value.value)
    return str(value)


@register.filter
def linked(value):
    """A ``Link``, or several in running text, as HTML: "A, B and C". One without an address is plain.

    As a filter, because a list of fifty rows has three hundred of them, and each would
    be an include of a template.
    """
    if hasattr(value, "label"):
        return _anchor(value, "{}")
    links = [_anchor(link, "<span>{}</span>") for link in value]
    if len(links) < 2:
        return mark_safe("".join(links))  # noqa: S308 — each is escaped
    last = escape(pgettext("between the last two of a list", "and"))
    return mark_safe(f"{', '.join(links[:-1])} {last} {links[-1]}")  # noqa: S308 — each is escaped


def _anchor(link, without_address: str):
    label = conditional_escape(marked(link.label))
    if not link.url:
        return mark_safe(without_address.format(label))  # noqa: S308 — the label is escaped
    return mark_safe(f'<a href="{escape(link.url)}">{label}</a>')  # noqa: S308 — both are escaped


@register.filter
def written(value: str):
    """A text that has no twin (a name, a credit, a place), with ``lang`` like the others."""
    return marked(as_written(value))


@register.filter
def plain(record: Translated, name: str) -> str:
    """A record's text without mark-up: for titles, descriptions, attributes."""
    return record.text(name).value


@register.filter
def language_of(record: Translated, name: str) -> str:
    """The language a record's text is shown in; empty where it is the page's own."""
    language = record.text(name).language
    return "" if language == _page_language() else language


@register.simple_tag
def rich(record: Translated, name: str):
    """A record's Markdown as sanitised HTML, in its language."""
    found = record.text(name)
    if not found:
        return ""
    html = mark_safe(to_html(found.value))  # noqa: S308 — cleaned by nh3 in to_html
    if found.language == _page_language():
        return html
    return format_html('<div lang="{}">{}</div>', found.language, html)


@register.simple_tag
def when(date: VagueDate | None):
    """A date as exactly as it is known, readable by machines as well."""
    return format_html('<time datetime="{}">{}</time>', date.iso, date) if date else ""
