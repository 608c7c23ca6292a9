"""The desk's front page, its lists, and how many questions they ask the database."""

import datetime as dt

import pytest
from django.contrib import admin as django_admin
from django.urls import reverse
from django.utils import timezone

from tests.desk import admin_url
from tests.factories import (
    AddresseeFactory,
    AffiliationFactory,
    CorrectionFactory,
    DocumentFactory,
    FollowUpFactory,
    ImageFactory,
    OrganisationFactory,
    PositionFactory,
    RecommendationFactory,
    SeriesFactory,
    SpeakerFactory,
    StatusChangeFactory,
    TalkFactory,
    TalkSpeakerFactory,
    ThemeFactory,
    UserFactory,
    WorkshopFactory,
)
from workshop.models import SiteState

pytestmark = pytest.mark.django_db


def awaiting(desk):
    return [(item.count, item.words) for item in desk.get(reverse("admin:index")).context["awaiting"]]


def complete(**how):
    """A recommendation that lacks nothing."""
    record = RecommendationFactory(**how)
    AddresseeFactory(recommendation=record)
    record.themes.add(ThemeFactory(published=True))
    return record


def test_front_page_says_what_awaits_an_editor(editor):
    author = UserFactory()
    TalkFactory(state="in_review", created_by=author)
    ThemeFactory(created_by=editor.user)
    ThemeFactory(created_by=author)
    ImageFactory(credit="", created_by=author)
    ThemeFactory(state="scheduled", publish_at=timezone.now())
    RecommendationFactory(published=True)
    old = complete(published=True)
    FollowUpFactory(recommendation=old, published=True, checked_on=dt.date(2024, 1, 1))
    old.follow_ups.update(recorded_at=timezone.now() - dt.timedelta(days=181))
    FollowUpFactory(recommendation=complete(published=True), published=True, checked_on=timezone.now())

    assert sorted(awaiting(editor)) == [
        (1, "picture without a credit"),
        (1, "recommendation whose status nobody checked for 180 days"),
        (1, "recommendation without a theme"),
        (1, "recommendation without an addressee"),
        (1, "talk to review"),
        (1, "theme in draft, begun by you"),
        (1, "theme scheduled"),
    ]


def test_front_page_tells_an_author_of_their_own(author):
    TalkFactory(created_by=author.user)
    TalkFactory(created_by=author.user)
    TalkFactory(state="in_review", created_by=author.user)
    TalkFactory(state="in_review", created_by=UserFactory())
    RecommendationFactory(published=True)

    assert sorted(awaiting(author)) == [(1, "talk waiting for an editor"), (2, "talks in draft, begun by you")]


@pytest.mark.parametrize("role", ["author", "editor"])
def test_what_awaits_leads_to_a_list_of_exactly_as_many(desk_of, role):
    desk = desk_of(role)
    own = {"created_by": desk.user}
    FollowUpFactory(recommendation=complete(published=True), state="in_review", **own)
    ImageFactory(credit="", **own)
    RecommendationFactory(source_quote=None, **own)
    TalkFactory(state="scheduled", publish_at=timezone.now(), **own)
    old = complete(published=True)
    FollowUpFactory(recommendation=old, published=True)
    old.follow_ups.update(recorded_at=timezone.now() - dt.timedelta(days=181))

    items = desk.get(reverse("admin:index")).context["awaiting"]

    assert {item.url: desk.get(item.url).context["cl"].result_count for item in items} == {
        item.url: item.count for item in items
    }
    assert len(items) == {"author": 4, "editor": 9}[role]


def test_front_page_asks_as_many_questions_for_many_records(editor, django_assert_num_queries):
    def look():
        with django_assert_num_queries(15):
            editor.get(reverse("admin:index"))

    world(1)
    look()
    world(3)
    look()


def world(number):
    """Every kind of record, with what its list shows of others."""
    for _ in range(number):
        series, organisation = SeriesFactory(), OrganisationFactory(country=OrganisationFactory(kind="state"))
        edition = WorkshopFactory(series=series, start=dt.date(2020, 3, 13))
        StatusChangeFactory(workshop=edition)
        speaker = SpeakerFactory()
        AffiliationFactory(speaker=speaker, organisation=organisation)
        TalkSpeakerFactory(talk=TalkFactory(workshop=edition), speaker=speaker)
        DocumentFactory(issued_by=organisation, date=dt.date(2014, 2, 7))
        ThemeFactory(parent=ThemeFactory())
        ImageFactory()
        record = complete(workshop=edition)
        record.tags.add("keyword")
        PositionFactory(recommendation=record, speaker=speaker)
        FollowUpFactory(recommendation=record)
        CorrectionFactory(record=speaker)


LISTS = {
    "Recommendation": 8,
    "FollowUp": 6,
    "Series": 4,
    "Workshop": 8,
    "Talk": 8,
    "Theme": 4,
    "Speaker": 4,
    "Organisation": 4,
    "Document": 6,
    "Image": 4,
    "Tag": 4,
    "Correction": 7,
    "User": 5,
}


def listed():
    return {
        model.__name__: model for model, page in django_admin.site._registry.items() if getattr(page, "listed", True)
    }


def test_every_list_is_counted_here():
    assert set(LISTS) == set(listed())


@pytest.mark.parametrize(("name", "number"), LISTS.items())
def test_list_asks_as_many_questions_for_three_rows_as_for_one(admin, django_assert_num_queries, name, number):
    address = admin_url(listed()[name])
    world(1)
    with django_assert_num_queries(number):
        admin.get(address)
    world(2)
    with django_assert_num_queries(number):
        admin.get(address)


@pytest.mark.parametrize("name", [name for name in LISTS if name != "User"])
def test_list_is_searched(editor, name):
    world(1)

    assert editor.get(admin_url(listed()[name]), q="nothing like it").context["cl"].result_count == 0


def test_keyword_is_mended_everywhere_at_once(editor):
    SiteState.objects.get_or_create(pk=1)
    record = RecommendationFactory(published=True)
    record.tags.add("sanctoins")

    editor.fill(record.tags.get(), "change", name="sanctions")

    assert ([tag.name for tag in record.tags.all()], SiteState.objects.get().version) == (["sanctions"], 2)
