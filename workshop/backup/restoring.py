"""Bringing a site back: all of it, or nothing."""

from __future__ import annotations

import gzip

from django.apps.registry import Apps
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from workshop.backup.folder import Folder, Manifest, Progress, Refused, quiet
from workshop.backup.tables import count_on, empty, load, models_of
from workshop.models import SiteState
from workshop.search.stores import store
from workshop.takedown import record, traces

BEYOND = 1_000_000  # versions that may have been told to browsers since the backup was made


def restore(folder: Folder, *, replace: bool = False, progress: Progress = quiet) -> Manifest:
    """Put the rows and files of a backup in the place of what is there.

    Into an empty database of either kind, whichever it was made from, also from an
    older version of the software; with ``replace`` into one that has the same tables.
    Raises Refused, with nothing written, where that cannot be. Take-downs and the index
    are left to the caller.
    """
    manifest = folder.read_list()
    folder.check(manifest, progress)
    registry = ready(manifest, replace=replace)
    known = {model._meta.db_table: model for model in models_of(registry)}
    if strange := sorted(set(manifest.rows) - set(known)):
        raise Refused(f"This version has no table {', '.join(strange)}.")
    try:
        with traces.overwritten(), transaction.atomic():
            for take_down in record.not_written_down():
                record.write_down(take_down)  # the rows that remember it are about to go
            version = SiteState.objects.values_list("version", flat=True).first() or 0
            empty(registry)
            forget_index()
            for done, (table, number) in enumerate(manifest.rows.items(), start=1):
                if load(known[table], folder.lines(f"tables/{table}.jsonl.gz")) != number:
                    raise ValueError(f"The table {table} is not complete.")
                progress("tables", done, len(manifest.rows))
            count_on(registry)
            beyond(version)
            bring_files(folder, manifest, progress)  # last: where the rows do not fit, no file is touched
    except (ValueError, TypeError, ValidationError, gzip.BadGzipFile, EOFError, DatabaseError) as error:
        why = " ".join(getattr(error, "messages", [str(error)]))
        raise Refused(f"The backup does not fit the tables, and nothing was restored: {why}") from error
    traces.forget()
    return manifest


def ready(manifest: Manifest, *, replace: bool) -> Apps:
    """The tables that the rows fit, as models. Makes them in an empty database. Raises Refused."""
    loader = MigrationLoader(connection)
    made_with = {(app, name) for app, name in manifest.migrations if app in loader.migrated_apps}
    if newer := sorted(made_with - set(loader.graph.nodes)):
        raise Refused(f"The backup was made by a newer version: this one does not know {'.'.join(newer[0])}.")
    if not connection.introspection.table_names():
        executor = MigrationExecutor(connection)
        return executor.migrate(leaves(loader, made_with)).apps
    if not replace:
        raise Refused("The database is not empty. With --replace, all that is in it is replaced.")
    if set(loader.applied_migrations) & set(loader.graph.nodes) != made_with:
        raise Refused("The backup and the database are of different versions. Restore into an empty database.")
    return loader.project_state(leaves(loader, made_with)).apps


def leaves(loader: MigrationLoader, applied: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """The last migration of each app among those that were applied."""
    followed = {
        parent.key for key in applied for parent in loader.graph.node_map[key].parents if parent.key[0] == key[0]
    }
    return sorted(applied - followed)


def bring_files(folder: Folder, manifest: Manifest, progress: Progress) -> None:
    """Write the uploaded files under their names. Those that no backup knows stay where they are."""
    for done, name in enumerate(manifest.media, start=1):
        with (folder.path / "media" / name).open("rb") as file:
            default_storage.delete(name)
            if (written := default_storage.save(name, File(file))) != name:
                default_storage.delete(written)
                raise Refused(f"The file {name} cannot be written under its name.")
        progress("files", done, len(manifest.media))


def forget_index() -> None:
    """Its rows that no model holds, too. An older version of the software may have had none."""
    if "search_fts" in connection.introspection.table_names() or connection.vendor == "postgresql":
        store().clear()


def beyond(version: int) -> None:
    """Raise the public version above all that browsers may know: what they keep is of another history."""
    restored = SiteState.objects.values_list("version", flat=True).first() or 0
    SiteState.objects.update_or_create(pk=1, defaults={"version": max(version, restored) + BEYOND})
