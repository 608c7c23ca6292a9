"""A record that a colleague published, scheduled or withdrew while somebody had it open: said before they save."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from workshop.common.publishing import Publishable, State
from workshop.editing import moments
from workshop.editing.access import IN_WORK, may_edit
from workshop.editing.work import Work

NOTHING_LOST = "Nothing of yours is lost, and nothing is saved yet."
THEN = {
    State.PUBLISHED: "Save it now, and readers see your words; “Save draft” keeps them apart.",
    State.SCHEDULED: "Save it again, and your words go public then, too.",
    State.WITHDRAWN: "Save it again, and your words are kept in the withdrawn record; readers do not see them.",
}
THEN_AS_DRAFT = "“Save draft” keeps your words beside it; an editor publishes them."


class Moved:
    """The part of a publishable record's admin that tells of another state. Stands before those that save."""

    def _before_save(self, request) -> HttpResponse | None:
        work: Work = request.work
        record: Any = work.record
        if said := self.moved(work):
            drafts = record.state == State.PUBLISHED and not may_edit(request.user, record)
            then = THEN_AS_DRAFT if drafts else THEN[record.state]
            return self._meet(request, work, f"{said} {NOTHING_LOST} {then}")  # type: ignore[attr-defined]
        return super()._before_save(request)  # type: ignore[misc]

    def moved(self, work: Work) -> str:
        """What a colleague, or the clock, did to a record that somebody has open; empty where it is as it was."""
        record, before = work.record, work.opened_in
        if not isinstance(record, Publishable) or not before or _same(before, record.state):
            return ""
        if record.state != State.WITHDRAWN and work.posted.says_the_same(work.current):
            return ""  # a second click: it was oneself
        return f"While you had it open, this was {_done(record)}"

    def standing_of(self, record: Any) -> str:
        """What was done that makes it nobody's to change, or not this person's."""
        if record.state in IN_WORK:
            return super().standing_of(record)  # type: ignore[misc]
        return f"It was {_done(record)} It is not yours to change now."


def _same(before: str, now: str) -> bool:
    return before == now or now in IN_WORK


def _done(record: Publishable) -> str:
    if record.state == State.SCHEDULED and record.publish_at:
        return f"scheduled: it goes public on {moments.said(record.publish_at)}."
    if record.state == State.WITHDRAWN and record.withdrawn_at:
        return f"{record.get_withdrawal_display().lower()}, {moments.said(record.withdrawn_at)}."
    return "published."
