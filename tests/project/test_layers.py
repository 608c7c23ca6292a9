"""What depends on what: imports, foreign keys and migrations all point downwards.

The order is that of docs/architecture.md; imports are held by the contracts in
pyproject.toml, which this runs.
"""

import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

ROOT = Path(__file__).resolve().parent.parent.parent
FROM_THE_GROUND_UP = ["accounts", "editing", "slugs", "images", "speakers", "workshop"]
FROM_THE_GROUND_UP += ["recommendations", "search", "corrections"]
pytestmark = pytest.mark.once


def ours(label):
    return (
        apps.get_app_config(label).path.startswith(str(ROOT))
        and "site-packages" not in apps.get_app_config(label).path
    )


def height(label):
    """The floor an app stands on; Django's and taggit's lie below all of ours."""
    return FROM_THE_GROUND_UP.index(label) if ours(label) else -1


def test_imports_point_downwards():
    lint = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    result = subprocess.run([sys.executable, "-c", lint], cwd=ROOT, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stdout[-4000:]


def test_every_app_with_tables_has_its_floor():
    with_tables = {model._meta.app_label for model in apps.get_models() if ours(model._meta.app_label)}

    assert with_tables <= set(FROM_THE_GROUND_UP)


def test_foreign_keys_point_downwards():
    upwards = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models(include_auto_created=True)
        if ours(model._meta.app_label)
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model
        if height(field.related_model._meta.app_label) > height(model._meta.app_label)
    ]

    assert upwards == []


def test_migrations_depend_downwards():
    migrations = MigrationLoader(None).disk_migrations
    upwards = [
        f"{label}.{name} -> {other}"
        for (label, name), migration in migrations.items()
        if ours(label)
        for other, *_ in [*migration.dependencies, *migration.run_before]
        if other != "__setting__" and height(other) > height(label)
    ]

    assert upwards == []
