"""Drafts of published records at the desk: readers go on seeing what is published."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from workshop.common.publishing import Publishable, State
from workshop.editing import columns, keeping, moments
from workshop.editing.access import may_draft, may_edit
from workshop.editing.models import Draft, name_of
from workshop.editing.work import Work
from workshop.reviewing import mail
from workshop.reviewing.actions import answer, published
from workshop.reviewing.models import Outcome

SAVED = "Your draft is saved. Readers go on seeing what is published."
UNSCHEDULED = "It does not go public by itself any more: {who} had scheduled the draft as it was before, for {when}."
AGAIN = "“Save draft and publish it later…” schedules yours."
ASK_AGAIN = "An editor can schedule yours."
ONLY_DRAFTS = frozenset({"_draft", "_submit", "_take_back"})


def _log(user: Any, record: Publishable, said: str) -> None:
    LogEntry.objects.log_actions(user.pk, [record], CHANGE, change_message=said, single_object=True)


class DraftsBeside:
    """The part of a publishable record's admin that keeps drafts of what is public."""

    opts: Any
    admin_site: Any

    # --- who may ------------------------------------------------------------------------

    def has_change_permission(self, request, obj=None):
        """Authors work on their own public records too: on a draft, never on what readers see."""
        if super().has_change_permission(request, obj):
            return True
        own = super().has_change_permission(request) and obj is not None
        return own and isinstance(obj, Publishable) and may_draft(request.user, obj)

    def _check_draft(self, request, record: Publishable) -> None:
        """Raises PermissionDenied where somebody who may only draft sends anything else."""
        saving = {name for name in request.POST if name.startswith("_") and not name.startswith("_take:")}
        if not may_edit(request.user, record) and not saving & ONLY_DRAFTS:
            raise PermissionDenied

    # --- saving ---------------------------------------------------------------------------

    def _before_save(self, request) -> HttpResponse | None:
        record = request.work.record
        if record is not None:
            self._check_draft(request, record)
        answer = super()._before_save(request)
        step = self._pressed(request)
        drafted = "_draft" in request.POST or (step is not None and step.of_drafts)
        if answer is None and record is not None and drafted and record.state == State.PUBLISHED:
            return self._save_draft(request, request.work, step)
        return answer

    def _save_draft(self, request, work: Any, step: Any) -> HttpResponse:
        """Keep what was sent beside the published record, as it is: complete or not. Then take the step with it."""
        unscheduled = keeping.save_draft(
            record=work.record, content=work.posted, live=work.live, by=request.user, beside=work.beside
        )
        keeping.forget_unsaved(by=request.user, page=work.page)
        _log(request.user, work.record, "Saved a draft.")
        if request.FILES:
            messages.warning(request, "Files are not part of a draft. Choose them when you publish.")
        messages.success(request, SAVED)
        if unscheduled is not None:
            self._tell_unscheduled(request, work.record, unscheduled)
        if step is not None and step.form:
            return HttpResponseRedirect(self.desk_address(step.name, work.record))
        if step is not None:
            step.act(record=work.record, by=request.user)
        return HttpResponseRedirect(self._page_of(work.record.pk))

    def _tell_unscheduled(self, request, record: Publishable, draft: Draft) -> None:
        """Say that the draft does not go public at its moment, here and to who had chosen that."""
        when, who = moments.said(draft.publish_at) if draft.publish_at else "", draft.scheduled_by
        _log(request.user, record, f"Took the draft off the schedule: it was to be published on {when}.")
        said = UNSCHEDULED.format(when=when, who="you" if who == request.user else name_of(who))
        messages.warning(request, f"{said} {AGAIN if request.user.publishes else ASK_AGAIN}")
        mail.tell([who], record, "{by} saved the draft again, so it is not published at its time", by=request.user)

    def _keep_saved(self, request, obj, page=""):
        """What was in work is live now: the draft has done its service."""
        super()._keep_saved(request, obj, page)
        if getattr(request, "work", None) is not None and obj.state == State.PUBLISHED:
            published(record=obj, by=request.user, until=obj.withdraw_at, again=True)
        keeping.discard_draft(record=obj)

    # --- the page ---------------------------------------------------------------------------

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        work: Work | None = getattr(request, "work", None)
        if obj is not None and work is not None and obj.state == State.PUBLISHED and not context.get("is_popup"):
            context |= {
                "can_draft": True,
                "draft": work.draft,
                "discard_url": self.desk_address("discard", obj) if work.draft else "",
            }
            if not may_edit(request.user, obj):
                context |= {"show_save": False, "show_save_and_continue": False, "show_save_and_add_another": False}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_queryset(self, request):
        return columns.with_drafts(super().get_queryset(request))

    def get_list_filter(self, request):
        """Also those with a newer draft."""
        return [*super().get_list_filter(request), columns.Drafted]

    # --- dropping a draft ----------------------------------------------------------------------

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_discard"
        view = self.admin_site.admin_view(self.discard_view)
        return [path("<path:object_id>/discard/", view, name=name), *super().get_urls()]

    @method_decorator(require_POST)
    def discard_view(self, request, object_id: str) -> HttpResponse:
        """Drop the draft of a published record. It stays in the history."""
        record = self.get_object(request, unquote(object_id))
        if record is None or IS_POPUP_VAR in request.POST:
            raise Http404
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        answer(record=record, by=request.user, outcome=Outcome.TAKEN_BACK)
        keeping.discard_draft(record=record)
        keeping.forget_unsaved(by=request.user, page=request.POST.get("_page", ""))
        _log(request.user, record, "Discarded the draft.")
        messages.success(request, "The draft is dropped. The page shows what readers see.")
        return HttpResponseRedirect(self._page_of(record.pk))
