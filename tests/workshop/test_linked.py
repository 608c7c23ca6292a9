"""Links in running text, as a filter."""

import pytest
from django.utils import translation

from workshop.common.text import Text
from workshop.templatetags.rapporteur import linked
from workshop.views.links import Link

A = Link("Alice", "/speakers/alice/")
NOBODY = Link("a <participant>")
KOREAN = Link(Text("앨리스", "ko"), "/speakers/alice/?a=1&b=2")


@pytest.mark.parametrize(
    ("links", "html"),
    [
        (A, '<a href="/speakers/alice/">Alice</a>'),
        (NOBODY, "a &lt;participant&gt;"),
        ([], ""),
        ([NOBODY], "<span>a &lt;participant&gt;</span>"),
        ([A, NOBODY], '<a href="/speakers/alice/">Alice</a> and <span>a &lt;participant&gt;</span>'),
        (
            [A, A, KOREAN],
            '<a href="/speakers/alice/">Alice</a>, <a href="/speakers/alice/">Alice</a> and '
            '<a href="/speakers/alice/?a=1&amp;b=2"><span lang="ko">앨리스</span></a>',
        ),
    ],
    ids=["one", "one without address", "none", "list of one", "two", "three, the last in Korean"],
)
def test_links_are_escaped_marked_and_joined(links, html):
    with translation.override("en"):
        assert linked(links) == html
