"""What a writer should know of a text before readers do: remarks, never refusals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise

from workshop.common.writing.rendering import ATTRIBUTES, OF_NOTES, TAGS, Rendered, render

MOST = 8  # remarks on one text
_VAGUE = {"here", "click here", "this", "this link", "link", "read more", "more", "see here", "this page"}
_VAGUE |= {"여기", "여기를 클릭", "클릭", "링크", "이 링크", "더 보기", "바로가기", "자세히"}
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>]*[\w/#=&%]")
_NOTE = re.compile(r"\[\^([^\]\n]{1,60})\]")


def remarks_on(source: str) -> list[str]:
    """Sentences on what readers will miss or stumble over, the gravest first; at most eight."""
    if not source.strip():
        return []
    rendered = render(source)
    if rendered.as_typed:
        return ["This text is too long or too intricate to be read as Markdown: it is shown as it was typed."]
    shown = _Reader(rendered.html)
    found = [
        *_left_out(rendered),
        *_pictures(rendered),
        *_headings(rendered),
        *_links(shown),
        *_notes(rendered, shown),
    ]
    return list(dict.fromkeys(found))[:MOST]


def _left_out(rendered: Rendered) -> Iterator[str]:
    before = _Reader(rendered.before)
    for tag in before.tags:
        if tag not in TAGS and tag not in {"img", "span"}:
            yield f"“<{_short(tag)}>” is HTML that is not shown. Write it in Markdown, or leave it out."
    if "img" in before.tags:
        yield "A picture is not shown: texts carry none. Choose it in the field for pictures of a record."
    for tag, attribute in before.attributes:
        allowed = ATTRIBUTES.get(tag, set()) | OF_NOTES.get(tag, set())
        if tag in TAGS and attribute not in allowed and (tag, attribute) not in {("th", "style"), ("td", "style")}:
            yield f"“{_short(attribute)}” of “<{tag}>” is left out."


def _pictures(rendered: Rendered) -> Iterator[str]:
    for words in rendered.pictures:
        if words:
            yield f"The picture “{_short(words)}” is not shown, only its words: texts carry no pictures."
        else:
            yield "A picture has no alternative text, and nothing of it is shown: texts carry no pictures."


def _headings(rendered: Rendered) -> Iterator[str]:
    if rendered.headings and rendered.headings[0][0] > 3:
        yield f"The first heading, “{_short(rendered.headings[0][1])}”, is a lower one: begin with “###”."
    for (above, _words), (level, words) in pairwise(rendered.headings):
        if level > above + 1:
            yield f"The heading “{_short(words)}” skips a level: go down one step at a time, “###” and then “####”."
        elif level > above and (level <= 3 or above >= 4):
            yield f"The heading “{_short(words)}” looks like the one above it: readers see “###” and “####” only."
    for _level, words in rendered.headings:
        if not words.strip():
            yield "A heading has no words."


def _links(shown: _Reader) -> Iterator[str]:
    for address, words in shown.links:
        if address is None:
            yield f"The link “{_short(words)}” leads nowhere: its address has to begin with “https://”."
        elif not words.strip():
            yield f"A link has no words: [words]({_short(address)})."
        elif _ADDRESS.match(words.strip()):
            yield f"A link shows its bare address, “{_short(words)}”: say in words where it leads, [words](address)."
        elif words.strip(" .…").casefold() in _VAGUE:
            yield f"The link “{_short(words)}” does not say where it leads: take words that do."
    for address in _ADDRESS.findall(shown.text):
        yield f"“{_short(address)}” is no link: write [words]({_short(address)})."


def _notes(rendered: Rendered, shown: _Reader) -> Iterator[str]:
    for name in _NOTE.findall(shown.text):
        yield f"The note “[^{_short(name)}]” is mentioned and not written: add a line “[^{_short(name)}]: …”."
    for number in rendered.loose_notes:
        yield f"Nothing in the text refers to note {number}."


def _short(words: str, length: int = 60) -> str:
    words = " ".join(words.split())
    return words if len(words) <= length else f"{words[: length - 1]}…"


class _Reader(HTMLParser):
    """The tags of an HTML text, its links, and the words outside them and outside code."""

    def __init__(self, html: str):
        super().__init__()
        self.tags: dict[str, None] = {}
        self.attributes: dict[tuple[str, str], None] = {}
        self.links: list[tuple[str | None, str]] = []
        self.text = ""
        self._said: list[str] = []
        self._code = 0
        self._in_link = False
        self.feed(html)
        self.close()
        self.text = "".join(self._said)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] = None
        self.attributes |= {(tag, name): None for name, _value in attrs}
        if tag == "a":
            self._in_link = True
            self.links.append((dict(attrs).get("href"), ""))
        elif tag in {"code", "pre"}:
            self._code += 1
        elif tag in {"p", "li", "td", "th", "br", "blockquote"}:
            self._said.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._in_link = False
        elif tag in {"code", "pre"}:
            self._code = max(0, self._code - 1)

    def handle_data(self, data: str) -> None:
        if self._in_link and self.links:
            address, words = self.links[-1]
            self.links[-1] = (address, words + data)
        elif not self._code:
            self._said.append(data)
