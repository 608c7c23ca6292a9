"""No constraint without its test from both sides, and none without a sentence."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import models

OURS = {"workshop", "speakers", "recommendations"}
MODULES = [
    "tests.accounts.test_models",
    "tests.corrections.test_models",
    "tests.editing.test_models",
    "tests.images.test_models",
    "tests.slugs.test_models",
    "tests.linking.test_models",
    "tests.reviewing.test_models",
    "tests.search.test_models",
    "tests.speakers.test_models",
    "tests.workshop.test_models_documents",
    "tests.workshop.test_models_editions",
    "tests.workshop.test_models_talks",
    "tests.workshop.test_models_themes",
    "tests.recommendations.test_models_follow_ups",
    "tests.recommendations.test_models_positions",
    "tests.recommendations.test_models_recommendations",
    "tests.recommendations.test_ties",
    "tests.takedown.test_models",
]


def our_models():
    return [model for model in apps.get_models() if model.__module__.partition(".")[0] in OURS]


@pytest.mark.once
def test_every_constraint_is_tested_in_one_place():
    rules = [name for module in MODULES for name in import_module(module).RULES]

    assert sorted(rules) == sorted(rule.name for model in our_models() for rule in model._meta.constraints)


@pytest.mark.once
def test_text_is_never_null():
    texts = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.FileField) and field.null
    ]

    assert texts == []
