"""The site as a backup has it."""

from __future__ import annotations

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from workshop.backup.folder import Folder, Refused
from workshop.backup.restoring import restore
from workshop.backup.saving import secret
from workshop.management.commands.rebuild_search import Progress
from workshop.search import building


class Command(BaseCommand):
    help = "Brings a backup back, takes down again what was taken down since, builds the index. Stop the site first."

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", help="What the command backup wrote.")
        parser.add_argument("--replace", action="store_true", help="Replace everything that is in the database.")

    def handle(self, *args, **options):
        try:
            with Progress() as progress:
                manifest = restore(Folder(options["folder"]), replace=options["replace"], progress=progress)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        rows, files = sum(manifest.rows.values()), len(manifest.media)
        self.stdout.write(f"{rows:,} rows and {files:,} files of {manifest.made_at} are back.")
        if manifest.secret != secret():
            self.stdout.write(
                "This site has another SECRET_KEY than the backup’s: put that one into SECRET_KEY_FALLBACKS, "
                "or take-downs from before cannot be done again."
            )
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", interactive=False, verbosity=0)
        lost = self.take_down_again()
        if not building.is_ready():
            with Progress() as progress:
                building.build(progress)
        self.stdout.write("The search index is built. The site can be started.")
        if lost:
            raise CommandError(lost)

    def take_down_again(self) -> str:
        """At once, before anything else takes time. What could not be done, in a sentence."""
        try:
            call_command("reapply_takedowns", stdout=self.stdout)
        except CommandError as error:
            return str(error)
        return ""
