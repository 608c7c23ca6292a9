"""What became of it: dated, sourced, and able to turn back."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recommendations.models.recommendation import Recommendation
from workshop.common.dates import VagueDate, precision_field
from workshop.common.publishing import PublicQuerySet, Publishable, PublishableQuerySet, published_q
from workshop.common.text import Translated, either_language, korean
from workshop.models import Document


class Status(models.TextChoices):
    """What has become of a recommendation.

    "Not assessed" says that nobody has looked; it never counts as "no action".
    """

    NOT_ASSESSED = "not-assessed", _("Not assessed")
    NO_ACTION = "no-action", _("No action")
    IN_PROGRESS = "in-progress", _("In progress")
    STALLED = "stalled", _("Stalled")
    PARTLY = "partly-implemented", _("Partly implemented")
    IMPLEMENTED = "implemented", _("Implemented")
    REVERSED = "reversed", _("Reversed")
    REJECTED = "rejected", _("Rejected")
    SUPERSEDED = "superseded", _("Superseded")
    NO_LONGER = "no-longer-applicable", _("No longer applicable")


class Confidence(models.TextChoices):
    """How sure we are. A disputed follow-up is shown, and sets no status."""

    CONFIRMED = "confirmed", _("Confirmed")
    REPORTED = "reported", _("Reported")
    DISPUTED = "disputed", _("Disputed")


class FollowUpQuerySet(PublishableQuerySet):
    """Follow-ups."""

    def published_themselves(self) -> Self:
        """Published, not replaced, not disputed: those that set the status.

        Whether the recommendation is public is not asked: it decides whether
        anybody sees the status, not what it is.
        """
        published = self.model._base_manager.filter(published_q())
        corrected = published.filter(replaces__isnull=False).values("replaces")
        return self.filter(published_q()).exclude(pk__in=corrected).exclude(confidence=Confidence.DISPUTED)


class FollowUp(Publishable, Translated):
    """Something that happened, or that was checked, with its evidence.

    A published one is never edited: a correction replaces it.
    """

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="follow_ups")
    date = models.DateField(help_text="When it happened.")
    date_precision = precision_field("date")
    status = models.CharField("status since then", max_length=25, choices=Status)
    summary = models.TextField(blank=True, help_text="What happened, in a sentence or two.")
    summary_ko = korean(summary)
    evidence = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="follow_ups")
    evidence_url = models.URLField("evidence address", max_length=500, blank=True)
    evidence_title = models.CharField(
        max_length=200, blank=True, help_text="How the source is named: Radio Free Asia, 24 January 2023."
    )
    archived_url = models.URLField("archived address", max_length=500, blank=True)
    confidence = models.CharField(max_length=10, choices=Confidence, default=Confidence.REPORTED)
    checked_on = models.DateField(null=True, blank=True, help_text="When you last looked whether it still holds.")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        help_text="The follow-up that this one corrects.",
    )

    translated = ("summary",)
    hidden_with = ("recommendation",)

    objects = FollowUpQuerySet.as_manager()

    class Meta(Publishable.Meta):
        abstract = False
        ordering = ["date", "recorded_at", "pk"]
        verbose_name = "follow-up"
        indexes = [
            models.Index(fields=["replaces"], condition=Q(replaces__isnull=False), name="recommendations_fu_corrects")
        ]
        constraints = [
            *Publishable.Meta.constraints,
            either_language("summary"),
            models.CheckConstraint(
                condition=Q(status__in=Status.values),
                name="recommendations_followup_status_known",
                violation_error_message="Choose one of the statuses.",
            ),
            models.CheckConstraint(
                condition=Q(first_published_at__isnull=True) | Q(evidence__isnull=False) | ~Q(evidence_url=""),
                name="recommendations_followup_published_has_evidence",
                violation_error_message="Before it is published it needs its evidence: a document or an address.",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")),
                name="recommendations_followup_not_its_own_correction",
                violation_error_message="A follow-up does not replace itself.",
            ),
            models.CheckConstraint(
                condition=Q(withdraw_at__isnull=True),
                name="recommendations_followup_not_withdrawn_by_clock",
                violation_error_message="A follow-up is withdrawn by hand, because the status depends on it.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.when}: {self.get_status_display()}"

    def clean(self):
        """A correction stays with the recommendation of what it corrects."""
        super().clean()
        if self.replaces and self.replaces.recommendation_id != self.recommendation_id:
            raise ValidationError("It corrects a follow-up of another recommendation.")

    def fate_changed(self) -> None:
        """Derive the statuses of its recommendation anew."""
        super().fate_changed()
        StatusInterval.objects.rebuild(self.recommendation)

    @property
    def when(self) -> VagueDate:
        """When it happened, as exactly as is known."""
        return VagueDate(self.date, self.date_precision)

    def order_of(self) -> tuple[dt.date, dt.datetime, int]:
        """What orders follow-ups: the last day the precision allows, then entry."""
        return self.when.last_day, self.recorded_at, self.pk or 0


class StatusIntervalQuerySet(PublicQuerySet):
    """Statuses over time."""

    def on(self, day: dt.date | None) -> Self:
        """The statuses that hold on a day; None asks for those that hold last."""
        if day is None:
            return self.filter(end__isnull=True)
        return self.filter(Q(end__isnull=True) | Q(end__gt=day), start__lte=day)

    def derive(self, recommendation: Recommendation) -> list[StatusInterval]:
        """The intervals that the standing follow-ups make, unsaved, in order.

        Of several that fall on one day the last entered holds; a status that
        only repeats the one before it makes no new interval, and "not assessed"
        makes none at all.
        """
        standing = FollowUp.objects.filter(recommendation=recommendation).published_themselves()
        steps: dict[dt.date, FollowUp] = {}
        for follow_up in sorted(standing, key=FollowUp.order_of):
            steps[follow_up.when.last_day] = follow_up
        intervals: list[StatusInterval] = []
        for day, follow_up in steps.items():
            open_one = intervals[-1] if intervals and intervals[-1].end is None else None
            if open_one and open_one.status == follow_up.status:
                continue
            if open_one:
                open_one.end = day
            if follow_up.status != Status.NOT_ASSESSED:
                intervals.append(
                    StatusInterval(
                        recommendation=recommendation, status=follow_up.status, start=day, follow_up=follow_up
                    )
                )
        return intervals

    def rebuild(self, recommendation: Recommendation) -> None:
        """Replace the stored intervals of a recommendation by the derived ones.

        Call it in a transaction that holds the recommendation, as the actions do.
        """
        self.filter(recommendation=recommendation).delete()
        derived: list[Any] = self.derive(recommendation)
        self.bulk_create(derived)


class StatusInterval(models.Model):
    """Derived: from when until when a status held. Rebuilt by the actions.

    ``start`` is inside, ``end`` outside; no row means "not assessed".
    """

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="intervals")
    status = models.CharField(max_length=25, choices=Status, db_index=True)
    start = models.DateField()
    end = models.DateField(null=True)
    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="intervals")

    hidden_with = ("recommendation",)

    objects = StatusIntervalQuerySet.as_manager()

    class Meta:
        ordering = ["start", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation"], condition=Q(end__isnull=True), name="recommendations_interval_one_is_open"
            ),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gt=F("start")), name="recommendations_interval_end_after_start"
            ),
        ]
        indexes = [models.Index(fields=["recommendation", "start"], name="recommendations_interval_at")]

    def __str__(self) -> str:
        return f"{self.status} {self.start}–{self.end or ''}"
