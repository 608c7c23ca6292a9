"""Take down a name or a person, where it takes longer than a page of the desk may."""

from __future__ import annotations

import sys
from collections import Counter

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.text import capfirst

from speakers.models import Speaker
from workshop.accounts.models import User
from workshop.images.models import LeftFile
from workshop.takedown.actions import take_down
from workshop.takedown.finding import find
from workshop.takedown.models import Ground
from workshop.takedown.names import Names
from workshop.takedown.people import names_of


class Command(BaseCommand):
    help = (
        "Removes names from everything that is kept. Reads them from standard input, one a line, because a command "
        "line is kept in histories. Says what it would remove; --commit removes it, which cannot be undone."
    )

    def add_arguments(self, parser):
        parser.add_argument("--by", required=True, metavar="USERNAME", help="The admin who decides it.")
        parser.add_argument("--ground", required=True, choices=Ground.values, help="Why.")
        parser.add_argument("--reason", default="", help="The same in words, without the name: it is kept.")
        parser.add_argument("--expert", metavar="SLUG", help="The expert whose record goes, with all of the names.")
        parser.add_argument("--commit", action="store_true", help="Do it.")

    def handle(self, *args, **options):
        by = User.objects.filter(username=options["by"]).first()
        if by is None or not by.has_perm("takedown.add_takedown"):
            raise CommandError(f"{options['by']} is no admin of this site.")
        person = None
        if slug := options["expert"]:
            person = Speaker.objects.filter(slug=slug).first()
            if person is None:
                raise CommandError("There is no expert at that address.")
        names = list(names_of(person)) if person else []
        try:
            if not (names and sys.stdin.isatty()):
                names += [line.strip() for line in sys.stdin if line.strip()]
        except UnicodeDecodeError as error:
            raise CommandError("The names are not in UTF-8.") from error
        try:
            self.say(Names(names))
            if not options["commit"]:
                self.stdout.write("Nothing is removed yet: --commit does it.")
                return
            done = take_down(names=names, ground=options["ground"], reason=options["reason"], person=person, by=by)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"Done. Rows removed or changed: {sum(done.counts.values()):,}.")
        self.stdout.write(
            f"Every backup made before {timezone.localtime(done.done_at):%Y-%m-%d %H:%M} still holds it. "
            "Pictures, recordings and PDF files are for somebody to look at."
        )

    def say(self, names: Names) -> None:
        """Where the names stand, in numbers."""
        found = Counter(capfirst(each.model._meta.verbose_name_plural) for each in find(names))
        for kind, number in sorted(found.items()):
            self.stdout.write(f"{number:>9,}  {kind}")
        if not found:
            self.stdout.write("In no text.")
        if waiting := LeftFile.objects.count():
            self.stdout.write(f"{waiting:>9,}  Files of replaced and deleted pictures and recordings: all that wait")
