"""The revisions of a record at the desk: listed on its history, and any two compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from workshop.editing import restoring
from workshop.editing.comparing import Comparing, Legible, not_for
from workshop.editing.content import Content
from workshop.editing.models import Draft, Revision

PER_PAGE = 50
NOW, DRAFT = "now", "draft"
CHOOSE = "Choose two versions to compare: one on the left, one on the right."


@dataclass(frozen=True)
class Version:
    """One of the two that are compared: a revision, the draft, or what is stored now."""

    key: str  # in the address
    place: tuple  # older ones come first
    content: Content
    source: Revision | Draft | None


class Revisions:
    """The part of a record's admin that shows what it held. Stands before ``ModelAdmin``."""

    admin_site: Any
    model: Any
    opts: Any

    def history_view(self, request, object_id, extra_context=None):
        """Django's history, with the revisions above it."""
        record = self._to_read(request, object_id)
        return super().history_view(request, object_id, self._listed(request, record) | (extra_context or {}))

    def _to_read(self, request, object_id: str) -> Any:
        """The record. Raises Http404 for one that is not there, or that one may not see."""
        record = self.get_object(request, unquote(object_id))
        if record is None or not self.has_view_or_change_permission(request, record):
            raise Http404
        return record

    def _listed(self, request, record) -> dict[str, Any]:
        revisions = Revision.objects.of(record).defer("payload").select_related("author")
        page = Paginator(revisions, PER_PAGE).get_page(request.GET.get("revisions"))
        draft = Draft.objects.of(record).defer("payload").select_related("author").first()
        return {
            "revisions": page,
            "draft": draft,
            "left": NOW if draft else self._before_now(request, record, page),
            "right": DRAFT if draft else NOW,
            "compare_url": self.desk_address("compare", record),
            "change_url": self.desk_address("change", record),
            "can_restore": self.has_change_permission(request, record),
        }

    def _before_now(self, request, record, page) -> int | None:
        """The newest revision that says something else than what is stored."""
        now = Legible(self, request, record).stored().fingerprint
        return next((row.pk for row in page if row.fingerprint != now), next((row.pk for row in page), None))

    # --- two of them, side by side --------------------------------------------------------

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_compare"
        view = self.admin_site.admin_view(self.compare_view)
        return [path("<path:object_id>/compare/", view, name=name), *super().get_urls()]

    @method_decorator(require_safe)
    def compare_view(self, request, object_id: str) -> HttpResponse:
        """Two versions of a record in words; 404 for a version that is not this record's."""
        record = self._to_read(request, object_id)
        asked = request.GET.get("old", ""), request.GET.get("new", "")
        if not all(asked):
            messages.info(request, CHOOSE)
            return HttpResponseRedirect(self.desk_address("history", record))
        pages = Legible(self, request, record)
        old, new = sorted((self._version(record, pages, key) for key in asked), key=lambda version: version.place)
        compared = Comparing(pages, old.content, new.content, hides=not_for(request.user, pages)).compared()
        context = {
            **self.admin_site.each_context(request),
            "title": "Two versions compared",
            "opts": self.opts,
            "record": record,
            "versions": (old, new),
            "compared": compared,
            "total": len(compared.changed) + len(compared.same),
            "history_url": self.desk_address("history", record),
            "change_url": self.desk_address("change", record),
            "plural": capfirst(self.opts.verbose_name_plural),
            "can_restore": self.has_change_permission(request, record),
        }
        return TemplateResponse(request, "admin/compare.html", context)

    def _version(self, record, pages: Legible, asked: str) -> Version:
        if asked == NOW:
            return Version(NOW, (1,), pages.everything(), None)
        if asked == DRAFT:
            draft = Draft.objects.of(record).select_related("author").first()
            if draft is not None:
                return Version(DRAFT, (2,), draft.content, draft)
        elif revision := restoring.revision_of(record, asked):
            return Version(str(revision.pk), (0, revision.made_at, revision.pk), revision.content, revision)
        raise Http404
