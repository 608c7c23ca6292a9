"""The pages of a list, for ``components/pagination.html``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.core.paginator import Page
from django.utils.formats import number_format
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class PageNumber:
    """One number; without a label it is a gap."""

    label: str
    url: str = ""
    current: bool = False


@dataclass(frozen=True)
class Pages:
    """Where the reader is in a list, and the ways to its other pages."""

    previous_url: str
    next_url: str
    summary: str
    numbers: list[PageNumber]


def pages_of(page: Page, url_of: Callable[[int], str]) -> Pages:
    """The pages around ``page``; ``url_of`` gives the address of each."""
    numbers = [
        PageNumber(str(number), url_of(number), number == page.number) if isinstance(number, int) else PageNumber("")
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    ]
    return Pages(
        previous_url=url_of(page.previous_page_number()) if page.has_previous() else "",
        next_url=url_of(page.next_page_number()) if page.has_next() else "",
        summary=_("%(first)s–%(last)s of %(all)s")
        % {
            "first": number_format(page.start_index()),
            "last": number_format(page.end_index()),
            "all": number_format(page.paginator.count),
        },
        numbers=numbers,
    )
