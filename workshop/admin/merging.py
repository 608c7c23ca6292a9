"""Two records that are one: compare them, merge them, and undo it for thirty days."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import capfirst

from workshop.admin.steps import refused
from workshop.editing import returning
from workshop.editing.moments import zone
from workshop.editing.overtaken import Fate
from workshop.editing.records import is_key
from workshop.merging import actions
from workshop.merging.models import Merge
from workshop.merging.plan import Plan
from workshop.merging.undoing import Undoing
from workshop.merging.words import consequences, counted, differences, joined_words

OFFERED = 30
MERGED = "It went into another one, which is the same:"


class MergePages:
    """The pages of merging, for an admin. They stand before an admin class."""

    opts: Any
    admin_site: Any
    model: Any
    get_queryset: Callable
    get_object: Callable
    get_seen: Callable
    get_view_on_site_url: Callable
    get_search_results: Callable
    has_change_permission: Callable
    held_by: Callable

    def get_urls(self):
        wrap: Callable = self.admin_site.admin_view
        info = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("merge/", wrap(self.compare), name=f"{info}_compare"),
            path("merges/", wrap(self.merges), name=f"{info}_merges"),
            path("merges/<int:key>/undo/", wrap(self.undo), name=f"{info}_undo_merge"),
            path("<path:object_id>/merge/", wrap(self.choose), name=f"{info}_merge"),
        ] + super().get_urls()

    # --- the ways in -----------------------------------------------------------------------

    def get_actions(self, request):
        """Merging two that are ticked, for those who publish."""
        offered = super().get_actions(request)
        if request.user.publishes and self.has_change_permission(request):
            offered = offered | {"merge": (_merge_ticked, "merge", "Merge…")}
        return offered

    def changelist_view(self, request, extra_context=None):
        """With the way to what was merged, for those who merge."""
        tools = list((extra_context or {}).pop("tools", ()))
        if request.user.publishes and self.has_change_permission(request):
            tools.append(("Merged in the last 30 days", self._to("merges")))
        return super().changelist_view(request, {**(extra_context or {}), "tools": tools})

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """With the way to the other one, above the form."""
        if obj is not None and request.user.publishes and self.has_change_permission(request, obj):
            context["record_tools"] = [
                ("Merge into another…", self._to("merge", obj.pk)),
                *context.get("record_tools", ()),
            ]
        return super().render_change_form(request, context, add, change, form_url, obj)

    # --- who had it open -------------------------------------------------------------------

    def fate_of(self, request, key: int) -> Fate:
        """Where it went, if one may see that."""
        gone = Merge.objects.of(self.model).filter(undone_at=None)
        kept = key
        while merge := gone.filter(gone_key=kept).first():
            kept = merge.kept_key
        record = self.get_seen(request).filter(pk=kept).first() if kept != key else None
        if record is None:
            return super().fate_of(request, key)  # type: ignore[misc]
        mine = self.get_object(request, str(kept)) is not None
        address = self._to("change", kept) if mine else self.get_view_on_site_url(record)
        return Fate(MERGED, address or "", str(record))

    # --- the pages -------------------------------------------------------------------------

    def choose(self, request, object_id: str) -> HttpResponse:
        """Find the record into which this one goes: those with the same last name come first."""
        gone = self._record(request, object_id)
        words = request.GET.get("q", str(gone).split()[-1] if str(gone).split() else "")
        found, _ = self.get_search_results(request, self.get_queryset(request), words)
        # Asked by keys, because a search may name a record twice.
        offered = self.get_queryset(request).filter(pk__in=found.values("pk")).exclude(pk=gone.pk)[: OFFERED + 1]
        rows = [(record, _state(record), self._comparison(record, gone)) for record in offered]
        context = {"gone": gone, "words": words, "rows": rows[:OFFERED], "more": len(rows) > OFFERED}
        return self._page(request, "choose", f"Merge “{gone}” into another", **context)

    def compare(self, request) -> HttpResponse:
        """Show both side by side and what would happen; merge them when told so."""
        data = request.POST if request.method == "POST" else returning.typed(request) or request.GET
        kept, gone = self._record(request, data.get("keep", "")), self._record(request, data.get("other", ""))
        take = names = None
        if data is not request.GET:
            take = {name.removeprefix("take-") for name in data if name.startswith("take-") and data[name] == "gone"}
            names = data.getlist("names")
        if request.method == "POST":
            if data.get("stamp") != _stamp(kept, gone):
                messages.warning(request, "Somebody changed one of them in the meantime. Look again before you merge.")
            elif self._merged(request, kept, gone, take, names):
                return HttpResponseRedirect(self._to("change", kept.pk))
            kept, gone = self._record(request, data.get("keep", "")), self._record(request, data.get("other", ""))
        stamp, sides = (
            _stamp(kept, gone),
            [(record, _state(record), self._to("change", record.pk)) for record in (kept, gone)],
        )
        rows, said = list(differences(kept, gone, take)), consequences(kept, gone)
        plan = Plan(kept, gone)
        context = {
            "plan": plan,
            "sides": sides,
            "rows": rows,
            "consequences": said,
            "moves": counted(plan.moved),
            "joined": [joined_words(each) for each in plan.joined],
            "names": [(name, names is None or name in names) for name in getattr(plan, "old_names", ())],
            "stamp": stamp,
            "keys": (sides[0][0].pk, sides[1][0].pk),
            "swapped": self._comparison(gone, kept),
        }
        return self._page(request, "compare", "Merge two into one", **context)

    def _merged(self, request, kept, gone, take, names) -> bool:
        called = str(gone)
        try:
            done = actions.merge(
                kept=kept, gone=gone, take=take, names=names, by=request.user, held=partial(self.held_by, request)
            )
        except ValidationError as error:
            messages.error(request, refused(error))
            return False
        until = f"{timezone.localtime(done.until):%-d %B %Y}"
        messages.success(request, f"“{called}” went into this one. You can undo it until {until}, from the list.")
        return True

    def merges(self, request) -> HttpResponse:
        """What was merged in the last thirty days."""
        self._only_who_publishes(request)
        rows = [
            (merge, self._to("undo_merge", merge.pk))
            for merge in Merge.objects.of(self.model).undoable().select_related("done_by")
        ]
        return self._page(request, "list", "Merged in the last 30 days", rows=rows)

    def undo(self, request, key: int) -> HttpResponse:
        """Say what comes back and what stays as it is now; bring it back when told so."""
        self._only_who_publishes(request)
        merge = Merge.objects.of(self.model).undoable().filter(pk=key).first()
        if merge is None:
            raise Http404
        if request.method == "POST":
            try:
                actions.undo(merge=merge, by=request.user)
            except ValidationError as error:
                messages.error(request, refused(error))
            else:
                messages.success(request, f"“{merge.gone_name}” is a record of its own again.")
                return HttpResponseRedirect(self._to("change", merge.gone_key))
        title = f"Undo: “{merge.gone_name}” went into “{merge.kept_name}”"
        return self._page(request, "undo", title, merge=merge, undoing=Undoing(merge))

    def deleted_record_view(self, request, key: str) -> HttpResponse:
        """One that went into another record leads to the undoing, while there is one."""
        response: Any = super().deleted_record_view(request, key)
        gone = (getattr(response, "context_data", None) or {}).get("deleted")
        if (
            gone is not None
            and gone.went_into is not None
            and request.user.publishes
            and self.has_change_permission(request)
        ):
            merge = Merge.objects.of(self.model).undoable().filter(gone_key=gone.object_id).first()
            response.context_data["undo_url"] = self._to("undo_merge", merge.pk) if merge else ""
        return response

    # --- what they share -------------------------------------------------------------------

    def _only_who_publishes(self, request) -> None:
        if not request.user.publishes or not self.has_change_permission(request):
            raise Http404

    def _record(self, request, key: str):
        """The record of this key; for whoever may not merge, and for no record, there is no such page."""
        self._only_who_publishes(request)
        record = self.get_queryset(request).filter(pk=key).first() if is_key(key) else None
        if record is None:
            raise Http404
        return record

    def _to(self, page: str, *args) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=args)

    def _comparison(self, kept, gone) -> str:
        return f"{self._to('compare')}?{urlencode({'keep': kept.pk, 'other': gone.pk})}"

    def _page(self, request, step: str, title: str, **context: Any) -> TemplateResponse:
        context |= {**self.admin_site.each_context(request), "title": title, "opts": self.opts, "zone": zone()}
        response = TemplateResponse(request, f"admin/merging/{step}.html", context)
        response["Cache-Control"] = "private, no-store"
        return response


@admin.action(description="Merge…")
def _merge_ticked(model_admin, request, queryset) -> HttpResponse | None:
    """Two that are ticked: compare them. The one with more public standing is offered as the one to keep."""
    records = list(queryset[:3])
    if len(records) != 2:
        messages.error(request, "Tick the two records that are one, and no others.")
        return None
    first, second = sorted(records, key=lambda record: (getattr(record, "state", "") != "published", record.pk))
    return HttpResponseRedirect(model_admin._comparison(first, second))


def _state(record) -> tuple[str, str]:
    """Its state and the word for it; empty for what has none."""
    return (record.state, capfirst(record.get_state_display())) if hasattr(record, "state") else ("", "")


def _stamp(kept, gone) -> str:
    """Changes when one of the two does."""
    return "-".join(str(getattr(record, "version", str(record))) for record in (kept, gone))
