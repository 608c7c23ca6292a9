"""Publish what is scheduled, withdraw what has run out."""

from __future__ import annotations

import logging
import signal
import threading

from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, close_old_connections
from django.utils import timezone

from recommendations.imports.desk import run_queued
from workshop.actions import look_ahead, run_due_publications
from workshop.admin.later import publish_due_drafts
from workshop.editing.keeping import forget_old
from workshop.images.leaving import remove_due as remove_files_left
from workshop.library.sizes import make_due
from workshop.merging.actions import forget_old as forget_old_merges
from workshop.models import SiteState
from workshop.registry import publishable_models
from workshop.takedown.actions import reapply_to_restored

log = logging.getLogger(__name__)
EVERY_SECONDS = 30


class Command(BaseCommand):
    help = (
        "Publishes what is due, withdraws what has run out, imports what waits, makes the sizes of pictures: "
        "from cron, or with --loop."
    )

    def add_arguments(self, parser):
        parser.add_argument("--loop", action="store_true", help=f"Keep running; look every {EVERY_SECONDS} seconds.")

    def handle(self, *args, **options):
        if not options["loop"]:
            self.once()
            return
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        while not stop.is_set():
            try:
                self.once()
            except (DatabaseError, InterfaceError) as error:
                log.error("run_due could not reach the database: %s", type(error).__name__)
            close_old_connections()
            stop.wait(EVERY_SECONDS)

    def once(self) -> None:
        """One look; notes that it has been done, for /readyz."""
        done, failed = run_due_publications(publishable_models())
        drafts, not_published = publish_due_drafts()
        look_ahead(publishable_models())
        for record in [*done, *drafts]:
            self.stdout.write(f"{record.get_state_display()}: {record._meta.verbose_name} {record.pk}")
        for sentence in [*failed, *not_published]:
            self.stderr.write(sentence)
        forget_old_merges()
        for sentence in reapply_to_restored():
            self.stdout.write(sentence)
        for sentence in run_queued():
            self.stdout.write(sentence)
        forget_old()
        remove_files_left()
        SiteState.objects.update_or_create(pk=1, defaults={"due_ran_at": timezone.now()})
        for sentence in make_due():
            self.stderr.write(sentence)
