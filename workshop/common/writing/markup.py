"""What our Markdown knows beyond Python-Markdown's: lower headings, sources, footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from django.utils.translation import gettext as _
from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.treeprocessors import Treeprocessor

_SOURCE = re.compile(r"(?:—|–|---?)(?:\s+(\S.*))?$")


class Quotations(Treeprocessor):
    """``> words`` and ``> — Kim, 2014``: a figure, with the source as its caption."""

    def run(self, root: Element) -> None:
        for quotation in list(root.iter("blockquote")):
            last = quotation[-1] if len(quotation) else None
            if last is None or last.tag != "p" or len(last):
                continue
            words, _newline, line = (last.text or "").rpartition("\n")
            source = _SOURCE.match(line.strip())
            if source and (words.strip() or len(quotation) > 1):
                self._with_source(quotation, words.rstrip(), source[1])

    def _with_source(self, quotation: Element, words: str, source: str | None) -> None:
        quotation[-1].text = words
        if not words:
            quotation.remove(quotation[-1])
        if source is None:  # a dash that still waits for its source
            return
        inner = Element("blockquote")
        inner.extend(list(quotation))
        for paragraph in list(quotation):
            quotation.remove(paragraph)
        quotation.tag = "figure"
        quotation.append(inner)
        SubElement(quotation, "figcaption").text = f"— {source}"


class ForReaders(Treeprocessor):
    """Headings stand below the page's own two levels; a picture is told by its words.

    ``headings`` keeps the level of each as it was written, ``pictures`` the words of each.
    """

    def __init__(self, md: Markdown):
        super().__init__(md)
        self.headings: list[tuple[int, str]] = []
        self.pictures: list[str] = []

    def run(self, root: Element) -> None:
        self.headings, self.pictures = [], []
        for element in root.iter():
            if element.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
                level = int(element.tag[1])
                self.headings.append((level, "".join(element.itertext())))
                element.tag = "h3" if level <= 3 else "h4"
            elif element.tag == "img":
                words = element.attrib.get("alt", "").strip()
                self.pictures.append(words)
                element.attrib.clear()
                element.tag, element.text = "span", words


class Footnotes(FootnoteExtension):
    """Footnotes whose ids begin with ``sign``, so that two texts on one page share none.

    ``labels`` are the names that its links have for screen readers, ``loose`` the
    numbers of notes that nothing in the text refers to.
    """

    sign = ""

    def __init__(self):
        self.labels: set[str] = set()
        self.loose: list[int] = []
        super().__init__(SEPARATOR="-", BACKLINK_TEXT="↩&#xFE0E;")

    def extendMarkdown(self, md: Markdown) -> None:
        super().extendMarkdown(md)
        md.treeprocessors.register(_LabelledNotes(self), "labelled_notes", 10)

    def reset(self) -> None:
        super().reset()
        self.labels, self.loose = set(), []
        self._numbers: dict[str, int] = {}
        self._mentions: dict[str, int] = {}

    def setFootnote(self, id: str, text: str) -> None:
        super().setFootnote(id, text)
        self._numbers.setdefault(id, len(self._numbers) + 1)

    def unique_ref(self, reference: str, found: bool = False) -> str:
        """The id of a mention: the second of a note is ``fnref2-…``. Theirs counts up from one each time."""
        if not found:
            return reference
        self._mentions[reference] = count = self._mentions.get(reference, 0) + 1
        self.found_refs[reference] = count
        name, rest = reference.split(self.get_separator(), 1)
        unique = reference if count == 1 else f"{name}{count}{self.get_separator()}{rest}"
        self.used_refs.add(unique)
        return unique

    def makeFootnoteId(self, id: str) -> str:
        return f"fn-{self.sign}-{self._numbers[id]}"

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:
        return self.unique_ref(f"fnref-{self.sign}-{self._numbers[id]}", found)


class _LabelledNotes(Treeprocessor):
    """Gives the links between text and notes names, and the list of notes its class."""

    def __init__(self, notes: Footnotes):
        super().__init__()
        self.notes = notes

    def run(self, root: Element) -> None:
        for parent, child in list(_pairs(root)):
            if child.tag == "a" and child.get("class") == "footnote-ref":
                self._label(child, _("Note %(number)s") % {"number": child.text})
            elif child.tag == "div" and child.get("class") == "footnote":
                notes = child[-1]
                notes.set("class", "footnotes")
                parent[list(parent).index(child)] = notes
                for number, note in enumerate(notes, start=1):
                    self._end(note, number)

    def _end(self, note: Element, number: int) -> None:
        """The ways back from a note; none from one that nothing leads to."""
        back = [pair for pair in _pairs(note) if pair[1].get("class") == "footnote-backref"]
        for parent, link in back:
            if link.get("href", "")[1:] in self.notes.used_refs:
                link.attrib.pop("title", None)
                link.set("class", "footnote-back")
                self._label(link, _("Back to note %(number)s in the text") % {"number": number})
            else:
                parent.remove(link)
                self.notes.loose.append(number)

    def _label(self, link: Element, label: str) -> None:
        link.set("aria-label", label)
        self.notes.labels.add(label)


def _pairs(root: Element) -> Iterator[tuple[Element, Element]]:
    for parent in root.iter():
        for child in list(parent):
            yield parent, child
