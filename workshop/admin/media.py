"""Recordings at the desk: rows of talks and of documents."""

from __future__ import annotations

import re

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminFileWidget
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.http import Http404
from django.urls import path, reverse

from workshop.admin.image_forms import RefusedUpload
from workshop.editing.files import ComesBack, SendsName
from workshop.editing.forms import DeskForm
from workshop.editing.records import FoundOnly, StackedRows
from workshop.images import recordings, serving
from workshop.models import Media, MediaKind

FOR_THE_DESK = "private, no-store"
UPLOADS = re.compile(r"media-\d+-(?:file|captions)")


class StoredFile:
    """A file that is there already, at the address where the desk may look at it."""

    def __init__(self, file):
        self.url = reverse("admin:workshop_media_file", args=[file.instance.pk, file.field.name])

    def __str__(self) -> str:
        return "stored, open it"


class StoredFileWidget(SendsName, AdminFileWidget):
    """Says that a file is there; its public address may not answer yet."""

    def format_value(self, value):
        return StoredFile(value) if self.is_initial(value) and value.instance.pk else None


class StoredFileField(ComesBack, forms.FileField):
    """Takes an upload, or a file that comes back."""


class MediaForm(DeskForm):
    """A recording, whose file is what its name says, and says nothing beside."""

    def clean_file(self):
        return self._checked("file")

    def clean_captions(self):
        return self._checked("captions")

    def _checked(self, name: str):
        upload = self.cleaned_data[name]
        if isinstance(upload, RefusedUpload):
            raise upload.error
        return recordings.clean(upload) if isinstance(upload, UploadedFile) else upload


class WithRecordings:
    """Stands before the admin class of what has recordings among its rows."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Look at the uploads first: it takes time, and on SQLite nobody else could save meanwhile."""
        uploads = request.FILES if request.method == "POST" else {}
        for name in filter(UPLOADS.fullmatch, [*uploads]):
            try:
                recordings.clean(uploads[name])
            except ValidationError as error:
                uploads[name] = RefusedUpload(error)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def save_related(self, request, form, formsets, change):
        """Save; then say which films have no captions."""
        super().save_related(request, form, formsets, change)
        for film in form.instance.media.filter(kind=MediaKind.VIDEO, captions="").exclude(file=""):
            said = f"The film “{film}” has no captions: people who cannot hear it are left out. Add a .vtt file."
            messages.warning(request, said)


class MediaRows(StackedRows):
    """Recordings, slides and transcripts, on the page of what they record."""

    model = Media
    copied = False
    form = MediaForm
    formfield_overrides = StackedRows.formfield_overrides | {
        models.FileField: {"form_class": StoredFileField, "widget": StoredFileWidget}
    }
    autocomplete_fields = ("poster",)
    fieldsets = (
        (None, {"fields": (("kind", "language", "order"), "title", "url", "file", "captions")}),
        (
            "Poster, length and credit",
            {
                "fields": ("poster", ("duration", "excerpt"), ("credit", "licence"), "title_ko"),
                "classes": ["collapse"],
            },
        ),
    )


@admin.register(Media)
class MediaAdmin(FoundOnly):
    """Recordings are entered on their talk; here they are found, and their files looked at."""

    search_fields = ("title", "title_ko", "talk__title", "talk__title_ko", "document__title")

    def get_choices(self, request):
        return super().get_choices(request).select_related("talk", "document")

    def choice_label(self, record):
        return f"{record} ({record.talk or record.document})"

    def get_urls(self):
        view = self.admin_site.admin_view(self.file_view)
        return [path("<int:pk>/<str:name>/file/", view, name="workshop_media_file"), *super().get_urls()]

    def file_view(self, request, pk: int, name: str):
        """A stored file, public or not, for those who may see the record."""
        media = self.get_seen(request).filter(pk=pk).first()
        file = getattr(media, name) if media and name in {"file", "captions"} else None
        if not file:
            raise Http404
        return serving.send(request, file.name, FOR_THE_DESK)
