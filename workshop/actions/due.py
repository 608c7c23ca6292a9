"""What the clock does: publish what is due, close what is over. ``run_due`` calls it."""

from __future__ import annotations

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Min
from django.db.models.functions import Now

from workshop.actions.holding import lock
from workshop.actions.publishing import publish, withdraw
from workshop.common.publishing import Publishable, State, Withdrawal
from workshop.models.site import SiteState
from workshop.reviewing import actions as reviewing
from workshop.reviewing import mail
from workshop.search import freshness


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
                            if rows.filter(pk=lock(record).pk).exists():
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
