"""Editors who do the same thing at the same moment, on both databases."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from recommendations.actions import create
from recommendations.models import Recommendation, StatusInterval
from tests.at_once import THREADS, at_once
from tests.factories import FollowUpFactory, QuoteFactory, RecommendationFactory, TalkFactory, WorkshopFactory
from workshop.actions import look_ahead, publish, withdraw, withdraw_later
from workshop.common.publishing import State
from workshop.models import SiteState, Talk

pytestmark = pytest.mark.django_db(transaction=True)


def test_codes_given_at_once_are_all_different():
    edition = WorkshopFactory(code="KW12")

    made = at_once(
        *[
            lambda: create(recommendation=Recommendation(workshop=edition, statement="Fill the post"))
            for _ in range(THREADS)
        ]
    )

    assert sorted(record.code for record in made) == [f"kw12-r{number:02d}" for number in range(1, THREADS + 1)]


def test_saves_at_once_wait_for_one_another():
    talks = TalkFactory.create_batch(THREADS)

    def save(talk):
        def several():
            for number in range(5):
                talk.title = f"Title {number}"
                with transaction.atomic():
                    list(Talk.objects.values_list("title"))  # reads first, as a form does
                    talk.save()
            return talk.title

        return several

    assert at_once(*[save(talk) for talk in talks]) == ["Title 4"] * THREADS


def test_publications_at_once_raise_the_version_each():
    talks = TalkFactory.create_batch(THREADS, workshop=None)
    SiteState.raise_version()
    before = SiteState.objects.get().version

    results = at_once(*[lambda talk=talk: publish(record=talk).state for talk in talks])

    assert (results, SiteState.objects.get().version) == ([State.PUBLISHED] * THREADS, before + THREADS)


def test_publications_of_one_record_at_once_publish_it_once_and_whole():
    recommendation = RecommendationFactory(source_quote=QuoteFactory())
    FollowUpFactory(recommendation=recommendation)

    results = at_once(*[lambda: publish(record=recommendation).code for _ in range(4)])

    assert results == [recommendation.code] * 4
    assert StatusInterval.objects.count() == 1


def test_follow_ups_published_at_once_all_count():
    recommendation = RecommendationFactory(published=True)
    drafts = [
        FollowUpFactory(recommendation=recommendation, date=dt.date(2020 + number, 1, 1), status=status)
        for number, status in enumerate(["stalled", "in-progress", "implemented", "reversed"])
    ]

    results = at_once(*[lambda draft=draft: publish(record=draft).state for draft in drafts])

    assert results == [State.PUBLISHED] * 4
    assert list(recommendation.intervals.values_list("status", flat=True)) == [
        "stalled",
        "in-progress",
        "implemented",
        "reversed",
    ]


def test_recommendation_and_follow_up_published_at_once_do_not_block_each_other():
    recommendation = RecommendationFactory(source_quote=QuoteFactory())
    drafts = [FollowUpFactory(recommendation=recommendation) for _ in range(3)]

    results = at_once(*[lambda record=record: publish(record=record).state for record in [recommendation, *drafts]])

    assert results == [State.PUBLISHED] * 4


def test_withdrawal_and_publication_at_once_leave_one_of_the_two():
    talk = TalkFactory(published=True)

    results = at_once(
        lambda: withdraw(record=talk, kind="safety").state,
        lambda: publish(record=talk).state,
    )

    stored = Talk.objects.get()
    assert results == [State.WITHDRAWN, State.PUBLISHED]
    assert (stored.state, stored.withdrawal) in {(State.WITHDRAWN, "safety"), (State.PUBLISHED, "")}


def test_withdrawal_during_a_save_of_an_old_form_holds():
    talk = TalkFactory(published=True)
    forms = [Talk.objects.get() for _ in range(THREADS - 1)]

    at_once(lambda: withdraw(record=talk, kind="safety"), *[form.save for form in forms])

    assert Talk.objects.get().state == State.WITHDRAWN


def test_deletion_and_publication_at_once_leave_either_nothing_or_a_public_record():
    talk = TalkFactory(workshop=None)

    deleted, published = at_once(lambda: talk.delete() and None, lambda: publish(record=talk))

    if deleted is None:
        assert isinstance(published, Talk.DoesNotExist | ValidationError)
        assert not Talk.objects.exists()
    else:
        assert Talk.objects.public().get() == published


def test_end_that_is_decided_while_run_due_looks_for_the_next_one_is_not_lost():
    soon = timezone.now() + dt.timedelta(hours=1)
    noted = []
    for talk in TalkFactory.create_batch(THREADS, published=True):
        SiteState.objects.update_or_create(pk=1, defaults={"ceases_at": timezone.now() - dt.timedelta(hours=1)})

        at_once(
            lambda: look_ahead([Talk]),
            lambda talk=talk: withdraw_later(record=talk, at=soon, kind="error"),
            lambda: look_ahead([Talk]),
        )

        noted.append(SiteState.objects.get().ceases_at)
        withdraw(record=talk, kind="error")
    assert noted == [soon] * THREADS
