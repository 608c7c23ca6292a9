"""One round of looking at links: the longest unseen first, a few hundred at a time."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from django.utils import timezone

from workshop.linking.models import Link
from workshop.linking.visiting import Visitor

REST = dt.timedelta(hours=12)  # a link is not looked at more often


def check(*, limit: int, visitor: Visitor) -> Iterator[Link]:
    """Look at up to ``limit`` links, and give each with what was found.

    Each is claimed before it is asked, so that two rounds at once share the work, and
    written by itself: no transaction is open while the network is waited for.
    """
    for link in _mixed(Link.objects.due(timezone.now(), REST)[:limit]):
        claimed = Link.objects.filter(pk=link.pk, checked_at=link.checked_at).update(checked_at=timezone.now())
        if claimed:
            answer = visitor.visit(link.url)
            link.note(failed=answer.failed, said=answer.said, status=answer.status)
            yield link


def _mixed(links: Iterable[Link]) -> list[Link]:
    """Host after host in turn, so that no host waits long, and none is asked twice in a row."""
    by_host: dict[str | None, list[Link]] = defaultdict(list)
    for link in links:
        by_host[urlsplit(link.url).hostname].append(link)
    places = [(turn, place, link) for place, of in enumerate(by_host.values()) for turn, link in enumerate(of)]
    return [link for _, _, link in sorted(places, key=lambda one: one[:2])]
