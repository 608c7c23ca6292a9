"""Secret links: made by those who may edit a record, for somebody without an account."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from workshop.editing.models import PreviewLink, kind_of

LIFETIMES = {  # name -> how long, in words and in time
    "hour": ("1 hour", dt.timedelta(hours=1)),
    "day": ("1 day", dt.timedelta(days=1)),
    "week": ("7 days", dt.timedelta(days=7)),
    "month": ("30 days", dt.timedelta(days=30)),
}
USUAL = "week"
MOST = 20  # of one record at a time: more are not kept track of by anybody
FORGOTTEN_AFTER = dt.timedelta(days=30)


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


@transaction.atomic
def make_link(*, record: models.Model, lifetime: str, by: Any) -> tuple[PreviewLink, str]:
    """A new link, and its token, which is told this once and kept nowhere.

    Raises ValidationError for a lifetime that is not in ``LIFETIMES``, and where there are too many.
    """
    if lifetime not in LIFETIMES:
        raise ValidationError("Choose how long the link is to work.")
    if working(record).count() >= MOST:
        raise ValidationError(f"There are {MOST} links to it that work: revoke one first.")
    now = timezone.now()
    PreviewLink.objects.filter(expires_at__lt=now - FORGOTTEN_AFTER).delete()
    words, time = LIFETIMES[lifetime]
    token = secrets.token_urlsafe(32)
    link = PreviewLink.objects.create(
        content_type=kind_of(record),
        object_id=record.pk,
        digest=digest_of(token),
        made_by=by,
        made_at=now,
        expires_at=now + time,
    )
    _log(record, by, f"Secret link made, for {words}.")
    return link, token


@transaction.atomic
def revoke_link(*, record: models.Model, link: PreviewLink, by: Any) -> PreviewLink:
    """End a link at once. One that is over stays as it is."""
    if link.revoked_at is None:
        link.revoked_at = timezone.now()
        link.save(update_fields=["revoked_at"])
        _log(record, by, "Secret link revoked.")
    return link


def working(record: models.Model) -> models.QuerySet[PreviewLink]:
    """The links to a record that still open it."""
    return _working(PreviewLink.objects.of(record))


def link_of(token: str) -> PreviewLink | None:
    """The link with this token, if it works. Found by the digest: how long that takes tells nothing of a token."""
    found = PreviewLink.objects.filter(digest=digest_of(token)).select_related("made_by", "content_type")
    return _working(found).first()


def _working(links: models.QuerySet[PreviewLink]) -> models.QuerySet[PreviewLink]:
    return links.filter(revoked_at=None, expires_at__gt=timezone.now(), made_by__is_active=True)


def _log(record: models.Model, by: Any, said: str) -> None:
    LogEntry.objects.log_actions(by.pk, [record], CHANGE, change_message=said, single_object=True)
