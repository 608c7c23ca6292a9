"""Side doors: a preview shows nobody what the desk would not."""

import pytest
from django.test import Client

from tests.desk import admin_url
from tests.editing.previewing import hindrances, previewed
from tests.factories import TalkFactory, WorkshopFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk():
    return TalkFactory(title="As published", published=True)


def test_author_previews_own_drafts_and_not_those_of_others(author, editor, talk):
    own = TalkFactory(title="Mine", created_by=author.user, workshop=WorkshopFactory(published=True))

    answers = [
        previewed(author, own).status_code,
        author.client.post(admin_url(talk, "preview")).status_code,
        author.client.post("/admin/workshop/talk/999999/preview/").status_code,
        author.client.post("/admin/workshop/talk/x/preview/").status_code,
        author.client.post("/admin/workshop/theme/add/preview/").status_code,
    ]

    assert answers == [200, 404, 404, 404, 404]


def test_author_does_not_see_through_a_preview_what_others_have_not_published(author):
    hidden = WorkshopFactory(title="Next year", code="NY1")
    own = TalkFactory(title="Mine", created_by=author.user, workshop=hidden)

    response = previewed(author, own)

    assert "NY1" not in response.content.decode()
    assert hindrances(response) == ["It belongs to something that is not public and not yours: ask an editor to look."]


def test_without_session_token_or_by_get_nothing_is_shown(client, editor, talk):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor.user)
    address = admin_url(talk, "preview")

    answers = [client.post(address).status_code, strict.post(address).status_code, editor.get(address).status_code]

    assert answers == [401, 403, 405]


def test_pictures_and_keywords_offer_none(editor, talk):
    with_button = {
        name: b"data-page-preview" in editor.get(f"/admin/{name}/add/").content
        for name in ("workshop/talk", "images/image")
    }

    assert with_button == {"workshop/talk": True, "images/image": False}
