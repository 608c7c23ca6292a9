"""The search box in the head of the desk: all kinds of records that one may see, grouped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.urls import reverse
from django.utils.text import Truncator, capfirst

from workshop.common.publishing import Publishable
from workshop.common.text import as_written
from workshop.editing.across import Across
from workshop.editing.records import FoundOnly, RecordAdmin

LENGTH, WORDS = 200, 8  # of what is looked for; the rest is passed over
OFFERED, FOUND = 4, 10  # of each kind: while one types, and on the page


@dataclass(frozen=True)
class Hit:
    """One record that was found."""

    kind: str
    title: str
    url: str
    state: str = ""

    @property
    def said(self) -> str:
        """Kind and state in short."""
        return f"{self.kind}, {self.state.lower()}" if self.state else self.kind


@dataclass(frozen=True)
class Group:
    """What was found of one kind."""

    name: str
    title: str
    hits: list[Hit]
    all_url: str = ""  # the list of the kind, searched for the same; empty where this is all of it


def cleaned(typed: str) -> str:
    """What is looked for: a few words, whatever was typed. A lone quotation mark would find everything."""
    return " ".join([word for word in typed[:LENGTH].split() if word.strip("\"'")][:WORDS])


def search(desk: Across, words: str, limit: int, brief: bool = False) -> list[Group]:
    """Records that hold all the words, by kind, those with just this code first.

    Each kind is asked through its own admin: its fields, and nothing one may not see.
    Authors find their own records, those they review, and what is public besides, which
    leads to its public page. ``brief`` leaves out what takes long.
    """
    if not words:
        return []
    desk.request.in_brief = brief
    groups = [Group("code", "This very code", list(_with_code(desk, words)))]
    for page in desk.kinds.values():
        if page.get_search_fields(desk.request) and not isinstance(page, FoundOnly) and (page.offered or not brief):
            groups.append(_of_kind(desk, page, words, limit))
    return [group for group in groups if group.hits]


def offers(desk: Across, words: str) -> list[dict[str, str]]:
    """What is offered while somebody types, as the script reads it."""
    hits = [hit for group in search(desk, words, OFFERED, brief=True) for hit in group.hits if hit.url]
    once: dict[str, Hit] = {}
    for hit in hits:  # one that was found by its code stands first, and only there
        once.setdefault(hit.url, hit)
    return [
        {"label": hit.title, "lang": as_written(hit.title).language, "kind": hit.said, "url": hit.url}
        for hit in once.values()
    ]


def _with_code(desk: Across, words: str) -> Iterator[Hit]:
    for model, page in desk.kinds.items():
        if any(field.name == "code" for field in model._meta.concrete_fields):
            yield from _hits(desk, page, list(page.get_seen(desk.request).filter(code__iexact=words)[:1]))


def _of_kind(desk: Across, page: RecordAdmin, words: str, limit: int) -> Group:
    records, repeated = page.get_search_results(desk.request, page.get_seen(desk.request), words)
    # The newest first: that is a walk by the key, which ends with the last one that is shown.
    found = list((records.distinct() if repeated else records).order_by("-pk")[: limit + 1])
    meta = page.opts
    all_url = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist") if len(found) > limit else ""
    hits = list(_hits(desk, page, found[:limit]))
    return Group(str(meta.model_name), str(capfirst(meta.verbose_name_plural)), hits, all_url)


def _hits(desk: Across, page: RecordAdmin, records: list[models.Model]) -> Iterator[Hit]:
    """Each leads to its page at the desk for those who may open it, else to the public one."""
    mine = {record.pk for record in records}
    if not desk.user.publishes and records:
        mine = set(page.get_queryset(desk.request).filter(pk__in=mine).values_list("pk", flat=True))
    change = f"admin:{page.opts.app_label}_{page.opts.model_name}_change"
    for record in records:
        state = record.get_state_display() if isinstance(record, Publishable) else ""
        public = record.get_absolute_url() if hasattr(record, "get_absolute_url") else ""
        url = reverse(change, args=[record.pk]) if record.pk in mine else public
        yield Hit(str(capfirst(page.opts.verbose_name)), Truncator(str(record)).chars(140), url, state)
