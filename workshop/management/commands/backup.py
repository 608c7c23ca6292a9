"""A copy of the whole site in a folder."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from workshop.backup.folder import Folder, Refused
from workshop.backup.saving import back_up
from workshop.management.commands.rebuild_search import Progress


class Command(BaseCommand):
    help = "Writes all tables and uploaded files into a new folder, while the site goes on. It holds what is withheld."

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", help="A folder that is empty, or not there yet.")

    def handle(self, *args, **options):
        try:
            with Progress() as progress:
                manifest = back_up(Folder(options["folder"]), progress)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        rows, files = sum(manifest.rows.values()), len(manifest.media)
        self.stdout.write(f"{options['folder']}: {rows:,} rows and {files:,} files. Keep it closed: drafts are in it.")
