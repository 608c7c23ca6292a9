"""Take down again, in a restored database, what was taken down after its backup was made."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from workshop.takedown import record
from workshop.takedown.actions import reapply
from workshop.takedown.models import TakeDown


class Command(BaseCommand):
    help = "Takes down again, after a restore, what takedowns.jsonl and the database remember. Harmless to repeat."

    def handle(self, *args, **options):
        entries = {done.token: done for done in [*record.written_down(), *TakeDown.objects.all()]}
        count, lost = reapply(entries.values())
        for done in record.not_written_down():
            record.write_down(done)
        self.stdout.write(f"Take-downs looked for: {len(entries):,}. Rows removed or changed: {count:,}.")
        if lost:
            days = ", ".join(f"{done.done_at:%Y-%m-%d}" for done in lost)
            raise CommandError(
                f"{len(lost)} could not be done again ({days}): they were made with another SECRET_KEY. "
                "Add that one to SECRET_KEY_FALLBACKS, or take them down anew at the desk."
            )
