"""The twelfth Koret Workshop, to see what a record looks like."""

import os

from django.conf import settings
from django.core.management.base import BaseCommand

from workshop.demo import accounts
from workshop.demo.load import load


class Command(BaseCommand):
    help = "Enters the demo content that is missing; what is there already stays as editors left it."

    def add_arguments(self, parser):
        parser.add_argument(
            "--accounts",
            action="store_true",
            help="Also create the accounts admin, editor and author, with DEMO_PASSWORD or a random password.",
        )

    def handle(self, *args, **options):
        load()
        self.stdout.write("The demo content is complete.")
        if options["accounts"]:
            self.tell(accounts.enter(os.environ.get("DEMO_PASSWORD", "")))

    def tell(self, done: accounts.Accounts) -> None:
        """Where to log in, as whom; a random password is shown this once."""
        place = f"{settings.SITE_URL}/admin/"
        if done.created:
            password = f"password {done.made_up}" if done.made_up else "with the password in DEMO_PASSWORD"
            self.stdout.write(f"Log in at {place} as {listed(done.created)}, {password}")
        if done.changed:
            self.stdout.write(f"The password in DEMO_PASSWORD now opens {listed(done.changed, 'and')} at {place}")
        if done.kept:
            self.stdout.write(f"Left as they were: the accounts {listed(done.kept, 'and')}.")


def listed(names: list[str], last: str = "or") -> str:
    """The names in a sentence: "admin, editor or author"."""
    return f" {last} ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
