"""A picture as templates take it: finished values for ``components/picture.html`` and ``portrait.html``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language

from workshop.common.text import Text, as_written
from workshop.images.models import Image
from workshop.images.renditions import Rendition, scaled, squares


@dataclass(frozen=True)
class Picture:
    """What an ``<img>`` and its caption need."""

    src: str
    srcset: str
    sizes: str
    width: int
    height: int
    alt: str
    lang: str
    caption: Text
    credit: str
    place_date: str  # HTML: the place in its language, then the date


def picture_of(image: Image | None, *, sizes: str = "") -> Picture | None:
    """The whole picture in every size; None for none.

    ``image`` comes from ``.with_public("hero")`` or the like: this asks for no
    permission. ``sizes`` says how wide the page shows it.
    """
    if image is None:
        return None
    master = Rendition(str(image.file.name), image.width)
    return _value(image, [*scaled(image), master], sizes, image.width, image.height)


def portrait_of(image: Image | None) -> Picture | None:
    """A square around the focal point; None for none."""
    if image is None:
        return None
    cut = squares(image)
    return _value(image, cut, "", cut[0].width, cut[0].width)


def _value(image: Image, renditions: list[Rendition], sizes: str, width: int, height: int) -> Picture:
    addresses = [(reverse("media", args=[rendition.name]), rendition.width) for rendition in renditions]
    alt = Text("", "en") if image.decorative else image.text("alt")
    page = (get_language() or "en")[:2]
    middle = next((address for address, wide in addresses if wide >= 640), addresses[-1][0])
    return Picture(
        src=middle,
        srcset=", ".join(f"{address} {wide}w" for address, wide in addresses) if len(addresses) > 1 else "",
        sizes=sizes,
        width=width,
        height=height,
        alt=alt.value,
        lang=alt.language if alt and alt.language != page else "",
        caption=image.text("caption"),
        credit=image.credit,
        place_date=_place_date(image, page),
    )


def _place_date(image: Image, page: str) -> str:
    place: Any = as_written(image.place)
    if place.language != page:
        place = format_html('<span lang="{}">{}</span>', place.language, place)
    parts = [part for part, there in ((place, image.place), (image.taken, image.taken)) if there]
    return format_html_join(", ", "{}", ((part,) for part in parts))
