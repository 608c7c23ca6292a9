"""Recommendations from a table. Without --commit it only says what it would do."""

from __future__ import annotations

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from recommendations.imports.files import read
from recommendations.imports.plan import Plan, plan_of
from recommendations.imports.reading import COMMAND, Table, Unreadable, refuse_size, require_columns
from recommendations.imports.report import in_numbers, in_text
from recommendations.imports.upr import UPR
from recommendations.imports.writing import carry_out

MAPPINGS = {"upr": UPR}


class Command(BaseCommand):
    help = "Reads recommendations from a CSV or XLSX file, and says what it would write; --commit writes it."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--mapping", required=True, choices=MAPPINGS, help="How its columns are understood.")
        parser.add_argument("--encoding", default="", help="Of a CSV file, where it is not found out: mac-roman.")
        parser.add_argument("--commit", action="store_true", help="Write it, in one transaction.")

    def handle(self, *args, **options):
        mapping = MAPPINGS[options["mapping"]]
        try:
            table = self.table(options["file"], options["encoding"])
            require_columns(table, mapping.columns)
            if options["commit"]:
                with tqdm(total=len(table.lines), unit=" rows", disable=not sys.stderr.isatty()) as bar:
                    plan = carry_out(table, mapping, progress=bar.update)
            else:
                plan = plan_of(table, mapping)
        except Unreadable as error:
            raise CommandError(f"{options['file'].name}: {error}") from error
        self.tell(plan, options["commit"])

    def table(self, file: Path, encoding: str) -> Table:
        """The table in the file. Raises ``Unreadable``, before it is read where it is too large."""
        try:
            if not file.is_file():
                raise Unreadable("There is no such file.")
            refuse_size(file.stat().st_size, COMMAND)
            return read(file.read_bytes(), name=file.name, limits=COMMAND, encoding=encoding)
        except OSError as error:
            raise Unreadable(f"It cannot be read: {error.strerror}.") from error

    def tell(self, plan: Plan, commit: bool) -> None:
        """The report, and what was done."""
        for line in in_text(plan):
            self.stdout.write(line)
        if plan.refused:
            raise CommandError(f"{len(plan.refused):,} rows are refused (see above): nothing was written.")
        if not commit:
            self.stdout.write("Nothing was written: this was a dry run. Add --commit to write it.")
        elif plan.entries:
            self.stdout.write(f"Written: {in_numbers(plan)}.")
        else:
            self.stdout.write("Nothing was written: there is nothing new in it.")
