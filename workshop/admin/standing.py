"""Where a record stands with its readers, in sentences; and what changes with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone

from workshop.actions import withheld_names_in
from workshop.admin import texts
from workshop.admin.steps import PUBLISH, Step
from workshop.common.attribution import Attribution
from workshop.common.publishing import Publishable, State
from workshop.editing.moments import zone
from workshop.images.leaving import waits
from workshop.reviewing.actions import last_word, open_review
from workshop.reviewing.models import Outcome


@dataclass(frozen=True)
class Standing:
    """What the page says above the form."""

    state: str
    word: str
    sentence: str


@dataclass(frozen=True)
class ReviewShown:
    """What was said about the record in its review, above the form."""

    said: str  # who asks whom, or who answered, and when
    words: str


def review_of(record: Publishable | None) -> ReviewShown | None:
    """The review that waits for an answer, or the answer that waits for its author."""
    if record is None or record.pk is None:
        return None
    if review := open_review(record):
        asker = review.asked_by.called if review.asked_by else "Somebody"
        return ReviewShown(f"{asker} asked {review.of_whom} to review it, {_moment(review.asked_at)}.", review.comment)
    if review := last_word(record):
        person = review.answered_by.called if review.answered_by else "Somebody"
        said = {Outcome.SENT_BACK: "sent it back"}.get(Outcome(review.outcome), "answered")
        return ReviewShown(f"{person} {said}, {_moment(review.answered_at)}.", review.answer)
    return None


def of(record: Publishable, editable: bool) -> Standing:
    """The state, and what it means for readers, and for those who may change it."""
    return Standing(record.state, record.get_state_display(), _sentence(record, editable))


def _sentence(record: Publishable, editable: bool) -> str:
    if record.state == State.DRAFT:
        return "Readers do not see it."
    if record.state == State.IN_REVIEW:
        return "Readers do not see it. It waits for an answer."
    if record.state == State.SCHEDULED:
        until = f", until {_moment(record.withdraw_at)}" if record.withdraw_at else ""
        return f"It goes public on {_moment(record.publish_at)}{until}, with the next run of “run_due”."
    if record.state == State.WITHDRAWN:
        return f"{record.get_withdrawal_display()}, {_moment(record.withdrawn_at)}. Its address says so."
    if not _is_public(record):
        return f"Published, but readers do not see it: {_why_hidden(record)}"
    until = f" until {_moment(record.withdraw_at)}" if record.withdraw_at else ""
    return f"Readers see it{until}.{' “Save draft” keeps your work apart until you publish it.' if editable else ''}"


def _why_hidden(record: Publishable) -> str:
    if record.withdraw_at and record.withdraw_at <= timezone.now():
        return f"it was to be withdrawn on {_moment(record.withdraw_at)}."
    return "what it belongs to is not public."


def _moment(moment) -> str:
    return f"{timezone.localtime(moment):%-d %B %Y, %H:%M} {zone()}"


def said(record: Publishable, step: Step) -> str:
    """What a step has done, for the message after it."""
    if step is PUBLISH and not _is_public(record):
        return f"is published, but readers do not see it yet: {_why_hidden(record)}"
    return step.done


def _is_public(record: Publishable) -> bool:
    return type(record)._default_manager.public().filter(pk=record.pk).exists()


def warnings(record: Publishable) -> Iterator[str]:
    """What an editor should know of a record that is public, or is to be."""
    yield from texts.naming_withheld(record)
    yield from texts.remarks(record)
    for name in withheld_names_in(record):
        yield (
            f"The name “{name}” is to be withheld here, but stands in the texts or the address of “{record}”. "
            "Read them again."
        )
    if record.state == State.PUBLISHED and (hidden := sorted({str(other) for other in _named_but_hidden(record)})):
        yield f"“{record}” names records that readers do not see until they are published: {'; '.join(hidden)}."


def _named_but_hidden(record: Publishable) -> Iterator[Publishable]:
    """Records that it, or a row of it, points to and that are not public."""
    yield from _hidden_targets(record)
    for field in record._meta.many_to_many:
        if issubclass(field.related_model, Publishable) and field.remote_field.through._meta.auto_created:
            chosen = getattr(record, field.name).all()
            yield from chosen.exclude(pk__in=field.related_model._default_manager.public().values("pk"))
    for relation in record._meta.related_objects:
        rows = relation.related_model
        if relation.field.name in getattr(rows, "hidden_with", ()) and not issubclass(rows, Publishable):
            for row in rows._base_manager.filter(**{relation.field.name: record}):
                if getattr(row, "attribution", Attribution.ON_RECORD) == Attribution.ON_RECORD:
                    yield from (other for other in _hidden_targets(row) if other != record)


def _hidden_targets(row: models.Model) -> Iterator[Publishable]:
    for field in row._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and issubclass(field.related_model, Publishable):
            key = getattr(row, field.attname)
            if key and not field.related_model._default_manager.public().filter(pk=key).exists():
                yield getattr(row, field.name)


def hidden_with(records: list[Publishable]) -> list[str]:
    """What readers cease to see when these are withdrawn: “12 talks”."""
    said = []
    for relation in type(records[0])._meta.related_objects:
        model = relation.related_model
        if relation.field.name in getattr(model, "hidden_with", ()) and issubclass(model, Publishable):
            count = model._default_manager.public().filter(**{f"{relation.field.name}__in": records}).count()
            words = model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural
            said += [f"{count} {words}"] if count else []
    return said


def forget_new_files(saved: list[models.Model]) -> None:
    """Remove files that were stored for a save that was then undone."""
    for record in saved:
        fields = [field for field in record._meta.concrete_fields if isinstance(field, models.FileField)]
        stored = type(record)._base_manager.filter(pk=record.pk).values(*(f.name for f in fields)).first() or {}
        for field in fields:
            name = getattr(record, field.attname).name
            if name and stored.get(field.name) != name and not waits(name):
                default_storage.delete(name)
