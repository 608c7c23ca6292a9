"""Where a picture is used: every record that points to it, as far as somebody may see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import NoReverseMatch, reverse

from workshop.common.publishing import PublicQuerySet
from workshop.editing.access import chooseable_q, is_own, owners_of
from workshop.images.models import Image

MOST = 50  # named for each kind of record


@dataclass(frozen=True)
class Use:
    """A record that shows the picture: what it is, its name, and its page at the desk, if one may open it."""

    kind: str
    name: str
    url: str
    public: bool


def relations() -> Iterator[tuple[type[models.Model], models.ForeignKey]]:
    """The models that show pictures, and the field by which they do."""
    for relation in Image._meta.related_objects:
        model: Any = relation.related_model
        if isinstance(model._default_manager.all(), PublicQuerySet):
            yield model, relation.field


def used_q(user) -> Q:
    """Pictures in use by a record that the user may see, as a condition."""
    condition = Q()
    for model, field in relations():
        users = model._default_manager.filter(chooseable_q(model, user), **{field.name: OuterRef("pk")})
        condition |= Q(Exists(users))
    return condition


def count_of_uses(user):
    """How many records that the user may see show a picture: a column of the list."""
    counts = []
    for model, field in relations():
        rows = model._default_manager.filter(chooseable_q(model, user), **{field.name: OuterRef("pk")})
        found = rows.order_by().values(field.name).annotate(rows=Count("pk")).values("rows")
        counts.append(Coalesce(Subquery(found), Value(0)))
    return reduce(add, counts)


def uses_of(images: Sequence[Image], user) -> list[Use]:
    """The records that show one of the pictures and that the user may see."""
    keys = [image.pk for image in images]
    found = []
    for model, field in relations():
        showing = Q(**{f"{field.name}__in": keys})
        rows = model._default_manager.filter(showing, chooseable_q(model, user)).order_by("pk")
        public = set(model._default_manager.public().filter(showing).values_list("pk", flat=True))
        found += [_use(row, field, row.pk in public, user) for row in rows[:MOST]]
    return found


def _use(row: Any, field: models.ForeignKey, public: bool, user) -> Use:
    """A recording is met on the page of what it records."""
    owners = owners_of(row)
    owner = owners[0] if owners else row
    name = str(owner) if owner is row else f"{owner}: {row}"
    return Use(f"{row._meta.verbose_name}, {field.verbose_name}", name, _url(owner, user), public)


def _url(owner: models.Model, user) -> str:
    if not (user.publishes or is_own(user, owner)):
        return ""
    try:
        return reverse(f"admin:{owner._meta.app_label}_{owner._meta.model_name}_change", args=[owner.pk])
    except NoReverseMatch:
        return ""
