"""Which records somebody at the desk may see, choose and change.

Editors and admins work on everything. Authors see what they created, change
it until it is published or scheduled, and may choose, for their own records,
whatever is public besides. What they are asked to review they read while the
review is open, without the rows whose names are withheld. What one may not see
answers as if it did not exist.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models import Q

from workshop.common.attribution import Attributed, Attribution, withheld_q
from workshop.common.publishing import Publishable, State, public_q
from workshop.reviewing.models import Review

IN_WORK = frozenset({State.DRAFT, State.IN_REVIEW})

# Records without a state of their own: whose they are is asked of their owners.
OWNERS = {
    "workshop.quote": ("talk", "document"),
    "workshop.media": ("talk", "document"),
}


def own_q(model: type[models.Model], user) -> Q:
    """The records of a model that a user created, or that are part of such."""
    return _by_owner(model, lambda owner, path: Q(**{f"{path}created_by": user}))


def readable_q(model: type[models.Model], user) -> Q:
    """The records of a model that an author may open: their own, and those they are asked to review."""

    def mine_or_asked(owner: type[models.Model], path: str) -> Q:
        asked = Review.objects.of_kind(owner).asked_of(user).values("object_id")
        return Q(**{f"{path}created_by": user}) | Q(**{f"{path}pk__in": asked})

    return _by_owner(model, mine_or_asked)


def _by_owner(model: type[models.Model], rule: Callable[[type[models.Model], str], Q]) -> Q:
    """A rule about records, asked of what is one, or of all those a row belongs to."""
    if issubclass(model, Publishable):
        return rule(model, "")
    condition = Q()
    for name in OWNERS.get(model._meta.label_lower, ()):
        owner: Any = model._meta.get_field(name).related_model
        condition &= Q(**{f"{name}__isnull": True}) | rule(owner, f"{name}__")
    return condition


def nameable_q(model: type[models.Model], user, owner: str) -> Q:
    """The rows of a record's page that a user may read: of others' records none whose name is withheld."""
    if user.publishes or not issubclass(model, Attributed):
        return Q()
    return Q(**{f"{owner}__created_by": user}) | ~withheld_q(model, Attribution.AFFILIATION_ONLY)


def chooseable_q(model: type[models.Model], user) -> Q:
    """The records that a user may point to: all of them, or public and own ones."""
    owned = issubclass(model, Publishable) or model._meta.label_lower in OWNERS
    if user.publishes or not owned:
        return Q()
    return public_q(model) | own_q(model, user)


def owners_of(record: models.Model) -> list[Any]:
    """The record itself, or those whose state decides about it."""
    if isinstance(record, Publishable):
        return [record]
    names = OWNERS.get(record._meta.label_lower, ())
    return [owner for owner in (getattr(record, name) for name in names) if owner is not None]


def is_own(user, record: models.Model) -> bool:
    """True for what the user created, whatever has become of it."""
    owners = owners_of(record)
    return bool(owners) and all(owner.created_by_id == user.pk for owner in owners)


def may_read(user, record: models.Model) -> bool:
    """True for editors; for authors while the record is theirs, or they are asked to review it."""
    if user.publishes or is_own(user, record):
        return True
    owners = owners_of(record)
    return bool(owners) and all(
        owner.created_by_id == user.pk or Review.objects.of(owner).asked_of(user).exists() for owner in owners
    )


def may_edit(user, record: models.Model) -> bool:
    """True for editors; for authors only while the record is theirs, in work, and was never public."""
    if user.publishes:
        return True
    in_work = all(not owner.was_published and owner.state in IN_WORK for owner in owners_of(record))
    return is_own(user, record) and in_work


def may_draft(user, record: models.Model) -> bool:
    """True for who may edit it, and for authors also on their own public record: a draft beside it."""
    if may_edit(user, record):
        return True
    return isinstance(record, Publishable) and record.state == State.PUBLISHED and is_own(user, record)
