"""Addresses of records: what ``reverse()`` answers, worked out once for each kind and language."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language

_SAMPLE = "a0"  # fits every pattern that ends in a slug or a code
_SAFE = "!$&'()*+,;=/~:@"  # what reverse() leaves as it is


def address_of(name: str, key: str) -> str:
    """The address of the page ``name`` (``talk-detail``) with its one argument, in the page's language."""
    before, after = _around(name, get_language(), get_script_prefix(), get_urlconf())
    return f"{before}{quote(key, safe=_SAFE)}{after}"


@lru_cache(maxsize=256)
def _around(name: str, *where: str | None) -> tuple[str, str]:
    """What stands before and after the argument; ``where`` is what the answer depends on."""
    before, _, after = reverse(name, args=[_SAMPLE]).rpartition(_SAMPLE)
    return before, after
