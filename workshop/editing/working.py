"""What every record's page does so that no word is lost: saving, typing, returning.

A page knows what it was opened with. If somebody saved meanwhile, nothing is
overwritten: what was typed is kept, and shown beside what the other one saved.
"""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.db import IntegrityError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from workshop.editing import copying, keeping, restoring
from workshop.editing.again import SentAgain
from workshop.editing.autosaving import Autosaving
from workshop.editing.content import Content
from workshop.editing.formdata import quiet, quiet_formset
from workshop.editing.meeting import Panel
from workshop.editing.models import Revision
from workshop.editing.work import Work

MET = (
    "Somebody saved this while you had it open. Nothing of yours is lost, and nothing is saved yet: "
    "see both versions below, decide, and save again."
)
UNDECIDED = "Say for each of these whose words are to stand, then save again."
FILES = "Choose the files once more before you save: a browser does not keep them."

OLDER = "The desk was updated while you had this page open. What the update added to it is as it was: have a look."


class Filled:
    """A form that shows something else than the stored record, and does not complain of it yet."""

    filled: Any = None

    def __init__(self, data=None, *args, **kwargs):
        given: Any = self.filled if data is None else data
        super().__init__(given, *args, **kwargs)  # type: ignore[call-arg]  # of the form it stands before
        if data is None:
            quiet(self)


class WorkInProgress(Autosaving, SentAgain):
    """The part of a record's admin that keeps work: stands before ``ModelAdmin``."""

    admin_site: Any
    model: Any
    opts: Any
    # What a page sends along, and has again when it comes back.
    kept_beside: tuple[str, ...] = ("_restored", "_copied")

    # --- opening and saving the page ---------------------------------------------------

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The page; what it was sent has arrived where the answer leads on: it is stored, or kept."""
        answer = self._answer(request, object_id, form_url, extra_context)
        if answer.status_code == HTTPStatus.FOUND:
            self.receive(request)
        return answer

    def _answer(self, request, object_id, form_url, extra_context) -> HttpResponse:
        """One that makes a record and is sent twice makes one."""
        if object_id is None and (answer := self._made_before(request)):
            return answer
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            if answer := self._made_before(request):
                return answer
            raise

    def _changeform_view(self, request, object_id, form_url, extra_context):
        record = self.get_object(request, unquote(object_id)) if object_id else None
        if self._may_work(request, object_id, record):
            request.work = Work(self, request, record)
            if request.method != "POST":
                self._open(request)
            elif answer := self._before_save(request):
                return answer
            request.may_come_back = request.work.may_come_back
        return super()._changeform_view(request, object_id, form_url, extra_context)

    def _may_work(self, request, object_id, record) -> bool:
        if object_id is None:
            return self.has_add_permission(request)
        return record is not None and self.has_change_permission(request, record)

    def work_on(self, request, object_id: str | None) -> Work:
        """What was sent about a record, or about one that is being added.

        Raises Http404 for what one may not work on, as for what is not there.
        """
        record = self.get_object(request, unquote(object_id)) if object_id else None
        if not self._may_work(request, object_id, record):
            raise Http404
        return Work(self, request, record)

    def _before_save(self, request) -> HttpResponse | None:
        """Let through what is begun from what is stored; keep, and show again, what is not."""
        work: Work = request.work
        if work.record is None:
            return None
        if work.undecided or not work.fresh:
            return self._meet(request, work)
        if work.older:
            messages.warning(request, OLDER)
        if "_ask" in request.POST or work.older:
            request.POST = work.as_decided()
        keeping.record_revision(record=work.record, content=work.live)
        return None

    def _meet(self, request, work: Work, said: str = "") -> HttpResponse:
        """Keep what was sent and show it again, with a sentence why it is not saved."""
        self.keep(request, work)
        messages.warning(request, said or (UNDECIDED if work.fresh else MET))
        if request.FILES:
            messages.warning(request, FILES)
        query = {"unsaved": work.page} | ({IS_POPUP_VAR: 1} if IS_POPUP_VAR in request.POST else {})
        return HttpResponseRedirect(f"{self._page_of(work.record.pk)}?{urlencode(query)}")

    def keep(self, request, work: Work) -> None:
        """Keep what was sent, for its author alone; and what it was begun from, to be told apart from it."""
        if work.record is not None and work.begun == work.base and work.draft is None:
            keeping.record_revision(record=work.record, content=work.live)
        keeping.keep_unsaved(
            model=self.model,
            key=work.record.pk if work.record else None,
            page=work.page,
            content=work.posted,
            base=work.begun,
            by=request.user,
            beside=work.beside,
        )

    def _open(self, request) -> None:
        """Fill the page with what is in work, and note who is there."""
        work: Work = request.work
        work.shows = work.shown()
        if work.shows is not None:
            request.filled = work.forms.data(work.shows.content)
        if work.record is not None:
            keeping.present(record=work.record, user=request.user, page=work.page)

    # --- Django's own steps, told of it ---------------------------------------------------

    def get_form(self, request, obj=None, change=False, **kwargs):
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.may_come_back = getattr(request, "may_come_back", frozenset())
        filled = getattr(request, "filled", None)
        return form if filled is None else type(f"Filled{form.__name__}", (Filled, form), {"filled": filled})

    def get_formset_kwargs(self, request, obj, inline, prefix):
        filled = getattr(request, "filled", None)
        found = super().get_formset_kwargs(request, obj, inline, prefix)
        return found if filled is None else {"data": filled, **found}

    def _create_formsets(self, request, obj, change):
        formsets, inlines = super()._create_formsets(request, obj, change)
        if getattr(request, "filled", None) is not None:
            for formset in formsets:
                quiet_formset(formset)
        return formsets, inlines

    def log_addition(self, request, obj, message):
        """The history; and the first revision."""
        self._keep_saved(request, obj, page=request.POST.get("_page", "")[:32])
        self._tell_of_twin(request, obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        """The history; and the next revision."""
        self._keep_saved(request, obj)
        return super().log_change(request, obj, message)

    def _keep_saved(self, request, obj, page: str = "") -> None:
        """Keep what is stored now. Called in the transaction of the save."""
        work: Work | None = getattr(request, "work", None)
        if work is None:
            return
        content = Work(self, request, self.model._base_manager.get(pk=obj.pk)).live
        note, sent = self.note_of_save(request, obj), work.posted.words if page else ""
        keeping.record_revision(record=obj, content=content, by=request.user, page=page, note=note, sent=sent)
        keeping.forget_unsaved(by=request.user, page=work.page)
        keeping.absent(record=obj, user=request.user, page=work.page)

    def note_of_save(self, request, obj) -> str:
        """What the next revision says of itself."""
        restored = restoring.note_of(restoring.revision_of(obj, request.POST.get("_restored", "")))
        return restored or (copying.NOTE if "_copied" in request.POST and request.work.record is None else "")

    def held_by(self, request, obj) -> Content:
        """All that a record holds, for the day on which somebody recovers it."""
        return restoring.to_recover(self, request, obj, Work(self, request, obj).live)

    def keep_deleted(self, request, obj) -> None:
        """Keep what is deleted, so that it can be recovered."""
        content = self.held_by(request, obj)
        keeping.record_revision(record=obj, content=content, by=request.user, kind=Revision.Kind.DELETED)

    def delete_model(self, request, obj):
        """Keep it, and delete it."""
        self.keep_deleted(request, obj)
        super().delete_model(request, obj)

    # --- what the page says -----------------------------------------------------------------

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        work: Work | None = getattr(request, "work", None)
        if obj is not None and copying.may_be_copied(self, request, obj):
            address = f"{self.desk_address('add', None)}?copy={obj.pk}"
            context["record_tools"] = [*context.get("record_tools", ()), ("Copy", address)]
        if work is not None:
            context |= {
                "work": work,
                "panel": Panel.of(work, work.shows),
                "offered": work.offered() if request.method == "GET" else [],
                "others": keeping.others_at(obj, request.user, work.page) if obj else [],
                "autosave_url": self.desk_address("autosave", obj),
            }
        return super().render_change_form(request, context, add, change, form_url, obj)

    # --- addresses ------------------------------------------------------------------------------

    def _page_of(self, key: int) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[key])

    def desk_address(self, page: str, record: Any | None) -> str:
        """The address of a page of this kind: of a record, or of one that is being added."""
        name = page if record is not None or page == "add" else f"add_{page}"
        args: Sequence[Any] = [record.pk] if record is not None else []
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", args=args)
