"""HTML that can do nothing but be read."""

import hashlib
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import html5lib
import pytest

from workshop.common.writing.rendering import kept_html, plain, readable, render, to_html

REL = 'rel="nofollow noopener noreferrer"'

HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</script>",
    "<style>body{background:url(//evil.example)}</style>",
    "<img src=x onerror=alert(1)>",
    "![alt](https://evil.example/pixel.png)",
    "<p onclick='alert(1)' onmouseover=alert(1)>words</p>",
    "<p style='background:url(//evil.example)' class='x' id='main'>words</p>",
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<a href='javascript:alert(1)'>words</a>",
    "<a href=' java\tscript:alert(1)'>words</a>",
    "<a href='&#106;avascript:alert(1)'>words</a>",
    "[words](javascript:alert(1))",
    "[words](JaVaScRiPt:alert(1))",
    "[words](data:text/html;base64,PHNjcmlwdD4=)",
    "[words](vbscript:x)",
    "<javascript:alert(1)>",
    "[words](https://example.org \"title' onmouseover=alert(1) x='\")",
    "[words][ref]\n\n[ref]: javascript:alert(1)",
    '*[words]: "><script>alert(1)</script>\n\nwords',
    "<iframe src='https://evil.example'></iframe>",
    "<object data=x></object><embed src=x>",
    "<form action='https://evil.example'><input name=q></form>",
    "<base href='https://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<details open ontoggle=alert(1)>words</details>",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "words[^1]\n\n[^1]: <img src=x onerror=alert(1)>",
    "# words {: onclick=alert(1) style=x}",
    "<sup id='main'>words</sup><ol class='masthead' start='x'><li id='content'>words</li></ol>",
    "<sup id='fn-00000000-1'>words</sup>[^1]\n\n[^1]: <li id='fn-00000000-1'>note",
    "<a class='footnote-ref' aria-label='Log in' role='button' href='https://example.org'>words</a>",
    "[words](record:talk:1 \"x' onmouseover=alert(1) y='\")",
    "[words](record:talk:1&quot;onmouseover=alert(1))",
    "[words](RECORD:talk:1) [words](record:talk:1;x) [words](record://talk:1)",
    "[a[b[c](javascript:alert(1))](javascript:alert(1))](javascript:alert(1))",
    "<figure class='x' onclick=alert(1)><figcaption style='x'>words</figcaption></figure>",
    "> words\n> — <img src=x onerror=alert(1)>",
    '![words](javascript:alert(1)) ![words](https://evil.example/x.png "title")',
]
TAGS = {"p", "br", "em", "strong", "a", "ul", "ol", "li", "blockquote", "h3", "h4", "pre", "code", "sup", "sub", "hr"}
TAGS |= {"abbr", "table", "thead", "tbody", "tr", "th", "td", "cite", "q", "figure", "figcaption"}
OF_NOTES = {("a", "class"), ("a", "aria-label"), ("sup", "id"), ("li", "id"), ("ol", "class")}


def tree_of(html):
    return html5lib.parseFragment(html, namespaceHTMLElements=False, treebuilder="etree")


@pytest.mark.parametrize("source", HOSTILE)
def test_to_html_of_hostile_text_keeps_nothing_that_acts_or_loads(source):
    elements = [element for element in tree_of(to_html(source)).iter() if element.tag != "DOCUMENT_FRAGMENT"]
    attributes = {(element.tag, name) for element in elements for name in element.attrib}
    links = [element.attrib.get("href", "") for element in elements]
    ids = [element.attrib["id"] for element in elements if "id" in element.attrib]
    sign = hashlib.sha256(source.encode()).hexdigest()[:8]

    assert {element.tag for element in elements} - TAGS == set()
    assert attributes - OF_NOTES - {("a", "href"), ("a", "title"), ("a", "rel"), ("abbr", "title")} == set()
    assert [
        link for link in links if link and not re.match(rf"https://|#fn(ref)?-{sign}-1$|record:talk:1$", link)
    ] == []
    assert [name for name in ids if not re.fullmatch(rf"fn(ref)?-{sign}-1", name)] == []
    assert {element.attrib["class"] for element in elements if "class" in element.attrib} <= {
        "footnotes",
        "footnote-ref",
        "footnote-back",
    }


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("", ""),
        (" \n ", ""),
        ("One *two* **three**", "<p>One <em>two</em> <strong>three</strong></p>"),
        ("**인공지능(AI)**은 새롭다", "<p><strong>인공지능(AI)</strong>은 새롭다</p>"),
        ("[APARC](https://aparc.example.org)", f'<p><a href="https://aparc.example.org" {REL}>APARC</a></p>'),
        ("# One", "<h3>One</h3>"),
        ("## Two", "<h3>Two</h3>"),
        ("### Three", "<h3>Three</h3>"),
        ("#### Four", "<h4>Four</h4>"),
        ("###### Six", "<h4>Six</h4>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("CO₂ “quoted” – 북한", "<p>CO₂ “quoted” – 북한</p>"),
        ("[mail](mailto:desk@example.org)", f'<p><a href="mailto:desk@example.org" {REL}>mail</a></p>'),
        ("[home](/about/) [here](#words)", f'<p><a href="/about/" {REL}>home</a> <a href="#words" {REL}>here</a></p>'),
        ("[odd](note)", f"<p><a {REL}>odd</a></p>"),
        ("3. three\n4. four", '<ol start="3">\n<li>three</li>\n<li>four</li>\n</ol>'),
        ("![A marsh](https://example.org/a.png) in May", "<p>A marsh in May</p>"),
        ("[a talk](record:talk:42)", f'<p><a href="record:talk:42" {REL}>a talk</a></p>'),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("    code  here", "<pre><code>code  here\n</code></pre>"),
    ],
)
def test_to_html_of_honest_text_keeps_what_was_meant(source, html):
    assert to_html(source) == html


def test_to_html_in_many_threads_mixes_no_texts():
    sources = [f"Record {n}\n\n* point {n}\n* *[T{n}]: only in {n}\n\nT{n} ends {n}" for n in range(200)]
    kept_html.cache_clear()
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # threads take turns in the middle of everything

    try:
        with ThreadPoolExecutor(8) as threads:
            together = list(threads.map(to_html, sources))
    finally:
        sys.setswitchinterval(usual)

    kept_html.cache_clear()
    assert together == [to_html(source) for source in sources]


def test_to_html_of_an_abbreviation_explains_it_in_its_own_text_only():
    explained = to_html("*[COI]: Commission of Inquiry\n\nThe COI met.")

    assert explained == '<p>The <abbr title="Commission of Inquiry">COI</abbr> met.</p>'
    assert to_html("The COI met again.") == "<p>The COI met again.</p>"


def test_plain_drops_tags_and_line_breaks():
    assert plain("<p>One <em>two</em> &amp; &lt;b&gt;</p>\n<p>three</p>") == "One two & <b> three"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("Plain words,\nas they stand - 1. here", "Plain words,\nas they stand - 1. here"),
        ("A [talk](record:talk:42) and [more](https://example.org/x)", "A talk and more"),
        ("**Strong**[^1] words\n\n[^1]: A *note*.", "Strong words A note."),
        ("> Never again\n> — Kim, 2014", "Never again — Kim, 2014"),
        ("<script>alert(1)</script>", ""),
    ],
)
def test_readable_keeps_the_words_and_no_address_or_mark(source, words):
    assert readable(source) == words


LONG = 100_000
INTRICATE = {
    "brackets": "[" * LONG,
    "closed brackets": "[" * (LONG // 2) + "]" * (LONG // 2),
    "links in links": "[a](" * (LONG // 4),
    "empty links": "[]()" * (LONG // 4),
    "pictures": "![" * (LONG // 2),
    "asterisks": "*" * LONG,
    "pairs of asterisks": "**a *b " * (LONG // 7),
    "underscores": "_a" * (LONG // 2),
    "backticks": "`" * LONG,
    "growing backticks": " ".join("`" * n for n in range(1, 400)),
    "quotations": ">" * LONG,
    "quotations apart": "> " * (LONG // 2),
    "lists in lists": "- " * (LONG // 2),
    "steps": "\n".join("    " * (n % 200) + "- a" for n in range(700)),
    "tags": "<" * LONG,
    "open tags": "<a " * (LONG // 3),
    "open elements": "<b>" * (LONG // 3),
    "open lists": "<ul><li>" * (LONG // 8),
    "comments": "<!--" * (LONG // 4),
    "entities": "&" * LONG,
    "notes": "".join(f"[^{n}]" for n in range(9_000)) + "".join(f"\n\n[^{n}]: n" for n in range(4_000)),
    "one note often": "[^1]" * (LONG // 4) + "\n\n[^1]: note",
    "notes in notes": "\n\n".join(f"[^{n}]: [^{n + 1}]" for n in range(5_000)),
    "abbreviations": "".join(f"*[A{n}]: a\n" for n in range(4_000)) + " ".join(f"A{n}" for n in range(4_000)),
    "references": "".join(f"[{n}]: https://example.org/{n}\n" for n in range(2_500)) + "[1] " * 4_000,
    "table": "|" * (LONG // 2) + "\n" + "-|" * (LONG // 4),
    "wide table": "|a" * 10_000 + "\n" + "|-" * 10_000 + "\n" + "|b" * 10_000,
    "dashes": "-" * LONG,
    "quotes": "\"'" * (LONG // 2),
    "dots": "." * LONG,
    "headings": "# a\n" * (LONG // 4),
    "rules": "---\n\n" * (LONG // 5),
    "line breaks": "\n" * LONG,
    "blanks": " " * LONG + "x",
    "tabs": "\t" * LONG + "x",
    "backslashes": "\\" * LONG,
    "a word": "a" * LONG,
    "Korean": "가" * LONG,
    "addresses": "<https://example.org/> " * (LONG // 23),
    "footnote marks": "[^" * (LONG // 2),
    "placeholder": "\x02wzxhzdk:0\x03" * (LONG // 12),
}


@pytest.mark.parametrize("source", INTRICATE.values(), ids=INTRICATE)
def test_render_of_an_intricate_text_ends_soon(source):
    begun = time.process_time()

    html = render(source).html

    assert time.process_time() - begun < 3  # a second and a half at most, on an idle machine
    assert len(html) < 40 * len(source) + 1000


def test_render_of_a_text_as_long_as_a_book_chapter_reads_all_of_it():
    paragraph = (
        "It’s *said* that “rights” — [so Kim](https://example.org/a), 2014 — come _first_ (see 1.2)[^{}]. " * 12
    )
    listed = "".join(f"- point **{n}**, with [its source](https://example.org/{n})\n" for n in range(150))
    notes = "\n\n".join(f"[^{n}]: A note on *{n}*." for n in range(50))
    parts = [f"### Part {n}\n\n{paragraph.format(*[n] * 12)}\n\n> Words\n> — Kim" for n in range(60)]
    source = "\n\n".join([*parts, listed, notes])

    rendered = render(source)

    assert len(source) > 80_000
    assert rendered.as_typed is False
    assert rendered.html.count("<figcaption>") == 60
