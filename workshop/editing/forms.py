"""The form behind every page of the desk: it checks what the database will, and loses no word."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.db.models import Q

from workshop.editing.files import ComesBack


class DeskForm(forms.ModelForm):
    """A model form whose answers are sentences, beside the field where one can be named."""

    # What an action refused after everything was saved; the save was undone,
    # and the form is shown again with the reason.
    refusal: ValidationError | None = None
    may_come_back: frozenset[str] = frozenset()  # names of files that the version that is taken up had

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, ComesBack):
                field.may_come_back = self.may_come_back
            if getattr(field, "narrowed", False):
                self._keep_choice(name, field)

    def _keep_choice(self, name: str, field: Any) -> None:
        """What an editor chose in an author's record stays a valid choice there."""
        if self.instance.pk is None:
            return
        model_field = self.instance._meta.get_field(name)
        if model_field.many_to_many:
            chosen = list(getattr(self.instance, name).values_list("pk", flat=True))
        else:
            chosen = [getattr(self.instance, model_field.attname)]
        everything = field.queryset.model._default_manager
        field.queryset = everything.filter(Q(pk__in=field.queryset.values("pk")) | Q(pk__in=[*filter(None, chosen)]))

    def clean(self):
        """Add what an action refused."""
        cleaned = super().clean() or self.cleaned_data
        if self.refusal is not None:
            for name, errors in _by_field(self.refusal).items():
                self.add_error(name if name in self.fields else None, errors)
        return cleaned

    def _post_clean(self):
        """Ask every constraint, also those that look at fields that are not in the form.

        Django skips them, and the database would then refuse the row with
        nothing but an exception. Its own asking is put aside, to hear no
        sentence twice.
        """
        self.instance.validate_constraints = lambda exclude=None: None
        try:
            super()._post_clean()
        finally:
            del self.instance.validate_constraints
        self._ask_constraints()

    def _ask_constraints(self) -> None:
        exclude = {name for name in self.errors if name != NON_FIELD_ERRORS}
        exclude |= {
            field.name
            for field in self.instance._meta.concrete_fields
            if isinstance(field, models.ForeignKey) and _is_unsaved(self.instance, field)
        }
        for model, constraints in self.instance.get_constraints():
            for constraint in constraints:
                try:
                    constraint.validate(model, self.instance, exclude=exclude)
                except ValidationError as error:
                    self.add_error(self._field_of(constraint), ValidationError(error.messages))

    def _field_of(self, constraint: models.BaseConstraint) -> str | None:
        """The text that has to be there in a language; other rules concern several fields."""
        for name in getattr(self.instance, "translated", ()):
            if constraint.name.endswith(f"_{name}_in_a_language") and name in self.fields:
                return name
        return None


def _is_unsaved(record: models.Model, field: models.ForeignKey) -> bool:
    """True where the owner is being made on the same page: its key comes with the save."""
    owner = field.get_cached_value(record, default=None) if field.is_cached(record) else None
    return owner is not None and owner.pk is None


def _by_field(error: ValidationError) -> dict[str | None, list[str]]:
    if hasattr(error, "error_dict"):
        return {None if name == NON_FIELD_ERRORS else name: list(e) for name, e in error.message_dict.items()}
    return {None: error.messages}
