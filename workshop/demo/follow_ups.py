"""What has happened since, with its evidence. A status that goes forward, and back."""

import datetime as dt

from recommendations.models import Confidence, FollowUp, Recommendation, Status
from workshop.common.dates import Precision
from workshop.demo.documents import ENVOY_VACANT
from workshop.demo.records import resolved

KOREA_HERALD = {
    "evidence_url": "https://www.koreaherald.com/article/10472083",
    "evidence_title": "The Korea Herald, article 10472083",
}

# code -> what happened, oldest first
FOLLOW_UPS: dict[str, list[dict]] = {
    "kw12-r04": [
        {
            "date": dt.date(2023, 1, 1),
            "date_precision": Precision.MONTH,
            "status": Status.IN_PROGRESS,
            "summary": "After six years without an envoy, a nominee is named. Radio Free Asia reported it on 24 "
            "January 2023; the report linked here looks back on it.",
            "evidence": ENVOY_VACANT,
            "confidence": Confidence.CONFIRMED,
        },
        {
            "date": dt.date(2023, 10, 1),
            "date_precision": Precision.MONTH,
            "status": Status.IMPLEMENTED,
            "summary": "The new envoy takes up office. Aju Press gives the same month.",
            "confidence": Confidence.CONFIRMED,
            **KOREA_HERALD,
        },
        {
            "date": dt.date(2025, 1, 1),
            "date_precision": Precision.MONTH,
            "status": Status.REVERSED,
            "summary": "The envoy has left, and the post is vacant again. Reports of April 2025, one of them by Aju "
            "Press, found it still empty.",
            "confidence": Confidence.CONFIRMED,
            **KOREA_HERALD,
        },
    ],
    "kw12-r13": [
        {
            "date": dt.date(2023, 8, 17),
            "status": Status.IN_PROGRESS,
            "summary": "The UN Security Council takes up human rights in North Korea in an open meeting, its first on "
            "the subject since 2017. Our source announced the meeting; it does not tell what came of it.",
            "evidence_url": "https://en.prothomalo.com/international/asia/o769jv1y2w",
            "evidence_title": "Prothom Alo, 11 August 2023",
            "confidence": Confidence.REPORTED,
        },
    ],
}


def enter(proposal: Recommendation) -> None:
    """Enter what is known of a proposal, as drafts that go public with it."""
    for row in FOLLOW_UPS.get(proposal.code, []):
        FollowUp.objects.create(recommendation=proposal, **resolved(FollowUp, row))
