"""The sizes of pictures, AVIF among them, made in the background: a second of work for each.

Pages are told of them by one row: ``Image.sizes_for``. Until it says so they link
to WebP alone, which is made when somebody asks for it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Case, F, Value, When

from workshop.common.publishing import State
from workshop.images import leaving, renditions
from workshop.images.models import Image
from workshop.models import SiteState

log = logging.getLogger(__name__)
SECONDS = 20  # of work in one go: what is scheduled must not wait long
TRIES = 3


def make_due() -> list[str]:
    """Make the sizes that are due, public pictures first; names what failed. Called by ``run_due``.

    What failed three times in a row waits until its picture is saved again.
    """
    until = time.monotonic() + SECONDS
    return [sentence for image in _due(until) if (sentence := _make(image))]


def _due(until: float) -> Iterator[Image]:
    public_first = Case(When(state=State.PUBLISHED, then=Value(0)), default=Value(1))
    due = Image.objects.filter(sizes_due=True, sizes_failed__lt=TRIES).exclude(state=State.WITHDRAWN)
    for key in list(due.order_by(public_first, "-pk").values_list("pk", flat=True)[:500]):
        if time.monotonic() > until:
            return
        if image := due.filter(pk=key).first():
            yield image


def _make(image: Image) -> str:
    """Make the sizes of a picture; the sentence to report if that failed."""
    recipe = renditions.recipe(image)
    try:
        renditions.make_all(image)
    except Exception as error:  # a file that is gone, a full disk, whatever Pillow raises: the others come next
        log.warning("The sizes of picture %s could not be made: %s", image.pk, type(error).__name__)
        Image.objects.filter(pk=image.pk).update(sizes_failed=F("sizes_failed") + 1)
        return f"The sizes of picture {image.pk} could not be made: {type(error).__name__}."
    _tell(image, recipe)
    return ""


def _tell(image: Image, recipe: str) -> None:
    """Note it, and let pages know; unless the picture has become another one meanwhile."""
    with transaction.atomic():
        now = Image.objects.select_for_update().filter(pk=image.pk).first()
        same = now is not None and renditions.recipe(now) == recipe
        if same:
            # Not save(): nobody has changed the record, and a form that is open is not out of date.
            Image.objects.filter(pk=image.pk).update(sizes_for=recipe, sizes_due=False, sizes_failed=0)
            if now.is_public:
                SiteState.raise_version()
    if now is None or now.file.name != image.file.name:
        leaving.forget_sizes(str(image.file.name))
    elif same and image.sizes_for:  # squares around another point
        current = [*renditions.scaled(now), *renditions.squares(now), *renditions.in_avif(now)]
        renditions.forget_sizes_of(str(image.file.name), keep=frozenset(size.name for size in current))
