"""Free keywords: the only module that knows they come from django-taggit."""

from __future__ import annotations

from collections.abc import Collection

from django.db import models
from django.db.models import F
from taggit.managers import TaggableManager
from taggit.models import Tag, TaggedItem
from taggit.utils import edit_string_for_tags, parse_tags

from workshop.common.prepared import Prepared

__all__ = ["Tag", "TaggableManager", "TaggedItem", "in_place_of", "keywords", "tags_of"]


def keywords(help_text: str = "Free keywords, separated by commas.") -> TaggableManager:
    """The field that gives a model its keywords."""
    return TaggableManager(verbose_name="keywords", blank=True, help_text=help_text)


def in_place_of(written: str, old: Collection[str], new: str) -> str:
    """Keywords as somebody typed them, with one in the place of others; untouched where none of these is there."""
    names, known = parse_tags(written), {name.casefold() for name in old}
    if not any(name.casefold() in known for name in names):
        return written
    found = dict.fromkeys(new if name.casefold() in known else name for name in names)
    return str(edit_string_for_tags([Tag(name=name) for name in found]))


def tags_of(model: type[models.Model]) -> Prepared:
    """The keywords of records of a model, by their keys; ``linked_to`` says whose each is."""
    items = "taggit_taggeditem_items"
    kind = {
        f"{items}__content_type__app_label": model._meta.app_label,
        f"{items}__content_type__model": model._meta.model_name,
    }
    return Prepared(
        lambda keys: (
            Tag.objects.filter(**kind, **{f"{items}__object_id__in": keys})
            .annotate(linked_to=F(f"{items}__object_id"))
            .order_by(f"{items}__pk")
        )
    )
