"""Drafts of published records that the clock is to publish."""

import datetime as dt
from io import StringIO

from django.core.management import call_command
from django.utils import timezone

from workshop.editing.models import Draft

SOON = {"publish_at_0": "2031-03-03", "publish_at_1": "10:00"}


def scheduled(desk, record, **changes):
    """A draft of the record that the clock is to publish; the answer of the page that asks when."""
    desk.fill(record, "change", **changes, _later="Save draft and publish it later…")
    return desk.post(record, "later", data=SOON)


def clock(**moved):
    """The moment has come."""
    Draft.objects.update(publish_at=timezone.now() - dt.timedelta(seconds=1), **moved)
    out, err = StringIO(), StringIO()
    call_command("run_due", stdout=out, stderr=err)
    return out.getvalue().splitlines(), err.getvalue().splitlines()
