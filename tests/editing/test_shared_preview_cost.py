"""A secret link costs little, whoever loads it how often, and is in no log."""

import logging

import pytest

from tests.desk import admin_url
from tests.editing.previewing import everything
from tests.factories import TalkFactory, WorkshopFactory
from workshop.actions import public_changed
from workshop.admin import shared
from workshop.common.logs import WithoutQuery
from workshop.editing.linking import revoke_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk():
    return TalkFactory(title="Early", summary="A first try.", workshop=WorkshopFactory(published=True))


def text(response):
    return response.content.decode()


@pytest.fixture
def renderings(monkeypatch):
    count = []
    render = shared._render
    monkeypatch.setattr(shared, "_render", lambda *args: count.append(1) or render(*args))
    return count


def test_page_is_rendered_once_for_each_state_and_writes_nothing(client, talk, link_to, renderings):
    _, address = link_to(talk)
    before = everything()
    for _ in range(3):
        client.get(address)
    many = len(renderings)
    after = everything()
    talk.summary = "A second try."
    talk.save()
    public_changed()
    shared_again = text(client.get(address))

    assert (many, len(renderings), after == before) == (1, 2, True)
    assert "A second try." in shared_again


def test_while_no_version_vouches_it_is_rendered_every_five_seconds_at_most(
    client, talk, link_to, renderings, monkeypatch
):
    monkeypatch.setattr(shared, "current_version", lambda: None)
    monkeypatch.setattr(shared.time, "monotonic", lambda: 1000.0)
    _, address = link_to(talk)
    for _ in range(3):
        client.get(address)
    monkeypatch.setattr(shared.time, "monotonic", lambda: 1006.0)
    client.get(address)

    assert len(renderings) == 2


def test_memory_is_bounded(client, talk, link_to, monkeypatch):
    monkeypatch.setattr(shared, "MOST_KEPT", 2)
    for _ in range(4):
        client.get(link_to(talk)[1])

    assert len(shared._kept) == 2


def test_busy_database_is_answered_with_a_sentence(client, talk, link_to, monkeypatch):
    def busy(*args):
        raise shared.Busy

    monkeypatch.setattr(shared, "_render", busy)
    _, address = link_to(talk)

    response = client.get(address)

    assert (response.status_code, response["Retry-After"], response["Cache-Control"]) == (
        503,
        "5",
        "private, no-store",
    )


def test_no_log_holds_a_token(client, talk, link_to, caplog):
    link, address = link_to(talk)
    revoke_link(record=talk, link=link, by=link.made_by)
    client.get(address)

    record = next(record for record in caplog.records if record.name == "django.request")
    WithoutQuery().filter(record)
    assert logging.Formatter().format(record) == "Not Found: /preview/…/"
    assert admin_url(talk, "preview") == f"/admin/workshop/talk/{talk.pk}/preview/"
