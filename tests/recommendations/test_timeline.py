"""What became of a recommendation, and its status."""

import datetime as dt

import pytest

from recommendations.models import StatusInterval
from tests.factories import (
    DocumentFactory,
    FollowUpFactory,
)
from tests.recommendations.facets import page

pytestmark = pytest.mark.django_db


def test_follow_ups_are_newest_first_and_corrected_ones_are_marked(client, record):
    def happened(date, status, **fields):
        return FollowUpFactory(published=True, recommendation=record, date=date, status=status, **fields)

    report = DocumentFactory(published=True, slug="report")
    first = happened(dt.date(2023, 1, 24), "in-progress")
    happened(dt.date(2023, 1, 24), "stalled", replaces=first, evidence=report, evidence_title="The Mud Herald")
    happened(dt.date(2025, 1, 1), "reversed", date_precision="month", checked_on=dt.date(2025, 4, 23))
    happened(dt.date(2025, 3, 1), "implemented", confidence="disputed", evidence_url="https://mud.example.org/a")
    StatusInterval.objects.rebuild(record)
    response = page(client, record)
    assert [
        (str(item.date), item.status.slug, item.confidence.slug, item.replaced, [link.url for link in item.sources])
        for item in response.context["timeline"]
    ] == [
        ("1 March 2025", "implemented", "disputed", False, ["https://mud.example.org/a"]),
        ("January 2025", "reversed", "reported", False, ["https://news.example.org/story"]),
        ("24 January 2023", "stalled", "reported", False, ["/documents/report/", "https://news.example.org/story"]),
        ("24 January 2023", "in-progress", "reported", True, ["https://news.example.org/story"]),
    ]
    assert str(response.context["timeline"][1].checked_on) == "23 April 2025"
    status = response.context["status"]
    assert (status.slug, str(status.date)) == ("reversed", "January 2025")
    assert "Reversed" in response.content.decode()
