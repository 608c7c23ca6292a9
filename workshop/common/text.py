"""Texts in two languages."""

from __future__ import annotations

import re
from copy import copy
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.signals import class_prepared
from django.dispatch import receiver
from django.utils.translation import get_language

LANGUAGES = ("en", "ko")
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")  # letters, alone or in syllables


@dataclass(frozen=True)
class Text:
    """A text with the language it is in ("en" or "ko"); empty text is falsy."""

    value: str
    language: str

    def __bool__(self) -> bool:
        return bool(self.value)

    def __str__(self) -> str:
        return self.value


def as_written(value: str) -> Text:
    """A text that has no twin: its letters tell its language."""
    return Text(value, "ko" if _HANGUL.search(value) else "en")


def in_language(english: str, korean: str, language: str | None = None) -> Text:
    """Of a text and its twin the one in the wanted language, by default the page's, else the other.

    Where both are the same (a keyword, an abbreviation), its letters tell its language.
    """
    if english == korean and english:
        return as_written(english)
    wanted = language or (get_language() or "en")[:2]
    first, second = ((korean, "ko"), (english, "en")) if wanted == "ko" else ((english, "en"), (korean, "ko"))
    return Text(*first) if first[0] else Text(*second) if second[0] else Text("", wanted)


def korean(field: models.Field) -> models.Field:
    """The Korean twin of a text field, to stand below it as ``<name>_ko``."""
    twin: Any = copy(field)
    twin.creation_counter = models.Field.creation_counter
    models.Field.creation_counter += 1
    twin.verbose_name = twin._verbose_name = None  # named after its sibling, see below
    twin.help_text = ""
    twin.blank = True
    return twin


def either_language(name: str) -> models.CheckConstraint:
    """A text that has to be there, in at least one of the two languages."""
    return models.CheckConstraint(
        condition=~Q(**{name: "", f"{name}_ko": ""}),
        name=f"%(app_label)s_%(class)s_{name}_in_a_language",
        violation_error_message=f"Give the {name.replace('_', ' ')} in English or in Korean.",
    )


class Translated(models.Model):
    """A model that declares which of its fields have a ``_ko`` twin."""

    translated: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def text(self, name: str, language: str | None = None) -> Text:
        """The text of a field in the wanted language, else in the other one.

        ``language`` defaults to that of the page. Raises ``AttributeError`` for
        a field that is not declared in ``translated``.
        """
        if name not in self.translated:
            raise AttributeError(f"{type(self).__name__}.{name} is not declared as translated")
        return in_language(getattr(self, name), getattr(self, f"{name}_ko"), language)

    def _get_FIELD_display(self, field: Any) -> str:
        """The word for a choice. Django makes a dictionary of all of them for each answer."""
        value = getattr(self, field.attname)
        return str(_words_of(field).get(value, value))


@cache
def _words_of(field: Any) -> dict[Any, Any]:
    return dict(field.flatchoices)


@receiver(class_prepared)
def _name_twins(sender: type[models.Model], **kwargs) -> None:
    """Call the twin of "title" "title (Korean)" in forms and messages."""
    if issubclass(sender, Translated) and not sender._meta.abstract:
        for name in sender.translated:
            field, twin = sender._meta.get_field(name), sender._meta.get_field(f"{name}_ko")
            twin.verbose_name = f"{field.verbose_name} (Korean)"
