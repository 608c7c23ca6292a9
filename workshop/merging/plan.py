"""What a merge would do, worked out without writing anything.

Rows that point to the one that goes point to the kept one afterwards. Where the
kept one has such a row already, the two are joined: no constraint fails, the
strictest attribution holds, gaps are filled, and running texts are put together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst

from workshop.common.publishing import Publishable
from workshop.common.references import Reference, references
from workshop.common.writing.fields import markdown_fields
from workshop.editing.models import Revision
from workshop.merging import kinds
from workshop.merging.asking import choices, gaps, in_words, readers_know, refusal
from workshop.merging.changes import Changes
from workshop.merging.work import WorkBeside
from workshop.references import linking_to, reference_to, relinked
from workshop.slugs.models import OldSlug

# Revisions are of the row that goes, not of what it stands for: they wait with it for an undo.
# What is about work on a record, not about what it says: it goes with the row that goes.
STAY_BEHIND = frozenset({"editing", "merging", "reviewing", "takedown"})
NOT_COMPARED = ("id", "order")


@dataclass
class Joined:
    """Two rows that say the same of the two records: what stays, and what of the other is lost."""

    kept: Any
    gone: Any
    lost: list[tuple[str, str, str]] = field(default_factory=list)  # name of the field, what stays, what goes


class Plan:
    """A merge of two records of one kind, ready to be written."""

    def __init__(
        self, kept: Any, gone: Any, take: Collection[str] | None = None, names: Collection[str] | None = None
    ) -> None:
        """``take`` names the fields whose values come from the one that goes, ``names`` its names that stay known.

        By default gaps are filled, and all names stay.
        """
        self.kept, self.gone = copy(kept), copy(gone)  # what is worked out shows in no page
        self.changes = Changes()
        self.changes.row(self.kept)
        self.changes.row(self.gone)
        self.moved: Counter[type[models.Model]] = Counter()
        self.joined: list[Joined] = []
        self.refusal = refusal(kept, gone)
        self.take = set(gaps(kept, gone) if take is None else take)
        self.kept_called = str(kept)
        self.was_called = kinds.names_of(kept)
        self.called = kinds.names_of(gone)
        if not self.refusal:
            self._work_out(names)

    def _work_out(self, names: Collection[str] | None) -> None:
        kept, gone, changes = self.kept, self.gone, self.changes
        self._absorb(kept, gone)
        for name in self.take & {each.name for each in choices(type(kept))}:
            attname = kept._meta.get_field(name).attname
            changes.set(kept, **{attname: getattr(gone, attname)})
        there = kinds.lines(getattr(kept, "links", ""))
        if links := list(kinds.without_repetition(kinds.lines(getattr(gone, "links", "")), there)):
            changes.set(kept, links="\n".join([*there, *links]))
        self._untangle()
        self.old_names = list(kinds.without_repetition([*self.was_called, *self.called], kinds.names_of(kept)))
        wanted = self.old_names if names is None else [name for name in self.old_names if name in names]
        kinds.add_names(changes, kept, wanted)
        self._redirect()
        self._relink()
        called = {str(gone), self.kept_called}
        self._lead_on()
        self.moved += WorkBeside(changes, gone, kept, called).rename()
        changes.remove(gone)
        self.refusal = self.refusal or broken(kept)

    # --- rows that point to it -----------------------------------------------------------

    def _absorb(self, kept: Any, gone: Any) -> None:
        """Let every row that points to ``gone`` point to ``kept``; join those that are there twice."""
        for reference in references(type(kept)):
            if reference.model._meta.app_label in STAY_BEHIND:
                continue
            theirs = list(reference.rows(gone.pk))
            there = _There(reference, kept) if theirs else None
            for row in map(self.changes.row, theirs):
                if row is gone or row is kept or self.changes.is_removed(row):
                    continue
                self.changes.set(row, **{reference.name: reference.value(kept.pk)})
                if _ties_to_itself(row, reference, kept):
                    self.changes.remove(row)
                elif (other := there.like(row)) is not None:
                    self._join(self.changes.row(other), row)
                else:
                    self.moved[reference.model] += 1

    def _join(self, kept: Any, gone: Any) -> None:
        """Keep one of two rows that may not both be there, with what either says."""
        if isinstance(gone, Publishable):
            self.refusal = f"Both have “{gone}”. Merge or change these first."
            return
        joined = Joined(kept, gone)
        levels = [getattr(row, "attribution", 0) for row in (kept, gone)]
        for column in kept._meta.concrete_fields:
            ours, theirs = getattr(kept, column.attname), getattr(gone, column.attname)
            if ours == theirs or column.primary_key or column.name in NOT_COMPARED:
                continue
            both = ours not in column.empty_values and theirs not in column.empty_values
            # What stands instead of a name is the stricter row's, empty or not: it was worded not to tell.
            if levels[0] != levels[1] and column.name.startswith(("attribution", "affiliation")):
                takes_theirs = levels[1] > levels[0]
            else:
                takes_theirs = ours in column.empty_values
                if both and isinstance(column, models.TextField):
                    self.changes.set(kept, **{column.attname: f"{ours}\n\n{theirs}"})
                    continue
            if both:
                words = in_words(kept, column), in_words(gone, column)
                joined.lost.append((capfirst(column.verbose_name), *(words[::-1] if takes_theirs else words)))
            if takes_theirs:
                self.changes.set(kept, **{column.attname: theirs})
        self._absorb(kept, gone)
        self.changes.remove(gone)
        self.joined.append(joined)

    # --- the record itself -----------------------------------------------------------------

    def _untangle(self) -> None:
        """No record is a part of itself, or of one of its own parts: a tie that would say so is dropped."""
        kept, gone = self.kept, self.gone
        for column in _own_ties(type(kept)):
            for value in (getattr(kept, column.attname), getattr(gone, column.attname), None):
                if value is None or not self._leads_back(column, value):
                    self.changes.set(kept, **{column.attname: value})
                    break

    def _leads_back(self, column: Any, key: Any) -> bool:
        """Whether going on from this record by this field comes to one of the two."""
        seen: set[Any] = set()
        while key is not None and key not in seen:
            if key in (self.kept.pk, self.gone.pk):
                return True
            seen.add(key)
            key = type(self.kept)._base_manager.filter(pk=key).values_list(column.attname, flat=True).first()
        return False

    def _redirect(self) -> None:
        """Readers who hold the address of the one that goes are sent to the kept one."""
        if not readers_know(self.gone):
            return
        label = self.kept._meta.label_lower
        if row := OldSlug.objects.filter(model=label, slug=self.gone.slug).first():
            self.changes.set(self.changes.row(row), object_id=self.kept.pk)
        else:
            self.changes.add(OldSlug(model=label, slug=self.gone.slug, object_id=self.kept.pk))

    def _relink(self) -> None:
        """Links in texts lead to the kept one."""
        old, new = reference_to(self.gone), reference_to(self.kept)
        for linking in linking_to(self.gone):
            row = self.changes.row(linking)
            if not self.changes.is_removed(row):
                texts = {column.attname: getattr(row, column.attname) for column in markdown_fields(type(row))}
                self.changes.set(row, **{name: relinked(text, old, new) for name, text in texts.items()})

    def _lead_on(self) -> None:
        """What lived on in the one that goes lives on in the kept one."""
        deleted = Revision.objects.of_kind(type(self.kept)).filter(kind=Revision.Kind.DELETED)
        for name in ("went_into", "recovered_as"):
            for row in deleted.filter(**{name: self.gone.pk}):
                self.changes.set(self.changes.row(row), **{name: self.kept.pk})


class _There:
    """The rows that the kept record has already, by all that must not be there twice."""

    def __init__(self, reference: Reference, kept: Any) -> None:
        self.sets = list(_unique_sets(reference))
        self.rows = list(reference.rows(kept.pk)) if self.sets else []
        self.found = [{_values(row, names): row for row in self.rows} for names, _ in self.sets]

    def like(self, row: Any) -> Any:
        """One with which the row cannot stand side by side, or of which it is a copy; None if there is none."""
        for (names, nulls_equal), found in zip(self.sets, self.found, strict=True):
            values = _values(row, names)
            if (nulls_equal or None not in values) and values in found:
                return found[values]
        return None


def _unique_sets(reference: Reference) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Columns that are unique together and include the reference; last, all that makes a row a mere copy."""
    meta: Any = reference.model._meta
    sets = [(each.name,) for each in meta.concrete_fields if each.unique and not each.primary_key]
    sets += [tuple(names) for names in meta.unique_together]
    sets += [each.fields for each in meta.constraints if isinstance(each, models.UniqueConstraint)]
    for names in sets:
        if reference.field.name in names:
            yield tuple(meta.get_field(name).attname for name in names), False
    if not reference.generic and not issubclass(reference.model, Publishable):
        yield tuple(each.attname for each in meta.concrete_fields if each.name not in NOT_COMPARED), True


def _values(row: Any, names: tuple[str, ...]) -> tuple:
    return tuple(getattr(row, name) for name in names)


def _ties(row: Any) -> list[Any]:
    return [column for column in row._meta.concrete_fields if column.is_relation]


def _own_ties(model: type[models.Model]) -> list[Any]:
    """Fields by which records of a model point to one another: what it is a part of."""
    return [column for column in model._meta.concrete_fields if column.related_model is model]


def _ties_to_itself(row: Any, reference: Reference, kept: Any) -> bool:
    """Whether a row that ties two records would tie the kept one to itself, where that is forbidden."""
    twice = [each for each in _ties(row) if each.related_model is type(kept) and getattr(row, each.attname) == kept.pk]
    return len(twice) > 1 and bool(broken(row))


def broken(row: Any) -> str:
    """The sentence of a check that the row would fail; empty where there is none."""
    for model, constraints in row.get_constraints():
        for constraint in constraints:
            if isinstance(constraint, models.CheckConstraint):
                try:
                    constraint.validate(model, row)
                except ValidationError as error:
                    return " ".join(error.messages)
    return ""
