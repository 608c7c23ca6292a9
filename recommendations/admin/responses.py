"""Responses on the page of their recommendation, though they hang on its addressees."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.checks import InlineModelAdminChecks
from django.contrib.admin.utils import flatten_fieldsets
from django.forms.models import BaseModelFormSet, modelformset_factory

from recommendations.models import Addressee, Response
from workshop.editing.forms import DeskForm
from workshop.editing.records import StackedRows


class ResponseForm(DeskForm):
    """A response: its addressee is one of this recommendation's."""

    def __init__(self, *args, recommendation=None, **kwargs):
        super().__init__(*args, **kwargs)
        if "addressee" in self.fields:
            addressees = Addressee.objects.filter(recommendation=recommendation.pk)
            self.fields["addressee"].queryset = addressees.select_related("organisation")


class ResponseFormSet(BaseModelFormSet):
    """The responses of one recommendation, for a page that is not their owner's."""

    def __init__(self, *args, instance=None, queryset=None, save_as_new=False, **kwargs):
        self.instance = instance
        responses = queryset.filter(addressee__recommendation=instance) if instance.pk else queryset.none()
        form_kwargs = {**(kwargs.pop("form_kwargs", None) or {}), "recommendation": instance}
        super().__init__(*args, queryset=responses, form_kwargs=form_kwargs, **kwargs)

    @classmethod
    def get_default_prefix(cls) -> str:
        """The stem of the names of the fields."""
        return "responses"


class ResponseChecks(InlineModelAdminChecks):
    """Leaves out the one check that asks for a foreign key to the page's own model."""

    def _check_exclude_of_parent_model(self, obj, parent_model):
        return []

    def _check_relation(self, obj, parent_model):
        return []


class ResponseRows(StackedRows):
    """What the addressees answered. Enter an addressee and save; then its answer has a place."""

    model = Response
    copied = False
    form = ResponseForm
    formset = ResponseFormSet  # type: ignore[assignment]
    checks_class = ResponseChecks
    autocomplete_fields = ("source",)
    rows = {"words": 3}
    fieldsets = (
        (None, {"fields": (("addressee", "answer"), ("date", "date_precision"), "words", "source", "source_url")}),
        ("In Korean", {"fields": ("words_ko",), "classes": ["collapse"]}),
    )

    def get_formset(self, request, obj=None, **kwargs):
        fields = kwargs.pop("fields", None) or flatten_fieldsets(self.get_fieldsets(request, obj))
        options: dict[str, Any] = {
            "form": self.form,
            "formset": self.formset,
            "fields": fields,
            "formfield_callback": lambda field, **extra: self.formfield_for_dbfield(field, request, **extra),
            "extra": 0,
            "can_delete": self.has_delete_permission(request, obj),
        }
        return modelformset_factory(self.model, **(options | kwargs))

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("addressee__organisation")

    def has_add_permission(self, request, obj=None):
        """Only where somebody is asked already."""
        asked = obj is not None and obj.pk is not None and obj.addressees.exists()
        return asked and super().has_add_permission(request, obj)
