"""The search field for a picture: what it offers and what is chosen are seen, not only named."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect
from django.forms import Media
from django.forms.widgets import Script
from django.urls import reverse
from django.utils.html import format_html

WIDTH = 320


def preview_url(pk: int) -> str:
    """Where the desk looks at a picture, public or not."""
    return reverse("admin:images_image_preview", args=[pk, WIDTH])


class PictureSelect(AutocompleteSelect):
    """A search field with the chosen picture under it; without script, the one that is stored."""

    def get_url(self) -> str:
        return reverse("admin:images_image_choices")

    def build_attrs(self, base_attrs, extra_attrs=None):
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return attrs | {"data-picture": preview_url(0)}

    def render(self, name, value, attrs=None, renderer=None):
        select = super().render(name, value, attrs, renderer)
        source: Any = format_html(' src="{}"', preview_url(int(value))) if str(value or "").isdecimal() else ""
        hidden = "" if source else " hidden"
        # Beside the field, not round it: Django looks for the links that follow the field.
        return format_html('{}<img class="picture-chosen" alt=""{}{}>', select, source, hidden)

    @property
    def media(self):
        scripts: Any = [Script("js/picture-select.js", defer=True)]
        return super().media + Media(css={"all": ["css/desk-pictures.css"]}, js=scripts)
