"""The desk's front page, its lists, and how many questions they ask the database."""

import datetime as dt

import pytest
from django.contrib import admin as django_admin
from django.test import RequestFactory
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
from workshop.actions import publish, schedule, send_back, submit, withdraw_later
from workshop.models import SiteState

pytestmark = pytest.mark.django_db


def complete(**how):
    """A recommendation that lacks nothing."""
    record = RecommendationFactory(**how)
    AddresseeFactory(recommendation=record)
    record.themes.add(ThemeFactory(published=True))
    return record


@pytest.mark.parametrize(("role", "number"), [("editor", 21), ("author", 13)])
def test_front_page_asks_as_many_questions_for_many_records(desk_of, django_assert_num_queries, role, number):
    desk = desk_of(role)

    def look():
        with django_assert_num_queries(number):
            desk.get(reverse("admin:index"))

    world(1)
    busy(desk.user)
    desk.get(reverse("admin:index"))  # kinds of records are looked up once a process
    look()
    world(3)
    busy(desk.user)
    look()


def busy(user):
    """Something in each list of somebody's front page."""
    submit(record=TalkFactory(created_by=UserFactory()), by=UserFactory(), to_user=user)
    send_back(record=submit(record=TalkFactory(created_by=user), by=user), by=UserFactory(), comment="No.")
    TalkFactory(created_by=user)
    schedule(record=TalkFactory(created_by=user), at=timezone.now() + dt.timedelta(hours=1), by=user)
    public = publish(record=TalkFactory(created_by=user), by=user)
    withdraw_later(record=public, at=timezone.now() + dt.timedelta(hours=1), kind="error", by=user)


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
    "Link": 4,
    "Tag": 4,
    "Correction": 7,
    "User": 5,
    "TakeDown": 4,
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


@pytest.mark.parametrize("name", [name for name in LISTS if name not in {"User", "TakeDown"}])
def test_list_is_searched(editor, name):
    world(1)

    assert editor.get(admin_url(listed()[name]), q="nothing like it").context["cl"].result_count == 0


def test_keyword_is_mended_everywhere_at_once(editor):
    SiteState.objects.get_or_create(pk=1)
    record = RecommendationFactory(published=True)
    record.tags.add("sanctoins")

    editor.fill(record.tags.get(), "change", name="sanctions")

    assert ([tag.name for tag in record.tags.all()], SiteState.objects.get().version) == (["sanctions"], 2)


@pytest.mark.parametrize("role", ["author", "editor", "admin"])
def test_every_form_opens_for_those_who_may_add_and_is_not_there_for_others(desk_of, role):
    desk = desk_of(role)
    request = RequestFactory().get("/")
    request.user = desk.user
    may = {model: page.has_add_permission(request) for model, page in django_admin.site._registry.items()}

    opened = {model: desk.get(model, "add").status_code for model in may}

    answers = {True: {200, 302}, False: {404}}  # a correction of nothing leads to where one begins
    assert [model.__name__ for model, added in may.items() if opened[model] not in answers[added]] == []
