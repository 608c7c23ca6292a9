"""Markdown to HTML that can do nothing but be read."""

from __future__ import annotations

import hashlib
import re
import threading
from dataclasses import dataclass
from functools import lru_cache, partial
from html import escape, unescape

import markdown
import nh3
from django.utils.html import strip_tags
from django.utils.translation import get_language, override

from workshop.common.writing.limits import TooMuch, Work, check
from workshop.common.writing.markup import Footnotes, ForReaders, Quotations

EXTENSIONS = ["abbr", "tables", "sane_lists", "smarty"]
TAGS = {"p", "br", "em", "strong", "a", "ul", "ol", "li", "blockquote", "h3", "h4", "sup", "sub", "hr", "abbr"}
TAGS |= {"pre", "code", "table", "thead", "tbody", "tr", "th", "td", "cite", "q", "figure", "figcaption"}
ATTRIBUTES = {"a": {"href", "title"}, "abbr": {"title"}, "ol": {"start"}}
OF_NOTES = {"a": {"class", "aria-label"}, "ol": {"class"}, "sup": {"id"}, "li": {"id"}}
CLASSES = {"footnote-ref", "footnote-back", "footnotes"}
SCHEME = "record"  # of links by identity: record:talk:42
LINKS = ("https://", "http://", "mailto:", "/", "#")
REFERENCE = re.compile(rf"{SCHEME}:[a-z]+:[0-9]{{1,18}}")
_NOTE_LINKS = re.compile(
    r'<sup id="fnref[^>]*>.*?</sup>|<a(?: [a-z-]+="[^"]*")*? href="#fnref[^>]*>.*?</a>', re.DOTALL
)
_MARKED = re.compile(r"[\[*_#>`|<&\\]")


@dataclass(frozen=True)
class Rendered:
    """A text as readers get it, and what its writer should know of how it was made."""

    html: str
    before: str = ""  # what the sanitiser was given
    headings: tuple[tuple[int, str], ...] = ()  # level as written, words
    pictures: tuple[str, ...] = ()  # the words of each
    loose_notes: tuple[int, ...] = ()  # notes that nothing refers to
    as_typed: bool = False  # too much of it to be read as Markdown


class _Converter(threading.local):
    """One parser per thread: it keeps state while it works, so two must not share one."""

    def __init__(self):
        self.notes = Footnotes()
        self.markdown = markdown.Markdown(extensions=[*EXTENSIONS, self.notes])
        self.readers = ForReaders(self.markdown)
        self.markdown.treeprocessors.register(self.readers, "for_readers", 5)
        self.markdown.treeprocessors.register(Quotations(self.markdown), "quotations", 40)
        self.work = Work(self.markdown)


_CONVERTER = _Converter()


def to_html(source: str, language: str | None = None) -> str:
    """Markdown to HTML that carries no script, style, picture or foreign frame.

    Web links get ``rel="nofollow noopener noreferrer"``; headings become level 3 or 4,
    below the page's own. Links to records still name their identity: what is shown to
    readers goes through ``workshop.references``. ``language`` is that in which footnotes
    are named to screen readers, by default the page's. Kept in memory by its source, so
    it cannot be stale.
    """
    if not source.strip():
        return ""
    return kept_html(source, (language or get_language() or "en")[:2] if "[^" in source else "en")


@lru_cache(maxsize=1024)
def kept_html(source: str, language: str) -> str:
    """What ``render`` makes, kept in memory."""
    return render(source, language).html


def render(source: str, language: str = "en") -> Rendered:
    """The HTML anew, with what was noticed. What would take too long is shown as it was typed."""
    made = _CONVERTER
    made.work.begin()
    made.notes.sign = hashlib.sha256(source.encode()).hexdigest()[:8]
    with override(language):
        try:
            check(source)
            before = made.markdown.reset().convert(source)
        except (TooMuch, RecursionError):
            return Rendered(_as_typed(source), as_typed=True)
    with_notes = made.notes.footnotes
    return Rendered(
        html=nh3.clean(
            before,
            tags=TAGS,
            attributes=_and_of_notes() if with_notes else ATTRIBUTES,
            attribute_filter=partial(_filtered, made.notes.sign, frozenset(made.notes.labels)),
            url_schemes={"http", "https", "mailto", SCHEME},
            link_rel="nofollow noopener noreferrer",
        ),
        before=before,
        headings=tuple(made.readers.headings),
        pictures=tuple(made.readers.pictures),
        loose_notes=tuple(made.notes.loose),
    )


def _and_of_notes() -> dict[str, set[str]]:
    return {tag: ATTRIBUTES.get(tag, set()) | OF_NOTES.get(tag, set()) for tag in {*ATTRIBUTES, *OF_NOTES}}


def _filtered(sign: str, labels: frozenset[str], tag: str, attribute: str, value: str) -> str | None:
    """Of addresses only those of the web, ours and records; of the rest only what footnotes need."""
    kept = {
        "href": lambda: value.startswith(LINKS) or REFERENCE.fullmatch(value),
        "id": lambda: re.fullmatch(rf"fn(ref\d*)?-{sign}-\d+", value),
        "class": lambda: value in CLASSES,
        "aria-label": lambda: value in labels,
        "start": lambda: value.isascii() and value.isdecimal() and len(value) < 7,
    }
    return value if attribute not in kept or kept[attribute]() else None


def _as_typed(source: str) -> str:
    paragraphs = (escape(part.strip(), quote=False) for part in re.split(r"\n\s*\n", source))
    return "\n".join(f"<p>{part}</p>" for part in paragraphs if part)


def plain(html: str) -> str:
    """HTML as running text, without the numbers of footnotes: for descriptions, exports and indexes."""
    return " ".join(unescape(strip_tags(_NOTE_LINKS.sub("", html))).split())


def readable(source: str) -> str:
    """Markdown as running text: its words, and no address or mark. Quick where there is none."""
    return plain(to_html(source)) if _MARKED.search(source) else source
