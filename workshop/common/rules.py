"""Conditions on one row whose SQL is made once, and then written into any query.

"Public" and "named" ask through several tables. To build and compile such a
condition anew costs Django ten times what the database needs to answer it, and a
page asks forty times. A ``Rule`` is compiled when it is first used; its text is
the same in every query but for the name of the row that it is about.

Only the wording is kept. What the condition finds is asked of the tables anew
each time, the clock included (``Now()``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count
from typing import Any, Self

from django.core.exceptions import FieldError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import Col, Expression

_ROW = "the_row_of_the_rule"  # stands for the alias of the outer row; no table is called so
_ALIAS = re.compile(r"\b[A-Z]+[0-9]+\b")  # Django's own aliases: U0, V1, T4
_numbers = count(1)


class ExistsFor(Exists):
    """EXISTS that is asked for each row apart: for what is costly, and wanted of few rows.

    PostgreSQL would rather ask it of the whole table once and look into the result:
    minutes instead of milliseconds, where it takes ten rows for ten thousand. OFFSET 0
    keeps it from that.
    """

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="EXISTS(%(subquery)s OFFSET 0)", **context)


class Rule(Expression):
    """A condition, or another value, of a row of ``model``.

    ``make`` builds it (a ``Q`` or an expression), with names as seen from the
    model; it may use other rules. It takes the place of a ``Q`` in ``filter``,
    ``exclude``, ``When``, ``annotate``, and under ``~``, ``|`` and ``&``.
    """

    def __init__(self, model: type[models.Model], make: Callable[[], Any], output_field: models.Field | None = None):
        super().__init__(output_field=output_field or models.BooleanField())
        self.model, self.make = model, make
        self.row: Col | None = None
        self.written: dict[str, tuple[str, tuple[Any, ...]]] = {}  # by vendor; copies share it

    @property
    def identity(self):
        """What makes two rules equal: Django's own looks at the arguments alone, not at the row."""
        return (type(self), self.model, self.make, self.row and self.row.identity)

    def __repr__(self) -> str:
        return f"<Rule of {self.model.__name__}: {getattr(self.make, '__name__', self.make)}>"

    def resolve_expression(self, query=None, allow_joins=True, reuse=None, summarize=False, for_save=False) -> Self:
        """The rule about the rows of this query. One that is about a row already stays with it."""
        if self.row is not None:
            return self
        if query.model is not self.model:
            raise FieldError(f"{self!r} says nothing of {query.model.__name__}")
        rule = self.copy()
        rule.row = self.model._meta.pk.get_col(query.get_initial_alias())
        return rule

    def get_source_expressions(self) -> list[Any]:
        return [self.row]

    def set_source_expressions(self, exprs) -> None:
        (self.row,) = exprs

    def as_sql(self, compiler, connection) -> tuple[str, tuple[Any, ...]]:
        """The text, about the row's alias in this query."""
        if connection.vendor not in self.written:
            self.written[connection.vendor] = self._compile(connection)
        text, params = self.written[connection.vendor]
        return text.replace(_ROW, compiler.quote_name_unless_alias(self.row.alias)), params

    def _compile(self, connection) -> tuple[str, tuple[Any, ...]]:
        """The text about ``_ROW``. Aliases in it are its own: they can hide no other query's.

        What asks beyond the row's own columns by a join asks it of the same row, found by its key.
        """
        value = self.make()
        found = self._resolved(value)
        if found is None:
            found = self._resolved(ExistsFor(self.model._base_manager.filter(value, pk=OuterRef("pk"))))
        query, expression = found
        compiler = query.get_compiler(connection=connection)
        text, params = compiler.compile(expression)
        number = next(_numbers)
        text = _ALIAS.sub(lambda alias: f"rule{number}_{alias[0]}", text.replace(f'"{_ROW}"', _ROW))
        return f"({text})", tuple(params)

    def _resolved(self, value: Any) -> tuple[Any, Any] | None:
        """The value in a query about ``_ROW`` alone; None where it needs a join."""
        query = self.model._base_manager.all().query
        table = query.get_initial_alias()
        expression = (value if hasattr(value, "resolve_expression") else Q(value)).resolve_expression(query)
        if [alias for alias, uses in query.alias_refcount.items() if uses] != [table]:
            return None
        return query, expression.relabeled_clone({table: _ROW})
