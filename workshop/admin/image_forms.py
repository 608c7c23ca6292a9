"""The form of a picture: nothing gets through it but what was made anew."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from workshop.editing.files import ComesBack, SendsName
from workshop.editing.forms import DeskForm
from workshop.images.processing import Picture, accept
from workshop.library.uploads import just_added


class RefusedUpload(UploadedFile):
    """Stands in the place of an upload that is not taken; the form says why."""

    def __init__(self, error: ValidationError):
        super().__init__(name="refused", size=1)
        self.error = error


class PictureInput(SendsName, forms.FileInput):
    """Chooses a picture."""


class PictureField(ComesBack, forms.FileField):
    """Takes nothing but what ``accept`` has made."""

    widget = PictureInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"})

    def to_python(self, data):
        if isinstance(data, RefusedUpload):
            raise data.error
        return data if data is None or isinstance(data, Picture) else accept(data)


class ImageForm(DeskForm):
    """A picture and its words."""

    by = None  # who fills it in

    file = PictureField(
        label="Picture",
        help_text="JPEG, PNG, WebP or GIF, at most 10 MB. It is made anew: place, camera and file name are not kept.",
    )

    def clean_file(self):
        """The picture; a second click on "Save" does not make a second one."""
        made = self.cleaned_data["file"]
        if self.instance.pk is None and isinstance(made, Picture) and just_added(made.digest, self.by):
            raise ValidationError("You have added this file a moment ago: it is in the library.")
        return made
