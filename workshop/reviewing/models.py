"""Who was asked to look at a record, what they answered, and who wanted it published when.

Neither table knows a publishing state: ``workshop.actions`` changes that, and calls
``workshop.reviewing.actions`` in the same transaction.
"""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone

from workshop.accounts.models import Role


class Outcome(models.TextChoices):
    """How a review ended."""

    PUBLISHED = "published", "Published"
    SENT_BACK = "sent_back", "Sent back"
    ANSWERED = "answered", "Answered"  # by a colleague who does not publish
    TAKEN_BACK = "taken_back", "Taken back"


# What goes back to its author comes with words.
WITH_WORDS = (Outcome.SENT_BACK, Outcome.ANSWERED)


class OfRecordQuerySet(models.QuerySet):
    """Rows about a record of any kind."""

    def of(self, record: models.Model) -> Self:
        """Those about one record."""
        return self.filter(content_type=ContentType.objects.get_for_model(record), object_id=record.pk)

    def of_kind(self, model: type[models.Model]) -> Self:
        """Those about records of a model."""
        return self.filter(content_type=ContentType.objects.get_for_model(model))


class OfRecord(models.Model):
    """A row about a record of any kind."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey("content_type", "object_id")

    class Meta:
        abstract = True


class ReviewQuerySet(OfRecordQuerySet):
    """Reviews."""

    def open(self) -> Self:
        """Those nobody has answered yet."""
        return self.filter(answered_at=None)

    def asked_of(self, user: Any) -> Self:
        """Open ones that this person was asked for by name."""
        return self.open().filter(to_user=user)

    def awaiting(self, user: Any) -> Self:
        """Open ones that this person may answer: asked by name, or as one of a role.

        What was asked of somebody who left is the editors', or nobody would see it.
        """
        roles = [Role.EDITOR] if user.publishes else []
        roles += [Role.ADMIN] if user.is_superuser or user.role == Role.ADMIN else []
        mine = Q(to_user=user) | Q(to_role__in=roles)
        if user.publishes:
            mine |= Q(to_user__is_active=False) | Q(to_user=None, to_role="")
        return self.open().filter(mine).exclude(asked_by=user, to_user=None)

    def sent_back_to(self, user: Any) -> Self:
        """Answered ones that wait for who asked to work on."""
        return self.filter(asked_by=user, outcome__in=WITH_WORDS, settled=False)


class Review(OfRecord):
    """A record shown to somebody, to a person or to everybody of a role, and the answer."""

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    to_user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    to_role = models.CharField(max_length=10, choices=Role, blank=True)
    comment = models.TextField(blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    answer = models.TextField(blank=True)
    # An answer stands above the form until the record is submitted again or published.
    settled = models.BooleanField(default=False)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_user__isnull=True) | Q(to_role=""),
                name="reviewing_review_person_or_role",
                violation_error_message="Ask a person or a role, not both.",
            ),
            models.CheckConstraint(
                condition=Q(to_role__in=["", Role.EDITOR, Role.ADMIN]),
                name="reviewing_review_role_that_publishes",
                violation_error_message="Ask the editors or the admins.",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, outcome="")
                | Q(answered_at__isnull=False, outcome__in=Outcome.values),
                name="reviewing_review_answered_with_outcome",
                violation_error_message="What is answered has an outcome, and only that.",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=WITH_WORDS) | ~Q(answer=""),
                name="reviewing_review_sent_back_with_words",
                violation_error_message="Say what to change: the author reads it above the form.",
            ),
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=Q(answered_at=None),
                name="reviewing_review_one_open_a_record",
                violation_error_message="It is in review already.",
            ),
        ]
        indexes = [models.Index(fields=["content_type", "object_id"], name="reviewing_review_of_record")]

    def __str__(self) -> str:
        return f"review {self.pk}, {self.get_outcome_display() or 'open'}"

    @property
    def of_whom(self) -> str:
        """Who is asked, in words."""
        if self.to_user is not None:
            return self.to_user.called
        return "the admins" if self.to_role == Role.ADMIN else "the editors"


class Appointment(OfRecord):
    """Who set the moment at which a record is published or withdrawn, and whether that failed.

    The moment itself stands in the record.
    """

    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    failed_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    objects = OfRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                name="reviewing_appointment_one_a_record",
                violation_error_message="It has its moment already.",
            ),
        ]

    def __str__(self) -> str:
        return f"appointment {self.pk}"
