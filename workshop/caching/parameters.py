"""What of a query string a page reads. What it does not read, it never sees."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils import translation

from workshop.common.middleware import language_of

View = TypeVar("View", bound=Callable)

LONGEST_QUERY = 2048  # bytes of what a page reads; a longer question is answered, but not kept
LONGEST_RAW = 4096  # bytes of all of it; Django would refuse more than 5,000 parameters
LONGEST_PATH = 512


def reads(*names: str) -> Callable[[View], View]:
    """Mark a view as a public page that reads these parameters and nothing else of a request.

    The page is then kept for everybody: it may depend on its path, on these
    parameters and on what is public in the database, never on who asks. A
    class-based view says the same with an attribute: ``reads = frozenset({"page"})``.
    """

    def mark(view: View) -> View:
        view.reads = frozenset(names)  # type: ignore[attr-defined]
        return view

    return mark


def read_at(path: str) -> frozenset[str] | None:
    """The parameters that the page at a path reads; None where no page that is kept has this path."""
    if len(path) > LONGEST_PATH:
        return None
    return _read_at(path, settings.ROOT_URLCONF)


@lru_cache(4096)
def _read_at(path: str, urlconf: str) -> frozenset[str] | None:
    try:
        with translation.override(language_of(path)):
            view: Any = resolve(path, urlconf).func
    except Resolver404:
        return None
    return getattr(getattr(view, "view_class", view), "reads", None)


def canonical(query: str, names: Collection[str]) -> str | None:
    """What a page reads of a query string, in one order; None where that is too much to keep.

    Parameters without a value are left out, as if they had not been given. Values
    of one name stay in their order, because the last may be the one that counts.
    """
    if not query or not names:
        return ""
    if len(query) > LONGEST_RAW:
        return None
    fields = QueryDict(query.encode("latin-1", "replace"), encoding="utf-8")
    kept = [(name, value) for name in sorted(names) for value in fields.getlist(name) if value]
    text = urlencode(kept, safe=":")
    return text if len(text) <= LONGEST_QUERY else None
