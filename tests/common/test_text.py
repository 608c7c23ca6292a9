"""Texts in two languages, and HTML that can do nothing but be read."""

import sys
from concurrent.futures import ThreadPoolExecutor

import html5lib
import pytest
from django.utils import translation

from tests.factories import SpeakerFactory, TalkFactory
from workshop.common.text import Text, as_written, in_language, plain, to_html

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
]
TAGS = {"p", "br", "em", "strong", "a", "ul", "ol", "li", "blockquote", "h3", "h4", "pre", "code", "sup", "sub", "hr"}
TAGS |= {"abbr", "table", "thead", "tbody", "tr", "th", "td", "cite", "q"}


def tree_of(html):
    return html5lib.parseFragment(html, namespaceHTMLElements=False, treebuilder="etree")


@pytest.mark.parametrize("source", HOSTILE)
def test_to_html_of_hostile_text_keeps_nothing_that_acts_or_loads(source):
    elements = [element for element in tree_of(to_html(source)).iter() if element.tag != "DOCUMENT_FRAGMENT"]
    attributes = {(element.tag, name) for element in elements for name in element.attrib}
    links = [element.attrib.get("href", "") for element in elements]

    assert {element.tag for element in elements} - TAGS == set()
    assert attributes - {("a", "href"), ("a", "title"), ("a", "rel"), ("abbr", "title")} == set()
    assert [link for link in links if link and not link.startswith("https://")] == []


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
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("    code  here", "<pre><code>code  here\n</code></pre>"),
    ],
)
def test_to_html_of_honest_text_keeps_what_was_meant(source, html):
    assert to_html(source) == html


def test_to_html_in_many_threads_mixes_no_texts():
    sources = [f"Record {n}\n\n* point {n}\n* *[T{n}]: only in {n}\n\nT{n} ends {n}" for n in range(200)]
    to_html.cache_clear()
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # threads take turns in the middle of everything

    try:
        with ThreadPoolExecutor(8) as threads:
            together = list(threads.map(to_html, sources))
    finally:
        sys.setswitchinterval(usual)

    to_html.cache_clear()
    assert together == [to_html(source) for source in sources]


def test_to_html_of_an_abbreviation_explains_it_in_its_own_text_only():
    explained = to_html("*[COI]: Commission of Inquiry\n\nThe COI met.")

    assert explained == '<p>The <abbr title="Commission of Inquiry">COI</abbr> met.</p>'
    assert to_html("The COI met again.") == "<p>The COI met again.</p>"


def test_plain_drops_tags_and_line_breaks():
    assert plain("<p>One <em>two</em></p>\n<p>three</p>") == "One two three"


@pytest.mark.parametrize(
    ("english", "korean", "page", "expected"),
    [
        ("Hope", "희망", "en", Text("Hope", "en")),
        ("Hope", "희망", "ko", Text("희망", "ko")),
        ("Hope", "", "ko", Text("Hope", "en")),
        ("", "희망", "en", Text("희망", "ko")),
        ("", "", "ko", Text("", "ko")),
    ],
)
def test_text_in_the_language_of_the_page_falls_back_and_says_so(english, korean, page, expected):
    talk = TalkFactory.build(title=english, title_ko=korean, workshop=None)

    with translation.override(page):
        assert talk.text("title") == expected


def test_text_in_a_wanted_language_ignores_the_page():
    talk = TalkFactory.build(title="Hope", title_ko="희망", workshop=None)

    with translation.override("en"):
        assert talk.text("title", "ko") == Text("희망", "ko")


def test_text_of_a_field_without_twin_is_refused():
    with pytest.raises(AttributeError, match="Speaker.sort_name is not declared as translated"):
        SpeakerFactory.build().text("sort_name")


def test_text_of_nothing_is_false():
    assert (bool(Text("", "en")), bool(Text("x", "en")), str(Text("x", "ko"))) == (False, True, "x")


def test_korean_twin_is_named_after_its_sibling_in_forms():
    model = TalkFactory._meta.model

    assert model._meta.get_field("body_ko").verbose_name == "longer text (Korean)"


def test_text_without_twin_is_in_the_language_of_its_letters():
    written = ["Stanford, California", "서울", "ㄱ", "Kim (김)", "Straße", ""]

    assert [as_written(value).language for value in written] == ["en", "ko", "ko", "ko", "en", "en"]


@pytest.mark.parametrize(
    ("english", "korean", "shown"),
    [
        ("Mud", "진흙", Text("진흙", "ko")),
        ("Mud", "", Text("Mud", "en")),
        ("", "", Text("", "ko")),
        ("wetlands", "wetlands", Text("wetlands", "en")),
        ("진흙", "진흙", Text("진흙", "ko")),
    ],
)
def test_text_is_in_the_wanted_language_or_in_that_of_its_letters(english, korean, shown):
    assert in_language(english, korean, "ko") == shown
