"""Taking up an old revision, or a deleted record: which one it is, what it lacks, and what is noted of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst

from workshop.common.publishing import State
from workshop.editing.access import chooseable_q
from workshop.editing.content import DELETE, Content, Fields
from workshop.editing.files import KEPT, ComesBack, names_in
from workshop.editing.formdata import PageForms, clean
from workshop.editing.models import Revision
from workshop.images import leaving
from workshop.models.ledger import Coded


def key_in(text: str) -> int | None:
    """The key that an address names, or None where it can be no key."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else None


def revision_of(record: models.Model, text: str) -> Revision | None:
    """The revision of this very record with the key in ``text``."""
    key = key_in(text)
    return None if key is None else Revision.objects.of(record).select_related("author").filter(pk=key).first()


def deleted_for(user: Any, model: type[models.Model]) -> models.QuerySet[Revision]:
    """What was deleted of a kind: all of it for editors, for authors what they had made."""
    found = Revision.objects.of_kind(model).filter(kind=Revision.Kind.DELETED).select_related("author")
    return found if user.publishes else found.filter(owner=user)


def deleted_of(user: Any, model: type[models.Model], text: str) -> Revision | None:
    """The deleted record with the key in ``text``, if the user may recover it."""
    key = key_in(text)
    return None if key is None else deleted_for(user, model).filter(pk=key).first()


def to_recover(model_admin: Any, request: Any, record: models.Model, content: Content) -> Content:
    """A record's content with what only the page that adds one asks for: the edition, say, which then stays."""
    adding = PageForms(model_admin, request, None)
    adding.form = type(adding.form)(instance=record)
    return replace(content, fields={**adding.stored().fields, **content.fields})


def as_new(adding: PageForms, deleted: Revision) -> Content:
    """A deleted record's content for the page that adds one: without rows that it has no place for.

    Nor its code: that was given once, and is not given again. The address of one that went into
    another record leads to that.
    """
    content = deleted.content
    without = {"code"} if issubclass(adding.form._meta.model, Coded) else set()
    without |= {"slug"} if deleted.went_into is not None else set()
    fields = {name: values for name, values in content.fields.items() if name not in without}
    return Content(fields, {prefix: rows for prefix, rows in content.rows.items() if takes_rows(adding, prefix)})


def takes_rows(pages: PageForms, prefix: str) -> bool:
    """Whether the page that adds a record has a place for rows of an inline."""
    return prefix in pages.formsets and pages.inlines[prefix].max_num != 0


def lives_on(model: type[models.Model], user: Any, deleted: Iterable[Revision]) -> dict[int, str]:
    """How the records are called into which deleted ones went: those of which somebody may know."""
    keys = [row.went_into for row in deleted if row.went_into is not None]
    found = model._default_manager.filter(chooseable_q(model, user), pk__in=keys) if keys else []
    return {record.pk: str(record) for record in found}


def fate(deleted: Revision, into: dict[int, str]) -> str:
    """What became of a deleted record: “was deleted”, “went into “Ada Berg””."""
    if deleted.went_into is None:
        return "was deleted"
    return f"went into “{into[deleted.went_into]}”" if deleted.went_into in into else "went into another record"


def moment(revision: Revision) -> str:
    """When a revision was made, in words."""
    return f"{timezone.localtime(revision.made_at):%-d %B %Y, %H:%M}"


def note_of(revision: Revision | None) -> str:
    """What the revision says that follows from taking up this one; nothing without one."""
    if revision is None:
        return ""
    if revision.went_into is not None:
        return f"Recovered: {revision.who} had merged it into another record on {moment(revision)}."
    if revision.kind == Revision.Kind.DELETED:
        return f"Recovered: {revision.who} had deleted it on {moment(revision)}."
    return f"Restored from the revision of {moment(revision)}{f', by {revision.by}' if revision.by else ''}."


def mark_recovered(*, revision: Revision, record: models.Model) -> None:
    """Say of what was deleted that it is back, under another key, and whose it is. In the save's transaction."""
    Revision.objects.filter(pk=revision.pk).update(recovered_as=record.pk)
    if revision.owner_id and hasattr(record, "created_by_id"):
        type(record)._base_manager.filter(pk=record.pk).update(created_by=revision.owner_id)


# --- what a form cannot bring back ----------------------------------------------------------


def gone(pages: PageForms, content: Content, user: Any) -> list[str]:
    """Sentences on what the content names and the page has no more: records, rows, fields.

    A form would leave them out without a word. Records are named to who may know of them.
    """
    said: list[str] = []
    for chosen in _chosen(pages, content):
        said += _missing(chosen, user)
    for prefix, rows in content.rows.items():
        if rows and not _has_place(pages, prefix):
            formset = pages.formsets.get(prefix)
            noun = str(formset.model._meta.verbose_name_plural) if formset else prefix.replace("_", " ")
            said.append(f"{capfirst(noun)}: this page has no place for such rows. They are left out.")
    unknown = [name for name in content.fields if not _is_known(pages.form, name)]
    if unknown:
        said.append(f"This page has no such fields any more, so they are left out: {', '.join(sorted(unknown))}.")
    return said


def lacks(pages: PageForms, content: Content, user: Any) -> list[str]:
    """Sentences on what the form does not bring back of an old content, or should not without a thought."""
    said = gone(pages, content, user)
    for chosen in _chosen(pages, content):
        withdrawn = [str(one) for one in chosen.found.values() if getattr(one, "state", "") == State.WITHDRAWN]
        if withdrawn:
            said.append(f"{chosen.label}: withdrawn, so that readers do not see it: {'; '.join(sorted(withdrawn))}.")
    if pages.record is None and (code := content.fields.get("code")):
        said.append(f"Its code, {code[0]}, was given once and is not given again. Choose another one.")
    said += _files(pages, content)
    return said


def _files(pages: PageForms, content: Content) -> Iterator[str]:
    """What is said of files that do not come back, or of which nothing is known."""
    instead = "What is there now stays" if pages.record is not None else "Choose them again"
    held = [(pages.form, content.fields)]
    for prefix, rows in content.rows.items():
        if rows and _has_place(pages, prefix):
            form = pages.formsets[prefix].empty_form
            held += [(form, fields) for fields in rows.values()]
    if any(_knows_no_file(form, fields) for form, fields in held):
        yield f"Which files it had was not kept with this version. {instead}."
    there = set(names_in(pages.stored()))
    missing = {name for name in names_in(content) if name not in there and not leaving.waits(name)}
    if missing:
        count = "A file that it had is" if len(missing) == 1 else f"{len(missing)} files that it had are"
        yield f"{count} not kept any more: files wait for {leaving.KEPT_FOR.days} days at most. {instead}."


class _Chosen(NamedTuple):
    """A field that chooses records, with what a content chooses there."""

    label: str
    field: forms.ModelChoiceField
    keys: set[str]
    found: dict[str, Any]  # the records that are there, by their keys


def _chosen(pages: PageForms, content: Content) -> Iterator[_Chosen]:
    yield from _choices(pages.form, "", [content.fields])
    for prefix, rows in content.rows.items():
        if _has_place(pages, prefix):
            formset = pages.formsets[prefix]
            kept = [fields for fields in rows.values() if not fields.get(DELETE)]
            yield from _choices(formset.empty_form, str(formset.model._meta.verbose_name), kept)


def _choices(form: Any, noun: str, held: list[Fields]) -> Iterator[_Chosen]:
    for name, field in form.fields.items():
        if isinstance(field, forms.ModelChoiceField):
            keys = {key for fields in held for key in clean(form, name, fields.get(name, []))}
            if keys:
                label = str(field.label or name)
                found = {str(record.pk): record for record in field.queryset.filter(pk__in=keys)}
                yield _Chosen(capfirst(f"{noun}, {label.lower()}" if noun else label), field, keys, found)


def _missing(chosen: _Chosen, user: Any) -> Iterator[str]:
    """What became of the records that are chosen and not there; those of which nothing is known are counted."""
    missing = chosen.keys - chosen.found.keys()
    known = _fates(chosen.field.queryset.model, missing, user) if missing else {}
    for key in sorted(known, key=int):
        yield f"{chosen.label}: it named {known[key]}. That is left out."
    if unknown := len(missing - known.keys()):
        records = "a record that is" if unknown == 1 else f"{unknown} records that are"
        yield f"{chosen.label}: it named {records} gone, or not yours to choose. That is left out."


def _fates(model: type[models.Model], keys: set[str], user: Any) -> dict[str, str]:
    """Of deleted records of which somebody may know: what they were called, and what became of them."""
    rows = list(deleted_for(user, model).filter(object_id__in=keys).exclude(title="").defer("payload"))
    into = lives_on(model, user, rows)
    return {str(row.object_id): f"“{row.title}”, which {fate(row, into)}" for row in rows}


def _has_place(pages: PageForms, prefix: str) -> bool:
    return prefix in pages.formsets and (pages.record is not None or takes_rows(pages, prefix))


def _knows_no_file(form: Any, fields: Fields) -> bool:
    """Whether a version is older than the keeping of files, and may have had some."""
    return any(isinstance(field, ComesBack) and f"{name}{KEPT}" not in fields for name, field in form.fields.items())


def _is_known(form: Any, name: str) -> bool:
    """Whether a form has a field of that name, or one that is sent in parts: “date_0”."""
    stem, _, ending = name.rpartition("_")
    return name in form.fields or (stem in form.fields and (ending.isdecimal() or f"_{ending}" == KEPT))
