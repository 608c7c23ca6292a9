"""Queries that are built and compiled once, and then asked again with other values.

To build a queryset and compile it to SQL takes Django longer than the database
takes to answer, and a page asks twenty. A ``Prepared`` keeps the wording of one,
and nothing of what it found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from copy import copy
from functools import partial
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.signals import connection_created
from django.db.models import Count, QuerySet, Value
from django.dispatch import receiver

_KEY = 1 << 62  # stands for a key while the query is compiled: no table has as many rows
_WORD = "\ue000"  # stands for a text: a letter of nobody's

MOST_PREPARED = 300  # statements that a connection keeps plans of: all pages take some 210, and 46 MB

Given = int | str | Sequence[int]


@receiver(connection_created)
def _keep_more_plans(connection: Any, **kwargs: Any) -> None:
    """psycopg forgets all but the last hundred statements: every page would drive out another's."""
    if connection.vendor == "postgresql":
        connection.connection.prepared_max = MOST_PREPARED


class Prepared:
    """A query that leaves values open: the arguments of ``make``, in their order.

    ``make`` builds the queryset from stand-ins, once for each number of keys: it
    must not look at them, nor at anything else that changes (language, day). A
    value is a key, a text, or a list of keys for ``__in``; a record is given by its key.

        follow_ups = Prepared(lambda record: FollowUp.objects.public().filter(recommendation=record))
        rows = list(follow_ups(record.pk))
    """

    def __init__(self, make: Callable[..., QuerySet]):
        self.make = make
        self.compiled: dict[Any, _Compiled] = {}

    def __call__(self, *values: Given) -> QuerySet:
        """The queryset, to be read: it can be given prefetches, and nothing else."""
        full = [value if isinstance(value, int | str) else _padded(value) for value in values]
        shape = tuple(type(value) if isinstance(value, int | str) else len(value) for value in full)
        if (compiled := self.compiled.get(shape)) is None:
            compiled = self.compiled[shape] = _Compiled(self.make, shape)
        nothing = any(not isinstance(value, int | str) and not value for value in values)
        return compiled.queryset(None if nothing else full)


def number_of(rows: QuerySet) -> QuerySet:
    """A queryset of one number: how many rows there are. To be prepared as any other."""
    return rows.order_by().values(one=Value(1)).annotate(n=Count("pk")).values_list("n", flat=True)


def _padded(keys: Sequence[int]) -> list[int]:
    """The keys, the last one repeated up to a power of two, so that few lengths have to be compiled."""
    missing = (1 << max(len(keys) - 1, 0).bit_length()) - len(keys)
    return [*keys, *([keys[-1] if keys else 0] * missing)]


class _Compiled:
    """The wording for values of one shape: a type for each, or the number of keys."""

    def __init__(self, make: Callable[..., QuerySet], shape: tuple[Any, ...]):
        self.made = make(*_stand_ins(shape))
        self.compiler = self.made.query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql, self.params = _spelt_out(*self.compiler.as_sql())
        columns = [column[0] for column in self.compiler.select[: self.compiler.col_count]]
        converters = self.compiler.get_converters(columns)
        self.compiler.get_converters = lambda expressions: converters
        self.places = [(place, value) for place, value in enumerate(self.params) if _stands_in(value)]

    def queryset(self, values: list[Any] | None) -> QuerySet:
        """The queryset with these values; None for one that finds nothing, without asking."""
        query: Any = _Query(self, values)
        clone: Any = type(self.made)(model=self.made.model, query=query, using=self.made._db)
        clone._iterable_class, clone._fields = self.made._iterable_class, self.made._fields
        clone._prefetch_related_lookups = self.made._prefetch_related_lookups
        if paths := getattr(self.made, "public_paths", ()):
            clone.public_paths = paths
        return clone

    def filled(self, values: list[Any]) -> tuple[Any, ...]:
        """The parameters with the values in the places of their stand-ins.

        Numbers of one type: psycopg takes the least that holds a number, and PostgreSQL prepares
        a statement anew for each.
        """
        adapt = connections[DEFAULT_DB_ALIAS].ops.adapt_integerfield_value
        flat = [one for value in values for one in ([value] if isinstance(value, int | str) else value)]
        params = list(self.params)
        for place, stand_in in self.places:
            value = flat[_number_of(stand_in)]
            params[place] = adapt(value, "BigIntegerField") if isinstance(value, int) else value
        return tuple(params)


def _spelt_out(sql: str, params: Sequence[Any]) -> tuple[str, list[Any]]:
    """The wording with its constants in it: a plan made once for all values then fits them.

    As parameters, PostgreSQL could not know that all it will be asked for is 'published'.
    """
    rest: list[Any] = []
    values = iter(params)

    def spelt(mark: re.Match[str]) -> str:
        if mark[0] == "%%":
            return "%%"
        value = next(values)
        if isinstance(value, int | str) and not isinstance(value, bool) and not _stands_in(value):
            return _literal(value)
        rest.append(value)
        return "%s"

    return re.sub("%[%s]", spelt, sql), rest


def _literal(value: int | str) -> str:
    """A constant as SQL has it. Django's choices and the driver's numbers are texts and numbers, too."""
    return str(int(value)) if isinstance(value, int) else "'" + str(value).replace("'", "''").replace("%", "%%") + "'"


def _stand_ins(shape: tuple[Any, ...]) -> list[Any]:
    """One for each value, numbered in the order in which ``filled`` lays them out."""
    stand_ins: list[Any] = []
    number = 0
    for kind in shape:
        if isinstance(kind, int):
            stand_ins.append([_KEY + number + more for more in range(kind)])
            number += kind
        else:
            stand_ins.append(f"{_WORD}{number}" if issubclass(kind, str) else _KEY + number)
            number += 1
    return stand_ins


def _stands_in(value: Any) -> bool:
    return value.startswith(_WORD) if isinstance(value, str) else isinstance(value, int) and value >= _KEY


def _number_of(stand_in: int | str) -> int:
    return int(stand_in[1:]) if isinstance(stand_in, str) else stand_in - _KEY


class _Query:
    """As much of Django's query as reading one takes: whatever would refine it fails."""

    def __init__(self, compiled: _Compiled, values: list[Any] | None):
        self.compiled, self.values = compiled, values
        made = compiled.made.query
        self.values_select, self.annotation_select = made.values_select, made.annotation_select
        self.extra_select, self.selected = made.extra_select, made.selected

    def chain(self) -> _Query:
        return self

    def get_compiler(self, using: str, **kwargs: Any) -> Any:
        """A compiler that has done its work already."""
        compiler: Any = copy(self.compiled.compiler)
        compiler.connection = connections[using]
        compiler.as_sql = _nothing if self.values is None else partial(self._wording, self.values)
        return compiler

    def _wording(self, values: list[Any]) -> tuple[str, tuple[Any, ...]]:
        return self.compiled.sql, self.compiled.filled(values)


def _nothing() -> tuple[str, tuple[Any, ...]]:
    raise EmptyResultSet
