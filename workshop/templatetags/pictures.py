"""Pictures in templates: ``{% load pictures %}{% picture workshop.hero sizes="100vw" %}``."""

from __future__ import annotations

from django import template
from django.template.loader import get_template

from workshop.images.models import Image
from workshop.images.pictures import picture_of

register = template.Library()


@register.simple_tag
def picture(image: Image | None, sizes: str = "", eager: bool = False) -> str:
    """A picture with alternative text, caption and credit; nothing for no picture.

    The picture has to come from a public prefetch (``.with_public``), because
    nothing here asks whether readers may see it.
    """
    value = picture_of(image, sizes=sizes)
    if value is None:
        return ""
    context = {"picture": value, "place_date": value.place_date, "eager": eager}
    return get_template("components/picture.html").render(context)
