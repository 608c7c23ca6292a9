"""Synthetic content for benchmarks."""

from __future__ import annotations

import time

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError

from workshop.load.fill import AT_ONCE, fill, strangers


class Command(BaseCommand):
    help = (
        "Fills a throw-away database with synthetic, published content for benchmarks: invented words, numbered "
        "people. Never for a real site: what was published cannot be deleted."
    )

    def add_arguments(self, parser):
        parser.add_argument("--recommendations", type=int, required=True, metavar="N", help="How many; at least 1.")
        parser.add_argument("--seed", type=int, default=1, help="The same seed gives the same content (default 1).")
        parser.add_argument(
            "--beside-other-content",
            action="store_true",
            help="Write although the database holds records that the demo did not enter.",
        )

    def handle(self, *args, **options):
        number = options["recommendations"]
        if number < 1:
            raise CommandError("Ask for one recommendation or more.")
        if not options["beside_other_content"] and (found := strangers()):
            raise CommandError(
                f"This database holds {', '.join(found)} that the demo did not enter. Synthetic content belongs "
                "into a throw-away database, because what was published cannot be deleted: name another one in "
                "DATABASE_URL. Nothing was written."
            )
        begun = time.monotonic()

        def told(done: int) -> None:
            if done * 20 // number > (done - AT_ONCE) * 20 // number:  # twenty lines, however many there are
                self.stdout.write(f"{done:,} of {number:,} in {time.monotonic() - begun:.0f} s")

        written = fill(recommendations=number, seed=options["seed"], told=told)
        for table, rows in written.items():
            self.stdout.write(f"{rows:>12,}  {table}")
        self.stdout.write(f"Written in {time.monotonic() - begun:.0f} s.")
        if "rebuild_search" in get_commands():
            call_command("rebuild_search", stdout=self.stdout)
