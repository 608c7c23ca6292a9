"""Corrections at the desk: their wording is mended here, and one that was a mistake is taken back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator

from workshop.admin.asking import KINDS, can_be_corrected
from workshop.admin.live import ShownAtOnce
from workshop.corrections.actions import refuse_withheld
from workshop.corrections.models import Correction, records_of
from workshop.editing.columns import korean
from workshop.editing.forms import DeskForm
from workshop.editing.records import RecordAdmin
from workshop.editing.restoring import key_in
from workshop.registry import entries

HOW = "To note a correction, open the record, then its history: “Note a correction” stands there."


def record_at(model: str, key: str) -> Any:
    """The public record that a correction is to be of, or None."""
    entry = next((entry for entry in entries() if entry.model._meta.label_lower == model), None)
    number = key_in(key)
    record = entry.model._default_manager.filter(pk=number).first() if entry and number is not None else None
    return record if record is not None and can_be_corrected(record) else None


class CorrectionDeskForm(DeskForm):
    """What readers are told of a correction."""

    kind = forms.ChoiceField(label="Kind", choices=KINDS, widget=forms.RadioSelect)
    model = forms.CharField(widget=forms.HiddenInput, required=False)
    object_id = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        """Of a public record, and without a name that it withholds."""
        cleaned = super().clean()
        asked = cleaned.pop("model", ""), cleaned.pop("object_id", "")  # of one that is there, they stay
        if self.instance.pk is None:
            record = record_at(*asked)
            if record is None:
                raise ValidationError(HOW)
            self.instance.model, self.instance.object_id = record._meta.label_lower, record.pk
        else:
            record = records_of([self.instance], public=False).get(self.instance.pk)
        if record is not None:
            said = {name: cleaned.get(name) or "" for name in ("note", "note_ko", "old_words")}
            try:
                refuse_withheld(record=record, **said)
            except ValidationError as error:
                self.add_error(None, error.messages)
        return cleaned


class WithRecords(ChangeList):
    """The list, with the records that its corrections are of: one query for each kind."""

    def get_results(self, request):
        super().get_results(request)
        records = records_of(self.result_list, public=False)
        for row in self.result_list:
            row.record = records.get(row.pk)


@admin.register(Correction)
class CorrectionAdmin(ShownAtOnce, RecordAdmin):
    """A correction."""

    group, place = "Desk", 2
    form = CorrectionDeskForm
    list_display = ("date", "kind", "of_what", "said")
    list_filter = ("kind",)
    search_fields = ("note", "note_ko")
    date_hierarchy = "date"
    readonly_fields = ("of_what",)
    rows = {"note": 2, "old_words": 4}
    fieldsets = (
        (None, {"fields": ("of_what", "kind", "date", "note", "model", "object_id")}),
        korean("note"),
        ("The words before", {"fields": ("old_words",)}),
    )

    def get_changelist(self, request, **kwargs):
        return WithRecords

    def add_view(self, request, form_url="", extra_context=None):
        """Only of a record: one begins on its history."""
        asked = request.GET
        known = record_at(asked.get("model", ""), asked.get("object_id", ""))
        if (
            self.has_add_permission(request)
            and request.method == "GET"
            and known is None
            and not {"recover", "unsaved"} & asked.keys()
        ):
            messages.info(request, HOW)
            return HttpResponseRedirect(reverse("admin:corrections_correction_changelist"))
        return super().add_view(request, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    @admin.display(description="of")
    def of_what(self, correction):
        record = correction.record if hasattr(correction, "record") else self._record_of(correction)
        if record is None:
            return "A record that is gone"
        info = record._meta.app_label, record._meta.model_name
        address = reverse("admin:{}_{}_change".format(*info), args=[record.pk])
        return format_html('<a class="desk-link" href="{}">{}</a>', address, Truncator(str(record)).chars(90))

    @staticmethod
    def _record_of(correction: Correction) -> Any:
        if not correction.model:
            return None
        return records_of([correction], public=False).get(correction.pk)

    @admin.display(description="what readers are told")
    def said(self, correction):
        return Truncator(str(correction.text("note"))).chars(120)
