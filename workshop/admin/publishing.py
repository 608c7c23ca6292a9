"""Publishing at the desk: the buttons of a record's page, and the same steps for many."""

from __future__ import annotations

from functools import partial, update_wrapper
from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from workshop.actions import public_changed
from workshop.admin import standing, texts
from workshop.admin.asking import AsksForCorrections
from workshop.admin.drafts import DraftsBeside
from workshop.admin.later import DraftsLater
from workshop.admin.links import SecretLinks
from workshop.admin.moved import Moved
from workshop.admin.steps import ANSWER, LATER, PUBLISH, SCHEDULE, STEPS, SUBMIT, Step, refused
from workshop.common.publishing import SILENT_WITHDRAWALS, Publishable, State
from workshop.editing import columns, returning
from workshop.editing.frontpage import Awaiting
from workshop.editing.moments import zone
from workshop.editing.records import RecordAdmin, is_key
from workshop.reviewing import mail
from workshop.reviewing.models import Review


class Refused(Exception):
    """An action refused what the page had saved: undo it, and show the page again."""

    def __init__(self, error: ValidationError, saved: list[models.Model]):
        super().__init__(str(error))
        self.error = error
        self.saved = saved


class PublishableAdmin(SecretLinks, AsksForCorrections, DraftsLater, Moved, DraftsBeside, RecordAdmin):
    """A record that goes through review to readers, and may be withdrawn."""

    can_be_copied = True
    list_filter: Any = ("state", columns.Mine)

    # --- saving, and the step whose button was pressed ------------------------------

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The page; where a step refuses, nothing is saved and every word is still in the form."""
        self._check_step(request)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refusal:
            standing.forget_new_files(refusal.saved)
            request.refusal = refusal.error
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _check_step(self, request) -> None:
        step = self._pressed(request)
        if step and step.for_editors and not request.user.publishes:
            raise PermissionDenied

    def _pressed(self, request) -> Step | None:
        """The step whose button sent the page, if it was one that saves first."""
        if request.method != "POST":
            return None
        return next((step for step in STEPS.values() if step.saves and f"_{step.name}" in request.POST), None)

    def get_object(self, request, object_id, from_field=None):
        """The record; one that is about to be changed is held, so that nobody publishes it meanwhile."""
        record = super().get_object(request, object_id, from_field)
        if record is not None and transaction.get_connection().in_atomic_block:
            self.model._base_manager.select_for_update().filter(pk=record.pk).values_list("pk").first()
            record = super().get_object(request, object_id, from_field)
        return record

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        return form

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        for row in formset.forms:
            if isinstance(row.instance, Publishable) and row.instance.pk is None:
                row.instance.created_by = request.user
        super().save_formset(request, form, formset, change)

    def save_related(self, request, form, formsets, change):
        """Save what hangs on the record, then take the step, in the same transaction."""
        super().save_related(request, form, formsets, change)
        record, step = form.instance, self._pressed(request)
        if step and not step.form:
            try:
                step.act(record=record, by=request.user)
            except ValidationError as error:
                rows = [row.instance for formset in formsets for row in formset.forms]
                raise Refused(error, [record, *rows]) from error
        elif record.was_published:
            public_changed()

    def response_add(self, request, obj, post_url_continue=None):
        return self._after(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self._after(request, obj) or super().response_change(request, obj)

    def _after(self, request, record: Publishable) -> HttpResponse | None:
        """Where a step leads: to the record's page, or to the question it asks first."""
        step = self._pressed(request)
        if step is None and record.state == State.PUBLISHED:
            self._warn(request, record)
        elif step is None:
            self._remark(request, texts.remarks(record))
        if step is None or IS_POPUP_VAR in request.POST:
            return None
        if step.form:
            return HttpResponseRedirect(self._address(record, step.name))
        self._say(request, step, record)
        return HttpResponseRedirect(self._address(record, "change"))

    def _address(self, record: Publishable, page: str) -> str:
        info = self.opts.app_label, self.opts.model_name, page
        return reverse("admin:{}_{}_{}".format(*info), args=[record.pk])

    def _say(self, request, step: Step, record: Publishable, instead: str = "") -> None:
        now = type(record)._default_manager.get(pk=record.pk)
        messages.success(request, f"“{now}” {instead or standing.said(now, step)}")
        if step in (PUBLISH, SUBMIT):
            self._warn(request, now)

    def _warn(self, request, record: Publishable) -> None:
        self._remark(request, standing.warnings(record))

    def _remark(self, request, remarks) -> None:
        for remark in remarks:
            messages.warning(request, remark)

    # --- the page --------------------------------------------------------------------

    def steps_for(self, request, record: Publishable | None) -> list[Step]:
        """The steps whose buttons stand on a record's page; who only reads it may be asked for an answer."""
        readable_only = record is not None and not self.has_change_permission(request, record)
        steps = [ANSWER] if readable_only else STEPS.values()
        return [step for step in steps if step.offered_to(request.user, record)]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        steps = self.steps_for(request, obj)
        popup = context.get("is_popup")
        context |= {
            "standing": standing.of(obj, self.has_change_permission(request, obj)) if obj else None,
            "review": standing.review_of(obj),
            "zone": zone(),
            "saving_steps": [step for step in steps if step.saves and not (popup and step.form)],
            "other_steps": [(step, self._address(obj, step.name)) for step in steps if not step.saves and not popup],
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    # --- steps that ask something first ------------------------------------------------

    def get_urls(self):
        info = f"{self.opts.app_label}_{self.opts.model_name}"

        def wrap(step: Step):
            view = partial(self.step_view, step=step)
            return self.admin_site.admin_view(update_wrapper(view, self.step_view))

        return [
            path(f"<path:object_id>/{step.name}/", wrap(step), name=f"{info}_{step.name}")
            for step in STEPS.values()
            if step.form
        ] + super().get_urls()

    def step_view(self, request, object_id: str, step: Step) -> HttpResponse:
        """Ask what a step has to know, say what readers will then see, and take it."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self._answered_already(request, unquote(object_id), step)
        if step not in self.steps_for(request, record):
            return self._too_late(request, step, record)
        form = step.form(_sent(request), user=request.user)
        if request.method == "POST" and form.is_valid():
            try:
                if step is LATER:
                    self.check_draft(request, record)
                said = step.act(record=record, by=request.user, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                self._say(request, step, record, said)
                # Who only was asked for an answer has no more to do with it.
                home = reverse("admin:index") if step is ANSWER else ""
                return HttpResponseRedirect(home or self._address(record, "change"))
        return self._ask(request, step, form, [record])

    def _too_late(self, request, step: Step, record: Publishable) -> HttpResponse:
        """A second click, or a colleague was faster; what is no step of theirs is not there."""
        sent = _sent(request)
        if sent is None or not (request.user.publishes or step is SUBMIT):
            raise PermissionDenied
        messages.warning(request, f"Nothing was done: “{record}” is {record.get_state_display().lower()} by now.")
        self._give_back(request, sent)
        return HttpResponseRedirect(self._address(record, "change"))

    def _give_back(self, request, sent) -> None:
        """What somebody wrote into a step that is not taken: said to them, for it is kept nowhere."""
        if words := sent.get("comment", "").strip():
            messages.warning(request, f"You had written: “{words}”")

    def _answered_already(self, request, object_id: str, step: Step) -> HttpResponse:
        """A second click of who has just answered, or somebody was faster: they do not see the record any more."""
        sent = _sent(request)
        if step is not ANSWER or sent is None or not is_key(object_id):
            raise Http404
        asked = Review.objects.of_kind(self.model).filter(to_user=request.user, object_id=object_id)
        if not asked.exists():
            raise Http404
        if asked.filter(answered_by=request.user).exists():
            messages.warning(request, "Nothing was done: you have answered already.")
        else:
            messages.warning(request, "Nothing was done: your answer is not waited for any more.")
            self._give_back(request, sent)
        return HttpResponseRedirect(reverse("admin:index"))

    def _ask(self, request, step: Step, form, records, chosen=()) -> TemplateResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": step.many.rstrip("…"),
            "opts": self.opts,
            "media": self.media + form.media,
            "step": step,
            "form": form,
            "records": records,
            "chosen": chosen,
            "consequences": standing.hidden_with(records) if step.name == "withdraw" else [],
            "linking": texts.linking(records) if step.name == "withdraw" else [],
            "zone": zone(),
            "back": "" if chosen else self._address(records[0], "change"),
        }
        return TemplateResponse(request, "admin/step.html", context)

    # --- the front page ------------------------------------------------------------------

    def waiting(self, count: int, words: str, query: str) -> Awaiting:
        """A line of the front page that leads to the list, narrowed by ``query``."""
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        noun = self.opts.verbose_name if count == 1 else self.opts.verbose_name_plural
        return Awaiting(count, f"{noun} {words}", f"{address}?{query}")

    # --- many at once --------------------------------------------------------------------

    def changelist_view(self, request, extra_context=None):
        """The list; after a login, the question of a step for many, with what was answered before."""
        typed = returning.typed(request)
        step = STEPS.get(typed.get("action", "")) if typed and request.user.publishes else None
        keys = list(filter(is_key, typed.getlist(ACTION_CHECKBOX_NAME))) if typed else []
        records = list(self.get_queryset(request).filter(pk__in=keys)) if step and step.in_bulk else []
        if step is None or step.form is None or not records:
            return super().changelist_view(request, extra_context)
        chosen = [record.pk for record in records]
        return self._ask(request, step, step.form(typed, user=request.user), records, chosen=chosen)

    def get_actions(self, request):
        """The steps in bulk, for those who publish; authors go record by record."""
        if not request.user.publishes or IS_POPUP_VAR in request.GET:
            return {}
        steps = [step for step in STEPS.values() if step.in_bulk]
        bulk = {step.name: (partial(_in_bulk, step=step), step.name, step.many) for step in steps}
        return bulk | super().get_actions(request)

    def take_for_many(self, request, step: Step, queryset) -> HttpResponse | None:
        """Take a step with each record; what refuses is named, and does not stop the others."""
        records = list(queryset)
        answers: dict[str, Any] = {}
        if step.form:
            form = step.form(request.POST if "_take" in request.POST else None, user=request.user)
            if not form.is_valid():
                return self._ask(request, step, form, records, chosen=[record.pk for record in records])
            answers = form.cleaned_data
        with mail.gathered():
            for record in records:
                try:
                    _refuse_by_the_way(step, record)
                    said = step.act(record=record, by=request.user, **answers)
                except ValidationError as error:
                    messages.error(request, f"“{record}”: {refused(error)}")
                else:
                    self._say(request, step, record, said)
        return None


def _sent(request) -> Any:
    """What was answered: sent now, or before a login; None where the question is opened."""
    return request.POST if request.method == "POST" else returning.typed(request)


def _refuse_by_the_way(step: Step, record: Publishable) -> None:
    """What was taken back to protect somebody does not come out again as one of many; a second click does nothing."""
    record.refresh_from_db(fields=["state", "withdrawal", "withdrawn_at"])
    if step is PUBLISH and record.state == State.PUBLISHED and not list(record.published_together()):
        raise ValidationError("It is public already.")
    if step in (PUBLISH, SCHEDULE) and record.withdrawn_at and record.withdrawal in SILENT_WITHDRAWALS:
        raise ValidationError("It was withdrawn on request or for safety: if you are sure, publish it on its page.")


def _in_bulk(model_admin: PublishableAdmin, request, queryset, *, step: Step) -> HttpResponse | None:
    """A step as an admin action."""
    return model_admin.take_for_many(request, step, queryset)
