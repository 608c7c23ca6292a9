"""What has ended by the clock, and is not indexed anew yet."""

from __future__ import annotations

from django.db.models.functions import Now

from workshop.search.models import Entry


def ended(span: tuple[int, int]) -> tuple[int, ...]:
    """The entries of a kind that have ended: as a rule none, and one look at a tiny index."""
    rows = Entry.objects.filter(until__isnull=False, until__lte=Now()).values_list("ord", flat=True)
    return tuple(ord_ for ord_ in rows if span[0] <= ord_ <= span[1])
