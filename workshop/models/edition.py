"""An edition of the workshop, and how its plan changed."""

from __future__ import annotations

import datetime as dt
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from workshop.common.addresses import address_of
from workshop.common.dates import VagueDate, precision_field
from workshop.common.publishing import PublicQuerySet, Publishable, PublishableQuerySet
from workshop.common.text import Translated, either_language, korean
from workshop.common.writing.fields import MarkdownField
from workshop.images.models import Image
from workshop.models.document import Document
from workshop.models.ledger import Coded
from workshop.models.series import Series
from workshop.models.theme import Theme
from workshop.slugs.models import Slugged


class EventStatus(models.TextChoices):
    """schema.org's EventStatusType."""

    SCHEDULED = "EventScheduled", _("Scheduled")
    POSTPONED = "EventPostponed", _("Postponed")
    CANCELLED = "EventCancelled", _("Cancelled")
    RESCHEDULED = "EventRescheduled", _("Rescheduled")
    MOVED_ONLINE = "EventMovedOnline", _("Moved online")


class AttendanceMode(models.TextChoices):
    """schema.org's EventAttendanceModeEnumeration."""

    OFFLINE = "offline", _("In person")
    ONLINE = "online", _("Online")
    MIXED = "mixed", _("In person and online")


def known_time_zone(name: str) -> None:
    """Refuses a time zone that the tz database does not have."""
    if name not in available_timezones():
        raise ValidationError("Give a time zone such as America/Los_Angeles or Asia/Seoul.")


class WorkshopQuerySet(PublishableQuerySet):
    """Editions."""


class Workshop(Coded, Slugged, Publishable, Translated):
    """An edition. Its dates are the current plan, and change through a StatusChange."""

    series = models.ForeignKey(Series, models.PROTECT, null=True, blank=True, related_name="workshops")
    ordinal = models.PositiveSmallIntegerField("number in the series", null=True, blank=True)
    title = models.CharField(max_length=300, blank=True)
    title_ko = korean(title)
    question = models.CharField(max_length=300, blank=True, help_text="The question it asks, in one line.")
    question_ko = korean(question)
    code = models.CharField(
        max_length=20,
        unique=True,
        validators=[RegexValidator(r"^[A-Z0-9]+$", "Capital letters and digits only, such as KW12.")],
        help_text="Permanent, for example KW12. Recommendations are numbered from it: KW12-R01.",
    )
    introduction = MarkdownField(blank=True, help_text="Opens the page of the edition. Markdown.")
    introduction_ko = korean(introduction)
    time_zone = models.CharField(max_length=40, default="UTC", validators=[known_time_zone])
    start = models.DateField(
        null=True, blank=True, help_text="The current plan. Later changes are entered below, as changes of status."
    )
    end = models.DateField(null=True, blank=True)
    dates_precision = precision_field("dates")
    venue = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=100, blank=True)
    country = models.CharField(max_length=100, blank=True)
    attendance = models.CharField(max_length=10, choices=AttendanceMode, default=AttendanceMode.OFFLINE)
    hero = models.ForeignKey(
        Image, models.PROTECT, null=True, blank=True, related_name="workshops", verbose_name="picture"
    )
    byline = models.CharField(max_length=200, blank=True, help_text="Who wrote the summary, as it is to be cited.")
    documents = models.ManyToManyField(
        Document, blank=True, related_name="workshops", help_text="Write-ups of it, and what it is about."
    )
    themes = models.ManyToManyField(Theme, through="WorkshopTheme", related_name="workshops", blank=True)
    url = models.URLField("website", blank=True)
    last_number = models.PositiveIntegerField(default=0, editable=False)

    translated = ("title", "question", "introduction")
    slug_from = "title"
    # The counter and the plan: an old form must not set back what was counted or decided.
    kept_by_actions = (*Publishable.kept_by_actions, "last_number", "start", "end", "dates_precision")

    objects = WorkshopQuerySet.as_manager()

    class Meta(Publishable.Meta):
        abstract = False
        ordering = [F("start").desc(nulls_last=True), F("ordinal").desc(nulls_last=True), "-pk"]
        verbose_name = "edition"
        constraints = [
            *Publishable.Meta.constraints,
            either_language("title"),
            models.UniqueConstraint(
                fields=["series", "ordinal"],
                name="workshop_workshop_ordinal_once_in_series",
                violation_error_message="The series has an edition with this number already.",
            ),
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(end__gte=F("start")),
                name="workshop_workshop_end_not_before_start",
                violation_error_message="The edition ends before it starts.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.text("title"))

    def get_absolute_url(self) -> str:
        """Its public page."""
        return address_of("workshop-detail", self.slug)

    @property
    def starts(self) -> VagueDate | None:
        """The first day of the current plan, as exactly as is known."""
        return VagueDate.of(self.start, self.dates_precision)

    @property
    def ends(self) -> VagueDate | None:
        """The last day, where it is another one than the first."""
        return VagueDate.of(self.end, self.dates_precision) if self.end != self.start else None

    def status(self) -> StatusChange | None:
        """The latest decided change, or None for an edition that runs as first planned.

        Reads ``status_changes``; prefetch them where several editions are named.
        """
        return max(self.status_changes.all(), key=StatusChange.order_of, default=None)

    def status_line(self, today: dt.date | None = None) -> str:
        """The status in words, wherever the edition is named; empty if as planned.

        For example "Cancelled 2020-03 · convened online from 16 June 2020".
        """
        return " · ".join(change.phrase(today) for change in self.telling_changes())

    def telling_changes(self) -> list[StatusChange]:
        """Of the last two changes those that leave something to say, in order."""
        changes = sorted(self.status_changes.all(), key=StatusChange.order_of)
        return [change for change in changes[-2:] if not change.as_planned]


class StatusChange(Translated):
    """One decision about an edition: cancelled, postponed, moved online, with its reason."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="status_changes")
    status = models.CharField(max_length=20, choices=EventStatus)
    decided_on = models.DateField(help_text="When it was decided, or became known.")
    decided_on_precision = precision_field("decided on")
    reason = models.CharField(max_length=300, blank=True)
    reason_ko = korean(reason)
    previous_start = models.DateField(null=True, blank=True, help_text="Filled in from the plan if left empty.")
    previous_end = models.DateField(null=True, blank=True)
    previous_precision = precision_field("previous dates")
    new_start = models.DateField(null=True, blank=True, help_text="Becomes the edition's plan.")
    new_end = models.DateField(null=True, blank=True)
    new_precision = precision_field("new dates")
    source = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="status_changes")
    source_url = models.URLField("source address", max_length=500, blank=True)

    translated = ("reason",)
    hidden_with = ("workshop",)

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["decided_on", "pk"]
        verbose_name = "change of status"
        verbose_name_plural = "changes of status"
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=EventStatus.values),
                name="workshop_statuschange_status_known",
                violation_error_message="Choose one of the statuses.",
            ),
            models.CheckConstraint(
                condition=Q(previous_start__isnull=True)
                | Q(previous_end__isnull=True)
                | Q(previous_end__gte=F("previous_start")),
                name="workshop_statuschange_previous_end_not_before_start",
                violation_error_message="The previous dates end before they start.",
            ),
            models.CheckConstraint(
                condition=Q(new_start__isnull=True) | Q(new_end__isnull=True) | Q(new_end__gte=F("new_start")),
                name="workshop_statuschange_new_end_not_before_start",
                violation_error_message="The new dates end before they start.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()}, {self.decided}"

    def order_of(self) -> tuple[dt.date, int]:
        """What sorts changes: the last day the precision allows, then entry."""
        return self.decided.last_day, self.pk or 0

    @property
    def as_planned(self) -> bool:
        """True for a change that leaves nothing to say: it is simply scheduled."""
        return self.status == EventStatus.SCHEDULED

    @property
    def decided(self) -> VagueDate:
        """When it was decided, as exactly as is known."""
        return VagueDate(self.decided_on, self.decided_on_precision)

    @property
    def previously(self) -> VagueDate | None:
        """The first day of the plan that it ended."""
        return VagueDate.of(self.previous_start, self.previous_precision)

    @property
    def newly(self) -> VagueDate | None:
        """The first day of the plan that it made."""
        return VagueDate.of(self.new_start, self.new_precision)

    @property
    def slug(self) -> str:
        """Its status in lower case: ``moved-online``."""
        return EventStatus(self.status).name.lower().replace("_", "-")

    def phrase(self, today: dt.date | None = None) -> str:
        """This change in a few words, for the status line."""
        if self.status == EventStatus.CANCELLED:
            return gettext("Cancelled %(date)s") % {"date": self.decided.iso}
        if self.status == EventStatus.POSTPONED:
            return gettext("Postponed %(date)s") % {"date": self.decided.iso}
        past = self.new_start is not None and self.new_start <= (today or dt.date.today())
        if self.status == EventStatus.MOVED_ONLINE and self.newly:
            said = gettext("convened online from %(date)s") if past else gettext("moved online, from %(date)s")
            return said % {"date": self.newly}
        if self.status == EventStatus.RESCHEDULED and self.newly:
            return gettext("rescheduled to %(date)s") % {"date": self.newly}
        return str(self.get_status_display())


class WorkshopTheme(Translated):
    """A theme in the programme of an edition: its place, its day, its introduction."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="workshop_themes")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="workshop_themes")
    order = models.PositiveSmallIntegerField(default=1)
    introduction = MarkdownField(blank=True, help_text="How the edition came at the theme. Markdown.")
    introduction_ko = korean(introduction)
    day = models.PositiveSmallIntegerField(null=True, blank=True, help_text="1 for the first day.")

    translated = ("introduction",)
    hidden_with = ("workshop", "theme")

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = "theme of the edition"
        verbose_name_plural = "themes of the edition"
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "theme"],
                name="workshop_workshoptheme_once",
                violation_error_message="The edition has this theme already.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.theme)
