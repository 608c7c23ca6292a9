"""What is published is found at once; what is withdrawn is gone at once. The index never drifts."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from recommendations.models import Position, Recommendation, StatusInterval
from speakers.models import Organisation
from tests.factories import (
    AddresseeFactory,
    FollowUpFactory,
    OrganisationFactory,
    PositionFactory,
    QuoteFactory,
    RecommendationFactory,
    SpeakerFactory,
    TalkFactory,
    TalkSpeakerFactory,
    ThemeFactory,
)
from tests.recommendations.facets import codes, counts, proposal
from workshop.actions import publish, run_due_publications, withdraw
from workshop.common.attribution import Attribution
from workshop.common.publishing import Withdrawal
from workshop.models import SiteState, Talk
from workshop.registry import publishable_models
from workshop.search import freshness
from workshop.search.building import compare
from workshop.search.everything import offered, search
from workshop.search.models import Entry

pytestmark = pytest.mark.django_db
SOON = dt.timedelta(hours=1)


def titles(typed):
    return [next(filter(None, hit.shown["title"])) for group in search(typed, per_kind=9).groups for hit in group.hits]


def test_draft_is_not_found_until_it_is_published_and_gone_when_withdrawn():
    draft = RecommendationFactory(code="x-1", statement="Drain the swamp")
    QuoteFactory(talk=TalkFactory(published=True)).recommendations.add(draft)
    before = titles("swamp"), codes()
    publish(record=draft)
    public = titles("swamp"), codes()
    withdraw(record=draft, kind=Withdrawal.SAFETY)
    assert (before, public, (titles("swamp"), codes())) == (([], []), (["Drain the swamp"], ["x-1"]), ([], []))
    assert Entry.objects.filter(kind=1).count() == 0


def test_action_indexes_within_its_own_transaction():
    draft = ThemeFactory(name="Mud")
    version = SiteState.objects.get_or_create(pk=1)[0].version
    freshness.flush()
    publish(record=draft)
    assert not freshness.pending().written
    assert Entry.objects.filter(object_id=draft.pk, kind=4).exists()
    assert SiteState.objects.get(pk=1).version > version


def test_what_is_rolled_back_is_not_found():
    class Undone(Exception):
        pass

    with pytest.raises(Undone), transaction.atomic():
        TalkFactory(published=True, title="Never said")
        freshness.flush()
        raise Undone
    assert titles("never said") == []
    assert compare() == []


def test_new_name_is_found_wherever_the_old_one_stood():
    alice = SpeakerFactory(published=True, name="Alice Marsh", slug="alice")
    record = proposal("x-1", statement="Keep the mud")
    PositionFactory(recommendation=record, speaker=alice)
    TalkSpeakerFactory(talk=TalkFactory(published=True, title="Why mud"), speaker=alice)
    assert titles("marsh") == ["Keep the mud", "Alice Marsh", "Why mud"]
    alice.name = "Alice Fen"
    alice.save()
    assert (titles("marsh"), titles("fen")) == ([], ["Keep the mud", "Alice Fen", "Why mud"])


def test_hidden_person_is_gone_from_facets_hits_and_offers():
    alice = SpeakerFactory(published=True, name="Alice Marsh", slug="alice")
    PositionFactory(recommendation=proposal("x-1"), speaker=alice)
    assert (codes("speaker=alice"), counts("speaker"), len(offered("alice"))) == (["x-1"], {"alice": 1}, 1)
    withdraw(record=alice, kind=Withdrawal.REQUEST)
    assert (codes("speaker=alice"), counts("speaker"), offered("alice"), titles("marsh")) == ([], {"-none": 1}, [], [])


def test_name_that_becomes_withheld_is_gone_from_the_index():
    alice = SpeakerFactory(published=True, name="Alice Marsh", slug="alice")
    talk = TalkFactory(published=True, title="Why mud")
    in_talk = TalkSpeakerFactory(talk=talk, speaker=alice)
    record = proposal("x-1", source_quote=QuoteFactory(talk=talk, speaker=alice, exact="Mud is dear"))
    position = PositionFactory(recommendation=record, speaker=alice)
    assert (codes("q=marsh"), codes("q=dear"), codes("speaker=alice")) == (["x-1"], ["x-1"], ["x-1"])
    in_talk.attribution = Attribution.NOT_ATTRIBUTED
    in_talk.save()
    assert (codes("q=marsh"), codes("q=dear"), codes("speaker=alice")) == ([], [], [])
    in_talk.attribution = Attribution.ON_RECORD
    in_talk.save()
    position.attribution = Attribution.AFFILIATION_ONLY
    position.affiliation = "A diplomat"
    position.save()
    assert (titles("marsh"), codes("speaker=alice")) == (["Alice Marsh", "Why mud"], [])


@pytest.mark.parametrize("kind", ["theme", "addressee", "workshop", "tag", "proposer"])
def test_value_that_is_taken_away_is_gone_from_counts(kind):
    record = proposal("x-1")
    theme = ThemeFactory(published=True, slug="mud")
    body = OrganisationFactory(published=True, slug="mud")
    record.themes.add(theme)
    record.tags.add("mud")
    record.workshop.slug = "mud"
    record.workshop.save()
    addressee = AddresseeFactory(recommendation=record, organisation=body)
    position = PositionFactory(recommendation=record, speaker=None, organisation=body)
    value = "org:mud" if kind == "proposer" else "mud"
    assert counts(kind) == {value: 1}
    record.themes.remove(theme)
    record.tags.remove("mud")
    addressee.delete()
    position.delete()
    withdraw(record=record.workshop, kind=Withdrawal.ERROR)
    assert counts(kind) == {"-none": 1}


def test_status_follows_its_follow_ups():
    record = proposal("x-1")
    assert counts("status") == {"not-assessed": 1}
    FollowUpFactory(published=True, recommendation=record, status="reversed")
    StatusInterval.objects.rebuild(record)
    assert counts("status") == {"reversed": 1}


def test_bulk_writers_say_what_they_wrote():
    record = proposal("x-1", statement="Keep the mud")
    assert titles("swamp") == []
    Recommendation.objects.filter(pk=record.pk).update(statement="Drain the swamp")
    freshness.changed(Recommendation, [record.pk])
    assert titles("swamp") == ["Drain the swamp"]


def test_record_is_left_out_from_the_moment_at_which_it_ends():
    record = proposal("x-1", statement="Keep the mud")
    theme = ThemeFactory(published=True, slug="mud", name="Silt")
    record.themes.add(theme)
    assert (codes(), codes("theme=mud"), codes("q=mud")) == (["x-1"], ["x-1"], ["x-1"])
    past = timezone.now() - SOON
    type(record)._base_manager.filter(pk=record.pk).update(withdraw_at=past)  # as if an hour had gone by
    Entry.objects.update(until=past)
    assert (codes(), codes("theme=mud"), codes("q=mud"), titles("mud")) == ([], [], [], [])


def test_name_that_ends_by_the_clock_takes_what_shows_it_along_until_it_is_indexed_anew():
    alice = SpeakerFactory(published=True, name="Alice Marsh", slug="alice", withdraw_at=timezone.now() + SOON)
    PositionFactory(recommendation=proposal("x-1"), speaker=alice)
    assert codes("speaker=alice") == ["x-1"]
    past = timezone.now() - SOON
    type(alice)._base_manager.filter(pk=alice.pk).update(withdraw_at=past)
    Entry.objects.filter(until__isnull=False).update(until=past)
    assert (titles("marsh"), offered("alice")) == ([], [])
    run_due_publications(publishable_models())
    freshness.refresh_ended()
    assert (codes(), codes("speaker=alice"), counts("speaker")) == (["x-1"], [], {"-none": 1})


def test_every_change_leaves_the_index_as_a_rebuild_would():
    alice = SpeakerFactory(published=True, name="Alice Marsh")
    body = OrganisationFactory(published=True, name="Elbonia", aliases="The Mud")
    talk = TalkFactory(published=True, title="Why mud")
    quote = QuoteFactory(talk=talk, speaker=alice)
    parent = proposal("x-1", source_quote=quote)
    child = proposal("x-2", parent=parent, source_quote=quote)
    for record in (parent, child):
        PositionFactory(recommendation=record, speaker=alice)
        AddresseeFactory(recommendation=record, organisation=body)
    steps = [
        lambda: Position.objects.filter(recommendation=parent).first().delete(),
        lambda: setattr(quote, "attribution", Attribution.NOT_ATTRIBUTED) or quote.save(),
        lambda: withdraw(record=Talk.objects.get(pk=talk.pk), kind=Withdrawal.ERROR),
        lambda: withdraw(record=Recommendation.objects.get(pk=parent.pk), kind=Withdrawal.ERROR),
        lambda: publish(record=Recommendation.objects.get(pk=parent.pk)),
        lambda: setattr(body, "aliases", "") or body.save(),
        lambda: withdraw(record=Organisation.objects.get(pk=body.pk), kind=Withdrawal.ERROR),
    ]
    for number, step in enumerate(steps):
        step()
        freshness.flush()
        assert (number, compare()) == (number, [])
