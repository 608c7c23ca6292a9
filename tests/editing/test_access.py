"""Who sees and changes what at the desk; what one may not see is as if it were not there."""

import pytest
from django.contrib import admin as django_admin
from django.urls import reverse

from recommendations.models import FollowUp, Recommendation
from speakers.models import Organisation, Speaker
from tests.desk import admin_url
from tests.factories import (
    DocumentFactory,
    FollowUpFactory,
    ImageFactory,
    OrganisationFactory,
    QuoteFactory,
    RecommendationFactory,
    SeriesFactory,
    SpeakerFactory,
    TalkFactory,
    ThemeFactory,
    UserFactory,
    WorkshopFactory,
)
from workshop.accounts.models import User
from workshop.common.publishing import Publishable
from workshop.images.models import Image
from workshop.models import Document, Quote, Series, Talk, Theme, Workshop

pytestmark = pytest.mark.django_db

WRITTEN_BY_AUTHORS = {
    Document: DocumentFactory,
    FollowUp: FollowUpFactory,
    Image: ImageFactory,
    Organisation: OrganisationFactory,
    Recommendation: RecommendationFactory,
    Speaker: SpeakerFactory,
    Talk: TalkFactory,
}
KEPT_BY_EDITORS = {Series: SeriesFactory, Theme: ThemeFactory, Workshop: WorkshopFactory}
EVERYTHING = WRITTEN_BY_AUTHORS | KEPT_BY_EDITORS
written = pytest.mark.parametrize("model", WRITTEN_BY_AUTHORS, ids=lambda model: model.__name__)
kept = pytest.mark.parametrize("model", KEPT_BY_EDITORS, ids=lambda model: model.__name__)
everything = pytest.mark.parametrize("model", EVERYTHING, ids=lambda model: model.__name__)
PAGES = ("change", "history", "delete", "schedule", "withdraw")


def test_every_kind_of_record_is_covered_here():
    publishable = {model for model in django_admin.site._registry if issubclass(model, Publishable)}

    assert publishable == set(EVERYTHING)


def of(model, user=None, **how):
    return EVERYTHING[model](created_by=user, **how)


def statuses(desk, record, pages=PAGES):
    return {page: desk.get(record, page).status_code for page in pages}


# --- editors and admins ----------------------------------------------------------------


@everything
@pytest.mark.parametrize("role", ["editor", "admin"])
def test_those_who_publish_work_on_everybodys_records(desk_of, model, role):
    record = of(model, UserFactory())
    desk = desk_of(role)

    assert desk.get(model).status_code == desk.get(model, "add").status_code == 200
    assert statuses(desk, record, ("change", "history", "delete")) == {"change": 200, "history": 200, "delete": 200}


def test_users_are_for_admins_alone(desk_of):
    somebody = UserFactory()

    seen = {role: statuses(desk_of(role), somebody, ("change", "history")) for role in ("author", "editor", "admin")}

    assert seen == {
        "author": {"change": 404, "history": 404},
        "editor": {"change": 404, "history": 404},
        "admin": {"change": 200, "history": 200},
    }


def test_no_user_is_deleted_and_nobody_changes_their_own_role(admin):
    assert admin.get(UserFactory(), "delete").status_code == 404

    admin.fill(admin.user, "change", role="author", first_name="Charlie")

    assert User.objects.values_list("role", "first_name").get(pk=admin.user.pk) == ("admin", "Charlie")


# --- authors and what is theirs ----------------------------------------------------------


@written
def test_author_works_on_own_draft(author, model):
    record = of(model, author.user)

    assert statuses(author, record) == {"change": 200, "history": 200, "delete": 200, "schedule": 404, "withdraw": 404}


@written
def test_author_sees_own_published_record_and_cannot_change_it(author, model):
    record = of(model, author.user, published=True)
    sent = author.post(record, "change", data={"_save": "Save"})

    assert statuses(author, record) == {"change": 200, "history": 200, "delete": 404, "schedule": 404, "withdraw": 404}
    assert sent.status_code == 403


@written
@pytest.mark.parametrize("how", [{}, {"published": True}, {"state": "in_review"}], ids=["draft", "public", "review"])
def test_others_record_answers_author_as_if_it_were_not_there(author, model, how):
    record = of(model, UserFactory(), **how)
    addresses = [admin_url(record, page) for page in PAGES]
    there = [(response.status_code, response.content) for response in map(author.client.get, addresses)]
    model._base_manager.filter(pk=record.pk).update(first_published_at=None, state="draft")
    model._base_manager.get(pk=record.pk).delete()

    assert there == [(404, author.client.get(address).content) for address in addresses]


@written
def test_author_changes_and_deletes_nothing_of_others(author, model):
    record = of(model, UserFactory())

    answers = {page: author.post(record, page, data={"post": "yes"}).status_code for page in PAGES}

    assert answers == dict.fromkeys(PAGES, 404)
    assert model._base_manager.filter(pk=record.pk).exists()


@written
def test_authors_list_holds_own_records(author, model):
    mine, other = of(model, author.user), of(model, UserFactory(), published=True)

    listed = author.get(model).context["cl"].queryset

    assert set(listed) == {mine}
    assert {other} & set(listed) == set()


@kept
def test_what_editors_keep_is_not_there_for_authors(author, model):
    record = of(model, author.user)

    assert statuses(author, record) == dict.fromkeys(PAGES, 404)
    assert [author.get(model, page).status_code for page in ("changelist", "add")] == [404, 404]


def test_authors_front_page_names_what_they_write(author):
    names = [
        model["name"] for group in author.get(reverse("admin:index")).context["app_list"] for model in group["models"]
    ]

    assert names == ["Recommendations", "Follow-ups", "Talks", "Experts", "Organisations", "Documents", "Pictures"]


def test_address_of_a_hidden_record_is_not_told(author, editor):
    hidden = SpeakerFactory(name="Name withheld")

    for desk in (author, editor):
        assert desk.get(f"/admin/r/1/{hidden.pk}/").status_code == 404


def test_record_is_whose_it_was_when_an_editor_saves_it(author, editor):
    record = of(Speaker, author.user)

    editor.fill(record, "change", descriptor="Expert")

    record.refresh_from_db()
    assert (record.created_by, record.descriptor) == (author.user, "Expert")


def test_signed_out_visitor_is_asked_to_log_in_wherever_they_knock(client):
    answers = {
        client.get(address).headers["Location"] for address in ("/admin/workshop/talk/1/change/", "/admin/nowhere/")
    }

    assert answers == {
        "/admin/login/?next=/admin/workshop/talk/1/change/",
        "/admin/login/?next=/admin/nowhere/",
    }


# --- rows without a state of their own -----------------------------------------------------


@pytest.mark.parametrize(
    ("talk", "status"),
    [
        (lambda user: TalkFactory(created_by=user), 200),
        (lambda user: TalkFactory(created_by=UserFactory()), 404),
        (lambda user: TalkFactory(published=True), 404),
    ],
    ids=["own talk", "other's talk", "public talk"],
)
def test_words_are_whose_the_talk_is(author, talk, status):
    quote = QuoteFactory(talk=talk(author.user))

    assert author.get(quote, "change").status_code == status


def test_author_puts_no_words_into_a_public_talk(author):
    talk = TalkFactory(published=True, created_by=author.user)

    response = author.fill(Quote, "add", exact="Words", talk=talk.pk)

    assert "talk" in response.context["adminform"].form.errors
    assert Quote.objects.count() == 0
