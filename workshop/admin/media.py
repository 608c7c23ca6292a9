"""Recordings at the desk: rows of talks and of documents."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.admin.widgets import AdminFileWidget
from django.db import models
from django.http import Http404
from django.urls import path, reverse

from workshop.editing.columns import preview
from workshop.editing.forms import DeskForm
from workshop.editing.records import FoundOnly, StackedRows
from workshop.images import recordings, serving
from workshop.models import Media

FOR_THE_DESK = "private, no-store"


class StoredFile:
    """A file that is there already, at the address where the desk may look at it."""

    def __init__(self, file):
        self.url = reverse("admin:workshop_media_file", args=[file.instance.pk, file.field.name])

    def __str__(self) -> str:
        return "stored, open it"


class StoredFileWidget(AdminFileWidget):
    """Says that a file is there; its public address may not answer yet."""

    def format_value(self, value):
        return StoredFile(value) if self.is_initial(value) and value.instance.pk else None


class MediaForm(DeskForm):
    """A recording, whose file is what its name says."""

    def clean_file(self):
        return self._checked("file")

    def clean_captions(self):
        return self._checked("captions")

    def _checked(self, name: str):
        upload = self.cleaned_data[name]
        if name in self.changed_data and upload:
            recordings.check(upload)
        return upload


class MediaRows(StackedRows):
    """Recordings, slides and transcripts, on the page of what they record."""

    model = Media
    form = MediaForm
    formfield_overrides = StackedRows.formfield_overrides | {models.FileField: {"widget": StoredFileWidget}}
    autocomplete_fields = ("poster",)
    readonly_fields = ("poster_preview",)
    fieldsets = (
        (None, {"fields": (("kind", "language", "order"), "title", "url", "file", "captions")}),
        (
            "Poster, length and credit",
            {
                "fields": ("poster", "poster_preview", ("duration", "excerpt"), ("credit", "licence"), "title_ko"),
                "classes": ["collapse"],
            },
        ),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("poster")

    @admin.display(description="poster as it is")
    def poster_preview(self, media):
        return preview(media.poster) or "No poster yet."


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
