"""Writing a backup while the site goes on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.core.files.storage import Storage, default_storage
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from workshop.backup.folder import PIECE, Folder, Manifest, Progress, quiet
from workshop.backup.tables import lines, models_of
from workshop.takedown.keys import keys


def back_up(folder: Folder, progress: Progress = quiet) -> Manifest:
    """Write the whole site into an empty folder: rows of one moment, then the files that are there.

    Raises Refused where the folder is not empty, and leaves no ``backup.json`` where
    it does not come to its end.
    """
    folder.make()
    manifest = Manifest(
        made_at=timezone.now().isoformat(timespec="seconds"), database=connection.vendor, secret=secret()
    )
    tables = models_of(apps)
    with one_moment():
        applied = MigrationRecorder(connection).applied_migrations()
        manifest.migrations = sorted([app, name] for app, name in applied)
        for done, model in enumerate(tables, start=1):
            table = model._meta.db_table
            number, digest = folder.write_lines(f"tables/{table}.jsonl.gz", lines(model))
            manifest.rows[table] = number - 1
            manifest.files[f"tables/{table}.jsonl.gz"] = digest
            progress("tables", done, len(tables))
    names = sorted(names_in(default_storage))
    for done, name in enumerate(names, start=1):
        try:
            with default_storage.open(name) as file:
                manifest.files[f"media/{name}"] = folder.write_pieces(f"media/{name}", file.chunks(PIECE))
        except FileNotFoundError:  # deleted since it was listed
            continue
        progress("files", done, len(names))
    folder.write_list(manifest)
    return manifest


def secret() -> str:
    """The same for the same SECRET_KEY; tells nothing of it."""
    return hashlib.sha256(b"rapporteur backup" + keys()[0]).hexdigest()[:16]


@contextmanager
def one_moment() -> Iterator[None]:
    """Within it everything is read as it was at one moment, and nobody has to wait."""
    if connection.in_atomic_block:  # a test's
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # Django's own would hold the lock for writing
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def names_in(storage: Storage, folder: str = "") -> Iterator[str]:
    """The names of all files of a storage."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:  # nothing was uploaded yet
        return
    for name in files:
        yield f"{folder}{name}"
    for name in folders:
        yield from names_in(storage, f"{folder}{name}/")
