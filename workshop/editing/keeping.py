"""Writes of the desk beside the live rows: drafts, unsaved work, revisions, who is there."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from workshop.editing import moments
from workshop.editing.content import Content
from workshop.editing.models import Draft, Presence, Revision, Unsaved, kind_of, name_of

UNSAVED_FOR = dt.timedelta(days=30)
A_MOMENT = dt.timedelta(minutes=10)
NOT_SCHEDULED: dict[str, Any] = {"publish_at": None, "scheduled_by": None}


# --- what was saved ------------------------------------------------------------------


def record_revision(
    *,
    record: models.Model,
    content: Content,
    by: Any = None,
    kind: str = Revision.Kind.LIVE,
    note: str = "",
    page: str = "",
    sent: str = "",
) -> Revision:
    """Keep what a record, or its draft, holds now. The same words as last time are kept once.

    ``page`` is the one that made the record, ``sent`` what it said (``Content.words``).
    Raises IntegrityError where the page that made the record was sent twice.
    """
    latest = Revision.objects.of(record).filter(kind=kind).first()
    if latest is not None and latest.fingerprint == content.fingerprint and not page:
        return latest
    revision = revision_of(record=record, content=content, by=by, kind=kind, note=note[:300], page=page)
    if sent:
        revision.payload["sent"] = sent
    revision.save()
    return revision


def revision_of(*, record: models.Model, content: Content, by: Any = None, **values: Any) -> Revision:
    """The revision that keeps this, not saved yet."""
    return Revision(
        content_type=kind_of(record),
        object_id=record.pk,
        title=str(record)[:300],
        payload=content.as_json(),
        fingerprint=content.fingerprint,
        author=by,
        owner=getattr(record, "created_by", None),
        **values,
    )


def made_by(page: str, model: type[models.Model], by: Any) -> Revision | None:
    """The first revision of the record that somebody's page has made, if it made one."""
    return Revision.objects.of_kind(model).filter(page=page, author=by).first() if page else None


def saved_since(*, record: models.Model, by: Any, content: Content, base: str) -> bool:
    """Whether somebody has saved this since a page was opened that began from ``base``, the fingerprint of it.

    The same words saved before are another matter: they may have been typed anew.
    """
    revisions = Revision.objects.of(record)
    begun = revisions.filter(fingerprint=base).order_by("-pk").values_list("pk", flat=True).first()
    saved = revisions.filter(author=by, fingerprint=content.fingerprint)
    return begun is not None and saved.filter(pk__gt=begun).exists()


def just_made(*, by: Any, record: models.Model) -> Revision | None:
    """The first revision of another record that the same person made of the same words a moment ago."""
    # The last few by key, and what they say read here: no index knows the words of a page.
    last = Revision.objects.filter(author=by).exclude(page="").order_by("-pk")[:5]
    found = [one for one in last if one.content_type_id == kind_of(record).pk and one.sent]
    this = next((one for one in found if one.object_id == record.pk), None)
    since = timezone.now() - A_MOMENT
    return next((one for one in found if this and one != this and one.sent == this.sent and one.made_at > since), None)


def begun_from(record: models.Model, fingerprint: str) -> Content | None:
    """The content with this fingerprint, if it was kept: what two versions have in common."""
    found = Revision.objects.of(record).filter(fingerprint=fingerprint).first() if fingerprint else None
    return found.content if found else None


# --- what readers do not see yet --------------------------------------------------------


@transaction.atomic
def save_draft(
    *, record: models.Model, content: Content, live: Content, by: Any, beside: dict[str, str] | None = None
) -> Draft | None:
    """Keep work in progress on a published record; readers go on seeing the live row.

    Other words than those that were scheduled never go public by themselves: they take the
    draft off the schedule, and stay noted until who had scheduled it saves or schedules again.
    Gives the draft as it was on the schedule, where that happened. The same words change nothing.
    """
    record_revision(record=record, content=live)
    record_revision(record=record, content=content, by=by, kind=Revision.Kind.DRAFT)
    before = _held(record)
    scheduled = before if before is not None and before.publish_at is not None else None
    if scheduled and _same(scheduled, content, live, beside):
        return None
    Draft.objects.update_or_create(
        content_type=kind_of(record),
        object_id=record.pk,
        defaults={
            "payload": content.as_json() | {"beside": beside or {}},
            "author": by,
            "live": live.fingerprint,
            "saved_at": timezone.now(),
            "publish_at": None,
            **_noted(before, by, "saved the draft again"),
        },
    )
    return scheduled


def _same(scheduled: Draft, content: Content, live: Content, beside: dict[str, str] | None) -> bool:
    """Whether a save says nothing else than what is scheduled."""
    answered = not beside or beside == scheduled.beside
    return answered and scheduled.live == live.fingerprint and scheduled.content.says_the_same(content)


def _noted(before: Draft | None, by: Any, did: str) -> dict[str, Any]:
    """Who is to read on the draft that their moment is gone, and why; nobody of what they did themselves."""
    if before is None or before.scheduled_by is None or before.scheduled_by == by:
        return {"scheduled_by": None, "failed": ""}
    if before.publish_at is None:
        return {"scheduled_by": before.scheduled_by, "failed": before.failed}
    why = f"{name_of(by)} {did}. It was to go public on {moments.said(before.publish_at)}."
    return {"scheduled_by": before.scheduled_by, "failed": why}


def schedule_draft(*, record: models.Model, at: dt.datetime, by: Any) -> Draft:
    """Let the clock publish the draft of a published record, for who says so.

    Raises ValidationError for a moment that has passed, and where there is no draft any more.
    """
    if at <= timezone.now():
        raise ValidationError("Choose a moment that is still to come.")
    found = Draft.objects.of(record)
    if not found.update(publish_at=at, scheduled_by=by, failed=""):
        raise ValidationError("There is no draft any more: somebody has published or dropped it.")
    return found.get()


@transaction.atomic
def unschedule_draft(*, record: models.Model, by: Any) -> Draft | None:
    """Take the draft of a record off the schedule. Gives it as it was, if it was on it."""
    before = _held(record)
    Draft.objects.of(record).update(publish_at=None, **_noted(before, by, "took it off"))
    return before if before is not None and before.publish_at is not None else None


def _held(record: models.Model) -> Draft | None:
    """The draft of a record, held so that the clock does not publish it meanwhile."""
    drafts = Draft.objects.of(record).select_related("scheduled_by")
    return drafts.select_for_update(of=("self",)).first()


@transaction.atomic
def discard_draft(*, record: models.Model) -> None:
    """Drop the work in progress; its revisions stay in the history."""
    Draft.objects.of(record).delete()


# --- what was not saved -----------------------------------------------------------------


@transaction.atomic
def keep_unsaved(
    *,
    model: type[models.Model],
    key: int | None,
    page: str,
    content: Content,
    base: str,
    by: Any,
    beside: dict[str, str] | None = None,
) -> Unsaved:
    """Keep what somebody has typed on a page, begun from the content with the fingerprint ``base``."""
    values = {
        "content_type": kind_of(model),
        "object_id": key,
        "payload": content.as_json() | {"beside": beside or {}},
        "base": base[:32],
        "kept_at": timezone.now(),
    }
    unsaved, _ = Unsaved.objects.update_or_create(author=by, page=page[:32], defaults=values)
    return unsaved


def forget_unsaved(*, by: Any, page: str) -> None:
    """Drop what somebody typed on a page, and has now saved or does not want."""
    Unsaved.objects.filter(author=by, page=page).delete()


# --- who is there --------------------------------------------------------------------------


def present(*, record: models.Model, user: Any, page: str) -> None:
    """Note that somebody has a record open."""
    where = {"content_type": kind_of(record), "object_id": record.pk, "user": user, "page": page[:32]}
    Presence.objects.update_or_create(**where, defaults={"seen_at": timezone.now()})


def absent(*, record: models.Model, user: Any, page: str = "") -> None:
    """Note that somebody has closed it."""
    there = Presence.objects.of(record).filter(user=user)
    (there.filter(page=page) if page else there).delete()


def others_at(record: models.Model, user: Any, page: str = "") -> list[str]:
    """Who else has a record open; a second page of one's own counts."""
    lately = timezone.now() - dt.timedelta(seconds=Presence.SECONDS)
    there = Presence.objects.of(record).filter(seen_at__gte=lately).select_related("user").order_by("since")
    others = [name_of(row.user) for row in there if row.user_id != user.pk]
    mine = ["you, in another window"] if page and any(r.user_id == user.pk and r.page != page for r in there) else []
    return list(dict.fromkeys([*others, *mine]))


def forget_old() -> None:
    """Drop who is gone, and what nobody came back for."""
    now = timezone.now()
    Presence.objects.filter(seen_at__lt=now - dt.timedelta(seconds=Presence.SECONDS * 2)).delete()
    Unsaved.objects.filter(kept_at__lt=now - UNSAVED_FOR).delete()
