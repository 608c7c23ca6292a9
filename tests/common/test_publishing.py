"""Who sees a record: the one rule of "public", and what may never be lost."""

import datetime as dt

import pytest
from django.db import DatabaseError
from django.db.models import ProtectedError
from django.utils import timezone

from recommendations.models import Recommendation, StatusInterval
from tests.factories import (
    AddresseeFactory,
    AffiliationFactory,
    DocumentFactory,
    FollowUpFactory,
    ImageFactory,
    MediaFactory,
    OrganisationFactory,
    PositionFactory,
    QuoteFactory,
    RecommendationFactory,
    ResponseFactory,
    SeriesFactory,
    SpeakerFactory,
    StatusChangeFactory,
    TalkFactory,
    TalkSpeakerFactory,
    ThemeFactory,
    WorkshopFactory,
    WorkshopThemeFactory,
)
from workshop.actions import publish, withdraw
from workshop.common.publishing import NotDeletable, State
from workshop.models import DocumentPerson, Ledger, Quote, Talk, ThemeMatch
from workshop.registry import publishable_models

pytestmark = pytest.mark.django_db
FACTORIES = {
    factory._meta.model: factory
    for factory in (
        DocumentFactory,
        FollowUpFactory,
        ImageFactory,
        OrganisationFactory,
        RecommendationFactory,
        SeriesFactory,
        SpeakerFactory,
        TalkFactory,
        ThemeFactory,
        WorkshopFactory,
    )
}
HOUR, SECOND = dt.timedelta(hours=1), dt.timedelta(seconds=1)


def public(record):
    return type(record)._default_manager.public().filter(pk=record.pk).exists()


def made(factory, **kwargs):
    """A published record; a follow-up comes with a published recommendation."""
    if factory is FollowUpFactory:
        kwargs.setdefault("recommendation__published", True)
    return factory(published=True, **kwargs)


def set_on_row(record, **values):
    type(record)._base_manager.filter(pk=record.pk).update(**values)


def test_every_publishable_model_is_tested_here():
    assert set(publishable_models()) == set(FACTORIES)


# --- Its own state ---------------------------------------------------------------------


@pytest.mark.parametrize("factory", FACTORIES.values(), ids=lambda factory: factory._meta.model.__name__)
@pytest.mark.parametrize("state", State.values)
def test_public_by_state_is_the_published_alone(factory, state):
    record = made(factory)
    set_on_row(record, state=state, publish_at=timezone.now() - HOUR, withdrawal="error")

    assert public(record) == (state == State.PUBLISHED)


CLOCKED = [factory for factory in dict.fromkeys(FACTORIES.values()) if factory is not FollowUpFactory]


@pytest.mark.parametrize("factory", CLOCKED, ids=lambda f: f._meta.model.__name__)
def test_public_past_withdraw_at_is_over_before_anything_ran(factory):
    record = made(factory)

    set_on_row(record, withdraw_at=timezone.now() + HOUR)
    before = public(record)
    set_on_row(record, withdraw_at=timezone.now() - SECOND)

    assert (before, public(record)) == (True, False)


# --- Its owners ------------------------------------------------------------------------


def owned(kind):
    """A public row and the owner without which it is hidden."""
    return {
        "talk of edition": lambda: (talk := TalkFactory(published=True), talk.workshop),
        "status change of edition": lambda: (row := StatusChangeFactory(workshop__published=True), row.workshop),
        "theme in edition: edition": lambda: (row := both_themed(), row.workshop),
        "theme in edition: theme": lambda: (row := both_themed(), row.theme),
        "theme match: theme": lambda: (row := matched(), row.theme),
        "theme match: match": lambda: (row := matched(), row.match),
        "talk's speaker: talk": lambda: (row := spoken(), row.talk),
        "talk's speaker: edition": lambda: (row := spoken(), row.talk.workshop),
        "talk's speaker: person": lambda: (row := spoken(), row.speaker),
        "quote: talk": lambda: (row := QuoteFactory(talk__published=True), row.talk),
        "quote: document": lambda: (
            row := QuoteFactory(talk__published=True, document=DocumentFactory(published=True)),
            row.document,
        ),
        "quote: person": lambda: (
            row := QuoteFactory(talk__published=True, speaker=SpeakerFactory(published=True)),
            row.speaker,
        ),
        "media: talk": lambda: (row := MediaFactory(talk__published=True), row.talk),
        "media: document": lambda: (
            row := MediaFactory(talk=None, document=DocumentFactory(published=True)),
            row.document,
        ),
        "document's person: document": lambda: (row := authored(), row.document),
        "document's person: person": lambda: (row := authored(), row.speaker),
        "affiliation: person": lambda: (row := affiliated(), row.speaker),
        "affiliation: organisation": lambda: (row := affiliated(), row.organisation),
        "position: recommendation": lambda: (row := positioned(), row.recommendation),
        "position: person": lambda: (row := positioned(), row.speaker),
        "position: body": lambda: (
            row := positioned(speaker=None, organisation=OrganisationFactory(published=True)),
            row.organisation,
        ),
        "addressee: recommendation": lambda: (row := addressed(), row.recommendation),
        "addressee: organisation": lambda: (row := addressed(), row.organisation),
        "response: recommendation": lambda: (
            row := ResponseFactory(addressee=addressed()),
            row.addressee.recommendation,
        ),
        "response: organisation": lambda: (row := ResponseFactory(addressee=addressed()), row.addressee.organisation),
        "follow-up: recommendation": lambda: (row := made(FollowUpFactory), row.recommendation),
        "status: recommendation": lambda: (row := interval(), row.recommendation),
    }[kind]()


KINDS = [
    "talk of edition",
    "status change of edition",
    "theme in edition: edition",
    "theme in edition: theme",
    "theme match: theme",
    "theme match: match",
    "talk's speaker: talk",
    "talk's speaker: edition",
    "talk's speaker: person",
    "quote: talk",
    "quote: document",
    "quote: person",
    "media: talk",
    "media: document",
    "document's person: document",
    "document's person: person",
    "affiliation: person",
    "affiliation: organisation",
    "position: recommendation",
    "position: person",
    "position: body",
    "addressee: recommendation",
    "addressee: organisation",
    "response: recommendation",
    "response: organisation",
    "follow-up: recommendation",
    "status: recommendation",
]


def both_themed():
    return WorkshopThemeFactory(workshop__published=True, theme__published=True)


def matched():
    ours, theirs = ThemeFactory.create_batch(2, published=True)
    return ThemeMatch.objects.create(theme=ours, match=theirs)


def spoken():
    return TalkSpeakerFactory(talk__published=True, speaker__published=True)


def authored():
    return DocumentPerson.objects.create(
        document=DocumentFactory(published=True), speaker=SpeakerFactory(published=True)
    )


def affiliated():
    return AffiliationFactory(speaker__published=True, organisation__published=True)


def positioned(**kwargs):
    speaker = {} if "speaker" in kwargs else {"speaker__published": True}
    return PositionFactory(recommendation__published=True, **speaker, **kwargs)


def addressed():
    return AddresseeFactory(recommendation__published=True, organisation__published=True)


def interval():
    follow_up = made(FollowUpFactory)
    StatusInterval.objects.rebuild(follow_up.recommendation)
    return StatusInterval.objects.get()


@pytest.mark.parametrize("kind", KINDS)
def test_public_with_an_owner_that_is_not_is_hidden_with_it(kind):
    row, owner = owned(kind)
    seen = [public(row)]

    for hidden in ({"state": State.DRAFT}, {"state": State.WITHDRAWN, "withdrawal": "error"}):
        set_on_row(owner, **hidden)
        seen.append(public(row))
    set_on_row(owner, state=State.PUBLISHED, withdrawal="", withdraw_at=timezone.now() - SECOND)
    seen.append(public(row))

    assert seen == [True, False, False, False]


def test_public_talk_given_elsewhere_needs_no_edition():
    assert public(TalkFactory(published=True, workshop=None, delivery="elsewhere"))


@pytest.mark.parametrize("attribution", [1, 2])
def test_public_row_that_names_nobody_stays_without_its_person(attribution):
    row = positioned(attribution=attribution, affiliation="A diplomat")
    withdraw(record=row.speaker, kind="safety")

    shown = type(row).objects.public().get()

    assert (shown.pk, shown.person) == (row.pk, None)


# --- Prefetching -----------------------------------------------------------------------


def test_with_public_reads_a_hidden_record_as_none():
    talk = TalkFactory(published=True, workshop=None)
    hidden = SpeakerFactory(portrait=ImageFactory(), published=True)
    row = TalkSpeakerFactory(talk=talk, speaker=hidden)

    shown = type(row).objects.public().with_public("speaker__portrait", "talk__workshop").get()

    assert (shown.speaker, shown.speaker.portrait, shown.talk, shown.talk.workshop) == (hidden, None, talk, None)


def test_with_public_leaves_hidden_rows_out_of_lists():
    theme = ThemeFactory(published=True)
    shown, hidden = TalkFactory(published=True), TalkFactory()
    theme.talks.set([shown, hidden])

    [found] = type(theme).objects.public().with_public("talks__talk_speakers")

    assert list(found.talks.all()) == [shown]


@pytest.mark.parametrize("number", [1, 3])
def test_with_public_asks_once_per_step(number, django_assert_num_queries):
    for _ in range(number):
        spoken()

    with django_assert_num_queries(3):
        rows = list(TalkSpeakerFactory._meta.model.objects.public().with_public("talk__workshop"))
        assert [row.talk.workshop is not None for row in rows] == [True] * number


# --- Deleting --------------------------------------------------------------------------


@pytest.mark.parametrize("factory", FACTORIES.values(), ids=lambda factory: factory._meta.model.__name__)
@pytest.mark.parametrize("state", [State.PUBLISHED, State.WITHDRAWN, State.DRAFT, State.SCHEDULED])
def test_delete_of_what_was_public_once_is_refused(factory, state):
    record = made(factory)
    set_on_row(record, state=state, withdrawal="error", publish_at=timezone.now())
    record.refresh_from_db()

    with pytest.raises(NotDeletable):
        record.delete()
    with pytest.raises(NotDeletable):
        type(record)._default_manager.all().delete()
    assert type(record)._default_manager.filter(pk=record.pk).exists()


@pytest.mark.parametrize("factory", FACTORIES.values(), ids=lambda factory: factory._meta.model.__name__)
def test_delete_of_what_never_was_public_is_done(factory):
    one, other = factory(), factory()

    one.delete()
    type(other)._default_manager.filter(pk=other.pk).delete()

    assert not type(one)._default_manager.filter(pk__in=[one.pk, other.pk]).exists()


def test_delete_through_an_object_read_before_publication_is_refused():
    read_before = TalkFactory()
    publish(record=read_before)

    with pytest.raises(NotDeletable):
        read_before.delete()


def test_delete_in_bulk_with_one_that_was_public_touches_none():
    TalkFactory(), TalkFactory(published=True), TalkFactory()

    with pytest.raises(NotDeletable):
        Talk.objects.all().delete()
    assert Talk.objects.count() == 3


def test_delete_by_cascade_of_a_part_that_was_public_is_refused():
    follow_up = made(FollowUpFactory, recommendation__published=False)

    with pytest.raises(NotDeletable):
        follow_up.recommendation.delete()
    assert Recommendation.objects.filter(pk=follow_up.recommendation_id).exists()


def test_delete_of_a_draft_talk_whose_words_a_recommendation_rests_on_is_refused():
    quote = QuoteFactory()
    RecommendationFactory(source_quote=quote)

    with pytest.raises(ProtectedError):
        quote.talk.delete()
    assert Quote.objects.filter(pk=quote.pk).exists()


@pytest.mark.parametrize("name", ["quote", "talk"])
def test_delete_of_what_withholds_the_name_of_a_position_is_refused(name):
    talk = TalkFactory()
    position = PositionFactory(talk=talk, quote=QuoteFactory(talk=talk, attribution=2))

    with pytest.raises(ProtectedError):
        getattr(position, name).delete()


@pytest.mark.parametrize(
    ("owner", "part"),
    [
        (SeriesFactory, lambda owner: WorkshopFactory(series=owner, published=True)),
        (WorkshopFactory, lambda owner: TalkFactory(workshop=owner)),
        (WorkshopFactory, lambda owner: RecommendationFactory(workshop=owner)),
        (SpeakerFactory, lambda owner: TalkSpeakerFactory(speaker=owner)),
        (OrganisationFactory, lambda owner: AffiliationFactory(organisation=owner)),
        (ThemeFactory, lambda owner: WorkshopThemeFactory(theme=owner)),
        (ImageFactory, lambda owner: SpeakerFactory(portrait=owner)),
        (RecommendationFactory, lambda owner: RecommendationFactory(parent=owner)),
    ],
    ids=["series", "talk", "recommendation", "speaker", "organisation", "theme", "portrait", "parent"],
)
def test_delete_of_what_others_stand_on_is_refused(owner, part):
    record = owner()
    part(record)

    with pytest.raises(ProtectedError):
        record.delete()


@pytest.mark.parametrize("in_bulk", [False, True])
def test_delete_of_a_draft_leaves_its_code_in_the_ledger(in_bulk):
    recommendation = RecommendationFactory()

    Recommendation.objects.all().delete() if in_bulk else recommendation.delete()

    assert Ledger.objects.get(code=recommendation.code).fate == "deleted"


# --- Saving ----------------------------------------------------------------------------


def test_save_counts_the_version_up():
    talk = TalkFactory()
    versions = [talk.version]

    talk.save()
    talk.save(update_fields=["title"])
    talk.refresh_from_db()

    assert [*versions, talk.version] == [1, 3]


def test_save_of_an_object_read_before_a_withdrawal_does_not_undo_it():
    read_before = Talk.objects.get(pk=TalkFactory(published=True).pk)
    withdraw(record=read_before, kind="safety")

    read_before.title = "A better title"
    read_before.save()

    stored = Talk.objects.get()
    assert (stored.title, stored.state, stored.withdrawal) == ("A better title", State.WITHDRAWN, "safety")


def test_save_of_an_object_read_before_its_publication_does_not_undo_it():
    draft = TalkFactory(workshop__published=True)
    publish(record=draft)

    draft.title = "A better title"
    draft.save()

    assert public(draft)


def test_save_of_a_state_changed_on_this_object_is_written():
    talk = Talk.objects.get(pk=TalkFactory().pk)

    talk.state = State.IN_REVIEW
    talk.save()
    talk.refresh_from_db()
    talk.state = State.DRAFT
    talk.save()

    assert Talk.objects.get().state == State.DRAFT


def test_save_of_another_field_first_does_not_forget_a_changed_state():
    talk = Talk.objects.get(pk=TalkFactory().pk)

    talk.state = State.IN_REVIEW
    talk.save(update_fields=["title"])
    talk.save()

    assert Talk.objects.get().state == State.IN_REVIEW


def test_save_of_an_object_deleted_meanwhile_does_not_bring_it_back():
    talk = TalkFactory()
    Talk.objects.all().delete()

    with pytest.raises(DatabaseError):
        talk.save()
    assert not Talk.objects.exists()


def test_save_of_an_edition_read_before_a_code_was_given_keeps_the_count():
    read_before = WorkshopFactory()
    first = RecommendationFactory(workshop=read_before)

    read_before.save()
    second = RecommendationFactory(workshop=read_before)

    assert [first.code[-3:], second.code[-3:]] == ["r01", "r02"]
