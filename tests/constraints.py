"""Constraints from both sides: what the database takes, what it refuses, and what people are told.

A test module lists its rules in ``RULES`` and runs ``check`` on each of them;
``tests/project/test_constraints.py`` holds that none is missing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from workshop.common.publishing import Publishable, Withdrawal


@dataclass(frozen=True)
class Rule:
    """One constraint: a valid record, changes that it allows, and changes that it refuses.

    A value that is callable is asked with the record. ``says`` is the sentence
    that a form shows, or a part of it; empty for a table that no form edits.
    """

    factory: Callable[..., models.Model]
    allows: list[dict[str, Any]]
    refuses: list[dict[str, Any]]
    says: str
    given: dict[str, Any] = field(default_factory=dict)


def check(name: str, rule: Rule) -> None:
    """Each change the rule allows is saved; each other one is refused by the database and by forms."""
    for changes in rule.allows:
        record = changed(rule, changes)
        record.save()
        assert not told(rule, record), (name, changes)
    for changes in rule.refuses:
        record = changed(rule, changes)
        with pytest.raises(IntegrityError) as refusal, transaction.atomic():
            record.save()
        assert names(refusal.value, name, record), (name, changes, str(refusal.value))
        assert told(rule, record) or not rule.says, (name, changes, messages_of(record))


def told(rule: Rule, record: models.Model) -> bool:
    return bool(rule.says) and any(rule.says in message for message in messages_of(record))


def changed(rule: Rule, changes: dict[str, Any]) -> models.Model:
    """A valid record, read afresh, with the changes, unsaved."""
    made = rule.factory(**{name: value() if callable(value) else value for name, value in rule.given.items()})
    record = type(made)._base_manager.get(pk=made.pk)
    for name, value in changes.items():
        setattr(record, name, value(record) if callable(value) else value)
    return record


def messages_of(record: models.Model) -> list[str]:
    try:
        record.full_clean()
    except ValidationError as error:
        return error.messages
    return []


def names(error: IntegrityError, name: str, record: models.Model) -> bool:
    """True where the error is of this very constraint; for uniqueness SQLite names columns instead."""
    [constraint] = [rule for rule in type(record)._meta.constraints if rule.name == name]
    if connection.vendor == "sqlite" and isinstance(constraint, models.UniqueConstraint):
        table = record._meta.db_table
        return all(f"{table}.{record._meta.get_field(one).column}" in str(error) for one in constraint.fields)
    return name in str(error)


def of_publishing(factory: Callable[..., models.Model], **given: Any) -> dict[str, Rule]:
    """The rules that every publishable model has."""
    model = factory._meta.model
    assert issubclass(model, Publishable)
    stem = f"{model._meta.app_label}_{model._meta.model_name}"
    moment = {"first_published_at": "2020-07-01T00:00Z"}
    return {
        f"{stem}_scheduled_has_moment": Rule(
            factory,
            given=given,
            allows=[{"state": "scheduled", "publish_at": "2020-07-01T00:00Z"}, {"state": "draft"}],
            refuses=[{"state": "scheduled"}],
            says="A scheduled record needs the moment at which it is published.",
        ),
        f"{stem}_withdrawn_has_reason": Rule(
            factory,
            given={**given, "published": True},
            allows=[{"state": "withdrawn", "withdrawal": kind} for kind in Withdrawal.values],
            refuses=[{"state": "withdrawn", "withdrawal": ""}],
            says="A withdrawn record needs the kind of its withdrawal.",
        ),
        f"{stem}_published_has_date": Rule(
            factory,
            given={**given, "published": True},
            allows=[{"state": "published", **moment}, {"state": "draft", "first_published_at": None}],
            refuses=[
                {"state": "published", "first_published_at": None},
                {"state": "withdrawn", "withdrawal": "error", "first_published_at": None},
            ],
            says="A published record keeps the moment of its first publication.",
        ),
    }


def in_a_language(factory: Callable[..., models.Model], name: str) -> dict[str, Rule]:
    """The rule that a text stands in at least one of the two languages."""
    model = factory._meta.model
    words = name.replace("_", " ")
    return {
        f"{model._meta.app_label}_{model._meta.model_name}_{name}_in_a_language": Rule(
            factory,
            allows=[{name: "Hope", f"{name}_ko": ""}, {name: "", f"{name}_ko": "희망"}],
            refuses=[{name: "", f"{name}_ko": ""}],
            says=f"Give the {words} in English or in Korean.",
        )
    }
