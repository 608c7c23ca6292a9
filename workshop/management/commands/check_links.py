"""Look whether the addresses on other sites, to which public records lead, still answer."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from workshop.linking.checking import check
from workshop.linking.collecting import collect
from workshop.linking.models import Link
from workshop.linking.visiting import Visitor

LIMIT = 500


class Command(BaseCommand):
    help = "Asks the addresses that public records lead to, and notes which ones fail: once a day, from cron."

    def add_arguments(self, parser):
        parser.add_argument("--limit", type=int, default=LIMIT, help=f"How many at most; {LIMIT} by default.")

    def handle(self, *args, **options):
        if options["limit"] < 1:
            raise CommandError("--limit is a number above 0.")
        known = collect()
        looked = 0
        for link in check(limit=options["limit"], visitor=Visitor()):
            looked += 1
            if link.failed_days:
                self.stdout.write(f"{link.said} {link.url}")
        broken = Link.objects.broken().count()
        self.stdout.write(f"{known} links; {looked} looked at; {broken} broken.")
