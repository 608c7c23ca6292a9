"""What is kept of an editor's work beside the live rows. Nothing public reads any of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from workshop.editing.content import Content


class OfRecord(models.QuerySet):
    """Rows that say of which record they are."""

    def of(self, record: models.Model):
        """Those of one record."""
        return self.filter(content_type=kind_of(record), object_id=record.pk)

    def of_kind(self, model: type[models.Model]):
        """Those of all records of a kind."""
        return self.filter(content_type=kind_of(model))


def kind_of(record: models.Model | type[models.Model]) -> ContentType:
    """The kind of a record, as these tables name it."""
    return ContentType.objects.get_for_model(record)


class Kept(models.Model):
    """A content and the record it is of."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    payload = models.JSONField(default=dict)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = OfRecord.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} by {self.who}"

    @property
    def content(self) -> Content:
        """What was kept."""
        return Content.from_json(self.payload)

    @property
    def beside(self) -> dict[str, str]:
        """What the page sent along that is part of no record: an answer, what is being restored."""
        return self.payload.get("beside", {})

    @property
    def sent(self) -> str:
        """What the page sent that made the record, as ``Content.words``; empty where no page made it."""
        return self.payload.get("sent", "")

    @property
    def who(self) -> str:
        """Who wrote it, in words."""
        return name_of(self.author)

    @property
    def by(self) -> str:
        """The same; empty where nobody is known: it was there before anybody saved it at the desk."""
        return name_of(self.author) if self.author_id else ""


def name_of(user: Any) -> str:
    """How colleagues call somebody with a desk."""
    return (user.get_full_name() or user.get_username()) if user else "somebody"


class Drafts(OfRecord):
    """Drafts, and which of them the clock has to publish."""

    def due(self):
        """Those whose moment has come."""
        return self.filter(publish_at__lte=Now())


class Draft(Kept):
    """Work in progress on a published record: one for all who may edit it.

    Readers see the live row until the draft is published.
    """

    object_id = models.PositiveBigIntegerField()
    live = models.CharField(max_length=32)  # fingerprint of the live content it was begun from
    saved_at = models.DateTimeField(default=timezone.now)
    # When the clock publishes it, for whom; and why it could not, the last time.
    publish_at = models.DateTimeField(null=True)
    scheduled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    failed = models.TextField(blank=True)

    objects = Drafts.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id"], name="editing_draft_one_per_record"),
        ]
        indexes = [
            models.Index(fields=["-saved_at"], name="editing_draft_newest"),
            models.Index(fields=["publish_at"], condition=Q(publish_at__isnull=False), name="editing_draft_due"),
        ]


class Unsaved(Kept):
    """What somebody typed and has not saved: kept while they type, offered when they return.

    One for each page that was opened. ``object_id`` is empty for a record that is being added.
    """

    object_id = models.PositiveBigIntegerField(null=True)
    page = models.CharField(max_length=32)
    base = models.CharField(max_length=32, blank=True)  # fingerprint of what the page was opened with
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-kept_at"]
        constraints = [models.UniqueConstraint(fields=["author", "page"], name="editing_unsaved_one_per_page")]
        indexes = [models.Index(fields=["content_type", "object_id"], name="editing_unsaved_of_record")]


class Revision(Kept):
    """What a record held after a save: to be compared, restored and recovered.

    That of a draft is kept too: what two people write at the same time is told apart
    by what both began from.
    """

    class Kind(models.TextChoices):
        """Of what a revision is."""

        LIVE = "live", "Saved"
        DRAFT = "draft", "Draft"
        DELETED = "deleted", "Deleted"

    object_id = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=7, choices=Kind, default=Kind.LIVE)
    title = models.CharField(max_length=300)
    fingerprint = models.CharField(max_length=32)
    note = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    # Of the page that made the record: the same page, sent twice, makes one.
    page = models.CharField(max_length=32, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # Keys of records in which a deleted one lives on: it was recovered as one, or merged into one.
    recovered_as = models.PositiveBigIntegerField(null=True)
    went_into = models.PositiveBigIntegerField(null=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["live", "draft", "deleted"]), name="editing_revision_kind"),
            models.UniqueConstraint(fields=["page"], condition=~Q(page=""), name="editing_revision_one_per_page"),
        ]
        indexes = [
            models.Index(fields=["content_type", "object_id", "-made_at"], name="editing_revision_of_record"),
            models.Index(
                fields=["content_type", "-made_at"], condition=Q(kind="deleted"), name="editing_revision_deleted"
            ),
        ]


class PreviewLink(models.Model):
    """A secret address that shows a record in work to somebody without an account.

    Only the digest of its token is kept: whoever reads the database cannot use it.
    """

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the token, in hex
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = OfRecord.as_manager()

    class Meta:
        ordering: ClassVar = ["expires_at", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="editing_previewlink_of_record")]

    def __str__(self) -> str:
        return f"secret link of {self.who} until {self.expires_at:%Y-%m-%d %H:%M}"

    @property
    def who(self) -> str:
        """Who made it, in words."""
        return name_of(self.made_by)


class Presence(models.Model):
    """Somebody has a record open. Kept for a minute after the last sign of life."""

    SECONDS = 60

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    page = models.CharField(max_length=32)
    since = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    objects = OfRecord.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "user", "page"], name="editing_presence_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{name_of(self.user)}, since {self.since:%H:%M}"
