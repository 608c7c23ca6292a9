"""The search index anew, or compared with the records."""

from __future__ import annotations

import sys

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from workshop.search.building import Difference, build, compare

SHOWN = 5  # keys named of each difference


class Command(BaseCommand):
    help = "Builds the search index anew, in place: nothing is missing meanwhile. With --check only compares it."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="Compare the index with the records, write nothing.")

    def handle(self, *args, **options):
        with Progress() as progress:
            if options["check"]:
                differences = compare(progress)
            else:
                number = build(progress)
        if not options["check"]:
            self.stdout.write(f"The search index is built: {number} entries.")
        elif differences:
            raise CommandError("\n".join(map(in_words, differences)) + "\nRun: python manage.py rebuild_search")
        else:
            self.stdout.write("The search index fits the records.")


class Progress:
    """A bar for each kind of record, where somebody watches."""

    def __enter__(self) -> Progress:
        self.bar: tqdm | None = None
        self.kind = ""
        return self

    def __exit__(self, *error) -> None:
        if self.bar is not None:
            self.bar.close()

    def __call__(self, kind: str, done: int, total: int) -> None:
        if kind != self.kind:
            self.__exit__()
            self.kind, self.bar = kind, tqdm(desc=kind, total=total, disable=not sys.stderr.isatty())
        if self.bar is not None:
            self.bar.update(done - self.bar.n)


def in_words(difference: Difference) -> str:
    """A difference as a line."""
    if difference.wrong_totals:
        return f"totals: {difference.wrong_totals} are wrong"
    parts = [
        f"{len(keys)} {said} ({', '.join(map(str, keys[:SHOWN]))}{', …' if len(keys) > SHOWN else ''})"
        for said, keys in (
            ("missing", difference.missing),
            ("left over", difference.left_over),
            ("outdated", difference.outdated),
        )
        if keys
    ]
    return f"{difference.what}: {'; '.join(parts)}"
