"""What is asked before two records are merged: whether they may be, and whose values are kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models

from workshop.common.publishing import SILENT_WITHDRAWALS, Publishable, State
from workshop.editing.models import Draft
from workshop.merging import kinds
from workshop.reviewing.actions import open_review
from workshop.slugs.models import Slugged

NOT_CHOSEN = frozenset({"id", "slug", "version", "updated_at", "created_by"})


def refusal(kept: Any, gone: Any) -> str:
    """Why the two cannot be merged this way round; empty where they can."""
    if type(kept) is not type(gone) or not isinstance(kept, kinds.MERGEABLE):
        return "Only records of one kind can be merged."
    if kept.pk == gone.pk:
        return "Choose another record: this one is not merged with itself."
    if getattr(kept, "scheme", "") != getattr(gone, "scheme", ""):
        return "They belong to different lists of themes. Say on the page of one of them that they match."
    if not isinstance(kept, Publishable) or not isinstance(gone, Publishable):
        return ""
    if gone.withdrawn_at and gone.withdrawal in SILENT_WITHDRAWALS:
        return f"“{gone}” was withdrawn on request or for safety: nothing of it may come back under another name."
    if gone.state == State.PUBLISHED and kept.state != State.PUBLISHED:
        return f"“{gone}” is public and “{kept}” is not. Keep the public one, so that readers lose nothing."
    if open_review(gone) is not None:
        return f"“{gone}” is in review. Answer that first, or keep it and let the other one go."
    if Draft.objects.of(gone).exists():
        return f"“{gone}” has a draft that is not published. Publish or discard it first, or let the other one go."
    return ""


def choices(model: type[models.Model]) -> list[Any]:
    """The fields of which an editor chooses whose value is kept."""
    kept_by_actions = set(getattr(model, "kept_by_actions", ()))
    left_out = NOT_CHOSEN | kept_by_actions | set(kinds.LINES)
    return [column for column in model._meta.concrete_fields if column.name not in left_out]


def gaps(kept: Any, gone: Any) -> Iterator[str]:
    """The fields of which only the one that goes has a value."""
    if type(kept) is type(gone):
        for column in choices(type(kept)):
            ours, theirs = getattr(kept, column.attname), getattr(gone, column.attname)
            if ours in column.empty_values and theirs not in column.empty_values:
                yield column.name


def in_words(row: Any, column: Any) -> str:
    """The value of a field in words."""
    if column.choices:
        return str(getattr(row, f"get_{column.name}_display")())
    return str(getattr(row, column.name))


def shown(record: Any, name: str) -> str:
    """The value of a field of a record in words; empty for none."""
    column = record._meta.get_field(name)
    return "" if getattr(record, column.attname) in column.empty_values else in_words(record, column)


def readers_know(record: Any) -> bool:
    """Whether the record's address ever answered to a reader."""
    if isinstance(record, Publishable):
        return isinstance(record, Slugged) and record.was_published
    for item in record.taggit_taggeditem_items.select_related("content_type"):
        model = item.content_type.model_class()
        if model is not None and model._default_manager.public().filter(pk=item.object_id).exists():
            return True
    return False
