"""Names that must not be shown, and stand in the texts of a record all the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.db import models

from workshop.common.keywords import Tag
from workshop.common.publishing import Publishable
from workshop.slugs.models import OldSlug


def withheld_names_in(record: Publishable, texts: Iterable[str] | None = None) -> list[str]:
    """Names that the record must not show and that stand in its texts or its addresses, or in ``texts``.

    Its texts are those of its parts, too: quotations, notes, titles of recordings.
    Publishing warns of them; whether a sentence gives somebody away is for the
    editor to judge.
    """
    if texts is None:
        texts = [*_texts_of(record), *OldSlug.objects.of(record).values_list("slug", flat=True)]
    running = " ".join(texts).casefold().replace("-", " ")
    found = []
    for person in record.people_withheld():
        names = {person.name, person.name_ko, person.family_name, person.native_name} - {""}
        if any(re.search(rf"(?<!\w){re.escape(name.casefold().replace('-', ' '))}", running) for name in names):
            found.append(str(person))
    return found


def _texts_of(record: models.Model) -> Iterator[str]:
    """Every text of a record, its keywords, and the texts of the parts that would go with it."""
    for field in record._meta.get_fields():
        if isinstance(field, models.CharField | models.TextField):
            yield getattr(record, field.attname)
        elif field.many_to_many and field.related_model is Tag:
            yield from getattr(record, field.name).names()
        elif field.one_to_many and getattr(field, "on_delete", None) is models.CASCADE:
            for part in getattr(record, str(field.get_accessor_name())).all():
                yield from _texts_of(part)
