"""Pictures at the desk: made anew from what is uploaded, before the database is touched."""

from __future__ import annotations

from functools import partial

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.urls import path
from django.utils.html import format_html

from workshop.admin.publishing import PublishableAdmin
from workshop.common.publishing import State
from workshop.editing.columns import Lacks, Mine, changed, korean, preview, state
from workshop.editing.forms import DeskForm
from workshop.editing.frontpage import at_most
from workshop.images import renditions, serving
from workshop.images.models import Image
from workshop.images.processing import Picture, accept

FOR_THE_DESK = "private, no-store"


class RefusedUpload(UploadedFile):
    """Stands in the place of an upload that is no picture we take; the form says why."""

    def __init__(self, error: ValidationError):
        super().__init__(name="refused", size=1)
        self.error = error


class PictureField(forms.FileField):
    """Takes nothing but what ``accept`` has made."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"})

    def to_python(self, data):
        if isinstance(data, RefusedUpload):
            raise data.error
        return data if data is None or isinstance(data, Picture) else accept(data)


class ImageForm(DeskForm):
    """A picture and its words."""

    file = PictureField(
        label="Picture",
        help_text="JPEG, PNG, WebP or GIF, at most 10 MB. It is made anew: place, camera and file name are not kept.",
    )


def gaps() -> list[tuple[str, str, Q]]:
    """What a picture needs before it is published, and when it is missing."""
    kept = ~Q(state=State.WITHDRAWN)
    return [
        ("credit", "A credit", kept & Q(credit="")),
        ("alt", "Alternative text", kept & Q(decorative=False, alt="", alt_ko="")),
    ]


class PictureLacks(Lacks):
    """Pictures that cannot be published as they are."""

    def gaps(self):
        return gaps()


@admin.register(Image)
class ImageAdmin(PublishableAdmin):
    """A picture, its words and its credit."""

    group, place = "Sources", 2
    form = ImageForm
    list_display = ("thumbnail", "words", state, "credit", "size", changed)
    list_display_links = ("thumbnail", "words")
    list_filter = ("state", PictureLacks, Mine)
    search_fields = ("alt", "alt_ko", "caption", "caption_ko", "credit", "place")
    readonly_fields = ("as_it_is",)
    fieldsets = (
        (None, {"fields": ("as_it_is", "file", "alt", "decorative", "caption", ("credit", "licence"))}),
        ("What it shows", {"fields": ("place", ("taken_on", "taken_on_precision"), "wording", "wording_translation")}),
        (
            "Where to cut it",
            {
                "fields": (("focal_x", "focal_y"),),
                "description": "Portraits are cut square around this point: 0 is left or top, 1 right or bottom.",
                "classes": ["collapse"],
            },
        ),
        korean("alt", "caption"),
    )

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Look at the upload first: on SQLite nobody else can save while a transaction is open."""
        upload = request.FILES.get("file") if request.method == "POST" else None
        if upload:
            try:
                request.FILES["file"] = accept(upload)
            except ValidationError as error:
                request.FILES["file"] = RefusedUpload(error)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        """Save; afterwards make the sizes that pages link to, and drop a file that was replaced."""
        old = form.initial.get("file")
        super().save_model(request, obj, form, change)
        transaction.on_commit(partial(renditions.make_all, obj))
        if old and old.name != obj.file.name:
            transaction.on_commit(partial(renditions.forget, old.name))

    # --- looking at it -------------------------------------------------------------

    def get_urls(self):
        view = self.admin_site.admin_view(self.preview_view)
        return [path("<int:pk>/preview/<int:width>/", view, name="images_image_preview"), *super().get_urls()]

    def preview_view(self, request, pk: int, width: int):
        """The picture, public or not, for those who may choose it."""
        image = self.get_seen(request).filter(pk=pk).first()
        if image is None:
            raise Http404
        sizes = [size for size in renditions.scaled(image) if size.width >= width]
        try:
            for size in sizes[:1]:
                renditions.make(image, size)
            return serving.send(request, sizes[0].name if sizes else image.file.name, FOR_THE_DESK)
        except FileNotFoundError as error:
            raise Http404 from error

    @admin.display(description="picture")
    def thumbnail(self, image):
        return preview(image)

    @admin.display(description="alternative text", ordering="alt")
    def words(self, image):
        return "Decorative" if image.decorative else str(image)

    @admin.display(description="size")
    def size(self, image):
        return format_html("{}&nbsp;×&nbsp;{}", image.width, image.height)

    @admin.display(description="as it is")
    def as_it_is(self, image):
        return preview(image, 640) if image.pk else "You will see it here once it is saved."

    def awaits(self, request):
        """Pictures that cannot be published as they are."""
        words = {"credit": "without a credit", "alt": "without alternative text"}
        if request.user.publishes:
            for name, _, condition in gaps():
                yield self.waiting(at_most(Image.objects.filter(condition)), words[name], f"lacks={name}")
