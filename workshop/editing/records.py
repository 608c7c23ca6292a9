"""What the admin of every record shares: narrowed to what one may see, with choices by search."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import Http404
from django.utils.text import capfirst

from workshop.common.publishing import Publishable
from workshop.common.writing.fields import MarkdownField
from workshop.editing.access import chooseable_q, may_edit, may_read, nameable_q, readable_q
from workshop.editing.forms import DeskForm
from workshop.editing.history import WithHistory
from workshop.editing.overtaken import Overtaken
from workshop.editing.pictures import PictureSelect
from workshop.editing.recovering import Recovering
from workshop.editing.revisions import Revisions
from workshop.editing.working import WorkInProgress
from workshop.editing.writing import MarkdownTextarea
from workshop.images.models import Image

FIELDS = {
    models.URLField: {"assume_scheme": "https", "widget": forms.URLInput(attrs={"class": "vURLField"})},
    models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4})},
    MarkdownField: {"widget": MarkdownTextarea(attrs={"rows": 4})},
}


def is_key(value: str) -> bool:
    """Whether a text can be the key of a record: digits, and no more than a database takes."""
    return value.isascii() and value.isdecimal() and len(value) <= 18


def are_keys(value: str | list[str]) -> bool:
    """The same of one or of several."""
    return all(map(is_key, [value] if isinstance(value, str) else value))


class Fields:
    """Form fields of pages and of their inlines alike."""

    form = DeskForm
    formfield_overrides = FIELDS
    opts: Any
    rows: dict[str, int] = {}  # lines of a longer or shorter text field

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Say in which language a field is written; offer no door to others' records."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is None:
            return None
        if db_field.name.endswith("_ko"):
            field.widget.attrs["lang"] = "ko"
        if lines := self.rows.get(db_field.name.removesuffix("_ko")):
            field.widget.attrs["rows"] = lines
        if isinstance(field.widget, admin.widgets.RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = field.widget.can_view_related = False
            if not request.user.publishes:
                field.widget.can_change_related = False
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.related_model is Image:
            kwargs.setdefault("widget", PictureSelect(db_field, self.admin_site))
        return self._narrowed(super().formfield_for_foreignkey(db_field, request, **kwargs), request)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        return self._narrowed(super().formfield_for_manytomany(db_field, request, **kwargs), request)

    def _narrowed(self, field: Any, request):
        """Authors choose among what is public or theirs, also if they type a key."""
        if isinstance(field, forms.ModelChoiceField) and not request.user.publishes:
            field.queryset = field.queryset.filter(chooseable_q(field.queryset.model, request.user))
            field.narrowed = True
        return field


class RecordAdmin(Revisions, Recovering, Overtaken, WorkInProgress, WithHistory, Fields, admin.ModelAdmin):
    """A kind of record at the desk.

    What an author may not see answers 404, exactly as what does not exist,
    through every door: page, history, deletion, search, popup.
    """

    change_form_template = "admin/record_form.html"
    group = "More"  # on the desk's front page
    listed = True  # False: reached only from other records
    offered = True  # while one types into the search of the desk; False: found on its page alone
    names_found = ()  # further search fields, that find people whose names may be withheld
    can_be_copied = False  # True: its page offers to begin another one with what it says
    not_copied: tuple[str, ...] = ()  # fields that belong to one record alone, besides unique ones
    empty_words = ""  # of a list that nobody has narrowed
    list_per_page = 50
    show_full_result_count = False
    save_on_top = False

    # --- who may -----------------------------------------------------------------

    def get_queryset(self, request):
        records = super().get_queryset(request)
        return records if request.user.publishes else records.filter(readable_q(self.model, request.user))

    def get_choices(self, request):
        """What may be chosen in other records, for search fields."""
        return super().get_queryset(request).filter(chooseable_q(self.model, request.user))

    def get_seen(self, request):
        """What may be looked at: what may be chosen, and what one is asked to review."""
        records = super().get_queryset(request)
        if request.user.publishes:
            return records
        return records.filter(chooseable_q(self.model, request.user) | readable_q(self.model, request.user))

    def get_search_fields(self, request):
        """Authors search nothing that would tell who stands behind a withheld name.

        Nor are names of others looked for with every letter that somebody types
        (``in_brief``): with 100,000 records that takes half a second.
        """
        names = request.user.publishes and not getattr(request, "in_brief", False)
        return [*self.search_fields, *(self.names_found if names else ())]

    def choice_label(self, record: models.Model) -> str:
        """How a record reads in a search field."""
        return str(record)

    def has_module_permission(self, request):
        return self.listed and super().has_module_permission(request)

    def has_view_permission(self, request, obj=None):
        allowed = super().has_view_permission(request, obj)
        return allowed and (obj is None or may_read(request.user, obj))

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or may_edit(request.user, obj))

    def has_delete_permission(self, request, obj=None):
        """Nothing that was ever published is deleted, by nobody."""
        if isinstance(obj, Publishable) and obj.was_published:
            return False
        return super().has_delete_permission(request, obj) and (obj is None or may_edit(request.user, obj))

    def changelist_view(self, request, extra_context=None):
        """The list; nothing is done to many at once by those who do not publish."""
        if request.method == "POST" and not request.user.publishes:
            raise PermissionDenied
        if not all(map(is_key, request.POST.getlist(ACTION_CHECKBOX_NAME))):
            raise Http404
        said = {"title": capfirst(self.opts.verbose_name_plural), "empty_words": self.empty_words}
        return super().changelist_view(request, {**said, **(extra_context or {})})

    def get_changeform_initial_data(self, request):
        """What the address fills in; of records, only what can be the key of one."""
        initial = super().get_changeform_initial_data(request)
        relations = {field.name for field in self.opts.get_fields() if field.is_relation}
        return {name: value for name, value in initial.items() if name not in relations or are_keys(value)}

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        raise Http404

    # --- deleting -------------------------------------------------------------------

    def get_deleted_objects(self, objs, request):
        """What goes with it; authors do not learn which records of others stand in the way."""
        gone, counts, missing, protected = super().get_deleted_objects(objs, request)
        # Rows that have no page to be deleted on go with their owner, as they do when they are removed on its page.
        rows = [inline.model for inline in self.inlines]
        missing -= {
            row._meta.verbose_name for row in rows if isinstance(self.admin_site._registry.get(row), FoundOnly)
        }
        if protected and not request.user.publishes:
            protected = ["Other records name it. Ask an editor."]
        return gone, counts, missing, protected

    def delete_queryset(self, request, queryset):
        """One by one, so that each record's own rules are kept; all or none."""
        with transaction.atomic():
            for record in queryset:
                self.keep_deleted(request, record)
                record.delete()

    # --- what the page shows --------------------------------------------------------

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Called by the record, not by what one may do with it."""
        noun = self.opts.verbose_name
        context |= {"title": f"New {noun}" if add else capfirst(noun)}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_view_on_site_url(self, obj=None):
        """The public page, if there is one that readers reach."""
        if obj is None or not self.view_on_site or not hasattr(obj, "get_absolute_url"):
            return None
        return obj.get_absolute_url() if type(obj)._default_manager.public().filter(pk=obj.pk).exists() else None


class PartAdmin(RecordAdmin):
    """Rows with an owner, which are edited on its page: reached from other records, not from a list."""

    listed = offered = False


class ReadOnly:
    """Rows that nobody adds, changes or deletes here. Stands before an admin class."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class FoundOnly(ReadOnly, PartAdmin):
    """Records that search fields offer and nobody edits on a page of their own."""


class Discreet:
    """Says that something stands in the way of removing a row, and not what."""

    def hand_clean_DELETE(self):
        try:
            super().hand_clean_DELETE()
        except ValidationError:
            raise ValidationError("Other records name it. Ask an editor.") from None


class RowInline(Fields):
    """Rows that belong to a record and are edited on its page; who edits it edits them."""

    extra = 0
    show_change_link = False
    copied = True  # False: they say what became of that one record
    not_copied: tuple[str, ...] = ()

    def get_formset(self, request, obj=None, **kwargs):
        """Authors do not learn which records of others keep a row from being removed."""
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.may_come_back = getattr(request, "may_come_back", frozenset())
        if not request.user.publishes:
            formset.form = type("DiscreetForm", (Discreet, formset.form), {})
        return formset

    def get_queryset(self, request):
        """Who reads another's record, because they are asked to review it, learns no withheld name."""
        rows = super().get_queryset(request)
        owner = self.fk_name or next(
            (field.name for field in self.model._meta.fields if field.related_model is self.parent_model), ""
        )
        return rows.filter(nameable_q(self.model, request.user, owner)) if owner else rows

    def _allowed(self, request, obj) -> bool:
        return obj is None or may_edit(request.user, obj)

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) and (obj is None or may_read(request.user, obj))

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and self._allowed(request, obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._allowed(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._allowed(request, obj)


class StackedRows(RowInline, admin.StackedInline):
    """Rows with longer texts."""


class TabularRows(RowInline, admin.TabularInline):
    """Rows that fit on a line."""
