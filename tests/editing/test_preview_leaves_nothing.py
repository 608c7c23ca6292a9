"""A preview saves, publishes and renders, and leaves nothing behind."""

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.db import connection, transaction

from recommendations.models import Recommendation
from tests.editing.previewing import asking, everything
from tests.factories import FollowUpFactory, RecommendationFactory, TalkFactory, ThemeFactory, WorkshopFactory
from tests.factories.world import linked_world
from workshop.admin.rehearsal import Busy, rehearse
from workshop.models import Talk
from workshop.registry import entries
from workshop.search import freshness

pytestmark = pytest.mark.django_db


def files():
    found, folders = [], [""]
    while folders:
        folder = folders.pop()
        inner, names = default_storage.listdir(folder) if default_storage.exists(folder) or not folder else ([], [])
        folders += [f"{folder}/{name}".lstrip("/") for name in inner]
        found += [f"{folder}/{name}" for name in names]
    return sorted(found)


def state():
    waiting = freshness.pending()
    hooks = [hook for _, hook, *_ in connection.run_on_commit]
    return [*everything(), waiting.records, waiting.written, waiting.off, hooks, files(), len(mail.outbox)]


@pytest.mark.parametrize("entry", [*entries()], ids=lambda entry: entry.name)
def test_nothing_remains_of_the_preview_of_a_public_record(editor, entry):
    linked_world()
    record = entry.model.objects.public().first()
    ask = asking(editor, record, slug="another-address", title="Changed", name="Changed", statement="Changed.")
    before = state()

    response = ask()

    assert (response.status_code, b"Preview: not public" in response.content) == (200, True)
    assert state() == before


@pytest.mark.parametrize("factory", [TalkFactory, ThemeFactory, WorkshopFactory])
def test_nothing_remains_of_the_preview_of_a_draft(editor, factory):
    record = factory()
    ask = asking(editor, record, slug="another-address")
    before = state()

    assert b"Preview: not public" in ask().content
    assert state() == before


def test_no_code_is_given_and_no_follow_up_published(editor):
    edition = WorkshopFactory(code="KW77", published=True)
    record = RecommendationFactory(workshop=edition, published=True)
    FollowUpFactory(recommendation=record)
    new = {"workshop": str(edition.pk), "origin": "pledge", "session": "12", "made_on": "2020-01-01"}
    asks = [asking(editor, record, statement="Changed."), asking(editor, Recommendation, statement="New.", **new)]
    before = state()

    answers = [ask().content for ask in asks]

    assert [b"Preview: not public" in answer for answer in answers] == [True, True]
    assert b"KW77-R" in answers[1]
    assert state() == before


def test_nothing_remains_of_one_that_fails_half_way(editor, monkeypatch):
    record = TalkFactory(published=True)
    ask = asking(editor, record, title="Changed")
    before = state()
    monkeypatch.setattr("workshop.admin.previewing.page_of", lambda *args: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        ask()

    assert state() == before


@pytest.mark.django_db(transaction=True)
def test_hooks_of_a_rehearsal_never_run_and_its_reads_see_its_writes():
    ran = []

    def act():
        TalkFactory(title="For the eye only")
        transaction.on_commit(lambda: ran.append("hook"))
        return Talk.objects.count()

    assert (rehearse(act), Talk.objects.count(), ran) == (1, 0, [])


@pytest.mark.django_db(transaction=True)
def test_rehearsal_gives_up_after_two_seconds_where_others_write():
    """And the connection waits as long as ever afterwards."""
    import threading
    import time

    talk = TalkFactory()
    held, done = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            Talk.objects.select_for_update().get(pk=talk.pk)
            Talk.objects.filter(pk=talk.pk).update(title="Held")
            held.set()
            done.wait(15)
        connection.close()

    other = threading.Thread(target=hold)
    other.start()
    held.wait(5)
    began = time.monotonic()
    with pytest.raises(Busy):
        rehearse(lambda: Talk.objects.select_for_update().get(pk=talk.pk))
    waited = time.monotonic() - began
    done.set()
    other.join()

    assert 1.5 < waited < 8
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA busy_timeout").fetchone()[0] == 20_000
