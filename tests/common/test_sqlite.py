"""SQLite as production opens it: a file that editors can write to at the same time."""

import sqlite3

import pytest
from django.db import connection, transaction

from tests.factories import ThemeFactory
from workshop.common.environment import database

pytestmark = [
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="of SQLite alone"),
]


def pragma(name):
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {name}").fetchone()[0]


def test_file_is_in_write_ahead_mode():
    assert (pragma("journal_mode"), pragma("synchronous"), pragma("foreign_keys")) == ("wal", 1, 1)


def test_transaction_holds_the_write_lock_from_its_beginning():
    """So that two who read and then write wait for each other, instead of one failing."""
    with transaction.atomic():
        ThemeFactory._meta.model.objects.count()  # only reads
        other = sqlite3.connect(connection.settings_dict["NAME"], timeout=0)
        with pytest.raises(sqlite3.OperationalError, match="database is locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()


def test_reader_is_not_held_up_by_a_writer():
    ThemeFactory(name="Before")
    with transaction.atomic():
        ThemeFactory(name="Not yet")
        other = sqlite3.connect(connection.settings_dict["NAME"], timeout=0)
        names = [name for (name,) in other.execute("SELECT name FROM workshop_theme")]
        other.close()

    assert names == ["Before"]


def test_settings_of_the_tests_are_those_of_production(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL", raising=False)

    assert database(tmp_path / "site.sqlite3")["OPTIONS"] == connection.settings_dict["OPTIONS"]
