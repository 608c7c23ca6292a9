"""Drafts of what is public that the clock publishes: through the form, as whoever scheduled them would."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from workshop.accounts.models import Role
from workshop.admin.asking import AsksForCorrections, NotSaid
from workshop.admin.previewing import UNSAVABLE, sent_by
from workshop.admin.rehearsal import Busy, rehearse
from workshop.common.publishing import NotDeletable, State
from workshop.editing import keeping, restoring
from workshop.editing.content import Content, merge
from workshop.editing.files import names_in
from workshop.editing.models import Draft
from workshop.editing.work import Work
from workshop.images import leaving
from workshop.reviewing import mail

DONE = "Published the draft, as scheduled."
MET = "What readers see was changed in the same places meanwhile. Open it, decide, and publish."
NOBODY = "Whoever scheduled it does not publish any more."
NOT_PUBLIC = "It is not public any more."
GONE = "It names what is gone. Open it, look what is left, and publish."
FILE_GONE = "The file that it brings back is not kept any more. Open it, choose a file, and publish."
NO_ANSWER = "It changes what readers may have quoted. Open it, say whether it is a correction, and publish."
BUSY = "The desk is saving something else just now. Try once more in a moment."


class NamesGone(ValidationError):
    """A draft that names what is not there any more; its sentences may tell names, so they go into no log."""


class DraftsLater:
    """The part of a publishable record's admin that publishes drafts without a browser."""

    def check_draft(self, request, record: Any) -> None:
        """Raises ValidationError, with sentences, for a draft that could not be published as it is."""
        draft = Draft.objects.of(record).first()
        if draft is None:
            return

        def act() -> None:
            self._publish_draft(sent_by(request.user, None), self.get_object(request, str(record.pk)), draft)

        try:
            rehearse(act)
        except Busy as error:
            raise ValidationError(BUSY) from error
        except (IntegrityError, NotDeletable) as error:
            raise ValidationError(UNSAVABLE) from error

    def publish_scheduled(self, draft: Draft) -> Any:
        """Publish a draft whose moment has come, in the transaction that is open; the record.

        Raises ValidationError where that cannot be without somebody who decides.
        """
        user = draft.scheduled_by
        if user is None or not user.is_active or not user.publishes:
            raise ValidationError(NOBODY)
        request = sent_by(user, None)
        record = self.get_object(request, str(draft.object_id))
        if record is None or record.state != State.PUBLISHED:
            raise ValidationError(NOT_PUBLIC)
        saved = self._publish_draft(request, record, draft)
        try:
            self.log_change(request, saved, DONE)
        except NotSaid as refusal:  # a correction that must not be told as it is
            raise refusal.error from refusal
        return saved

    def _publish_draft(self, request, record: Any, draft: Draft) -> Any:
        """Save a draft as its page would."""
        work = request.work = Work(self, request, record)
        content = _joined(draft, work)
        self._refuse_gone(work, content)
        data = work.forms.data(content)
        for name, value in draft.beside.items():
            data[name] = value
        request.POST = data
        request.may_come_back = _files_that_come_back(work, content)
        self._take_answer(request, work, content)
        return self._saved(request, record, for_good=True)

    def _refuse_gone(self, work: Work, content: Content) -> None:
        """Nothing that the draft names goes from it while nobody looks."""
        owner = getattr(work.record, "created_by", None)
        reader = owner if owner is not None and not owner.publishes else work.request.user  # who reads why it failed
        if said := restoring.gone(work.forms, content, reader):
            raise NamesGone([*said, GONE])

    def _take_answer(self, request, work: Work, content: Content) -> None:
        """Take what was said of corrections when it was scheduled."""
        request.correction = None
        if isinstance(self, AsksForCorrections):
            request.correction = self._question(request, work, content, data=request.POST)
            if request.correction is not None and not request.correction.is_valid():
                raise ValidationError(NO_ANSWER)


def _files_that_come_back(work: Work, content: Content) -> frozenset[str]:
    """The files of the version that the draft takes up. Raises ValidationError where one of them is lost."""
    may_come_back = work.may_come_back
    wanted = may_come_back & set(names_in(content)) - set(names_in(work.live))
    if not all(map(leaving.waits, wanted)):
        raise ValidationError(FILE_GONE)
    return may_come_back


def _joined(draft: Draft, work: Any) -> Content:
    """The draft, with what was changed elsewhere in the live row since it was begun."""
    if draft.live == work.live.fingerprint:
        return draft.content
    merged = merge(keeping.begun_from(work.record, draft.live), draft.content, work.live)
    if merged.conflicts:
        raise ValidationError(MET)
    return merged.content


def publish_due_drafts() -> tuple[list[Any], list[str]]:
    """Publish the drafts whose moment has come, each in a transaction of its own; what failed is said.

    One that fails is taken off the schedule, and says why on its page and to who scheduled it.
    """
    done: list[Any] = []
    failed: list[str] = []
    with mail.gathered():
        for key in list(Draft.objects.due().order_by("publish_at", "pk").values_list("pk", flat=True)):
            draft = Draft.objects.select_related("content_type", "scheduled_by").get(pk=key)
            try:
                with transaction.atomic():
                    model_admin: Any = admin.site._registry[draft.content_type.model_class()]  # type: ignore[index]
                    held = Draft.objects.due().select_for_update().filter(pk=key).first()
                    if held is not None:  # nobody was faster
                        done.append(model_admin.publish_scheduled(draft))
            except (ValidationError, IntegrityError, NotDeletable) as error:
                reason = " ".join(getattr(error, "messages", [UNSAVABLE]))
                told = GONE if isinstance(error, NamesGone) else reason
                failed.append(f"{draft.content_type.model} {draft.object_id}: {told}")
                _note_failure(draft, reason)
    return done, failed


@transaction.atomic
def _note_failure(draft: Draft, reason: str) -> None:
    Draft.objects.filter(pk=draft.pk).update(**keeping.NOT_SCHEDULED, failed=reason)
    record = draft.content_type.get_all_objects_for_this_type(pk=draft.object_id).first()
    if record is not None:  # else it went into another one, and the draft waits with it for an undo
        people = [draft.scheduled_by] if draft.scheduled_by else mail.of_role(Role.EDITOR)
        mail.tell(people, record, "The draft could not be published at its time")
