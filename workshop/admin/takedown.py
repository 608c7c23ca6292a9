"""Taking down a person or words, and the record of what was taken down. For admins alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, path, reverse
from django.utils import timezone
from django.utils.text import capfirst

from workshop.common.references import references
from workshop.editing import returning
from workshop.editing.models import Revision
from workshop.editing.moments import zone
from workshop.editing.records import ReadOnly
from workshop.images.models import LeftFile
from workshop.merging.models import Merge
from workshop.merging.words import number_of
from workshop.models import Media
from workshop.takedown import actions
from workshop.takedown.finding import Found, find
from workshop.takedown.models import Ground, TakeDown
from workshop.takedown.names import Names
from workshop.takedown.people import names_of
from workshop.takedown.removing import text_files

CONFIRMATION = "take down"
SHOWN = 50  # rows of one kind that are named


class TakeDownForm(forms.Form):
    """What goes, why, and whether it is meant."""

    names = forms.CharField(
        label="Names and words",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="One a line, in any case, with or without accents. A family name alone is taken from others, too.",
    )
    ground = forms.ChoiceField(label="Why", choices=Ground, widget=forms.RadioSelect, required=False)
    reason = forms.CharField(
        label="In words",
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        help_text="Without the name: this is what stays.",
    )
    confirmation = forms.CharField(
        label=f"Type “{CONFIRMATION}” to confirm",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_names(self) -> list[str]:
        """The names as they will be looked for. Refuses what is too short to be told apart."""
        names = [name.strip() for name in self.cleaned_data["names"].splitlines() if name.strip()]
        Names(names)
        return names

    def clean(self):
        """Nothing is taken down without a reason and the typed words."""
        cleaned = super().clean() or {}
        if "_take_down" in self.data:
            if cleaned.get("confirmation", "").strip().casefold() != CONFIRMATION:
                self.add_error("confirmation", f"Type the words “{CONFIRMATION}”.")
            if not cleaned.get("ground"):
                self.add_error("ground", "Choose why.")
        return cleaned


class TakeDownPages:
    """The way from an expert's page to taking that person down. It stands before an admin class."""

    opts: Any
    model: Any
    admin_site: Any
    get_queryset: Callable

    def get_urls(self):
        info = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view(self.take_down)
        return [path("<int:key>/take-down/", view, name=f"{info}_take_down")] + super().get_urls()

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """With the way there, for admins."""
        if obj is not None and request.user.has_perm("takedown.add_takedown"):
            address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_take_down", args=[obj.pk])
            context["record_tools"] = [*context.get("record_tools", ()), ("Take down…", address)]
        return super().render_change_form(request, context, add, change, form_url, obj)

    def may_be_kept(self, key: int) -> bool:
        """What is sent of somebody who was taken down meanwhile is stored nowhere again: they left no trace."""
        deleted = Revision.objects.of_kind(self.model).filter(object_id=key, kind=Revision.Kind.DELETED)
        merged = Merge.objects.of(self.model).filter(gone_key=key, undone_at=None)
        return self.model._base_manager.filter(pk=key).exists() or deleted.exists() or merged.exists()

    def take_down(self, request, key: int) -> HttpResponse:
        """Show all that is kept of a person; take it down when told so."""
        _only_admins(request)
        person = self.get_queryset(request).filter(pk=key).first()
        if person is None:
            raise Http404
        return _page(request, self.admin_site, self.opts, person)


@admin.register(TakeDown)
class TakeDownAdmin(ReadOnly, admin.ModelAdmin):
    """What was taken down, without what it was."""

    group, place = "Desk", 9
    change_form_template = "admin/record_form.html"
    show_full_result_count = False
    list_display = ("__str__", "ground", "done_by", "rows_gone")
    list_select_related = ("done_by",)
    fields = readonly_fields = ("done_at", "done_by", "ground", "reason", "rows_gone", "again_at")

    def get_urls(self):
        wrap: Callable = self.admin_site.admin_view
        return [path("words/", wrap(self.take_down), name="takedown_takedown_words")] + super().get_urls()

    def tools(self, request) -> Iterator[tuple[str, str]]:
        """What the desk's front page offers beside the records."""
        if request.user.has_perm("takedown.add_takedown"):
            yield "Take down a name or words", reverse("admin:takedown_takedown_words")

    def changelist_view(self, request, extra_context=None):
        context = {"title": "Take-downs", "tools": list(self.tools(request))}
        return super().changelist_view(request, context | (extra_context or {}))

    def take_down(self, request) -> HttpResponse:
        """Look for words in all that is kept; take them down when told so."""
        _only_admins(request)
        return _page(request, self.admin_site, self.opts, None)

    def get_actions(self, request):
        return {}

    @admin.display(description="rows removed or changed")
    def rows_gone(self, done):
        return sum(done.counts.values())


def _only_admins(request) -> None:
    """For everybody else there is no such page."""
    if not request.user.has_perm("takedown.add_takedown"):
        raise Http404


def _page(request, site, opts, person) -> HttpResponse:
    sent = request.POST or returning.typed(request)
    form = TakeDownForm(sent or None, initial={"names": "\n".join(names_of(person)) if person else ""})
    if request.method == "POST" and form.is_valid() and "_take_down" in request.POST:
        answers = {name: form.cleaned_data[name] for name in ("names", "ground", "reason")}
        try:
            done = actions.take_down(**answers, person=person, by=request.user)
        except ValidationError as error:
            form.add_error("reason", error.messages)
        else:
            _say(request, done)
            return HttpResponseRedirect(reverse("admin:takedown_takedown_changelist"))
    names = form.initial["names"].splitlines() if person else []
    if sent:
        names = form.cleaned_data.get("names") if form.is_valid() or hasattr(form, "cleaned_data") else []
    groups = list(_groups(Names(names), person)) if names else []
    context = {
        **site.each_context(request),
        "title": "Take down a person" if person else "Take down a name or words",
        "opts": opts,
        "form": form,
        "person": person,
        "rows_of_person": list(_rows_of(person)) if person else [],
        "looked": bool(names),
        "groups": groups,
        "by_hand": list(_by_hand(person)) if person else [],
        "waiting_files": LeftFile.objects.count(),
        "now": timezone.now(),
        "zone": zone(),
    }
    response = TemplateResponse(request, "admin/takedown/take_down.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def _say(request, done: TakeDown) -> None:
    rows = sum(done.counts.values())
    messages.success(
        request,
        f"Done. Rows removed or changed: {rows:,}. Every backup made before {done}, {zone()}, still holds it.",
    )


def _groups(names: Names, person) -> Iterator[tuple[str, int, list[tuple[str, str, str]]]]:
    """What is found, kind by kind: the word for it, how many, and the first rows with where it stands."""
    for model, rows in groupby(find(names), key=lambda each: each.model):
        found = [each for each in rows if person is None or (each.model, each.key) != (type(person), person.pk)]
        if found:
            yield capfirst(model._meta.verbose_name_plural), len(found), [_line(each) for each in found[:SHOWN]]
    files = [
        (str(column.verbose_name), str(row), _address(row))
        for row, column, text in text_files()
        if names.stand_in(text)
    ]
    if files:
        yield "Files of plain text", len(files), [(row, column, address) for column, row, address in files[:SHOWN]]


def _line(found: Found) -> tuple[str, str, str]:
    row: Any = found.model._base_manager.get(pk=found.key)
    columns = ", ".join(str(found.model._meta.get_field(name).verbose_name) for name in found.columns)
    return str(row), columns, _address(row)


def _address(row: Any) -> str:
    """Its page at the desk; empty where it has none."""
    try:
        return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    except NoReverseMatch:
        return ""


def _rows_of(person) -> Iterator[tuple[str, str]]:
    """What hangs on the person: the word for it and how many, and what becomes of it."""
    for reference in references(type(person)):
        if count := reference.rows(person.pk).count():
            stays = reference.field.null and not reference.generic
            fate = ("stays, and names nobody", "stay, and name nobody") if stays else ("goes", "go")
            yield number_of(reference.model, count), fate[count > 1]


def _by_hand(person) -> Iterator[tuple[str, str]]:
    """Recordings in which the person may be heard or seen: no program can judge them."""
    talks = person.talk_speakers.values("talk")
    for media in Media.objects.filter(talk__in=talks).exclude(file="", url=""):
        yield f"{media}: {media.talk}", _address(media)
