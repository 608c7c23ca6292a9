"""Whatever points to a record is found in the models: what is added later is moved as well."""

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models

from workshop.common.columns import plain, read
from workshop.common.keywords import Tag
from workshop.common.references import DERIVED, references
from workshop.merging.asking import choices
from workshop.merging.kinds import LINES, MERGEABLE
from workshop.merging.plan import STAY_BEHIND
from workshop.merging.undoing import _unique

pytestmark = pytest.mark.django_db
# Rows with the key of a record that are none of its ties.
NOT_OF_A_RECORD = {"search.Entry"}


def found():
    return {(model, each.model, each.field.name) for model in MERGEABLE for each in references(model)}


def test_every_foreign_key_and_table_between_two_is_found():
    pointing = {
        (field.related_model, other, field.name)
        for other in apps.get_models(include_auto_created=True)
        for field in other._meta.get_fields(include_hidden=True)
        if field.is_relation and field.concrete and not field.many_to_many and field.related_model in MERGEABLE
    }

    assert len(pointing) > 20
    assert pointing - found() == set()


def test_every_table_that_names_records_by_kind_and_key_is_found():
    """One that does so in another way fails here: teach ``references`` that way."""
    naming = {
        other
        for other in apps.get_models(include_auto_created=True)
        for field in other._meta.concrete_fields
        if field.name == "object_id" or field.related_model is ContentType
        if other._meta.label not in NOT_OF_A_RECORD | {"auth.Permission"} and other._meta.app_label not in DERIVED
    }

    assert naming - {other for _, other, _ in found()} == set()


def test_rows_that_stay_behind_are_drafts_and_revisions_only():
    assert {"editing", "merging", "reviewing", "takedown"} == STAY_BEHIND


def test_what_is_unique_about_a_row_that_moves_is_told_by_its_columns():
    """A condition or an expression would need a rule of its own for joining two rows."""
    odd = [
        constraint.name
        for _, other, name in found()
        for constraint in other._meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and (constraint.expressions or constraint.condition)
        if other not in {Tag} and other._meta.app_label not in STAY_BEHIND
        if name in str(constraint.deconstruct())
    ]

    assert odd == []


def test_every_column_of_what_is_changed_outlives_the_undo_data():
    from tests.factories.world import linked_world

    linked_world()
    for model in {other for _, other, _ in found()} | set(MERGEABLE):
        for row in model._base_manager.all()[:3]:
            for column in model._meta.concrete_fields:
                value = getattr(row, column.attname)
                again = read(column, plain(value))
                assert again == (str(value) if isinstance(column, models.FileField) else value), column


@pytest.mark.parametrize("model", MERGEABLE)
def test_every_column_is_chosen_or_kept_by_rule(model):
    chosen = {column.name for column in choices(model)}
    by_rule = {"id", "slug", "version", "updated_at", "created_by", *LINES, *getattr(model, "kept_by_actions", ())}

    assert {column.name for column in model._meta.concrete_fields} <= chosen | by_rule
    assert _unique(model)
