"""Publishing and its relatives: what they write, what they refuse, what they leave alone."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.utils import timezone

from recommendations.models import FollowUp
from tests.factories import (
    DocumentFactory,
    FollowUpFactory,
    ImageFactory,
    QuoteFactory,
    RecommendationFactory,
    SeriesFactory,
    TalkFactory,
    UserFactory,
    WorkshopFactory,
)
from workshop.actions import (
    publish,
    schedule,
    send_back,
    submit,
    withdraw,
    withdraw_later,
)
from workshop.common.publishing import State, Withdrawal
from workshop.models import Ledger, SiteState, Talk, Workshop

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def soon():
    return timezone.now() + HOUR


def site_version():
    return SiteState.objects.filter(pk=1).values_list("version", flat=True).first() or 0


def set_on_row(record, **values):
    type(record)._base_manager.filter(pk=record.pk).update(**values)


def fate(record):
    row = Ledger.objects.get(code=record.code.lower())
    return row.fate, row.withdrawal, row.first_published_at is not None


# --- publish ---------------------------------------------------------------------------


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.PUBLISHED])
def test_publish_from_any_state_makes_it_public(state):
    talk = TalkFactory(workshop__published=True, state=state, **published_if(state))
    before = site_version()

    published = publish(record=talk)

    assert published == Talk.objects.public().get()
    assert (published.was_published, published.publish_at, published.withdrawal) == (True, None, "")
    assert site_version() > before


def published_if(state):
    return {"first_published_at": timezone.now()} if state == State.PUBLISHED else {}


def test_publish_again_keeps_the_first_moment():
    talk = TalkFactory(published=True)
    first = talk.first_published_at

    withdraw(record=talk, kind="error")
    again = publish(record=talk)

    assert (again.first_published_at, again.withdrawn_at, again.withdrawal) == (first, None, "")


def test_publish_of_a_record_whose_time_was_up_forgets_that_time():
    talk = TalkFactory(published=True, withdraw_at=timezone.now() - HOUR, withdrawal="request")

    again = publish(record=talk)

    assert (again.withdraw_at, again.withdrawal, again in Talk.objects.public()) == (None, "", True)


def test_publish_keeps_an_end_that_is_still_to_come_and_its_reason():
    end = soon()
    talk = TalkFactory(published=True, withdraw_at=end, withdrawal="request")

    again = publish(record=talk)

    assert (again.withdraw_at, again.withdrawal) == (end, "request")


def test_publish_looks_at_the_stored_row_not_at_the_object():
    talk = TalkFactory(workshop__published=True, title="As stored")
    talk.title = "Not saved"

    assert publish(record=talk).title == "As stored"


@pytest.mark.parametrize(
    ("record", "sentence"),
    [
        (RecommendationFactory, "one from a talk needs its source words"),
        (
            lambda: RecommendationFactory(source_quote=QuoteFactory(), made_on=None),
            "needs the date on which it was made",
        ),
        (lambda: ImageFactory(alt=""), "needs a credit, and alternative text"),
        (lambda: FollowUpFactory(evidence_url=""), "needs its evidence"),
    ],
    ids=["source", "date", "picture", "evidence"],
)
def test_publish_of_what_lacks_something_writes_nothing(record, sentence):
    record = record()
    before = (type(record).objects.values().get(pk=record.pk), site_version(), LogEntry.objects.count())

    with pytest.raises(ValidationError, match=sentence):
        publish(record=record, by=UserFactory())

    assert (type(record).objects.values().get(pk=record.pk), site_version(), LogEntry.objects.count()) == before


def test_publish_takes_the_draft_follow_ups_along():
    recommendation = RecommendationFactory(source_quote=QuoteFactory())
    draft = FollowUpFactory(recommendation=recommendation, status="stalled")
    waiting = FollowUpFactory(recommendation=recommendation, state="in_review")

    publish(record=recommendation)

    assert [*FollowUp.objects.public()] == [draft]
    assert [row.status for row in recommendation.intervals.all()] == ["stalled"]
    waiting.refresh_from_db()
    assert waiting.state == State.IN_REVIEW


def test_publish_with_a_follow_up_that_is_not_ready_publishes_neither():
    recommendation = RecommendationFactory(source_quote=QuoteFactory())
    FollowUpFactory(recommendation=recommendation)
    FollowUpFactory(recommendation=recommendation, evidence_url="")

    with pytest.raises(ValidationError, match="24 January 2023: In progress: .* needs its evidence"):
        publish(record=recommendation)

    recommendation.refresh_from_db()
    assert (recommendation.state, recommendation.was_published) == (State.DRAFT, False)
    assert not FollowUp.objects.exclude(state=State.DRAFT).exists()
    assert fate(recommendation) == ("given", "", False)


def test_publish_says_who_did_it():
    editor, talk = UserFactory(role="editor"), TalkFactory()

    publish(record=talk, by=editor)
    withdraw(record=talk, kind="safety", by=editor)

    said = LogEntry.objects.order_by("pk").values_list("user", "object_id", "change_message")
    assert list(said) == [
        (editor.pk, str(talk.pk), "Published."),
        (editor.pk, str(talk.pk), "Withdrawn for safety."),
    ]


# --- withdraw --------------------------------------------------------------------------


@pytest.mark.parametrize("kind", Withdrawal.values)
def test_withdraw_hides_it_and_keeps_the_reason(kind):
    edition = WorkshopFactory(published=True)
    before = site_version()

    gone = withdraw(record=edition, kind=kind)

    assert (gone.state, gone.withdrawal, gone.withdrawn_at is not None) == (State.WITHDRAWN, kind, True)
    assert fate(gone) == ("withdrawn", kind, False)
    assert (Workshop.objects.public().exists(), site_version() > before) == (False, True)


def test_withdraw_of_what_never_was_public_is_refused():
    with pytest.raises(ValidationError, match="It was never published"):
        withdraw(record=TalkFactory(), kind="error")


@pytest.mark.parametrize("kind", ["", "boredom", None])
def test_withdraw_without_a_known_reason_is_refused(kind):
    with pytest.raises(ValidationError, match="Choose why it is withdrawn."):
        withdraw(record=TalkFactory(published=True), kind=kind)


@pytest.mark.parametrize("first", ["request", "safety"])
@pytest.mark.parametrize("second", ["error", "superseded"])
def test_withdraw_again_does_not_bring_a_title_back(first, second):
    talk = TalkFactory(published=True)
    withdraw(record=talk, kind=first)

    with pytest.raises(ValidationError, match="not even its title may come back"):
        withdraw(record=talk, kind=second)
    assert withdraw(record=talk, kind="safety").withdrawal == "safety"


def test_withdraw_of_a_recommendation_keeps_its_follow_ups_as_they_are():
    follow_up = FollowUpFactory(recommendation__published=True, published=True)

    withdraw(record=follow_up.recommendation, kind="error")
    follow_up.refresh_from_db()

    assert (follow_up.state, FollowUp.objects.public().exists()) == (State.PUBLISHED, False)


def test_withdraw_later_sets_the_moment_and_the_reason():
    end, talk = soon(), TalkFactory(published=True)

    later = withdraw_later(record=talk, at=end, kind="request")

    assert (later.state, later.withdraw_at, later.withdrawal) == (State.PUBLISHED, end, "request")
    assert later in Talk.objects.public()


@pytest.mark.parametrize(
    ("record", "at", "kind", "sentence"),
    [
        (lambda: TalkFactory(published=True), HOUR, "boredom", "Choose why it is withdrawn."),
        (lambda: TalkFactory(published=True), -HOUR, "error", "Choose a moment that is still to come."),
        (TalkFactory, HOUR, "error", "It is not public"),
        (lambda: FollowUpFactory(published=True), HOUR, "error", "A follow-up is withdrawn by hand"),
    ],
    ids=["reason", "moment", "draft", "follow-up"],
)
def test_withdraw_later_of_what_cannot_be_is_refused(record, at, kind, sentence):
    record = record()

    with pytest.raises(ValidationError, match=sentence):
        withdraw_later(record=record, at=timezone.now() + at, kind=kind)


# --- schedule, submit, send back -------------------------------------------------------


def test_schedule_sets_both_moments_and_publishes_nothing():
    start, talk = soon(), TalkFactory()

    scheduled = schedule(record=talk, at=start, until=start + HOUR)

    assert (scheduled.state, scheduled.publish_at, scheduled.withdraw_at) == (State.SCHEDULED, start, start + HOUR)
    assert not Talk.objects.public().exists()


@pytest.mark.parametrize(
    ("record", "at", "until", "sentence"),
    [
        (TalkFactory, -HOUR, None, "Choose a moment that is still to come."),
        (TalkFactory, HOUR, HOUR, "withdrawn before it is published"),
        (lambda: TalkFactory(published=True), HOUR, None, "It is public already."),
        (RecommendationFactory, HOUR, None, "needs its source words"),
        (lambda: FollowUpFactory(evidence_url=""), HOUR, None, "needs its evidence"),
        (lambda: ImageFactory(credit=""), HOUR, None, "needs a credit"),
    ],
    ids=["past", "end", "public", "source", "evidence", "picture"],
)
def test_schedule_of_what_could_not_be_published_is_refused(record, at, until, sentence):
    """Better now than at night, to nobody."""
    record, now = record(), timezone.now()

    with pytest.raises(ValidationError, match=sentence):
        schedule(record=record, at=now + at, until=until and now + until)


def test_schedule_of_a_withdrawn_record_keeps_its_reason_until_then():
    talk = TalkFactory(published=True)
    withdraw(record=talk, kind="safety")

    scheduled = schedule(record=talk, at=soon())
    back = send_back(record=scheduled)

    assert (scheduled.withdrawal, scheduled.withdrawn_at is not None) == ("safety", True)
    assert (back.state, back.withdrawal, back.publish_at) == (State.WITHDRAWN, "safety", None)


MOVES = {
    submit: {State.DRAFT: State.IN_REVIEW},
    send_back: {State.IN_REVIEW: State.DRAFT, State.SCHEDULED: State.DRAFT},
}


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.__name__)
def test_move_from_a_state_leads_where_the_table_says_or_nowhere(move, state):
    talk = TalkFactory(published=state in {State.PUBLISHED, State.WITHDRAWN})
    set_on_row(talk, state=state, publish_at=soon(), withdrawal="error" if state == State.WITHDRAWN else "")
    talk.refresh_from_db()

    if state in MOVES[move]:
        assert move(record=talk, comment="Why.").state == MOVES[move][state]
    else:
        with pytest.raises(ValidationError):
            move(record=talk, comment="Why.")
        assert Talk.objects.get().state == state


def test_series_may_be_published_before_its_editions():
    series = SeriesFactory()
    WorkshopFactory(series=series)

    publish(record=series)

    assert not Workshop.objects.public().exists()
    assert DocumentFactory().state == State.DRAFT
