"""What the clock does: publish what is due, withdraw what has run out."""

import datetime as dt
import signal

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from recommendations.models import FollowUp, Recommendation
from tests.factories import (
    FollowUpFactory,
    ImageFactory,
    QuoteFactory,
    RecommendationFactory,
    SpeakerFactory,
    TalkFactory,
    ThemeFactory,
    WorkshopFactory,
)
from workshop.actions import publish, run_due_publications, send_back
from workshop.common.publishing import State
from workshop.management.commands import run_due
from workshop.models import Ledger, SiteState, Theme
from workshop.registry import publishable_models

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


def ago():
    return timezone.now() - MINUTE


def scheduled(factory, at=None, **kwargs):
    return factory(state=State.SCHEDULED, publish_at=at or ago(), **kwargs)


def test_due_records_of_every_kind_become_public():
    edition = scheduled(WorkshopFactory)
    recommendation = scheduled(RecommendationFactory, source_quote=QuoteFactory(), workshop=edition)
    records = [
        edition,
        scheduled(TalkFactory, workshop=edition),
        scheduled(ThemeFactory),
        scheduled(SpeakerFactory),
        scheduled(ImageFactory),
        recommendation,
        scheduled(FollowUpFactory, recommendation=recommendation),
    ]

    done, failed = run_due_publications(publishable_models())

    assert (sorted(map(str, done)), failed) == (sorted(map(str, records)), [])
    assert all(type(record).objects.public().filter(pk=record.pk).exists() for record in records)
    assert Ledger.objects.get(code=recommendation.code).fate == "published"
    assert [row.status for row in recommendation.intervals.all()] == ["in-progress"]


def test_records_that_are_not_due_stay_as_they_are():
    scheduled(ThemeFactory, at=timezone.now() + MINUTE)
    ThemeFactory(), ThemeFactory(published=True, withdraw_at=timezone.now() + MINUTE)

    assert run_due_publications([Theme]) == ([], [])
    assert sorted(Theme.objects.values_list("state", flat=True)) == ["draft", "published", "scheduled"]


@pytest.mark.parametrize(("kind", "written"), [("error", "error"), ("safety", "safety"), ("", "request")])
def test_records_past_their_end_are_withdrawn_for_the_reason_given(kind, written):
    """Where no reason was given, the one that stays shows nothing either."""
    ThemeFactory(published=True, withdraw_at=ago(), withdrawal=kind)

    run_due_publications([Theme])

    theme = Theme.objects.get()
    assert (theme.state, theme.withdrawal, theme.withdraw_at) == (State.WITHDRAWN, written, None)


def test_record_whose_whole_time_has_passed_unseen_is_published_and_withdrawn():
    """The machine was off: readers with the announced address find a 410, not a 404."""
    scheduled(ThemeFactory, at=ago() - MINUTE, withdraw_at=ago(), withdrawal="superseded")

    run_due_publications([Theme])
    run_due_publications([Theme])

    theme = Theme.objects.get()
    assert (theme.was_published, theme.state in {State.WITHDRAWN, State.PUBLISHED}) == (True, True)


def test_record_that_cannot_be_published_is_named_and_holds_nobody_up():
    lacking = scheduled(RecommendationFactory)
    complete = scheduled(RecommendationFactory, source_quote=QuoteFactory())

    done, failed = run_due_publications([Recommendation])

    assert done == [complete]
    assert [sentence.partition(": ")[0] for sentence in failed] == [f"recommendations.Recommendation {lacking.pk}"]
    lacking.refresh_from_db()
    assert (lacking.state, lacking.was_published) == (State.SCHEDULED, False)


def test_record_taken_off_the_schedule_meanwhile_is_not_published(monkeypatch):
    """An editor is faster than the list that run_due has read."""
    first, second = scheduled(ThemeFactory, at=ago() - MINUTE), scheduled(ThemeFactory)

    def publish_and_take_off(record):
        send_back(record=second)
        return publish(record=record)

    monkeypatch.setattr("workshop.actions.due.publish", publish_and_take_off)
    done, failed = run_due_publications([Theme])

    assert (done, failed) == ([first], [])
    assert Theme.objects.get(pk=second.pk).state == State.DRAFT


def test_record_deleted_meanwhile_is_passed_over(monkeypatch):
    first, second = scheduled(ThemeFactory, at=ago() - MINUTE), scheduled(ThemeFactory)

    def publish_and_delete(record):
        Theme.objects.filter(pk=second.pk).delete()
        return publish(record=record)

    monkeypatch.setattr("workshop.actions.due.publish", publish_and_delete)
    done, _ = run_due_publications([Theme])

    assert done == [first]


def test_follow_up_is_published_after_what_it_belongs_to():
    recommendation = scheduled(RecommendationFactory, source_quote=QuoteFactory())
    scheduled(FollowUpFactory, recommendation=recommendation)

    run_due_publications(publishable_models())

    assert FollowUp.objects.public().count() == 1


# --- The command -----------------------------------------------------------------------


def test_command_says_what_it_did_and_notes_that_it_ran(capsys):
    theme = scheduled(ThemeFactory)
    lacking = scheduled(RecommendationFactory)
    before = timezone.now()

    call_command("run_due")

    said = capsys.readouterr()
    assert said.out == f"Published: theme {theme.pk}\n"
    assert said.err.startswith(f"recommendations.Recommendation {lacking.pk}: Before it is published")
    assert SiteState.objects.get().due_ran_at >= before


def test_command_does_not_touch_the_public_version_when_nothing_is_due():
    SiteState.raise_version()
    before = SiteState.objects.get().version

    call_command("run_due")

    assert SiteState.objects.get().version == before


@pytest.fixture
def loop(monkeypatch):
    """The command with --loop; what each look does is given, and the last one stops it."""
    monkeypatch.setattr(run_due, "EVERY_SECONDS", 0)
    monkeypatch.setattr(run_due, "close_old_connections", lambda: None)  # the test's own is among them
    kept = {name: signal.getsignal(name) for name in (signal.SIGTERM, signal.SIGINT)}

    def run(*looks):
        left = list(looks)

        def once(self):
            look = left.pop(0)
            if not left:
                signal.raise_signal(signal.SIGTERM)
            look()

        monkeypatch.setattr(run_due.Command, "once", once)
        call_command("run_due", "--loop")
        return left

    yield run
    for name, handler in kept.items():
        signal.signal(name, handler)


def test_loop_goes_on_after_a_database_that_did_not_answer_and_stops_when_told(loop):
    def down():
        raise OperationalError("no answer")

    assert loop(down, lambda: None, lambda: None) == []
