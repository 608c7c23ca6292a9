"""Alive, and ready."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from workshop.models import SiteState


def ran(minutes_ago):
    SiteState.objects.update_or_create(
        pk=1, defaults={"due_ran_at": timezone.now() - dt.timedelta(minutes=minutes_ago)}
    )


def asked(client, path="/readyz"):
    response = client.get(path)
    return response.status_code, response.json()


def ready_but(*missing):
    checks = dict.fromkeys(("database", "migrations", "cache", "run_due"), True) | dict.fromkeys(missing, False)
    return (503, {"status": "unready", **checks}) if missing else (200, {"status": "ok", **checks})


def test_healthz_touches_no_database(client):
    """Without the mark for it the database refuses every query."""
    assert asked(client, "/healthz") == (200, {"status": "ok"})


@pytest.mark.django_db
def test_readyz_where_all_is_well(client):
    ran(minutes_ago=1)

    assert asked(client) == ready_but()


@pytest.mark.django_db
@pytest.mark.parametrize("minutes_ago", [16, 60 * 24])
def test_readyz_with_run_due_late_says_so(client, minutes_ago):
    ran(minutes_ago)

    assert asked(client) == ready_but("run_due")


@pytest.mark.django_db
def test_readyz_before_run_due_ever_ran_says_so(client):
    SiteState.objects.all().delete()

    assert asked(client) == ready_but("run_due")


@pytest.mark.django_db
def test_readyz_with_a_migration_to_run_says_so(client):
    ran(minutes_ago=1)
    MigrationRecorder(connection).migration_qs.filter(app="recommendations").order_by("-pk").first().delete()

    assert asked(client) == ready_but("migrations")


@pytest.mark.django_db
def test_readyz_with_a_cache_that_fails_says_so(client, monkeypatch):
    ran(minutes_ago=1)

    def fail(*args, **kwargs):
        raise ConnectionError

    monkeypatch.setattr(cache, "set", fail)

    assert asked(client) == ready_but("cache")


def test_readyz_with_a_database_that_does_not_answer_says_so(client, django_db_blocker):
    def fail(*args):
        raise DatabaseError

    with django_db_blocker.unblock(), connection.execute_wrapper(fail):
        assert asked(client) == ready_but("database", "migrations", "run_due")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_never_kept_and_sets_no_cookie(client, path):
    response = client.get(path)

    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
