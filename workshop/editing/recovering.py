"""Deleted records at the desk: listed, looked at, and recovered as new drafts."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from workshop.editing import restoring
from workshop.editing.comparing import Comparing, Legible, not_for
from workshop.editing.models import Revision

PER_PAGE = 50


class Recovering:
    """The part of a record's admin that brings back what was deleted. Stands before ``ModelAdmin``."""

    admin_site: Any
    model: Any
    opts: Any
    comes_back = ""  # how a deleted one comes back where nobody adds any

    def changelist_view(self, request, extra_context=None):
        """The list, with the way to what was deleted from it."""
        extra_context = dict(extra_context or {})
        if self._shows_deleted(request):
            extra_context["tools"] = [*extra_context.get("tools", []), ("Deleted", self._deleted_address())]
        return super().changelist_view(request, extra_context)

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_deleted"
        wrap = self.admin_site.admin_view
        return [
            path("deleted/", wrap(self.deleted_view), name=name),
            path("deleted/<str:key>/", wrap(self.deleted_record_view), name=f"{name}_record"),
            *super().get_urls(),
        ]

    @method_decorator(require_safe)
    def deleted_view(self, request) -> HttpResponse:
        """What was deleted of this kind: all of it for editors, for authors what was theirs."""
        deleted = self._deleted_for(request).defer("payload")
        page = Paginator(deleted, PER_PAGE).get_page(request.GET.get("page"))
        into = restoring.lives_on(self.model, request.user, page)
        keys = [key for row in page for key in (row.recovered_as, row.went_into) if key]
        there = self.get_queryset(request).filter(pk__in=keys).values_list("pk", flat=True)
        pages = {key: self._page_of(key) for key in there}
        rows = [
            (row, restoring.fate(row, into), pages.get(row.went_into, ""), pages.get(row.recovered_as, ""))
            for row in page
        ]
        return self._shown(request, "admin/deleted_list.html", "Deleted", rows=rows, page=page)

    @method_decorator(require_safe)
    def deleted_record_view(self, request, key: str) -> HttpResponse:
        """What a deleted record held; 404 for one that is not theirs to recover."""
        number = restoring.key_in(key)
        deleted = self._deleted_for(request).filter(pk=number).first() if number is not None else None
        if deleted is None:
            raise Http404
        versions = self._versions_of(deleted)
        shown = deleted
        if "version" in request.GET:
            number = restoring.key_in(request.GET["version"])
            shown = versions.filter(pk=number).first() if number is not None else None
            if shown is None:
                raise Http404
        pages = Legible(self, request, None)
        held = Comparing(pages, shown.content, shown.content, hides=not_for(request.user, pages)).compared().same
        again = self.get_queryset(request).filter(pk=deleted.recovered_as).first() if deleted.recovered_as else None
        return self._shown(
            request,
            "admin/deleted_record.html",
            deleted.title,
            deleted=deleted,
            fate=restoring.fate(deleted, restoring.lives_on(self.model, request.user, [deleted])),
            into_url=self._page_there(request, deleted.went_into),
            shown=shown,
            held=held,
            versions=Paginator(versions.defer("payload"), PER_PAGE).get_page(request.GET.get("versions")),
            lacks=restoring.lacks(pages, deleted.content, request.user),
            again=again,
            again_url=self._page_of(again.pk) if again else "",
            comes_back=self.comes_back,
            recover_url=f"{self.desk_address('add', None)}?recover={deleted.pk}"
            if self.has_add_permission(request)
            else "",
        )

    def _page_there(self, request, key: int | None) -> str:
        """The page of a record, if it is one that somebody may open."""
        there = key is not None and self.get_queryset(request).filter(pk=key).exists()
        return self._page_of(key) if there else ""

    def _versions_of(self, deleted: Revision) -> Any:
        """What a deleted record held before: saved, or as a draft."""
        kept = Revision.objects.of_kind(self.model).filter(object_id=deleted.object_id)
        return kept.exclude(kind=Revision.Kind.DELETED).select_related("author")

    def _shows_deleted(self, request) -> bool:
        """Who may add one, or mends those that are made elsewhere: keywords."""
        return self.has_add_permission(request) or (request.user.publishes and self.has_change_permission(request))

    def _deleted_for(self, request):
        if not self._shows_deleted(request):
            raise Http404
        return restoring.deleted_for(request.user, self.model)

    def _shown(self, request, template: str, title: str, **values) -> HttpResponse:
        common = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "plural": capfirst(self.opts.verbose_name_plural),
            "deleted_url": self._deleted_address(),
        }
        return TemplateResponse(request, template, common | values)

    def _deleted_address(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_deleted")

    # --- saving what was recovered ------------------------------------------------------------

    def _recovered(self, request) -> Revision | None:
        return restoring.deleted_of(request.user, self.model, request.POST.get("_restored", ""))

    def log_addition(self, request, obj, message):
        """One that was recovered says so, and is whose it was."""
        if deleted := self._recovered(request):
            restoring.mark_recovered(revision=deleted, record=obj)
        return super().log_addition(request, obj, message)

    def note_of_save(self, request, obj) -> str:
        """The first revision of one that was recovered tells of it."""
        return super().note_of_save(request, obj) or self._note_of_recovery(request, obj)

    def _note_of_recovery(self, request, obj) -> str:
        deleted = self._recovered(request)
        return restoring.note_of(deleted) if deleted is not None and deleted.recovered_as == obj.pk else ""
