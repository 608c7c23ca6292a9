"""The index: what is public, as a search and the faceted list read it.

Everything here is derived from the records by ``.public()`` and ``.attributable()``
and can be made anew at any time (``manage.py rebuild_search``). What differs
between the databases (arrays and tsvector here, postings and FTS5 there) has no
model: see ``stores``.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Entry(models.Model):
    """One public record. ``ord`` carries its order: the greater comes first.

    ``until`` is the earliest moment at which anything it was made of ceases to be
    public by the clock; from then on it is left out, until it is indexed anew.
    """

    ord = models.BigIntegerField(primary_key=True)
    kind = models.PositiveSmallIntegerField()
    object_id = models.BigIntegerField()
    until = models.DateTimeField(null=True)
    updated = models.DateTimeField()
    code = models.CharField(max_length=120)  # numbers padded, so that R99 comes before R100
    digest = models.CharField(max_length=32)  # of all that is indexed: an entry that did not change is not written
    face = models.CharField(max_length=32)  # of what other entries show of it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_entry_once_a_record")]
        indexes = [
            models.Index(fields=["kind", "code"], name="search_entry_by_code"),
            models.Index(fields=["kind", "updated", "ord"], name="search_entry_by_update"),
            models.Index(fields=["until"], condition=Q(until__isnull=False), name="search_entry_that_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"


class Text(models.Model):
    """What is shown of an entry, as JSON, and the public text that passages are cut from."""

    ord = models.BigIntegerField(primary_key=True)
    shown = models.TextField()
    body = models.TextField()

    def __str__(self) -> str:
        return str(self.ord)


class Term(models.Model):
    """One value of one facet, what readers call it, and how many entries have it."""

    id = models.IntegerField(primary_key=True)
    facet = models.PositiveSmallIntegerField()
    value = models.CharField(max_length=300)
    label = models.CharField(max_length=500, blank=True)
    label_ko = models.CharField(max_length=500, blank=True)
    total = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["facet", "value"], name="search_term_once")]
        indexes = [models.Index(fields=["facet", "-total"], name="search_term_by_total")]

    def __str__(self) -> str:
        return f"{self.facet}:{self.value}"


class Pair(models.Model):
    """How many entries have both terms; ``term`` is of a facet with few values.

    The choice of a status may match most of a million records: its counts are
    kept, because no database counts that in a few milliseconds.
    """

    pk = models.CompositePrimaryKey("term", "other")
    term = models.IntegerField()
    other = models.IntegerField()
    total = models.IntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.term}+{self.other}: {self.total}"


class Alias(models.Model):
    """A name of a record, as a phrase of tokens: names of one record find one another."""

    ord = models.BigIntegerField(db_index=True)
    phrase = models.CharField(max_length=300, db_index=True)

    def __str__(self) -> str:
        return self.phrase


class NameWord(models.Model):
    """A word of a record's name, as it is written: what is offered while somebody types."""

    ord = models.BigIntegerField(db_index=True)
    word = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["word", "ord"], name="search_nameword_by_word")]

    def __str__(self) -> str:
        return self.word


class Spelling(models.Model):
    """A word of a public text, as it is written: what a misspelt one is compared with.

    One that is in no public text any more stays until the next rebuild, but is
    offered only where a search for it finds something.
    """

    word = models.CharField(max_length=30, primary_key=True)

    def __str__(self) -> str:
        return self.word


class IndexState(models.Model):
    """One row: in which format the index was built, and when."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    format = models.PositiveSmallIntegerField(default=0)
    built_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="search_indexstate_is_one_row")]

    def __str__(self) -> str:
        return f"format {self.format}"
