"""Preview at the desk: the public page of what stands in the form, saved or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.forms import all_valid
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from workshop.admin.rehearsal import Busy, rehearse
from workshop.admin.rendering import LANGUAGES, Bar, Rendered, make_public, of_forms, page_of, sentences
from workshop.common.publishing import NotDeletable
from workshop.search import freshness

OVER = "Your session has ended. Log in again in another window, and preview once more."
BUSY = "The desk is saving something else just now. Preview once more in a moment."
UNSAVABLE = "It could not be saved as it is. Save it to see what stands in the way."


class Previewed:
    """The part of a record's admin that shows how readers will see it. Stands before ``ModelAdmin``."""

    shown_on: tuple[str, ...] = ()  # fields that name whose page shows it; none where it has its own
    lists_from_index = False  # True where the lists of a page that is not public yet are asked of the index

    admin_site: Any
    model: Any
    opts: Any

    @property
    def has_page(self) -> bool:
        """Whether there is a public page to be previewed."""
        return bool(self.shown_on) or hasattr(self.model, "get_absolute_url")

    # --- the answer ------------------------------------------------------------------------

    def get_urls(self):
        if not self.has_page:
            return super().get_urls()
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("add/preview/", self.preview_view, name=f"{name}_add_preview"),
            path("<path:object_id>/preview/", self.preview_view, name=f"{name}_preview"),
            *super().get_urls(),
        ]

    @method_decorator([require_POST, csrf_protect])
    def preview_view(self, request, object_id: str | None = None) -> HttpResponse:
        """The public page of what was sent, or what keeps it from being one; nothing is saved.

        Answers 401 where the session is over, and 404 for what one may not work on.
        """
        if not self.admin_site.has_permission(request):
            return framed(note(request, [OVER], status=401))
        work = self.work_on(request, object_id)
        language = request.GET.get("lang", "")
        files = bool(request.FILES) or "_files" in request.POST
        try:
            rendered = self.render_content(
                work.record, work.forms.data(work.posted), request.user, language, Bar(without_files=files)
            )
        except Busy:
            return framed(note(request, [BUSY], status=503))
        except ValidationError as error:
            return framed(note(request, error.messages))
        return framed(rendered.answer())

    # --- how it is made ----------------------------------------------------------------------

    def render_content(
        self, record: Any | None, data: Mapping[str, Any] | None, user: Any, language: str, bar: Bar
    ) -> Rendered:
        """The page of a record as it would be once ``data`` is saved by ``user`` and published.

        ``data`` is what a browser would send; without it the record is shown as it is stored.
        Raises ValidationError with sentences, and Busy.
        """
        language = language if language in LANGUAGES else LANGUAGES[0]
        indexing = self.lists_from_index and not (record is not None and record.was_published)

        def act() -> Rendered:
            request = sent_by(user, data)
            found = self.get_object(request, str(record.pk)) if record is not None else None
            if record is not None and found is None:
                raise ValidationError("Somebody has deleted it.")
            if data is not None:
                found = self._saved(request, found)
            return self._rendered(type(found)._default_manager.get(pk=found.pk), user, language, bar)

        try:
            return rehearse(act, indexing=indexing)
        except (IntegrityError, NotDeletable) as error:
            raise ValidationError(UNSAVABLE) from error

    def _saved(self, request, record: Any | None, *, for_good: bool = False) -> Any:
        """Save what was sent as the page would, without history, mail or message; for the eye, or ``for_good``."""
        change = record is not None
        fields = flatten_fieldsets(self.get_fieldsets(request, record))
        form_class = self.get_form(request, record, change=change, fields=fields)
        form = form_class(request.POST, request.FILES, instance=record)
        formsets, _ = self._create_formsets(request, form.instance, change=change)
        is_valid = form.is_valid()
        saved = self.save_form(request, form, change=change) if is_valid else form.instance
        if not (all_valid(formsets) and is_valid):
            raise ValidationError(of_forms(form, formsets))
        if change and self.lists_from_index and record.was_published and not for_good:
            saved.slug = getattr(saved, "_stored_slug", saved.slug)  # the index knows it by that one
        self.save_model(request, saved, form, change)
        self.save_related(request, form, formsets, change)
        return saved

    def _rendered(self, record: Any, user: Any, language: str, bar: Bar) -> Rendered:
        try:
            owners = make_public(record, user)
        except ValidationError as error:
            raise ValidationError(sentences(error, record)) from error
        if self.lists_from_index:
            freshness.flush()
        page = self.page_record(record)
        return page_of(page, language, replace(bar, owners=tuple(owners)))

    def page_record(self, record: Any) -> Any:
        """The record on whose page it is shown."""
        return next((owner for name in self.shown_on if (owner := getattr(record, name))), record)

    # --- the page ------------------------------------------------------------------------------

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        offered = self.has_page and getattr(request, "work", None) is not None and not context.get("is_popup")
        if offered:
            context["preview_url"] = self.desk_address("preview", obj)
        response = super().render_change_form(request, context, add, change, form_url, obj)
        if offered:
            response._csp_update = settings.CSP_EXCEPTIONS["desk"]
        return response


def sent_by(user: Any, data: Mapping[str, Any] | None) -> HttpRequest:
    """A request of the desk that sends the values, and no files."""
    request = HttpRequest()
    request.method, request.user = "POST", user
    if data is not None:
        request.POST = data  # type: ignore[assignment]
    return request


def note(request: HttpRequest, said: list[str], status: int = 200) -> HttpResponse:
    """A page that says why there is nothing to be seen."""
    response = render(request, "admin/preview_note.html", {"sentences": said}, status=status)
    response["Cache-Control"], response["X-Robots-Tag"] = "private, no-store", "noindex, nofollow"
    return response


def framed(response: HttpResponse) -> HttpResponse:
    """May stand beside the form, and nowhere else."""
    response["X-Frame-Options"] = "SAMEORIGIN"
    response._csp_replace = settings.CSP_EXCEPTIONS["preview"]  # type: ignore[attr-defined]
    return response
