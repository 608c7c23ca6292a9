"""What became of a recommendation, dated and sourced, the newest first."""

from __future__ import annotations

from dataclasses import dataclass

from recommendations.models import FollowUp, Recommendation
from recommendations.rows import StatusShown
from recommendations.trail import sources_of
from workshop.common.dates import VagueDate
from workshop.common.text import Text
from workshop.views.links import Link, link_to


@dataclass(frozen=True)
class ConfidenceShown:
    """How sure we are."""

    slug: str
    label: str


@dataclass(frozen=True)
class FollowUpItem:
    """One entry, for ``components/timeline.html``."""

    id: str
    date: VagueDate
    status: StatusShown
    summary: Text
    sources: list[Link]
    archived_url: str
    confidence: ConfidenceShown
    checked_on: VagueDate | None
    replaced: bool


def timeline_of(record: Recommendation) -> list[FollowUpItem]:
    """Every public follow-up; one that a public correction replaces is marked, not hidden.

    Reads public ``follow_ups`` with their ``evidence`` and ``replaced_by``.
    """
    return [_item(row) for row in sorted(record.follow_ups.all(), key=FollowUp.order_of, reverse=True)]


def _item(row: FollowUp) -> FollowUpItem:
    return FollowUpItem(
        id=f"follow-up-{row.pk}",
        date=row.when,
        status=StatusShown(row.status, row.get_status_display()),
        summary=row.text("summary"),
        sources=sources_of(link_to(row.evidence), row.evidence_url, row.evidence_title),
        archived_url=row.archived_url,
        confidence=ConfidenceShown(row.confidence, row.get_confidence_display()),
        checked_on=VagueDate(row.checked_on) if row.checked_on else None,
        replaced=hasattr(row, "replaced_by"),  # a hidden correction was not fetched
    )
