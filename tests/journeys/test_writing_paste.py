"""What is pasted from Word or a web page becomes clean Markdown."""

import pytest

from tests.desk import admin_url, sign_in
from tests.journeys.writing import value, written
from workshop.models import Theme

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASTE = """(area, data) => {
  const given = new DataTransfer();
  Object.entries(data).forEach(([type, text]) => given.setData(type, text));
  return area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: given, bubbles: true, cancelable: true }));
}"""
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<style>p.MsoNormal {color: red}</style></head>
<body><!--StartFragment--><h1 style='mso-pagination:none'>Findings<o:p></o:p></h1>
<p class=MsoNormal><b><span lang=EN-US style='font-family:Arial'>Bold </span></b>and <i>fine</i>
words<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"><span><!--[if !supportFootnotes]-->[1]<!--[endif]-->
</span></a>.<span style='display:none;mso-hide:all'>hidden</span></p>
<h2>Below</h2>
<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span>First</p>
<p style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>1)<span>&nbsp;</span></span>Under
it</p>
<p class=MsoNormal>&nbsp;</p>
<table><tr><td><p>State</p></td><td><p>Votes | all</p></td></tr>
<tr><td><p>Korea</p></td><td><p>12</p></td></tr></table>
<div id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1">[1]</a> The <u>note</u>.</p></div>
<!--EndFragment--></body></html>"""
FROM_WORD = """### Findings

**Bold** and *fine* words[^1].

#### Below

- First
    1. Under it

| State | Votes \\| all |
| --- | --- |
| Korea | 12 |

[^1]: The note."""
WEB = """<meta charset='utf-8'><b style="font-weight:normal" id="docs-internal-guid"><div>
<p>See <a href="https://example.org/a_(b)?utm_source=x" onclick="alert(1)">the
<span style="font-weight:700">report</span></a> or
<a href="javascript:alert(1)">this</a>, 5 * 3, a_b, _c_ [d].<br>Next</p>
<script>alert(1)</script><img src="https://evil.example/p.png" onerror="alert(1)">
<blockquote><p>Quoted</p><p>twice</p></blockquote>
<ol><li>One<ul><li>Inner</li></ul></li><li><p>Two</p></li></ol><pre>code  here</pre>
<p># no heading</p><p>2014. A year</p></div></b>"""
BREAK = "  \n"
LINK = "[the **report**](https://example.org/a_%28b%29?utm_source=x)"
FROM_WEB = f"""See {LINK} or this, 5 \\* 3, a_b, \\_c\\_ \\[d\\].{BREAK}Next

> Quoted
>
> twice

1. One
    - Inner
2. Two

    code  here

\\# no heading

2014\\. A year"""


@pytest.fixture
def writer(page):
    """The empty form of a theme."""
    sign_in(page)
    page.goto(admin_url(Theme, "add"))
    return page


@pytest.mark.parametrize(("html", "markdown"), [(WORD, FROM_WORD), (WEB, FROM_WEB)], ids=["Word", "web"])
def test_paste_becomes_clean_markdown_that_undo_takes_back(writer, html, markdown):
    written(writer, "Before: ", name="description")

    default = writer.eval_on_selector("#id_description", PASTE, {"text/html": html, "text/plain": "plain"})
    pasted = value(writer, "description")
    writer.keyboard.press("Control+z")

    assert (default, pasted, value(writer, "description")) == (False, f"Before: \n\n{markdown}", "Before: ")


@pytest.mark.both_databases
def test_pasted_notes_are_numbered_on(writer):
    written(writer, "One[^1]\n\n[^1]: Note\n\n", name="description")

    writer.eval_on_selector("#id_description", PASTE, {"text/html": WORD})

    assert "words[^2].\n" in value(writer, "description")
    assert "\n[^2]: The note." in value(writer, "description")


def test_paste_of_plain_text_is_left_to_the_browser(writer):
    same = {"text/html": "<p>just *words*</p>", "text/plain": "just *words*"}

    left = [
        writer.eval_on_selector("#id_description", PASTE, data)
        for data in ({"text/plain": "**plain** <b>text</b>"}, same, {})
    ]

    assert left == [True, True, True]
