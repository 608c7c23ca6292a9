"""Tags every template has: texts with their language, vague dates, safe long text."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext

from workshop.common.dates import VagueDate
from workshop.common.text import Text, Translated, as_written
from workshop.references import html_of

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
def written(value: str):
    """A text that has no twin (a name, a credit, a place), with ``lang`` like the others."""
    return marked(as_written(value))


@register.filter
def quoted(words: str):
    """Words that somebody looked for, in quotation marks: a phrase changes its own, more of them stay as typed."""
    phrase = words[1:-1] if len(words) > 2 and words[0] == words[-1] == '"' else words
    return format_html("{}", written(words)) if '"' in phrase else format_html("“{}”", written(phrase))


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
    """A record's Markdown as sanitised HTML, in its language, with its links to records as they are now."""
    found = record.text(name)
    if not found:
        return ""
    html = html_of(record, found)
    if found.language == _page_language():
        return html
    return format_html('<div lang="{}">{}</div>', found.language, html)


# --- What stands hundreds of times on a page, and is therefore made in Python -----------------


def _escaped(label: Text | str, language: str) -> str:
    """A label as HTML on a page in a language: as in ``{{ label|marked }}``, at a tenth of the price."""
    if isinstance(label, Text) and label.value and label.language != language:
        return f'<span lang="{label.language}">{_html(label.value)}</span>'
    return _html(label.value if isinstance(label, Text) else label)


def _html(text: Any) -> str:
    return text if isinstance(text, SafeString) else escape(str(text))


@register.filter
def linked(value: Any):
    """A ``Link``, or several in running text: "A, B and C". One without an address is plain text."""
    if hasattr(value, "label"):
        return mark_safe(_anchor(value, "{}", _page_language()))  # noqa: S308 - everything in it is escaped
    language = _page_language()
    *first, last = [_anchor(link, "<span>{}</span>", language) for link in value] or [""]
    html = f"{', '.join(first)} {escape(_and())} {last}" if first else last
    return mark_safe(html)  # noqa: S308 - everything in it is escaped


def _anchor(link: Any, without_address: str, language: str) -> str:
    label = _escaped(link.label, language)
    return f'<a href="{escape(link.url)}">{label}</a>' if link.url else without_address.format(label)


def _and() -> str:
    return pgettext("between the last two of a list", "and")


@register.filter
def in_parts(code: str):
    """A code that may be broken after its hyphens, and is copied without the breaks: UPR-S06-26138CA0."""
    return mark_safe(escape(code).replace("-", "-<wbr>"))  # noqa: S308 - escaped; the marks are ours


@register.filter
def grouped(number: int) -> str:
    """A number with its thousands apart: 2,014."""
    return number_format(number, force_grouping=True)


@register.simple_tag
def facet_options(name: str, values: Iterable[Any]):
    """The choices of the facet ``name``, each with its count.

    ``values`` have .value, .anchor (the value as a part of an id), .label, .count and .selected.
    """
    language = _page_language()
    html = [
        f'<label class="facet-option"><input type="checkbox" id="f-{name}-{escape(each.anchor)}" name="{name}"'
        f' value="{escape(each.value)}"{" checked" if each.selected else ""}>'
        f'<span class="facet-label">{_escaped(each.label, language)}</span>'
        f' <span class="tally">{each.count:,}</span></label>'
        for each in values
    ]
    return mark_safe("".join(html))  # noqa: S308 - everything in it is escaped, the name is a word of ours


@register.simple_tag
def when(date: VagueDate | None):
    """A date as exactly as it is known, readable by machines as well."""
    return format_html('<time datetime="{}">{}</time>', date.iso, date) if date else ""
