"""What recommendations stand in: organisations, people, themes, editions, documents, talks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from random import Random

from speakers.models import OrganisationKind, Speaker
from workshop.common.attribution import Attribution
from workshop.load.size import Size
from workshop.load.tables import Tables
from workshop.load.words import Writer
from workshop.models import DocumentKind, Scheme, Talk, TalkKind, TalkRole

FIRST_DAY, LAST_DAY = dt.date(2010, 3, 1), dt.date(2025, 10, 1)
BODIES = (OrganisationKind.UNIVERSITY, OrganisationKind.NGO, OrganisationKind.UN_ORGAN, OrganisationKind.MEDIA)
KOREAN_SHARE, WITHHELD_SHARE = 0.05, 0.03


@dataclass(frozen=True, slots=True)
class Given:
    """What a recommendation needs to know of the talk that it was made in."""

    key: int
    edition: int  # its place in the list of editions
    date: dt.date
    speaker: int
    attribution: int
    quotes: list[int] = field(default_factory=list)


class Frame:
    """Puts down everything but the recommendations, and remembers what they point to."""

    def __init__(self, tables: Tables, size: Size, random: Random):
        self.tables, self.size, self.random, self.writer = tables, size, random, Writer(random)
        self.states = [self._state(number) for number in range(1, size.states + 1)]
        self.bodies = [self._body(number) for number in range(1, size.bodies + 1)]
        self.tags = [tables.tags.add(f"Keyword {n:03d}", f"keyword-{n:03d}") for n in range(1, size.tags + 1)]
        self.speakers = [self._speaker(number) for number in range(1, size.speakers + 1)]
        self._themes()
        self.codes: list[str] = []
        self.dates: list[dt.date] = []
        self.editions = self._editions()
        self.documents = [self._document(number) for number in range(1, size.documents + 1)]
        self.talks = [self._talk(number) for number in range(1, size.talks + 1)]

    # --- drawing -------------------------------------------------------------------

    def one_of(self, keys: list[int]) -> int:
        """One key, the first ones far more often than the last."""
        return keys[int(len(keys) * self.random.random() ** 2)]

    def some_of(self, keys: list[int], count: int) -> list[int]:
        """So many different keys, the first ones far more often than the last."""
        chosen = dict[int, None]()
        while len(chosen) < min(count, len(keys)):
            chosen[self.one_of(keys)] = None
        return list(chosen)

    def day(self, first: dt.date = FIRST_DAY, last: dt.date = LAST_DAY) -> dt.date:
        """A day between two."""
        return first + dt.timedelta(days=self.random.randint(0, (last - first).days))

    def moment(self) -> dt.datetime:
        """When a row was last saved: some second of the last years."""
        return dt.datetime(2025, 12, 1, 9, tzinfo=dt.UTC) + dt.timedelta(seconds=self.random.randint(0, 30_000_000))

    def by_chance(self, share: float, text: str) -> str:
        """The text in that share of cases, otherwise an empty one."""
        return text if self.random.random() < share else ""

    # --- people and organisations ----------------------------------------------------

    def _state(self, number: int) -> int:
        return self.tables.organisation(
            f"state-{number:03d}", f"State {number:03d}", f"제{number}국", OrganisationKind.STATE, self.writer.text()
        )

    def _body(self, number: int) -> int:
        kind = BODIES[number % len(BODIES)]
        name = f"{kind.label} {number:03d}"
        return self.tables.organisation(f"body-{number:03d}", name, "", kind, self.writer.text())

    def _speaker(self, number: int) -> int:
        name, tables = f"{number:04d}", self.tables
        key = tables.speakers.add(
            f"speaker-{name}",
            f"Speaker {name}",
            self.by_chance(KOREAN_SHARE, f"발표자 {name}"),
            f"{name}, Speaker",
            "Speaker",
            name,
            self.writer.phrase(6),
            self.writer.text(),
            self.moment(),
        )
        for order, body in enumerate(self.some_of(self.bodies, self.random.randint(1, 2))):
            tables.affiliations.add(key, body, self.writer.phrase(3), order == 0, order)
        tables.tag(Speaker, key, self.some_of(self.tags, self.random.randint(0, 3)))
        return key

    # --- the programme ---------------------------------------------------------------

    def _themes(self) -> None:
        """Half are the programme's own, half the UPR's; each of ours is matched to one of theirs."""
        half = self.size.themes // 2
        self.own_themes = [self._theme(number, Scheme.PROGRAMME) for number in range(1, half + 1)]
        self.upr_themes = [self._theme(number, Scheme.UPR) for number in range(half + 1, self.size.themes + 1)]
        for own, theirs in zip(self.own_themes, self.upr_themes, strict=False):
            self.tables.theme_matches.add(own, theirs)

    def _theme(self, number: int, scheme: Scheme) -> int:
        name = f"Theme {number:03d} {self.writer.phrase(2).lower()}"
        return self.tables.themes.add(f"theme-{number:03d}", name, f"주제 {number}", self.writer.text(), scheme)

    def _editions(self) -> list[int]:
        series = self.tables.series.add("synthetic-series", "Synthetic series", "LOAD", self.writer.text())
        return [self._edition(series, number) for number in range(1, self.size.editions + 1)]

    def _edition(self, series: int, number: int) -> int:
        start = FIRST_DAY + (LAST_DAY - FIRST_DAY) * number // self.size.editions
        code = f"LOAD{number:02d}"
        key = self.tables.editions.add(
            series,
            f"synthetic-workshop-{number:02d}",
            code,
            number,
            f"Synthetic workshop {number:02d}",
            self.writer.sentence(8, 14),
            self.writer.text(),
            start,
            start + dt.timedelta(days=2),
            "Nowhere",
            self.moment(),
        )
        self.codes.append(code.lower())
        self.dates.append(start)
        self.tables.ledger.add(code.lower(), "workshop.workshop")
        for order, theme in enumerate(self.some_of(self.own_themes, 5), start=1):
            self.tables.edition_themes.add(key, theme, order)
        return key

    def _document(self, number: int) -> tuple[int, dt.date]:
        date, tables = self.day(), self.tables
        key = tables.documents.add(
            f"document-{number:05d}",
            self.writer.phrase(self.random.randint(4, 9)),
            self.random.choice(DocumentKind.values),
            self.one_of(self.bodies),
            f"A/HRC/{date.year - 2000}/{number}",
            date,
            self.writer.text(),
            f"https://example.org/documents/{number}",
        )
        for person in self.some_of(self.speakers, self.random.randint(0, 1)):
            tables.document_people.add(key, person)
        return key, date

    def _talk(self, number: int) -> Given:
        edition, tables, korean = self.random.randrange(self.size.editions), self.tables, self.writer.korean
        is_korean = self.random.random() < KOREAN_SHARE
        date = self.dates[edition] + dt.timedelta(days=self.random.randint(0, 2))
        key = tables.talks.add(
            self.editions[edition],
            f"talk-{number:05d}",
            self.writer.phrase(self.random.randint(5, 9)),
            korean(4, 7) if is_korean else "",
            self.random.choice((TalkKind.PRESENTATION, TalkKind.PRESENTATION, TalkKind.KEYNOTE, TalkKind.PANEL)),
            date,
            self.writer.text(),
            korean(20, 40) if is_korean else "",
            self.writer.sentence(12, 20),
            self.moment(),
        )
        for theme in self.some_of(self.own_themes, self.random.randint(1, 2)):
            tables.talk_themes.add(key, theme)
        for document, _ in self.random.sample(self.documents, self.random.choice((0, 0, 0, 1))):
            tables.talk_documents.add(key, document)
        tables.tag(Talk, key, self.some_of(self.tags, self.random.randint(0, 2)))
        return Given(key, edition, date, *self._talk_speakers(key))

    def _talk_speakers(self, talk: int) -> tuple[int, int]:
        """One to three people in a talk; the first one's key and attribution."""
        people = [
            (speaker, self.attribution())
            for speaker in self.some_of(self.speakers, self.random.choice((1, 1, 1, 2, 2, 3)))
        ]
        for order, (speaker, attribution) in enumerate(people, start=1):
            role = TalkRole.SPEAKER if order < 3 else TalkRole.DISCUSSANT
            self.tables.talk_speakers.add(talk, speaker, order, role, "A body at the time", attribution)
        return people[0]

    def attribution(self) -> int:
        """On record, for all but three in a hundred."""
        if self.random.random() >= WITHHELD_SHARE:
            return Attribution.ON_RECORD.value
        return self.random.choice((Attribution.AFFILIATION_ONLY.value, Attribution.NOT_ATTRIBUTED.value))
