"""The eight presentations of the edition, and two talks given elsewhere.

The write-up gives no titles: those here describe, and each summary says so.
"""

import datetime as dt

from speakers.models import Speaker
from workshop.actions import publish
from workshop.common.attribution import Attribution
from workshop.common.dates import Precision
from workshop.demo import words
from workshop.demo.documents import FINDINGS, REPORT, WRITE_UP
from workshop.demo.edition import CODE, DENUCLEARISATION, INFORMATION, UNITED_NATIONS
from workshop.demo.records import draft, find, found
from workshop.models import Delivery, Document, Media, MediaKind, Talk, TalkKind, TalkSpeaker, Theme, Workshop

OUR_TITLE = "\n\n*The title is ours; the write-up gives none.*"
NO_PROPOSAL = "\n\nThe write-up reports findings here, and no proposal."
PREPARED = {
    "kind": TalkKind.PRESENTATION,
    "delivery": Delivery.NOT_DELIVERED,
    "date": dt.date(2020, 3, 1),  # what it was prepared for
    "date_precision": Precision.MONTH,
}

PRESENTATIONS: list[dict] = [
    {
        "slug": words.CHA,
        "title": "Human rights in a North Korea strategy",
        "speaker": "victor-cha",
        "affiliation_then": "Georgetown University; Koret Fellow, Shorenstein APARC",
        "themes": [DENUCLEARISATION],
        "tags": ["Forced labour", "Humanitarian assistance", "Negotiations", "Special envoy"],
        "key_message": "Human rights and denuclearisation cannot be separated; leaving out the one weakens the other.",
        "summary": "While leaders met at summits, human rights were set aside so as not to burden the nuclear talks. "
        "Victor Cha finds that this defeats its own purpose. Forced labour abroad, among other abuses, earns money "
        "that pays for weapons. And a leadership that treated its people better would show that it is ready to "
        "reform; one would then have more reason to believe its word on disarmament. He names three steps for the "
        "United States.",
    },
    {
        "slug": words.BAIK,
        "title": "Protecting rights in small steps",
        "speaker": "tae-ung-baik",
        "affiliation_then": "University of Hawaiʻi at Mānoa",
        "themes": [DENUCLEARISATION],
        "tags": ["Criminal justice", "Step-by-step approach"],
        "key_message": "Many small and definite changes add up to better protection.",
        "summary": "Tae-Ung Baik would go forward step by step, each step a small and definite change, until all of "
        "them together protect people in North Korea better than before. Co-operation and consultation are the "
        "means; the courts and criminal justice are a field in which they could be put to use.",
    },
    {
        "slug": words.KING,
        "title": "Human rights standards and legitimacy",
        "speaker": "robert-king",
        "affiliation_then": "Former US special envoy on North Korean human rights",
        "themes": [DENUCLEARISATION],
        "tags": ["International standards", "Legitimacy"],
        "key_message": "North Korea will win legitimacy in the world only with the standards of human rights.",
        "summary": "Robert King, once the US envoy on the subject, sees no way to denuclearisation and security that "
        "leads past human rights. He tells two demands apart. On nuclear weapons, North Korea has to accept the norms "
        "that hold internationally. But whether the world regards it as legitimate depends on another set of "
        "standards, those of human rights.",
    },
    {
        "slug": words.KRETCHUN,
        "title": "Information in North Korea: opening and retreat",
        "speaker": "nat-kretchun",
        "affiliation_then": "Open Technology Fund",
        "themes": [INFORMATION],
        "tags": ["Access to information", "Broadcasting", "Information control"],
        "key_message": "After years of opening, access to outside information falls again, and the state controls it "
        "with better technology than before.",
        "summary": "After the famine of the 1990s more reached North Koreans from outside than ever before: news from "
        "China, entertainment from South Korea, the broadcasts of NGOs, of Radio Free Asia and of the Voice of "
        "America, much of it by means that need no network. When the economy had steadied, the authorities began to "
        "take control again. Recent figures show that access falls, and that outside media are no longer the everyday "
        "matter they had become. What replaces them are networks and devices of the state." + NO_PROPOSAL,
    },
    {
        "slug": words.WILLIAMS,
        "title": "Digital control of information in North Korea",
        "speaker": "martyn-williams",
        "affiliation_then": "",
        "themes": [INFORMATION],
        "tags": ["Digital surveillance", "Information control", "Mobile phones"],
        "key_message": "The digital media that once carried foreign content into the country now help the state to "
        "watch its people and to confine them.",
        "summary": "Digital media spread foreign content through North Korea; the same technology, Martyn Williams "
        "shows, now serves to fight it. Telephones and tablets keep a list of the web pages that are opened and take "
        "pictures of the screen at moments that nobody foresees. Users may look at these pictures; they cannot remove "
        "them. The security programs that come with a device cannot be exchanged, and the state’s system of "
        "digital certificates leaves it good for little but propaganda and mementoes of one’s own." + NO_PROPOSAL,
    },
    {
        "slug": words.KIM,
        "title": "Information against ideology",
        "speaker": "minjung-kim",
        "affiliation_then": "Save North Korea",
        "themes": [INFORMATION],
        "tags": ["Ideology", "Information campaigns"],
        "key_message": "The state’s ideology has to lose its credit with the people; content from which they learn "
        "how it is made can bring that about.",
        "summary": "For Minjung Kim, a key to the human rights problem lies in what people believe: the ideology of "
        "the state has to lose its credit with them. From this follows the demand for more content, made for North "
        "Koreans and brought to them, that explains how those in power form the ideology and bend it to their ends.",
    },
    {
        "slug": words.OH,
        "title": "Economic and social rights as a way forward",
        "speaker": "joon-oh",
        "affiliation_then": "Former ambassador of South Korea to the United Nations",
        "themes": [UNITED_NATIONS],
        "tags": ["Economic and social rights", "Humanitarian assistance", "Sanctions", "Technical co-operation"],
        "key_message": "Economic and social rights can be advanced without reforms that the leadership must fear; but "
        "that takes aid and co-operation, and sanctions leave less room for both.",
        "summary": "Human rights in North Korea have long been a matter of political dispute. Joon Oh would turn to "
        "those rights that can be worked for without touching power: economic and social ones. The difficulty is "
        "named as well. Such work lives on technical co-operation and humanitarian aid, and since 2017, when the "
        "Security Council imposed sanctions over the nuclear and missile programmes, both have become scarcer.",
    },
    {
        "slug": words.KIRBY,
        "title": "Mass atrocity crimes and the duty to act",
        "speaker": "michael-kirby",
        "affiliation_then": "Former chair, UN commission of inquiry on human rights in North Korea",
        "themes": [UNITED_NATIONS],
        "documents": [REPORT, FINDINGS],
        "tags": ["Crimes against humanity", "Refugees", "Responsibility to protect", "Sanctions"],
        "key_message": "Where a state does not stop mass atrocity crimes, the others have a duty to act; silence is "
        "not an answer.",
        "summary": "Michael Kirby, who chaired the United Nations’ inquiry, speaks of a duty that falls to all states "
        "when one of them cannot or will not stop mass crimes. To lament is not enough for him. That the nuclear "
        "danger has to be removed is granted; it is no reason to be silent on crimes because the accused take "
        "offence. He would learn from the many North Koreans who live in the South. And he would not loosen sanctions "
        "before something certain is gained by it.",
    },
]

ELSEWHERE: list[dict] = [
    {
        "slug": "virtual-q-and-a-with-victor-cha",
        "title": "Virtual Q&A with Victor Cha",
        "kind": TalkKind.QA,
        "occasion": "Virtual Q&A, Shorenstein APARC",
        "date": dt.date(2020, 3, 1),  # the write-up calls it recent
        "date_precision": Precision.YEAR,
        "speaker": "victor-cha",
        "affiliation_then": "Georgetown University; Koret Fellow, Shorenstein APARC",
        "themes": [DENUCLEARISATION],
        "tags": ["Negotiations"],
        "summary": "A conversation on video about the questions of his presentation for the twelfth workshop: human "
        "rights, denuclearisation, and what the United States could do. The write-up points to the recording; it does "
        "not report what is said in it.",
        "media": {"kind": MediaKind.VIDEO, "title": "Video of the Q&A"},
    },
    {
        "slug": "robert-king-at-the-korea-program-seminar",
        "title": "Robert King at the Korea Program’s seminar",
        "kind": TalkKind.SEMINAR,
        "occasion": "Seminar of the Korea Program, fall quarter 2019",
        "date": dt.date(2019, 10, 1),  # a term, not a quarter of the calendar
        "date_precision": Precision.YEAR,
        "speaker": "robert-king",
        "affiliation_then": "Koret Fellow, Shorenstein APARC",
        "themes": [DENUCLEARISATION],
        "tags": [],
        "summary": "Given at Stanford while he was there as a Koret Fellow, months before the workshop was to meet. "
        "The write-up offers highlights to listen to; it does not report what is said in them.",
        "media": {"kind": MediaKind.AUDIO, "title": "Highlights of the talk", "excerpt": True},
    },
]


def enter() -> None:
    """Enter the talks that are missing, each with its speaker, passages and recording."""
    edition = Workshop._base_manager.get(code=CODE)
    for row in PRESENTATIONS:
        _enter(row | PREPARED | {"summary": row["summary"] + OUR_TITLE}, workshop=edition)
    for row in ELSEWHERE:
        _enter(row, delivery=Delivery.ELSEWHERE)


def _enter(row: dict, **values) -> None:
    beside = {"speaker", "affiliation_then", "themes", "documents", "tags", "media"}
    talk = draft(Talk, **{name: value for name, value in row.items() if name not in beside}, **values)
    if talk is None:
        return
    TalkSpeaker.objects.create(
        talk=talk,
        speaker=find(Speaker, row["speaker"]),
        affiliation_then=row["affiliation_then"],
        attribution=Attribution.ON_RECORD,
    )
    talk.themes.set(found(Theme, row["themes"]))
    talk.documents.set(found(Document, [WRITE_UP, *row.get("documents", [])]))
    talk.tags.set(row["tags"])
    if recording := row.get("media"):
        Media.objects.create(talk=talk, **recording)
    words.enter(talk, row["slug"])
    publish(record=talk)
