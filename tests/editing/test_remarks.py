"""What a writer is told of a text."""

import pytest

from workshop.common.writing.limits import LONGEST
from workshop.editing.remarks import MOST, remarks_on

NO_ALT = "A picture has no alternative text, and nothing of it is shown: texts carry no pictures."
NO_PICTURE = "A picture is not shown: texts carry none. Choose it in the field for pictures of a record."
ONLY_WORDS = "The picture “A marsh” is not shown, only its words: texts carry no pictures."
BARE = "A link shows its bare address, “https://example.org/x”: say in words where it leads, [words](address)."
NOWHERE = "The link “words” leads nowhere: its address has to begin with “https://”."
HTML = "“<script>” is HTML that is not shown. Write it in Markdown, or leave it out."
NO_NOTE = "The note “[^1]” is mentioned and not written: add a line “[^1]: …”."
SKIPS = "The heading “Four” skips a level: go down one step at a time, “###” and then “####”."
ALIKE = "The heading “{}” looks like the one above it: readers see “###” and “####” only."
TOO_MUCH = "This text is too long or too intricate to be read as Markdown: it is shown as it was typed."
VAGUE = "The link “{}” does not say where it leads: take words that do."
NO_LINK = "“https://example.org/x” is no link: write [words](https://example.org/x)."
HONEST = """### A heading

Words with a [report](https://example.org/a_b) and [a talk](record:talk:1), [mail](mailto:a@example.org), `https://x.org`.

#### Below

> Exact words
> — Kim, 2014

- one
- two[^1]

| a | b |
|---|--:|
| 1 | 2 |

### Again

[^1]: A note, at [its source](https://example.org).

*[COI]: Commission of Inquiry
"""


def test_honest_text_gets_no_remark():
    assert remarks_on(HONEST) == []
    assert remarks_on(" \n") == []
    assert remarks_on("a < b, 3 > 2 & so on: 인권(人權)") == []


@pytest.mark.parametrize(
    ("source", "remark"),
    [
        ("## Two\n\n#### Four", SKIPS),
        ("#### Four", "The first heading, “Four”, is a lower one: begin with “###”."),
        ("## Two\n\n### Three", ALIKE.format("Three")),
        ("### Three\n\n#### Four\n\n##### Five", ALIKE.format("Five")),
        ("###\n\nWords", "A heading has no words."),
        ("![](https://example.org/a.png)", NO_ALT),
        ("![A marsh](a.png)", ONLY_WORDS),
        ("<img src=a.png>", NO_PICTURE),
        ("See (https://example.org/x).", NO_LINK),
        ("See <https://example.org/x>", BARE),
        ("Read it [here](https://example.org)", VAGUE.format("here")),
        ("보기: [여기](https://example.org)", VAGUE.format("여기")),
        ("[](https://example.org)", "A link has no words: [words](https://example.org)."),
        ("[words](javascript:alert)", NOWHERE),
        ("[words](example.org)", NOWHERE),
        ("Words<script>alert(1)</script>", HTML),
        ("<p onclick=alert(1)>Words</p>", "“onclick” of “<p>” is left out."),
        ("Words[^1]", NO_NOTE),
        ("Words\n\n[^1]: Note", "Nothing in the text refers to note 1."),
        ("a" * (LONGEST + 1), TOO_MUCH),
    ],
)
def test_text_with_a_fault_gets_a_sentence(source, remark):
    assert remarks_on(source) == [remark]


def test_many_faults_are_told_once_each_and_not_all():
    text = "\n\n".join(["[here](https://example.org)"] * 20 + [f"https://example.org/{n}" for n in range(20)])

    found = remarks_on(text)

    assert len(found) == MOST == len(set(found))
