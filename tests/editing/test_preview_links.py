"""Secret links at the desk: who makes, sees and revokes them."""

import re

import pytest
from django.contrib.admin.models import LogEntry

from tests.desk import admin_url
from tests.editing.previewing import hindrances
from tests.factories import RecommendationFactory, TalkFactory, WorkshopFactory
from workshop.editing import linking
from workshop.editing.models import PreviewLink

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk():
    return TalkFactory(title="Early", workshop=WorkshopFactory(published=True))


def made(desk, record, lifetime="week"):
    """The answer to making a link, and the token it tells."""
    response = desk.post(admin_url(record, "links"), data={"_make": "1", "lifetime": lifetime})
    found = re.search(r"/preview/([\w-]{43})/", response.content.decode())
    return response, found and found[1]


def test_token_is_told_once_and_kept_nowhere(editor, talk):
    from tests.editing.previewing import everything

    _, token = made(editor, talk)

    assert token
    assert [row for row in everything() if token in row] == []
    assert PreviewLink.objects.get().digest == linking.digest_of(token)
    assert token not in editor.get(talk, "links").content.decode() + editor.get(talk, "change").content.decode()


@pytest.mark.parametrize(("lifetime", "hours"), [("hour", 1), ("day", 24), ("week", 168), ("month", 720)])
def test_link_lasts_as_long_as_was_chosen(editor, talk, lifetime, hours):
    made(editor, talk, lifetime)

    link = PreviewLink.objects.get()
    assert (link.expires_at - link.made_at).total_seconds() == hours * 3600


@pytest.mark.parametrize("lifetime", ["", "year", "0", "week\0"])
def test_other_lifetime_is_refused_with_a_sentence(editor, talk, lifetime):
    response, token = made(editor, talk, lifetime)

    assert (token, PreviewLink.objects.count()) == (None, 0)
    assert "Choose how long the link is to work." in response.content.decode()


def test_history_says_who_made_and_revoked_it_and_not_the_token(editor, talk):
    _, token = made(editor, talk)
    editor.post(admin_url(talk, "links"), data={"_revoke": str(PreviewLink.objects.get().pk)})

    said = LogEntry.objects.order_by("pk").values_list("user", "change_message")
    assert list(said) == [
        (editor.user.pk, "Secret link made, for 7 days."),
        (editor.user.pk, "Secret link revoked."),
    ]
    assert token not in str(list(LogEntry.objects.values()))


def test_page_of_the_record_lists_links_with_their_end(editor, talk):
    made(editor, talk)

    page = editor.get(talk, "change").content.decode()

    assert ("Secret links" in page, 'name="_revoke"' in page, editor.user.get_username() in page) == (True,) * 3


def test_revoked_and_expired_ones_are_not_listed(editor, talk):
    made(editor, talk)
    editor.post(admin_url(talk, "links"), data={"_revoke": str(PreviewLink.objects.get().pk)})

    assert 'name="_revoke"' not in editor.get(talk, "links").content.decode()


def test_editor_sees_all_links_of_a_record_and_its_author_their_own(editor, author, talk):
    talk.created_by = author.user
    talk.save()
    made(editor, talk)
    made(author, talk)
    by_editor = PreviewLink.objects.get(made_by=editor.user)

    counts = [desk.get(talk, "links").content.decode().count('name="_revoke"') for desk in (editor, author)]
    author.post(admin_url(talk, "links"), data={"_revoke": str(by_editor.pk)})

    by_editor.refresh_from_db()
    assert (counts, by_editor.revoked_at) == ([2, 1], None)


def test_link_of_one_record_is_not_revoked_on_the_page_of_another(editor, talk):
    made(editor, talk)
    link = PreviewLink.objects.get()

    for value in (str(link.pk), "x", "9" * 30):
        editor.post(admin_url(TalkFactory(), "links"), data={"_revoke": value})

    link.refresh_from_db()
    assert link.revoked_at is None


def test_who_may_not_edit_finds_no_such_page(author, client, talk):
    address = admin_url(talk, "links")

    answers = [
        author.client.get(address).status_code,
        author.client.post(address, {"_make": "1", "lifetime": "week"}).status_code,
        author.client.get("/admin/workshop/talk/999999/links/").status_code,
        client.get(address).status_code,
    ]

    assert (answers, PreviewLink.objects.count()) == ([404, 404, 404, 302], 0)


def test_maker_is_told_what_keeps_the_record_from_being_shown(editor):
    draft = RecommendationFactory(workshop=WorkshopFactory(published=True), source_quote=None)

    response, token = made(editor, draft)

    assert token
    assert "They see nothing of it yet:" in response.content.decode()
    assert "Before it is published" in response.content.decode()
    assert hindrances(response) == []


def test_there_are_not_more_than_anybody_keeps_track_of(editor, talk, monkeypatch):
    monkeypatch.setattr(linking, "MOST", 1)
    made(editor, talk)

    response, token = made(editor, talk)

    assert (token, "revoke one first" in response.content.decode()) == (None, True)


def test_record_that_is_being_added_has_no_links(editor):
    assert "Secret links" not in editor.get("/admin/workshop/talk/add/").content.decode()
