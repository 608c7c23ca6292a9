"""The model field of a longer text, by which every outlet knows that it is Markdown."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models

from workshop.common.writing.tidying import tidy


class TidyText(forms.CharField):
    """A text field of a form that answers with the text as it will be stored."""

    def clean(self, value: Any) -> str:
        return tidy(super().clean(value))


class MarkdownField(models.TextField):
    """A text that readers get through ``{% rich %}``; tidied whenever it is saved."""

    def deconstruct(self):
        """To migrations it is a text: what is special about it, no database sees."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": TidyText, **kwargs})

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = tidy(value)
            setattr(model_instance, self.attname, value)
        return value


def markdown_fields(model: type[models.Model]) -> list[MarkdownField]:
    """The longer texts of a model, in both languages."""
    return [field for field in model._meta.concrete_fields if isinstance(field, MarkdownField)]
