"""Secret links at the desk: made, listed and revoked on the page of their record."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from workshop.admin.previewing import Previewed
from workshop.admin.rehearsal import Busy
from workshop.admin.rendering import LANGUAGES, Bar
from workshop.editing.linking import LIFETIMES, USUAL, make_link, revoke_link, working
from workshop.editing.models import PreviewLink
from workshop.editing.records import is_key
from workshop.editing.work import Work


class SecretLinks(Previewed):
    """The part of a record's admin that lends it to somebody without an account. Stands before ``ModelAdmin``."""

    def get_urls(self):
        if not self.has_page:
            return super().get_urls()
        name = f"{self.opts.app_label}_{self.opts.model_name}_links"
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.links_view))
        return [path("<path:object_id>/links/", view, name=name), *super().get_urls()]

    def links_view(self, request, object_id: str) -> HttpResponse:
        """The links to a record. A new one is told here, in the answer to its making, and never again."""
        record = self.get_object(request, unquote(object_id))
        if record is None or not self.has_change_permission(request, record):
            raise Http404
        said: dict[str, Any] = {}
        if request.method == "POST":
            said = self._revoke(request, record) if "_revoke" in request.POST else self._make(request, record)
        context = {
            **self.admin_site.each_context(request),
            **self._links_shown(request, record),
            **said,
            "title": "Secret links",
            "opts": self.opts,
            "original": record,
            "back": self.desk_address("change", record),
        }
        return TemplateResponse(request, "admin/preview_links.html", context)

    def _links_shown(self, request, record) -> dict[str, Any]:
        return {
            "links": self._links(request, record),
            "links_url": self.desk_address("links", record),
            "lifetimes": [(name, words, name == USUAL) for name, (words, _) in LIFETIMES.items()],
        }

    def _links(self, request, record):
        """Editors see all of a record's links, authors their own."""
        links = working(record).select_related("made_by")
        return links if request.user.publishes else links.filter(made_by=request.user)

    def _make(self, request, record) -> dict[str, Any]:
        try:
            link, token = make_link(record=record, lifetime=request.POST.get("lifetime", ""), by=request.user)
        except ValidationError as error:
            return {"refused": error.messages}
        address = f"{settings.SITE_URL}{reverse('shared-preview', args=[token])}"
        return {"made": link, "address": address, "missing": self._missing(request, record)}

    def _missing(self, request, record) -> list[str]:
        """What keeps the record from being shown now, if anything does."""
        work = Work(self, request, record)
        try:
            data = work.forms.data(work.current) if work.draft else None
            self.render_content(record, data, request.user, LANGUAGES[0], Bar())
        except ValidationError as error:
            return error.messages
        except Busy:
            pass
        return []

    def _revoke(self, request, record) -> dict[str, Any]:
        key = request.POST["_revoke"]
        link: PreviewLink | None = self._links(request, record).filter(pk=key).first() if is_key(key) else None
        if link is not None:
            revoke_link(record=record, link=link, by=request.user)
        return {"revoked": True}

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        may = obj is not None and self.has_page and self.has_change_permission(request, obj)
        if may and not context.get("is_popup"):
            context |= self._links_shown(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)
