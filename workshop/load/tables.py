"""The tables that are filled, each with the columns that its rows bring."""

from __future__ import annotations

import datetime as dt

from django.contrib.contenttypes.models import ContentType
from django.db import models

from recommendations.models import (
    Addressee,
    FollowUp,
    Position,
    Recommendation,
    Response,
    StatusInterval,
)
from speakers.models import Affiliation, Organisation, OrganisationKind, Speaker
from workshop.common.dates import Precision
from workshop.common.keywords import Tag, TaggedItem
from workshop.common.publishing import State
from workshop.load.bulk import Table
from workshop.models import (
    Document,
    DocumentPerson,
    Ledger,
    Quote,
    Series,
    Talk,
    TalkSpeaker,
    Theme,
    ThemeMatch,
    Workshop,
    WorkshopTheme,
)

FIRST_PUBLISHED = dt.datetime(2025, 12, 1, 9, tzinfo=dt.UTC)
PUBLIC = {"state": State.PUBLISHED, "first_published_at": FIRST_PUBLISHED, "version": 1}


class Tables:
    """All of them, by name. What is put down is written by ``flush()``."""

    def __init__(self) -> None:
        self.series = Table(Series, "slug name code about", **PUBLIC)
        self.editions = Table(
            Workshop,
            "series slug code ordinal title question introduction start end city updated_at",
            **PUBLIC,
        )
        self.edition_themes = Table(WorkshopTheme, "workshop theme order")
        self.organisations = Table(Organisation, "slug name name_ko abbreviation kind country about", **PUBLIC)
        self.speakers = Table(
            Speaker, "slug name name_ko sort_name given_name family_name descriptor bio updated_at", **PUBLIC
        )
        self.affiliations = Table(Affiliation, "speaker organisation role current order")
        self.tags = Table(Tag, "name slug")
        self.tagged = Table(TaggedItem, "tag content_type object_id")
        self.themes = Table(Theme, "slug name name_ko description scheme", **PUBLIC)
        self.theme_matches = Table(ThemeMatch, "theme match")
        self.documents = Table(Document, "slug title kind issued_by symbol date description url", **PUBLIC)
        self.document_people = Table(DocumentPerson, "document speaker")
        self.talks = Table(
            Talk, "workshop slug title title_ko kind date summary summary_ko key_message updated_at", **PUBLIC
        )
        self.talk_speakers = Table(TalkSpeaker, "talk speaker order role affiliation_then attribution")
        self.talk_themes = Table(Talk.themes.through, "talk theme")
        self.talk_documents = Table(Talk.documents.through, "talk document")
        self.quotes = Table(Quote, "talk document speaker exact prefix suffix attribution affiliation order")
        self.recommendations = Table(
            Recommendation,
            "code statement statement_ko detail detail_ko origin source_quote source_document made_on "
            "made_on_precision workshop parent polarity modality action session symbol updated_at",
            **PUBLIC,
        )
        self.themes_of = Table(Recommendation.themes.through, "recommendation theme")
        self.affected = Table(Recommendation.affected.through, "recommendation affectedgroup")
        self.goals = Table(Recommendation.goals.through, "recommendation goal")
        self.legal_basis = Table(Recommendation.legal_basis.through, "recommendation document")
        self.positions = Table(
            Position, "recommendation speaker organisation stance note quote talk affiliation attribution order"
        )
        self.addressees = Table(Addressee, "recommendation organisation inferred order")
        self.responses = Table(Response, "addressee date answer words", date_precision=Precision.MONTH)
        self.follow_ups = Table(
            FollowUp,
            "recommendation date status summary evidence_url evidence_title confidence checked_on recorded_at",
            **PUBLIC,
        )
        self.intervals = Table(StatusInterval, "recommendation status start end follow_up")
        self.ledger = Table(Ledger, "code kind", fate=State.PUBLISHED, first_published_at=FIRST_PUBLISHED)
        tagged: tuple[type[models.Model], ...] = (Speaker, Talk, Recommendation)
        self._types = {model: ContentType.objects.get_for_model(model).pk for model in tagged}

    def all(self) -> list[Table]:
        """Every table, in the order in which it can be written."""
        return [table for table in vars(self).values() if isinstance(table, Table)]

    def flush(self) -> None:
        """Write what was put down, into all of them."""
        for table in self.all():
            table.flush()

    def tag(self, model: type[models.Model], key: int, tags: list[int]) -> None:
        """Give a record its keywords."""
        for tag in tags:
            self.tagged.add(tag, self._types[model], key)

    def organisation(self, slug: str, name: str, name_ko: str, kind: OrganisationKind, about: str) -> int:
        """An organisation without a country; its key."""
        return self.organisations.add(slug, name, name_ko, "", kind, None, about)
