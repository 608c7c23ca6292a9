"""Who sees a record: publishing states, and the one rule of "public".

Every outlet (page, feed, sitemap, export, API, index) starts from
``.public()``; nothing else may decide that a record is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, partial
from types import MappingProxyType
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, F, Func, OuterRef, Q
from django.db.models.functions import Now
from django.db.models.lookups import Exact
from django.db.models.signals import class_prepared, pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from workshop.common.related import read_public
from workshop.common.rules import Rule


class State(models.TextChoices):
    """Where the live row stands. Work in progress on it lives elsewhere."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    SCHEDULED = "scheduled", _("Scheduled")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Withdrawal(models.TextChoices):
    """Why a record was taken back. The last two keep even its title back."""

    ERROR = "error", _("Withdrawn: it was in error")
    SUPERSEDED = "superseded", _("Withdrawn: superseded")
    REQUEST = "request", _("Withdrawn on request")
    SAFETY = "safety", _("Withdrawn for safety")


SILENT_WITHDRAWALS = frozenset({Withdrawal.REQUEST, Withdrawal.SAFETY})


class _Unsought(Func):
    """A column through which SQLite is not to look for rows: nearly all are published.

    It does not know that until somebody runs ANALYZE, and would then read the whole
    table by the index of states, rather than find thirty rows by their keys.
    """

    template = "%(expressions)s"

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="+%(expressions)s", **context)


def published_q() -> Q:
    """Published and not past ``withdraw_at``: withdrawal fails closed."""
    return Q(Exact(_Unsought(F("state")), State.PUBLISHED)) & (Q(withdraw_at__isnull=True) | Q(withdraw_at__gt=Now()))


def public_q(model: type[models.Model]) -> Q:
    """The one predicate of "public" for a model, as a condition.

    A record is public if it is published itself (where it can be) and so is
    everything it names in ``hidden_with``: the owners without which it may
    not be shown. An owner that is not set hides nothing. Nor does a hidden
    person in ``named`` where the row withholds the name anyway.
    """
    return Q(_public_rule(model))


@cache
def _public_rule(model: type[models.Model]) -> Rule:
    return Rule(model, partial(_public, model))


def _public(model: type[models.Model]) -> Q:
    """What ``public_q`` says, owner by owner."""
    condition = published_q() if issubclass(model, Publishable) else Q()
    for name in getattr(model, "hidden_with", ()):
        condition &= _owner_is_public(model, name)
    for name in getattr(model, "named", ()):
        condition &= _owner_is_public(model, name) | Q(attribution__gt=0)
    return condition


def _owner_is_public(model: type[models.Model], name: str) -> Q:
    field: Any = model._meta.get_field(name)
    owner = field.related_model
    found = Q(Exists(owner._base_manager.filter(public_q(owner), pk=OuterRef(name))))
    return found | Q(**{f"{name}__isnull": True}) if field.null else found


class PublicQuerySet(models.QuerySet):
    """Adds the one ``.public()``, and reading on that sees nothing else."""

    public_paths: tuple[str, ...] = ()

    def public(self) -> Self:
        """Only what any reader may see."""
        return self.filter(public_q(self.model))

    def with_public(self, *paths: str) -> Self:
        """Read each path (``"talk__workshop"``) with the rows, seeing public records only.

        A foreign key to a record that is not public reads as None afterwards,
        so that a template cannot name it by accident. One query per step,
        whatever the number of rows.
        """
        clone = self._chain()
        clone.public_paths = (*self.public_paths, *paths)
        return clone

    def _clone(self) -> Self:
        clone = super()._clone()
        clone.public_paths = self.public_paths
        return clone

    def _fetch_all(self) -> None:
        if self._result_cache is None and self.public_paths:
            rows: Any = self._iterable_class
            self._result_cache = list(rows(self))
            read_public(self.model, self._result_cache, self.public_paths)
        super()._fetch_all()


class PublishableQuerySet(PublicQuerySet):
    """Rows that carry a publishing state of their own."""

    def delete(self):
        """Delete what never was public. Raises ``NotDeletable`` before a row is touched otherwise."""
        with transaction.atomic():  # so that the caller's transaction survives the refusal
            return super().delete()

    delete.queryset_only = True  # type: ignore[attr-defined]  # Django's own mark: not on the manager

    def due(self) -> Self:
        """Scheduled records whose moment has come."""
        return self.filter(state=State.SCHEDULED, publish_at__lte=Now())

    def over(self) -> Self:
        """Published records whose time is up: nobody sees them, and ``run_due`` withdraws them."""
        return self.filter(state=State.PUBLISHED, withdraw_at__lte=Now())


class NotDeletable(Exception):
    """The record was public once; withdraw it, so that its address still answers."""

    def __init__(self) -> None:
        super().__init__("What was published once can be withdrawn, but not deleted.")


class Publishable(models.Model):
    """A record that is written, published, and perhaps withdrawn."""

    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False, db_index=True)
    publish_at = models.DateTimeField("publish at", null=True, blank=True, editable=False)
    withdraw_at = models.DateTimeField("withdraw at", null=True, blank=True, editable=False)
    withdrawal = models.CharField(
        "why it was withdrawn", max_length=10, choices=Withdrawal, blank=True, editable=False
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    first_published_at = models.DateTimeField(null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    hidden_with: ClassVar[tuple[str, ...]] = ()

    # What actions write. A form that was opened before an action saves everything else.
    kept_by_actions: ClassVar[tuple[str, ...]] = (
        "state",
        "publish_at",
        "withdraw_at",
        "withdrawal",
        "withdrawn_at",
        "first_published_at",
    )
    _row: tuple[Sequence[str], Sequence[Any]] = ((), ())  # names and values as they were read
    _remembered: Mapping[str, Any] = MappingProxyType({})  # what was read or saved since

    objects = PublishableQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=State.SCHEDULED) | Q(publish_at__isnull=False),
                name="%(app_label)s_%(class)s_scheduled_has_moment",
                violation_error_message="A scheduled record needs the moment at which it is published.",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.WITHDRAWN) | ~Q(withdrawal=""),
                name="%(app_label)s_%(class)s_withdrawn_has_reason",
                violation_error_message="A withdrawn record needs the kind of its withdrawal.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.PUBLISHED, State.WITHDRAWN]) | Q(first_published_at__isnull=False),
                name="%(app_label)s_%(class)s_published_has_date",
                violation_error_message="A published record keeps the moment of its first publication.",
            ),
        ]

    @property
    def was_published(self) -> bool:
        """True once it has been public: it can then be withdrawn, not deleted."""
        return self.first_published_at is not None

    def fate_changed(self) -> None:
        """Called by the actions, in their transaction, after the state has changed."""

    def published_together(self) -> Iterable[Publishable]:
        """Drafts that belong to this record and go public with it."""
        return ()

    def people_withheld(self) -> Iterable[models.Model]:
        """The people whose names this record must not show; publishing looks for them."""
        return ()

    @classmethod
    def from_db(cls, db, field_names, values):
        """Keep what was read, so that ``save`` sees what actions wrote and whether it is to change."""
        record = super().from_db(db, field_names, values)
        record._row = (field_names, values)  # looked into by ``save`` alone: most rows are only shown
        return record

    def refresh_from_db(self, using=None, fields=None, from_queryset=None):
        """Read again, and remember again."""
        super().refresh_from_db(using, fields, from_queryset)
        self._remember(self.kept_by_actions if fields is None else set(fields) & set(self.kept_by_actions))

    def _remember(self, names: Iterable[str]) -> None:
        found = {name: self.__dict__[name] for name in names if name in self.__dict__}
        self._remembered = {**self._remembered, **found}

    def _as_loaded(self) -> dict[str, Any]:
        read = {name: value for name, value in zip(*self._row, strict=True) if name in self.kept_by_actions}
        return {**read, **self._remembered}

    def save(self, *args, **kwargs):
        """Save, and count the version up: a form that holds an older one is stale.

        What actions keep is written only where it was changed on this very
        object. Otherwise an editor who saves a text would undo a withdrawal
        that another one made in between.
        """
        self.version += 1
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "version", "updated_at"}
        elif not self._state.adding and not kwargs.get("force_insert"):
            loaded = {f.name for f in self._meta.concrete_fields if not f.primary_key and f.attname in self.__dict__}
            kept = {name for name, value in self._as_loaded().items() if getattr(self, name) == value}
            kwargs["update_fields"] = loaded - kept
        super().save(*args, **kwargs)
        self._remember(set(self.kept_by_actions) & set(kwargs.get("update_fields") or self.kept_by_actions))

    def delete(self, *args, **kwargs):
        """Delete what never was public. Raises ``NotDeletable`` before a row is touched otherwise."""
        with transaction.atomic():  # so that the caller's transaction survives the refusal
            return super().delete(*args, **kwargs)


@receiver(class_prepared)
def _guard(sender: type[models.Model], **kwargs) -> None:
    """Ask before any row of a publishable model goes, also in bulk and by cascade."""
    if issubclass(sender, Publishable) and not sender._meta.abstract:
        pre_delete.connect(_keep_what_was_public, sender=sender)


def _keep_what_was_public(sender: type[Publishable], instance: Publishable, **kwargs) -> None:
    """Raises ``NotDeletable``, before a row is touched, for what was ever published."""
    row = sender._base_manager.select_for_update().filter(pk=instance.pk)
    if row.values_list("first_published_at", flat=True).first() is not None:
        raise NotDeletable
