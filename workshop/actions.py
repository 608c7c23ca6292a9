"""Writes that touch several records: publishing above all.

Nothing else changes a publishing state. The admin, the commands and every
other door call these.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from copy import copy

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F, Min
from django.db.models.functions import Now
from django.utils import timezone

from workshop.common.keywords import Tag
from workshop.common.publishing import SILENT_WITHDRAWALS, Publishable, State, Withdrawal
from workshop.editing.models import Draft
from workshop.models import Ledger, StatusChange, Workshop
from workshop.models.site import SiteState
from workshop.reviewing import actions as reviewing
from workshop.reviewing import mail
from workshop.reviewing.models import Outcome, Review
from workshop.search import freshness
from workshop.slugs.models import OldSlug


def public_changed() -> None:
    """Index what was written and raise the public version. Call it last in the transaction."""
    freshness.flush()


@transaction.atomic
def publish(*, record: Publishable, by=None) -> Publishable:
    """Make a record public, with the drafts that go public together with it.

    What counts is the row as it is stored: save a changed record first.
    Raises ValidationError, with sentences for the editor, where something that
    a published record needs is missing; nothing is written then.
    """
    now = timezone.now()
    record = _lock(record)
    again = record.state == State.PUBLISHED
    record.state = State.PUBLISHED
    record.first_published_at = record.first_published_at or now
    if record.withdraw_at is not None and record.withdraw_at <= now:
        record.withdraw_at = None
    if record.withdrawn_at or record.withdraw_at is None:
        record.withdrawal = ""  # the reason of a withdrawal that is over
    record.withdrawn_at = record.publish_at = None
    record.full_clean()
    record.save()
    record.fate_changed()
    _log(record, by, "Published.")
    for part in record.published_together():
        try:
            publish(record=part, by=by)
        except ValidationError as error:
            raise ValidationError([f"{part}: {message}" for message in error.messages]) from error
    reviewing.published(record=record, by=by, until=record.withdraw_at, again=again)
    if record.withdraw_at is not None:
        SiteState.cease_by(record.withdraw_at)
    public_changed()
    return record


def as_published(record: Publishable) -> Publishable:
    """A new record, unsaved, as it is once it is public: for those who save many at once."""
    record.state, record.first_published_at = State.PUBLISHED, timezone.now()
    return record


@transaction.atomic
def withdraw(*, record: Publishable, kind: str, by=None) -> Publishable:
    """Take a record back. Its address answers 410 from now on.

    Raises ValidationError for a kind that is not in ``Withdrawal``, for a
    record that never was public, and for a kind that shows more than the one
    for which it was withdrawn already.
    """
    if kind not in Withdrawal.values:
        raise ValidationError("Choose why it is withdrawn.")
    record = _lock(record)
    if not record.was_published:
        raise ValidationError("It was never published: delete it, or leave it as a draft.")
    if record.withdrawal in SILENT_WITHDRAWALS and kind not in SILENT_WITHDRAWALS and record.withdrawn_at:
        raise ValidationError("It was withdrawn on request or for safety: not even its title may come back.")
    record.state, record.withdrawal, record.withdrawn_at = State.WITHDRAWN, kind, timezone.now()
    record.publish_at = record.withdraw_at = None
    record.save()
    record.fate_changed()
    _log(record, by, f"{record.get_withdrawal_display()}.")
    reviewing.withdrawn(record=record, by=by)
    public_changed()
    return record


@transaction.atomic
def withdraw_later(*, record: Publishable, at: dt.datetime, kind: str, by=None) -> Publishable:
    """Let a public record cease to be public at a moment.

    From that moment readers do not see it, whether ``run_due`` has run or not.
    Raises ValidationError for a moment that has passed, an unknown kind, and a
    record that is not published.
    """
    if kind not in Withdrawal.values:
        raise ValidationError("Choose why it is withdrawn.")
    if at <= timezone.now():
        raise ValidationError("Choose a moment that is still to come.")
    record = _lock(record)
    if record.state != State.PUBLISHED:
        raise ValidationError("It is not public: there is nothing to withdraw.")
    record.withdraw_at, record.withdrawal = at, kind
    record.full_clean()
    record.save()
    _log(record, by, f"To be withdrawn on {_moment(at)}. {record.get_withdrawal_display()}.")
    reviewing.appoint(record=record, by=by)
    SiteState.cease_by(at)
    public_changed()
    return record


@transaction.atomic
def schedule(*, record: Publishable, at: dt.datetime, until: dt.datetime | None = None, by=None) -> Publishable:
    """Publish a record later, by ``run_due``, and withdraw it again at ``until``.

    Raises ValidationError for a moment that has passed, an end that comes
    before the beginning, and a record that is public already. One that was
    withdrawn stays so, with its reason, until that moment.
    """
    if at <= timezone.now():
        raise ValidationError("Choose a moment that is still to come.")
    if until is not None and until <= at:
        raise ValidationError("It would be withdrawn before it is published.")
    record = _lock(record)
    if record.state == State.PUBLISHED:
        raise ValidationError("It is public already.")
    record.state, record.publish_at, record.withdraw_at = State.SCHEDULED, at, until
    record.full_clean()
    _refuse_unless_ready(record, at)
    record.save()
    _log(record, by, f"To be published on {_moment(at)}{f', until {_moment(until)}' if until else ''}.")
    reviewing.answer(record=record, by=by, outcome=Outcome.PUBLISHED)
    reviewing.appoint(record=record, by=by)
    return record


@transaction.atomic
def submit(*, record: Publishable, by=None, to_user=None, to_role: str = "", comment: str = "") -> Publishable:
    """Ask somebody to look at a draft: a person, or all of a role; by default the editors.

    The draft of a public record is asked about without a change of what readers see.
    Raises ValidationError for anything but a draft, and for somebody who cannot be asked.
    """
    if _is_public_with_draft(record):
        record = _lock(record)
    else:
        record = _move(record, State.DRAFT, State.IN_REVIEW, "Only a draft can be submitted. Save one first.")
    review = reviewing.ask(record=record, by=by, to_user=to_user, to_role=to_role, comment=comment)
    _log(record, by, _with_words(f"Submitted for review, to {review.of_whom}", comment))
    return record


@transaction.atomic
def send_back(*, record: Publishable, by=None, comment: str = "") -> Publishable:
    """Return a record from review, with a word on what to change, or from the schedule, as a draft.

    One that was withdrawn before it was scheduled is withdrawn again. Who may not
    publish, but was asked, answers by this. Raises ValidationError for any other state,
    and for a review that is answered without a word.
    """
    if record.state == State.SCHEDULED:
        target = State.WITHDRAWN if record.withdrawn_at else State.DRAFT
        record = _move(record, State.SCHEDULED, target, "It is not scheduled.")
        reviewing.cancel(record=record)
        _log(record, by, "Taken off the schedule.")
        return record
    record = _out_of_review(record)
    outcome = Outcome.SENT_BACK if by is None or by.publishes else Outcome.ANSWERED
    reviewing.answer(record=record, by=by, outcome=outcome, comment=comment)
    _log(record, by, _with_words(outcome.label, comment))
    return record


@transaction.atomic
def take_back(*, record: Publishable, by) -> Publishable:
    """Return a record from review to who wrote it or asked, at their own wish.

    Raises ValidationError for anybody else, and for what is not in review.
    """
    review: Review | None = reviewing.open_review(record)
    if by.pk not in {record.created_by_id, review and review.asked_by_id}:
        raise ValidationError("Only who wrote it, or asked for the review, takes it back. Send it back instead.")
    record = _out_of_review(record)
    reviewing.answer(record=record, by=by, outcome=Outcome.TAKEN_BACK)
    _log(record, by, "Taken back from review.")
    return record


def _is_public_with_draft(record: Publishable) -> bool:
    return record.state == State.PUBLISHED and Draft.objects.of(record).exists()


def _out_of_review(record: Publishable) -> Publishable:
    """A record is a draft again; one that is public stays so, it is its draft that was in review."""
    if record.state == State.PUBLISHED and reviewing.open_review(record) is not None:
        return _lock(record)
    return _move(record, State.IN_REVIEW, State.DRAFT, "It is not in review.")


def _refuse_unless_ready(record: Publishable, at: dt.datetime) -> None:
    """Raises what publishing would raise: better now than at night, to nobody."""
    trial = copy(record)
    trial.state, trial.first_published_at = State.PUBLISHED, record.first_published_at or at
    trial.full_clean()


def _move(record: Publishable, source: str, target: str, refusal: str) -> Publishable:
    record = _lock(record)
    if record.state != source:
        raise ValidationError(refusal)
    record.state, record.publish_at, record.withdraw_at = target, None, None
    record.save()
    return record


def _with_words(said: str, comment: str) -> str:
    return f"{said}: “{comment.strip()}”" if comment.strip() else f"{said}."


def _moment(at: dt.datetime) -> str:
    """A moment as the desk writes it, in the site's time zone."""
    return f"{timezone.localtime(at):%-d %B %Y, %H:%M %Z}"


def run_due_publications(models_: list[type[Publishable]]) -> tuple[list[Publishable], list[str]]:
    """Publish what is due and close what is past ``withdraw_at``; what failed is named.

    Each record has a transaction of its own, so that one which cannot be
    published does not hold up the others; who set its moment is told.
    """
    done: list[Publishable] = []
    failed: list[str] = []
    with mail.gathered():
        for model in models_:
            everything = model._default_manager
            for rows, act in ((everything.due().order_by("publish_at", "pk"), publish), (everything.over(), _close)):
                for record in rows:
                    try:
                        with transaction.atomic():
                            # Asked again under the lock: an editor may have been faster.
                            if rows.filter(pk=_lock(record).pk).exists():
                                done.append(act(record=record))
                    except ObjectDoesNotExist as error:  # deleted meanwhile
                        failed.append(_failure(record, type(error).__name__))
                    except (ValidationError, IntegrityError) as error:
                        reason = " ".join(getattr(error, "messages", [type(error).__name__]))
                        failed.append(_failure(record, reason))
                        reviewing.failed(record=record, reason=reason)
    return done, failed


def _failure(record: Publishable, reason: str) -> str:
    return f"{record._meta.label} {record.pk}: {reason}"


@transaction.atomic
def look_ahead(models_: list[type[Publishable]]) -> None:
    """Once a moment at which something ceased to be public has passed: find the next one.

    Called after ``run_due_publications`` has closed what is over. The version is
    raised with it, because what could not be closed is hidden all the same, and
    stands in pages that were kept before.
    """
    # Held first: who decides on another moment at the same time waits, or is read below.
    state = SiteState.objects.select_for_update().filter(pk=1, ceases_at__lte=Now()).first()
    if state is None:
        return
    ahead = [
        model._default_manager.filter(state=State.PUBLISHED, withdraw_at__gt=Now()).aggregate(at=Min("withdraw_at"))
        for model in models_
    ]
    state.ceases_at = min((row["at"] for row in ahead if row["at"]), default=None)
    state.save(update_fields=["ceases_at"])
    freshness.refresh_ended()
    SiteState.raise_version()  # whatever was written, or nothing


def _close(*, record: Publishable) -> Publishable:
    """Withdraw what has run out; where nobody said why, the page that stays says nothing either."""
    return withdraw(record=record, kind=record.withdrawal or Withdrawal.REQUEST)


def withheld_names_in(record: Publishable, texts: Iterable[str] | None = None) -> list[str]:
    """Names that the record must not show and that stand in its texts or its addresses, or in ``texts``.

    Its texts are those of its parts, too: quotations, notes, titles of recordings.
    Publishing warns of them; whether a sentence gives somebody away is for the
    editor to judge.
    """
    if texts is None:
        texts = [*_texts_of(record), *OldSlug.objects.of(record).values_list("slug", flat=True)]
    running = " ".join(texts).casefold().replace("-", " ")
    found = []
    for person in record.people_withheld():
        names = {person.name, person.name_ko, person.family_name, person.native_name} - {""}
        if any(re.search(rf"(?<!\w){re.escape(name.casefold().replace('-', ' '))}", running) for name in names):
            found.append(str(person))
    return found


def _texts_of(record: models.Model) -> Iterator[str]:
    """Every text of a record, its keywords, and the texts of the parts that would go with it."""
    for field in record._meta.get_fields():
        if isinstance(field, models.CharField | models.TextField):
            yield getattr(record, field.attname)
        elif field.many_to_many and field.related_model is Tag:
            yield from getattr(record, field.name).names()
        elif field.one_to_many and getattr(field, "on_delete", None) is models.CASCADE:
            for part in getattr(record, str(field.get_accessor_name())).all():
                yield from _texts_of(part)


@transaction.atomic
def change_status(*, change: StatusChange, by=None) -> StatusChange:
    """Enter a change of an edition's status: the only way its dates change.

    The plan it ends is filled in from the edition where it is not given; the
    dates it makes become the plan, if no later decision made others.
    """
    workshop = Workshop.objects.select_for_update().get(pk=change.workshop_id)
    if change.previous_start is None and change.pk is None:
        change.previous_start, change.previous_end = workshop.start, workshop.end
        change.previous_precision = workshop.dates_precision
    change.full_clean()
    change.save()
    dated = [row for row in workshop.status_changes.all() if row.new_start]
    if dated and max(dated, key=StatusChange.order_of).pk == change.pk:
        workshop.start, workshop.end = change.new_start, change.new_end
        workshop.dates_precision = change.new_precision
        workshop.save()
    _log(workshop, by, f"Status: {change.get_status_display()}, {change.decided}.")
    public_changed()
    return change


@transaction.atomic
def remove_status(*, change: StatusChange, by=None) -> Workshop:
    """Take back a change of status that was entered by mistake.

    If it is the latest one, and the plan is the one it made, the plan before
    it is the plan again.
    """
    workshop = Workshop.objects.select_for_update().get(pk=change.workshop_id)
    latest = workshop.status()
    made_the_plan = latest is not None and latest.pk == change.pk and workshop.start == change.new_start
    said = f"Status taken back: {change.get_status_display()}, {change.decided}."
    change.delete()
    if made_the_plan and change.new_start:
        workshop.start, workshop.end = change.previous_start, change.previous_end
        workshop.dates_precision = change.previous_precision
        workshop.save()
    _log(workshop, by, said)
    public_changed()
    return workshop


@transaction.atomic
def next_code(*, workshop: Workshop) -> str:
    """The next free recommendation code of an edition: ``kw12-r03``.

    Counted under the edition's lock, so that two editors get two codes. A code
    that was given by hand or by an import is passed over.
    """
    edition = Workshop.objects.filter(pk=workshop.pk)
    while True:
        edition.update(last_number=F("last_number") + 1)
        code = f"{workshop.code.lower()}-r{edition.values_list('last_number', flat=True).get():02d}"
        if not Ledger.objects.filter(code=code).exists():
            return code


def _lock(record: Publishable):
    """The row as it is now, held until the transaction ends.

    Its owners are held first and from the top, so that two editors at work on
    the same record and its parts wait in the same order.
    """
    for name in record.hidden_with:
        if owner := getattr(record, name):
            _lock(owner)
    return type(record)._default_manager.select_for_update().get(pk=record.pk)


def _log(record: models.Model, by, said: str) -> None:
    """Who did what and when, in the admin's own history."""
    if by is not None:
        LogEntry.objects.log_actions(by.pk, [record], CHANGE, change_message=said, single_object=True)
