"""A table at the desk: upload it, say what its columns mean, look at what would happen, import it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from recommendations.admin.import_forms import ColumnsForm, UploadForm
from recommendations.imports import desk
from recommendations.imports.columns import guessed, guessed_between
from recommendations.imports.plan import Plan
from recommendations.imports.reading import Table, Unreadable
from recommendations.imports.report import numbers, sections
from recommendations.models import WaitingTable

ROWS_SHOWN = 12
NAME = "recommendations_recommendation_import"


class ImportPages:
    """The pages of the import, for the admin of recommendations. They stand before an admin class."""

    def get_urls(self):
        wrap: Callable = self.admin_site.admin_view
        return [
            path("import/", wrap(self.upload), name=NAME),
            path("import/<str:token>/", wrap(self.columns), name=f"{NAME}_columns"),
            path("import/<str:token>/preview/", wrap(self.preview), name=f"{NAME}_preview"),
        ] + super().get_urls()

    def tools(self, request):
        """What the desk's front page offers beside the records."""
        if request.user.publishes:
            yield "Import a table of recommendations", reverse(f"admin:{NAME}")

    def changelist_view(self, request, extra_context=None):
        """With the way to the import, for those who may."""
        return super().changelist_view(request, {"tools": list(self.tools(request)), **(extra_context or {})})

    # --- the steps -------------------------------------------------------------------

    def upload(self, request) -> HttpResponse:
        """Take the file."""
        _only_who_publishes(request)
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            try:
                encoding = form.cleaned_data["encoding"]
                waiting = desk.keep(name=file.name, data=file.read(), encoding=encoding, by=request.user)
            except Unreadable as error:
                form.add_error("file", str(error))
            else:
                return HttpResponseRedirect(_address("columns", waiting))
        waiting_too = WaitingTable.objects.filter(created_by=request.user, done=False).defer("content")
        mine = [(one, _address("preview", one)) for one in waiting_too]
        return self._page(request, "upload", "Import a table", form=form, waiting=mine)

    def columns(self, request, token: str) -> HttpResponse:
        """Ask what the columns mean; the headings are a first answer."""
        waiting = _waiting(request, token)
        if waiting.done or waiting.queued:
            return HttpResponseRedirect(_address("preview", waiting))
        table = desk.table_in(waiting)
        form = ColumnsForm(request.POST or None, headers=table.headers, initial=_first_answer(waiting, table))
        if request.method == "POST" and form.is_valid():
            if form.cleaned_data["like"] == "upr" and not desk.is_upr(table):
                form.add_error("like", "It lacks columns that UPR Info’s tables have.")
            else:
                waiting.choices = {"encoding": waiting.choices.get("encoding", ""), **form.choices()}
                waiting.said = ""
                waiting.save()
                return HttpResponseRedirect(_address("preview", waiting))
        title = "What the columns mean"
        first = table.lines[:3]
        return self._page(request, "columns", title, form=form, waiting=waiting, table=table, first=first)

    def preview(self, request, token: str) -> HttpResponse:
        """Show what would happen; do it, or give it up, when told so."""
        waiting = _waiting(request, token)
        if request.method == "POST" and "_give_up" in request.POST:
            return self._give_up(request, waiting)
        if request.method == "POST":
            outcome = desk.finish(waiting, later=True)
            if outcome.done:
                messages.success(request, outcome.said)
                return HttpResponseRedirect(reverse("admin:recommendations_recommendation_changelist"))
            return HttpResponseRedirect(_address("preview", waiting))
        if waiting.done or waiting.queued:
            return self._page(request, "preview", "Import a table", waiting=waiting)
        try:
            table = desk.table_in(waiting)
            plan = desk.preview(waiting, table)
        except Unreadable as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(_address("columns", waiting))
        context = {
            "waiting": waiting,
            "table": table,
            "plan": plan,
            "numbers": numbers(plan),
            "sections": sections(plan),
            "rows": _rows(plan),
            "public": sum(plan.public(entry) for entry in plan.new),
            "to_write": len(plan.entries),
        }
        return self._page(request, "preview", "What would happen", **context)

    def _give_up(self, request, waiting: WaitingTable) -> HttpResponse:
        """Forget the table, unless it is done already."""
        if not waiting.done:
            WaitingTable.objects.filter(pk=waiting.pk, done=False).delete()
            messages.success(request, f"“{waiting.name}” is forgotten. Nothing was imported.")
        return HttpResponseRedirect(reverse(f"admin:{NAME}"))

    def _page(self, request, step: str, title: str, **context: Any) -> TemplateResponse:
        context |= {**self.admin_site.each_context(request), "title": title, "opts": self.opts, "step": step}
        response = TemplateResponse(request, f"admin/imports/{step}.html", context)
        response["Cache-Control"] = "private, no-store"
        return response


def _only_who_publishes(request) -> None:
    """For everybody else there is no such page."""
    if not request.user.publishes:
        raise Http404


def _waiting(request, token: str) -> WaitingTable:
    """The table of this address, if it is the editor's own."""
    _only_who_publishes(request)
    waiting = WaitingTable.objects.filter(token=token, created_by=request.user).first()
    if waiting is None:
        raise Http404
    return waiting


def _address(step: str, waiting: WaitingTable) -> str:
    return reverse(f"admin:{NAME}_{step}", args=[waiting.token])


def _first_answer(waiting: WaitingTable, table: Table) -> dict[str, Any]:
    """What was chosen before, else what the headings tell."""
    chosen = waiting.choices.get("columns", guessed(table.headers))
    guess = {"between": guessed_between(table.lines, chosen)}
    return guess | waiting.choices | {f"column_{name}": header for name, header in chosen.items()}


def _rows(plan: Plan) -> list[tuple[int, str, str, str]]:
    """The first rows, those with problems before: line, statement, what happens, why."""
    refused = [(one.line, "", "refused", one.reason) for one in plan.refused[:ROWS_SHOWN]]
    new = [(one.line, one.statement or one.statement_ko, "new", "; ".join(one.notes)) for one in plan.new]
    changed = [(one.line, one.statement or one.statement_ko, "changed", code.upper()) for one, _, code in plan.changed]
    return [*refused, *sorted([*new, *changed])[:ROWS_SHOWN]]
