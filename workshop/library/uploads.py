"""Pictures that come in several at once: each becomes a draft, or a sentence says why not."""

from __future__ import annotations

import datetime as dt
import time
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from workshop.common.publishing import State
from workshop.images.models import Image
from workshop.images.processing import accept, check_size, digest_of

MOST_FILES = 20
MOST_BYTES = 60 * 1024 * 1024
SECONDS = 5  # of work for one request; behind a proxy it may take eight
MINUTES = dt.timedelta(minutes=10)
NAME_SHOWN = 60


@dataclass(frozen=True)
class Outcome:
    """What became of a file: the picture it is now, or was already; or a sentence."""

    name: str
    said: str
    image: Image | None = None
    new: bool = False


def take_all(files: Sequence[File], *, by) -> list[Outcome]:
    """Make drafts of ``by`` of the files, in their order. Call it outside of a transaction.

    Nothing is read if they are too many. What there is no time for is named, and
    can be sent again: pictures that are there already are not made twice.
    """
    if len(files) > MOST_FILES or sum(file.size or 0 for file in files) > MOST_BYTES:
        megabytes = MOST_BYTES // 1024 // 1024
        said = f"At most {MOST_FILES} files and {megabytes} MB at once. Send them in several goes."
        return [Outcome(f"{len(files)} files", said)]
    return list(_one_by_one(files, by))


def _one_by_one(files: Sequence[File], by) -> Iterator[Outcome]:
    until = time.monotonic() + SECONDS
    for file in files:
        if time.monotonic() > until:
            yield Outcome(shown(file.name), "There was no time left for it. Send it again.")
        else:
            yield take(file, by=by)


def take(file: File, *, by) -> Outcome:
    """Make a draft of one file, once: the same file of the same person is not made twice."""
    name = shown(file.name)
    try:
        check_size(file)
        if there := _there(digest_of(file), by):
            return _known(name, there)
        picture = accept(file)
    except ValidationError as error:
        return Outcome(name, " ".join(error.messages))
    image = Image(digest=picture.digest, created_by=by)
    image.file.save(str(picture.name), picture, save=False)
    with transaction.atomic():
        get_user_model().objects.select_for_update().get(pk=by.pk)  # a second click waits here
        there = _there(image.digest, by)
        if there is None:
            image.save()
    if there is not None:
        image.file.storage.delete(str(image.file.name))
        return _known(name, there)
    return Outcome(name, "It is in the library, as a draft. Add its words and its credit.", image, new=True)


def _there(digest: str, by) -> Image | None:
    """The picture that the person has made of the same file."""
    return Image.objects.filter(digest=digest, created_by=by).exclude(state=State.WITHDRAWN).first()


def just_added(digest: str, by) -> bool:
    """True where the person has made a picture of the same file within minutes: probably by a second click."""
    since = timezone.now() - MINUTES
    return Image.objects.filter(digest=digest, created_by=by, updated_at__gt=since, state=State.DRAFT).exists()


def _known(name: str, image: Image) -> Outcome:
    return Outcome(name, "You have it in the library already.", image)


def shown(name: str | None) -> str:
    """A file's name as it may stand in a sentence: nothing that turns the letters round it, and not too long."""
    plain = "".join(letter for letter in name or "" if unicodedata.category(letter)[0] != "C").strip()
    if len(plain) > NAME_SHOWN:
        plain = f"{plain[: NAME_SHOWN - 12]}…{plain[-11:]}"
    return plain or "A file without a name"
