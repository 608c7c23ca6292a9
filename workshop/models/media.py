"""Recordings, slides and transcripts of talks."""

from __future__ import annotations

import uuid
from pathlib import PurePath

from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workshop.common.publishing import PublicQuerySet
from workshop.common.text import Translated, korean
from workshop.images.leaving import watch
from workshop.images.models import Image
from workshop.models.document import Document
from workshop.models.talk import Talk


class MediaKind(models.TextChoices):
    """What a recording is."""

    VIDEO = "video", _("Video")
    AUDIO = "audio", _("Audio")
    SLIDES = "slides", _("Slides")
    TRANSCRIPT = "transcript", _("Transcript")
    DOCUMENT = "document", _("Document")


FOLDER = "recordings"


def media_path(media: Media, filename: str) -> str:
    """A name that says nothing of who or what is in the file."""
    return f"{FOLDER}/{uuid.uuid4().hex}{PurePath(filename).suffix.lower()}"


class Media(Translated):
    """A recording: a file of ours, or a provider's page that stays a plain link until asked for."""

    talk = models.ForeignKey(Talk, models.CASCADE, null=True, blank=True, related_name="media")
    document = models.ForeignKey(Document, models.CASCADE, null=True, blank=True, related_name="media")
    kind = models.CharField(max_length=12, choices=MediaKind, default=MediaKind.VIDEO)
    title = models.CharField(max_length=200, blank=True)
    title_ko = korean(title)
    file = models.FileField(
        upload_to=media_path,
        blank=True,
        validators=[FileExtensionValidator(["mp4", "webm", "mp3", "m4a", "ogg", "oga", "pdf", "txt"])],
        help_text="MP4, WebM, MP3, M4A, Ogg, PDF or plain text. Leave empty if it lies elsewhere.",
    )
    url = models.URLField(
        "address",
        max_length=500,
        blank=True,
        help_text="Its page at a provider. Nothing is loaded from there until the reader asks. "
        "Both empty: readers learn that the recording exists and that we know no address.",
    )
    poster = models.ForeignKey(Image, models.PROTECT, null=True, blank=True, related_name="posters")
    duration = models.PositiveIntegerField("duration in seconds", null=True, blank=True)
    excerpt = models.BooleanField(default=False, help_text="Only a part of the talk.")
    captions = models.FileField(
        upload_to=media_path,
        blank=True,
        validators=[FileExtensionValidator(["vtt"])],
        help_text="WebVTT (.vtt): read by people who cannot hear it.",
    )
    language = models.CharField(max_length=8, default="en", help_text="Two letters: en, ko.")
    credit = models.CharField(max_length=200, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=1)

    translated = ("title",)
    hidden_with = ("talk", "document")

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = "recording"
        constraints = [
            models.CheckConstraint(
                condition=Q(talk__isnull=False, document__isnull=True) | Q(talk__isnull=True, document__isnull=False),
                name="workshop_media_of_one_owner",
                violation_error_message="A recording belongs to a talk or to a document.",
            ),
            models.CheckConstraint(
                condition=Q(file="") | Q(url=""),
                name="workshop_media_file_or_address",
                violation_error_message="Give a file or an address, not both.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.text("title")) or str(self.get_kind_display())


def provides(name: str) -> bool:
    """True for a file, or captions, of a recording that readers may see."""
    return Media.objects.public().filter(Q(file=name) | Q(captions=name)).exists()


watch(Media)
