"""What stands on the front page of the desk; each list has a page with all of it behind.

Everything is asked through each kind's own admin, so that nobody finds here what its
list would not show.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.text import capfirst

from workshop.common.publishing import State
from workshop.editing import history
from workshop.editing.access import own_q
from workshop.editing.across import Across, Line, Listing, line_of
from workshop.editing.models import Draft
from workshop.reviewing.models import Appointment, Outcome, Review

SHOWN, ALL = 10, 200  # lines on the front page, and on the page behind a list
MOST = 1000  # beyond that nobody wants to know how many
LATE = dt.timedelta(minutes=5)


@dataclass(frozen=True)
class Awaiting:
    """Records that lack something: how many, of what, and where."""

    count: int
    words: str
    url: str

    @property
    def shown(self) -> str:
        """The number; beyond a thousand only that it is more."""
        return f"more than {MOST:,}" if self.count > MOST else f"{self.count:,}"


def at_most(records: models.QuerySet) -> int:
    """How many there are, counted up to one more than ``MOST``."""
    return records.order_by().values("pk")[: MOST + 1].count()


# --- What awaits me ------------------------------------------------------------------------


def reviews(desk: Across, limit: int) -> Listing:
    """What others ask this person, or their role, to look at."""
    asked = Review.objects.awaiting(desk.user).select_related("asked_by", "to_user").order_by("asked_at", "pk")
    return desk.listing([(desk.key_of(review), review) for review in asked[: limit + 1]], limit, _asked)


def returned(desk: Across, limit: int) -> Listing:
    """What came back to this person with words on it."""
    sent = Review.objects.sent_back_to(desk.user).select_related("answered_by").order_by("-answered_at", "-pk")
    return desk.listing([(desk.key_of(review), review) for review in sent[: limit + 1]], limit, _answered)


def drafts(desk: Across, limit: int) -> Listing:
    """What this person began and has not handed on."""
    mine = desk.moments(Q(created_by=desk.user, state=State.DRAFT), "updated_at").order_by("-moment")
    return desk.listing(desk.keys(mine[: limit + 1]), limit, lambda record, at: {"at": at})


def _asked(record: Any, review: Review) -> dict[str, Any]:
    asker = review.asked_by.called if review.asked_by else "Somebody"
    whom = "you" if review.to_user else review.of_whom
    return {"note": f"{asker} asks {whom}", "words": review.comment, "at": review.asked_at}


def _answered(record: Any, review: Review) -> dict[str, Any]:
    person = review.answered_by.called if review.answered_by else "Somebody"
    said = "sent it back" if review.outcome == Outcome.SENT_BACK else "answered"
    return {"note": f"{person} {said}", "words": review.answer, "at": review.answered_at}


# --- What the clock will do -----------------------------------------------------------------


def scheduled(desk: Across, limit: int) -> Listing:
    """What is to be published and withdrawn, all kinds together, next first; of authors their own."""
    whose = Q() if desk.user.publishes else Q(created_by=desk.user)
    coming = desk.moments(whose & Q(state=State.SCHEDULED), "publish_at")
    # By their appointments: nobody looks for the few among all that are public.
    going = desk.moments(whose & Q(state=State.PUBLISHED, withdraw_at__isnull=False), "withdraw_at", _appointed)
    rows = desk.keys(coming.union(going, all=True).order_by("moment")[: limit + 1])
    failures = {desk.key_of(one): one.reason for one in Appointment.objects.exclude(failed_at=None)}
    if desk.user.publishes:
        drafts = Draft.objects.exclude(publish_at=None, failed="").order_by("publish_at", "pk")[: limit + 1]
        rows = sorted([*rows, *((desk.key_of(one), one) for one in drafts)], key=lambda row: _moment_of(row[1]))

    def say(record: Any, at: dt.datetime | Draft) -> dict[str, Any]:
        if isinstance(at, Draft):
            return _of_draft(at)
        verb = "to be published" if record.state == State.SCHEDULED else "to be withdrawn"
        if (type(record), record.pk) in failures:
            words = failures[type(record), record.pk]
            return {"note": f"{verb}, but that failed", "words": words, "at": at, "alarm": True}
        late = at < timezone.now() - LATE
        return {"note": f"{verb}, and overdue: does “run_due” run?" if late else verb, "at": at, "alarm": late}

    return desk.listing(rows, limit, say)


def _moment_of(at: dt.datetime | Draft) -> dt.datetime:
    return (at.publish_at or at.saved_at) if isinstance(at, Draft) else at


def _of_draft(draft: Draft) -> dict[str, Any]:
    if draft.publish_at is None:
        return {"note": "draft that was taken off the schedule", "words": draft.failed, "alarm": True}
    late = draft.publish_at < timezone.now() - LATE
    verb = "draft to be published"
    note = f"{verb}, and overdue: does “run_due” run?" if late else verb
    return {"note": note, "at": draft.publish_at, "alarm": late}


def _appointed(model: type[models.Model]) -> Q:
    return Q(pk__in=Appointment.objects.of_kind(model).values("object_id"))


# --- What was done ---------------------------------------------------------------------------


def changes(desk: Across, limit: int) -> Listing:
    """What was done last: by everybody for editors; to their own records for authors."""
    log = LogEntry.objects.select_related("user").order_by("-pk")
    log = log.exclude(content_type__in=_types(desk.hidden)) if desk.user.publishes else log.filter(_to_own(desk))
    rows = [(desk.key_of(entry), entry) for entry in log[: limit + 1]]
    there = desk.records(key for key, _ in rows[:limit])
    lines = []
    for key, entry in rows[:limit]:
        if key in there:
            lines.append(line_of(there[key], **_done(entry)))
        elif desk.user.publishes and key[0] is not None:  # deleted since
            kind = str(capfirst(key[0]._meta.verbose_name))
            lines.append(Line(kind, entry.object_repr, "", **_done(entry)))
    return Listing(lines, more=len(rows) > limit)


def _to_own(desk: Across) -> Q:
    """Entries about records that an author created."""
    condition = Q(pk=None)
    for model in desk.publishable:
        own = model._base_manager.filter(own_q(model, desk.user)).order_by()
        keys = own.annotate(key=Cast("pk", CharField())).values("key")
        condition |= Q(content_type__in=_types([model]), object_id__in=keys)
    return condition


def _types(models_: list[type[models.Model]]) -> list[ContentType]:
    return [ContentType.objects.get_for_model(model) for model in models_]


def _done(entry: LogEntry) -> dict[str, Any]:
    return {"note": f"{entry.user.called}: {history.said(entry)}", "at": entry.action_time}


# --- The lists, by the last part of their address ----------------------------------------------


@dataclass(frozen=True)
class Kept:
    """A list of the front page: its words, and what fills it."""

    name: str
    title: str
    empty: str
    fill: Callable[[Across, int], Listing]

    @property
    def page(self) -> str:
        """The name of the page with all of it."""
        return f"admin:desk_{self.name}"


LISTS = (
    Kept("reviews", "To review", "Nobody asks you to look at anything.", reviews),
    Kept("returned", "Sent back to you", "Nothing has come back to you.", returned),
    Kept("drafts", "Your drafts", "You have no drafts. Add a record from the list of its kind.", drafts),
    Kept("scheduled", "Scheduled", "Nothing is to be published or withdrawn by the clock.", scheduled),
    Kept("changes", "Last changes", "Nothing has been changed yet.", changes),
)
