"""Recommendations, and everything that hangs on one."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from recommendations.models import (
    AffectedGroup,
    Answer,
    Confidence,
    Goal,
    Modality,
    Origin,
    Polarity,
    Recommendation,
    Stance,
    Status,
)
from workshop.common.attribution import Attribution
from workshop.common.dates import Precision
from workshop.load.frame import KOREAN_SHARE, LAST_DAY, Frame, Given

OTHER_STANCES = (Stance.PROPOSES, Stance.SUPPORTS, Stance.SUPPORTS, Stance.CONDITIONS, Stance.DOUBTS, Stance.OPPOSES)
ANSWERS = (Answer.SUPPORTED, Answer.SUPPORTED, Answer.NOTED, Answer.NOTED, *Answer)
EXPERTS = (Origin.TALK, Origin.DOCUMENT)
KIND = "recommendations.recommendation"


class Source:
    """Where one recommendation comes from; empty what does not apply."""

    def __init__(self, frame: Frame):
        self.frame, draw = frame, frame.random.random()
        self.quote: int | None = None
        self.document: int | None = None
        self.talk: int | None = None
        self.edition: int | None = None  # its place in the list of editions
        self.session = self.symbol = ""
        self.precision, self.proposer = Precision.DAY, frame.one_of(frame.speakers)
        self.attribution = Attribution.ON_RECORD.value
        if draw < 0.5:
            self._talk(frame.random.choice(frame.talks))
        elif draw < 0.65:
            self._document()
        else:
            self._mechanism(Origin.UN_MECHANISM if draw < 0.95 else Origin.PLEDGE)

    def _talk(self, talk: Given) -> None:
        """A talk's words: its own or, one time in five, those of another recommendation."""
        frame, self.origin, self.talk = self.frame, Origin.TALK, talk.key
        self.edition, self.date = talk.edition, talk.date
        self.proposer, self.attribution = talk.speaker, talk.attribution
        if not talk.quotes or frame.random.random() < 0.8:
            talk.quotes.append(
                frame.tables.quotes.add(
                    talk.key,
                    None,
                    talk.speaker,
                    frame.writer.sentence(15, 40),
                    " ".join(frame.writer.words(6)),
                    " ".join(frame.writer.words(6)),
                    talk.attribution,
                    "A body at the time",
                    len(talk.quotes) + 1,
                )
            )
        self.quote = talk.quotes[-1]

    def _document(self) -> None:
        self.origin = Origin.DOCUMENT
        self.document, self.date = self.frame.random.choice(self.frame.documents)
        self.edition = self.frame.random.randrange(len(self.frame.editions))

    def _mechanism(self, origin: Origin) -> None:
        self.origin, self.precision = origin, Precision.MONTH
        self.date = self.frame.day().replace(day=1)
        number = (self.date.year - 2008) * 3 + (self.date.month - 1) // 4
        self.session, self.symbol = f"UPR {number}", f"A/HRC/{number}/{self.date.month}"


class Proposals:
    """Puts down one recommendation after another."""

    def __init__(self, frame: Frame):
        self.frame, self.tables, self.random, self.writer = frame, frame.tables, frame.random, frame.writer
        self.groups = list(AffectedGroup.objects.values_list("pk", flat=True))
        self.goals = list(Goal.objects.values_list("pk", flat=True))
        self.numbers = [0] * len(frame.editions)  # the last one given in each edition
        self.count, self.last = 0, dict[int, int]()  # of each edition the last recommendation

    def add(self) -> None:
        """One recommendation with its positions, addressees, responses, follow-ups and subjects."""
        source, frame = Source(self.frame), self.frame
        self.count += 1
        statement = self.writer.sentence(10, 24)
        is_korean = self.random.random() < KOREAN_SHARE
        key = self.tables.recommendations.add(
            code := self._code(source),
            statement,
            self.writer.korean(6, 12) if is_korean else "",
            self.writer.paragraph(self.random.randint(60, 150) - statement.count(" ") - 1),
            self.writer.korean(20, 60) if is_korean else "",
            source.origin,
            source.quote,
            source.document,
            source.date,
            source.precision,
            None if source.edition is None else frame.editions[source.edition],
            self._parent(source),
            Polarity.DO if self.random.random() < 0.92 else Polarity.DO_NOT,
            self.random.choice((Modality.MUST, Modality.SHOULD, Modality.SHOULD, Modality.COULD)),
            self.random.choice((None, 1, 2, 3, 4, 4, 5, 5)),
            source.session,
            source.symbol,
            frame.moment(),
        )
        self.tables.ledger.add(code, KIND)
        if source.edition is not None:
            self.last[source.edition] = key
        self._subjects(key, source)
        states = frame.some_of(frame.states, self.random.choice((1, 1, 2)))
        self._addressees(key, source, states)
        self._positions(key, source, states[0])
        if self.random.random() < 1 / 3:
            self._follow_ups(key, source.date)

    def _code(self, source: Source) -> str:
        if source.edition is None:
            return f"load-upr-{self.count * 2654435761 % 2**32:08x}"  # a different one for each, in no order
        self.numbers[source.edition] += 1
        return f"{self.frame.codes[source.edition]}-r{self.numbers[source.edition]:02d}"

    def _parent(self, source: Source) -> int | None:
        """Two in a hundred are a part of another one of their edition."""
        return self.last.get(source.edition) if source.edition is not None and self.random.random() < 0.02 else None

    def _subjects(self, key: int, source: Source) -> None:
        frame, tables, random = self.frame, self.tables, self.random
        themes = frame.own_themes if source.origin in EXPERTS else frame.upr_themes
        for theme in frame.some_of(themes, random.choice((1, 1, 2, 3))):
            tables.themes_of.add(key, theme)
        for group in frame.some_of(self.groups, random.choice((0, 1, 1, 2))):
            tables.affected.add(key, group)
        for goal in frame.some_of(self.goals, random.choice((0, 0, 1))):
            tables.goals.add(key, goal)
        if random.random() < 0.05:
            tables.legal_basis.add(key, random.choice(frame.documents)[0])
        tables.tag(Recommendation, key, frame.some_of(frame.tags, random.choice((0, 1, 1, 2))))

    def _addressees(self, key: int, source: Source, states: list[int]) -> None:
        """Those it is asked of; what comes from the UN has their answers, a pledge needs none."""
        share = {Origin.UN_MECHANISM: 0.9, Origin.PLEDGE: 0.0}.get(source.origin, 0.03)
        for order, state in enumerate(states, start=1):
            addressee = self.tables.addressees.add(key, state, self.random.random() < 0.1, order)
            if self.random.random() < share:
                date = source.date + dt.timedelta(days=90)
                self.tables.responses.add(addressee, date, self.random.choice(ANSWERS), self.writer.sentence(5, 15))

    def _positions(self, key: int, source: Source, state: int) -> None:
        """One to three experts, the first of whom proposes, or comments on what a State proposes."""
        random, position = self.random, self.tables.positions.add
        by_experts = source.origin in EXPERTS
        if not by_experts:
            proposer = state if source.origin == Origin.PLEDGE else self.frame.one_of(self.frame.states)
            position(key, None, proposer, Stance.PROPOSES, "", None, None, "", Attribution.ON_RECORD.value, 1)
        people = self.frame.some_of(self.frame.speakers, random.choice((0, 1, 1, 2)))
        people = [source.proposer, *(person for person in people if person != source.proposer)]
        for order, person in enumerate(people, start=2):
            first = by_experts and order == 2
            position(
                key,
                person,
                None,
                Stance.PROPOSES if first else random.choice(OTHER_STANCES),
                self.writer.sentence(8, 16) if random.random() < 0.3 else "",
                source.quote if first else None,
                source.talk if first else None,
                "A body at the time",
                source.attribution if first else self.frame.attribution(),
                order,
            )

    def _follow_ups(self, key: int, made_on: dt.date) -> None:
        """One to three, in order; and the statuses that they make, as ``StatusInterval.derive`` makes them."""
        random, steps = self.random, list[tuple[dt.date, str, int]]()
        date = made_on
        for _ in range(random.choice((1, 1, 2, 3))):
            date += dt.timedelta(days=random.randint(30, 700))
            status = random.choice(Status.values)
            confidence = random.choices(Confidence.values, (50, 45, 5))[0]
            follow_up = self.tables.follow_ups.add(
                key,
                date,
                status,
                self.writer.sentence(10, 25),
                f"https://example.org/evidence/{key}",
                "A source",
                confidence,
                min(date + dt.timedelta(days=30), LAST_DAY + dt.timedelta(days=400)),
                dt.datetime(date.year, date.month, date.day, tzinfo=dt.UTC),
            )
            if confidence != Confidence.DISPUTED and (not steps or steps[-1][1] != status):
                steps.append((date, status, follow_up))
        for (start, status, follow_up), later in pairwise([*steps, (None, "", 0)]):
            if status != Status.NOT_ASSESSED:
                self.tables.intervals.add(key, status, start, later[0], follow_up)
