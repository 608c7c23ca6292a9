"""Footnotes, quotations with their source, and what the writer is told of pictures and headings."""

import hashlib

import html5lib
import pytest
from django.utils import translation

from workshop.common.writing.rendering import render, to_html


def sign(source):
    return hashlib.sha256(source.encode()).hexdigest()[:8]


REL = 'rel="nofollow noopener noreferrer"'


def test_footnote_has_a_way_there_and_back():
    source = "Said.[^a]\n\n[^a]: By *whom*."
    s = sign(source)

    there = f'<a aria-label="Note 1" class="footnote-ref" href="#fn-{s}-1" {REL}>1</a>'
    back = f'<a aria-label="Back to note 1 in the text" class="footnote-back" href="#fnref-{s}-1" {REL}>↩\ufe0e</a>'
    assert to_html(source, "en") == (
        f'<p>Said.<sup id="fnref-{s}-1">{there}</sup></p>\n'
        f'<ol class="footnotes">\n<li id="fn-{s}-1">\n<p>By <em>whom</em>.&nbsp;{back}</p>\n</li>\n</ol>'
    )


def test_footnote_is_named_in_the_language_of_its_text():
    source = "말.[^1]\n\n[^1]: 주."

    korean = to_html(source, "ko")
    with translation.override("ko"):
        of_page = to_html(source)

    assert 'aria-label="주 1"' in korean
    assert 'aria-label="본문의 주 1로 돌아가기"' in korean
    assert of_page == korean
    assert 'aria-label="Note 1"' in to_html(source, "en")


def test_footnote_mentioned_twice_leads_back_to_both_places():
    source = "One[^1] and two[^1].\n\n[^1]: Note."
    html, s = to_html(source), sign(source)

    assert html.count(f'href="#fn-{s}-1"') == 2
    assert [html.count(f'id="{name}-{s}-1"') for name in ("fnref", "fnref2", "fn")] == [1, 1, 1]
    assert [html.count(f'href="#{name}-{s}-1"') for name in ("fnref", "fnref2")] == [1, 1]


def test_footnotes_and_sources_are_html_without_a_fault():
    words = "One[^1], [two](record:talk:1)[^2].\n\n> Words.[^1]\n>\n> > In them\n> > — Kim\n>\n> — Lee[^2]"
    source = f"{words}\n\n[^1]: A.\n[^2]: B.\n\n    C."

    html5lib.HTMLParser(strict=True).parseFragment(to_html(source))

    assert to_html(source).count("<figcaption>") == 2


def test_footnotes_of_two_texts_share_no_id():
    one, two = to_html("One[^1]\n\n[^1]: Note."), to_html("Two[^1]\n\n[^1]: Note.")

    ids = [part.split('"')[0] for html in (one, two) for part in html.split(' id="')[1:]]
    assert len(ids) == len(set(ids)) == 4


def test_footnote_with_a_hostile_name_is_numbered():
    html = to_html('One[^x" onclick=a]\n\n[^x" onclick=a]: Note.')

    assert "onclick" not in html
    assert '-1"' in html


def test_footnote_that_nothing_refers_to_has_no_way_back():
    rendered = render("Words.\n\n[^1]: Note.")

    assert "Note." in rendered.html
    assert "footnote-back" not in rendered.html
    assert rendered.loose_notes == (1,)


def test_footnote_that_is_not_written_stays_as_typed():
    assert to_html("Words[^1].") == "<p>Words[^1].</p>"


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (
            "> Never again.\n> — Kim, *Report*, 2014",
            "<figure>\n<blockquote>\n<p>Never again.</p>\n</blockquote>\n"
            "<figcaption>— Kim, <em>Report</em>, 2014</figcaption>\n</figure>",
        ),
        (
            "> One.\n>\n> Two.\n>\n> -- Kim",
            "<figure>\n<blockquote>\n<p>One.</p>\n<p>Two.</p>\n</blockquote>\n"
            "<figcaption>— Kim</figcaption>\n</figure>",
        ),
        ("> Words.\n> — ", "<blockquote>\n<p>Words.</p>\n</blockquote>"),
        ("> — Kim", "<blockquote>\n<p>— Kim</p>\n</blockquote>"),
        ("> Words — and more.", "<blockquote>\n<p>Words — and more.</p>\n</blockquote>"),
        ("> Words.", "<blockquote>\n<p>Words.</p>\n</blockquote>"),
        ("Words.\n— Kim", "<p>Words.\n— Kim</p>"),
        (
            "> Outer\n>\n> > Inner\n> > — Kim",
            "<blockquote>\n<p>Outer</p>\n<figure>\n<blockquote>\n<p>Inner</p>\n</blockquote>\n"
            "<figcaption>— Kim</figcaption>\n</figure>\n</blockquote>",
        ),
    ],
    ids=["source", "paragraphs", "source to come", "no words", "dash in words", "none", "no quotation", "inner"],
)
def test_quotation_with_a_source_is_a_figure(source, html):
    assert to_html(source) == html


def test_quotation_may_have_a_footnote_in_its_source():
    html = to_html("> Words.\n> — Kim[^1]\n\n[^1]: Page 4.")

    assert "<figcaption>— Kim<sup" in html


def test_render_keeps_what_was_written_of_headings_and_pictures():
    rendered = render("# One\n\n##### Two *three*\n\n![](https://example.org/a.png) ![a marsh](b.png)")

    assert rendered.headings == ((1, "One"), (5, "Two three"))
    assert rendered.pictures == ("", "a marsh")
