"""The programme: series, editions, themes, talks, and what documents them."""

from workshop.models.document import Document, DocumentKind, DocumentPerson, DocumentRole
from workshop.models.edition import AttendanceMode, EventStatus, StatusChange, Workshop, WorkshopTheme
from workshop.models.ledger import Ledger
from workshop.models.media import Media, MediaKind
from workshop.models.quote import Quote
from workshop.models.series import Series
from workshop.models.site import SiteState
from workshop.models.talk import Delivery, Talk, TalkKind, TalkRole, TalkSpeaker
from workshop.models.theme import MatchKind, Scheme, Theme, ThemeMatch

__all__ = [
    "AttendanceMode",
    "Delivery",
    "Document",
    "DocumentKind",
    "DocumentPerson",
    "DocumentRole",
    "EventStatus",
    "Ledger",
    "MatchKind",
    "Media",
    "MediaKind",
    "Quote",
    "Scheme",
    "Series",
    "SiteState",
    "StatusChange",
    "Talk",
    "TalkKind",
    "TalkRole",
    "TalkSpeaker",
    "Theme",
    "ThemeMatch",
    "Workshop",
    "WorkshopTheme",
]
