"""A picture as templates take it: finished values for ``components/picture.html`` and ``portrait.html``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language

from workshop.common.text import Text, as_written
from workshop.images.models import Image
from workshop.images.renditions import HAS_AVIF, Rendition, in_avif, scaled, squares


@dataclass(frozen=True)
class Picture:
    """What an ``<img>`` and its caption need."""

    src: str
    srcset: str
    avif: str  # the same addresses as AVIF; empty where there is none
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
    whole = [size for size in in_avif(image) if not size.focal]
    return _value(image, [*scaled(image), master], whole, sizes, image.width, image.height)


def portrait_of(image: Image | None) -> Picture | None:
    """A square around the focal point; None for none."""
    if image is None:
        return None
    cut = squares(image)
    return _value(image, cut, [size.avif for size in cut], "", cut[0].width, cut[0].width)


def _address(rendition: Rendition) -> str:
    return reverse("media", args=[rendition.name])


def _srcset(renditions: list[Rendition]) -> str:
    return ", ".join(f"{_address(rendition)} {rendition.width}w" for rendition in renditions)


def _value(
    image: Image, renditions: list[Rendition], avif: list[Rendition], sizes: str, width: int, height: int
) -> Picture:
    addresses = [(_address(rendition), rendition.width) for rendition in renditions]
    alt = Text("", "en") if image.decorative else image.text("alt")
    page = (get_language() or "en")[:2]
    middle = next((address for address, wide in addresses if wide >= 640), addresses[-1][0])
    return Picture(
        src=middle,
        srcset=_srcset(renditions) if len(renditions) > 1 else "",
        avif=_srcset(avif) if HAS_AVIF and image.has_sizes else "",
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
