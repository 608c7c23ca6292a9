"""What is stored of a text: its words, without what no keyboard has and nobody sees."""

from __future__ import annotations

import re
import unicodedata

# Zero-width blanks and soft hyphens come with text from web pages and PDFs, and cut words in
# two for every search. Joiners (U+200C, U+200D) and direction marks stay: scripts need them.
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_OVERRIDES = re.compile("[\u202d\u202e]")  # letters written backwards: a text would lie about itself
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")


def tidy(text: str) -> str:
    """The text composed (NFC), with plain line ends, without control and unseen characters.

    Leaves every visible character as it is, and blanks too: two at the end of a line
    are a line break in Markdown.
    """
    text = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text))
    return _OVERRIDES.sub("", _CONTROL.sub("", _UNSEEN.sub("", text)))
