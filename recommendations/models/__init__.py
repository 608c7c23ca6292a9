"""Recommendations, who proposes them, who is asked, and what became of them."""

from recommendations.models.addressee import Addressee, Answer, Response
from recommendations.models.follow_up import Confidence, FollowUp, Status, StatusInterval
from recommendations.models.imported import ImportedRow, WaitingTable
from recommendations.models.position import Position, Stance
from recommendations.models.recommendation import ActionCategory, Modality, Origin, Polarity, Recommendation
from recommendations.models.tie import Tie, TieKind
from recommendations.models.vocabulary import AffectedGroup, Goal

__all__ = [
    "ActionCategory",
    "Addressee",
    "AffectedGroup",
    "Answer",
    "Confidence",
    "FollowUp",
    "Goal",
    "ImportedRow",
    "Modality",
    "Origin",
    "Polarity",
    "Position",
    "Recommendation",
    "Response",
    "Stance",
    "Status",
    "StatusInterval",
    "Tie",
    "TieKind",
    "WaitingTable",
]
