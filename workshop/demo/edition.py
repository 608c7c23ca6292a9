"""The series, its twelfth edition with all that happened to its dates, and its themes."""

import datetime as dt

from speakers.models import Organisation
from workshop.actions import change_status, publish
from workshop.common.dates import Precision
from workshop.demo.documents import FINDINGS, ONLINE, REPORT, WRITE_UP
from workshop.demo.records import draft, find, found, resolved
from workshop.images.models import Image
from workshop.models import (
    AttendanceMode,
    Document,
    EventStatus,
    Series,
    StatusChange,
    Theme,
    Workshop,
    WorkshopTheme,
)

CODE = "KW12"
DENUCLEARISATION = "human-rights-and-denuclearisation"
INFORMATION = "freedom-of-information"
UNITED_NATIONS = "the-role-of-the-united-nations"

SERIES = {
    "slug": "koret-workshop",
    "name": "Koret Workshop",
    "name_ko": "코렛 워크숍",
    "code": "KW",
    "recurrence": "Annual",
    "recurrence_ko": "매년",
    "about": "Once a year the Korea Program at Stanford’s Shorenstein APARC invites experts from several countries to "
    "talk about what presses in the Korea of today, or between Korea and the United States. The aim behind it is that "
    "the two understand one another better and draw closer. The Koret Foundation pays for the workshop, and for "
    "the fellowship in Korean studies that bears its name.",
}

# The sources say that there was an eleventh, by counting to twelve; nothing else.
PREVIOUS: dict = {"slug": "eleventh-koret-workshop", "code": "KW11", "title": "Eleventh Koret Workshop", "ordinal": 11}

EDITION = {
    "slug": "twelfth-koret-workshop",
    "code": CODE,
    "title": "Twelfth Koret Workshop: Human rights in policy toward North Korea",
    "ordinal": 12,
    "question": "What place should human rights have in policy toward North Korea?",
    "introduction": "Six years after a United Nations inquiry had laid open the state of human rights in North Korea, "
    "attention had moved elsewhere: to warheads, to missiles, and to the summits that were to deal with both. The "
    "twelfth Koret Workshop was to bring the subject back into policy, and to end in proposals that somebody could "
    "act on.\n\n"
    "The experts were to meet at Stanford on 13 March 2020. The pandemic prevented that. A write-up made known what "
    "some of them had prepared; in June they met online after all, over three days, each with a theme of its own.\n\n"
    "This record follows the write-up. It was published before the days in June and does not tell who spoke then, so "
    "the presentations stand here as prepared for March and not delivered. Nor does it give their titles: those are "
    "ours. The themes stand in its order; the days in June took them the other way round.",
    "time_zone": "America/Los_Angeles",
    "start": dt.date(2020, 3, 13),
    "attendance": AttendanceMode.ONLINE,
    "byline": "The editors, after Shorenstein APARC’s public write-up",
    "url": "https://aparc.fsi.stanford.edu/node/20855",
}

STATUS_CHANGES: list[dict] = [
    {
        "status": EventStatus.CANCELLED,
        "decided_on": dt.date(2020, 3, 1),
        "decided_on_precision": Precision.MONTH,
        "reason": "The coronavirus pandemic.",
        "source": WRITE_UP,
    },
    {
        "status": EventStatus.MOVED_ONLINE,
        # When it was decided is not known. With a year's precision it claims no more,
        # and follows the cancellation.
        "decided_on": dt.date(2020, 6, 16),
        "decided_on_precision": Precision.YEAR,
        "new_start": dt.date(2020, 6, 16),
        "reason": "The pandemic went on; the workshop met online, over three days.",
        "source": ONLINE,
    },
]

# In the order of the write-up. The online days took them the other way round.
THEMES: list[dict] = [
    {
        "slug": DENUCLEARISATION,
        "name": "Human rights and denuclearisation",
        "name_ko": "인권과 비핵화",
        "synonyms": "denuclearization\nnuclear weapons\ndisarmament\n핵무기",
        "description": "How human rights and the nuclear question bear on each other: whether one of them can be "
        "settled while the other is left aside, and with what a government should begin.",
        "day": 3,
        "introduction": "When Washington turned from threats to summits, many inside the administration and around it "
        "thought it wise to say little about human rights: an agreement on nuclear weapons seemed to be at stake. "
        "Victor Cha and Robert King answer that the two belong together. The proposals begin in different places: "
        "with rights at the head of the agenda, with small reforms, or with standards that North Korea would have to "
        "accept.",
    },
    {
        "slug": INFORMATION,
        "name": "Freedom of information",
        "name_ko": "정보의 자유",
        "synonyms": "access to information\nmedia freedom\n정보 접근",
        "description": "What people in North Korea can read, hear and watch, how it reaches them, and how the state "
        "watches and limits it.",
        "day": 2,
        "introduction": "From the famine of the 1990s on, news and entertainment from abroad found more and more ways "
        "into North Korea. Two of the three experts under this theme describe how the state wins that ground back "
        "with technical means: they report what they found, and propose nothing. The third asks for more content from "
        "outside.",
    },
    {
        "slug": UNITED_NATIONS,
        "name": "The role of the United Nations",
        "name_ko": "유엔의 역할",
        "synonyms": "UN\nSecurity Council\nCommission of Inquiry\n유엔",
        "description": "What the United Nations has established about human rights in North Korea, what its organs "
        "have made of it, and what the states behind them owe to the people there.",
        "day": 1,
        "introduction": "Pyongyang answered the inquiry of 2014 with anger, and still refuses to work with the UN’s "
        "special rapporteurs. The Security Council took the matter up three years running and then, from 2018, no "
        "more; the summits between the United States and North Korea brought no word on how people live there. Two "
        "experts look for a way on, from opposite ends: one from those rights that threaten nobody’s power, the other "
        "from a duty to act.",
    },
]


def enter_themes() -> None:
    """Enter the themes that are missing."""
    for row in THEMES:
        values = {name: value for name, value in row.items() if name not in {"day", "introduction"}}
        if theme := draft(Theme, **values):
            publish(record=theme)


def is_there(code: str = CODE) -> bool:
    """True where the edition is in the database, under whatever address."""
    return Workshop._base_manager.filter(code=code).exists()


def enter_series() -> Series:
    """The series; entered, if it is missing, with its host and its funder."""
    if series := Series.objects.filter(code=SERIES["code"]).first():
        return series
    series = Series.objects.create(**SERIES)
    series.hosts.set(found(Organisation, ["korea-program"]))
    series.funders.set(found(Organisation, ["koret-foundation"]))
    publish(record=series)
    return series


def enter_editions(hero: Image | None) -> None:
    """Enter the editions that are missing; the twelfth with its picture, plan, changes and themes."""
    series = enter_series()
    if not is_there(PREVIOUS["code"]):
        publish(record=Workshop.objects.create(series=series, **PREVIOUS))
    if is_there():
        return
    edition = Workshop.objects.create(series=series, hero=hero, **EDITION)
    edition.documents.set(found(Document, [WRITE_UP, ONLINE, REPORT, FINDINGS]))
    for order, row in enumerate(THEMES, start=1):
        theme = find(Theme, row["slug"])
        WorkshopTheme.objects.create(
            workshop=edition, theme=theme, order=order, day=row["day"], introduction=row["introduction"]
        )
    for change in STATUS_CHANGES:
        change_status(change=StatusChange(workshop=edition, **resolved(StatusChange, change)))
    publish(record=edition)
