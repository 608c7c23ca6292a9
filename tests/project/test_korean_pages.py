"""On a page of one language every run of the other says which it is, and none is left untranslated."""

import datetime as dt
import re

import html5lib
import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.factories import (
    AffiliationFactory,
    FollowUpFactory,
    MediaFactory,
    OrganisationFactory,
    PositionFactory,
    QuoteFactory,
    ResponseFactory,
    SpeakerFactory,
)
from tests.factories.world import linked_world
from tests.pages import indexes, korean, records
from workshop.actions import withdraw

pytestmark = pytest.mark.django_db  # the fixture below asks once, for all of them
LIST = "/recommendations/"
NEWS = "https://news.example.org/mud"
JUNE = dt.date(2021, 6, 1)
SELECTIONS = [
    f"{LIST}?speaker=alice-marsh&stance=supports&status=implemented&as_of=2024-06-30",
    f"{LIST}?theme=mud-and-rights&theme=-none&proposer=org:republic-of-elbonia&sort=code",
    f"{LIST}?workshop=mud-in-policy&affected=children&action=5&modality=must&response=-none&year=2020",
    f"{LIST}?origin=un-mechanism&tag=wetlands&addressee=ministry-of-mud&per_page=50",
    f"{LIST}?as_of=yesterday",
    f"{LIST}?q=mud",
    f"{LIST}?q=진흙&tag=nothing",
    f"{LIST}?q=-",
    f"{LIST}values/tag/?contains=wet&q=mud",
    f"{LIST}values/workshop/?workshop=mud-in-policy&theme=mud-and-rights",
    f"{LIST}values/theme/?contains=진흙",
    "/search/?q=mud",
    "/search/?q=진흙",
    "/search/?q=mudd",
    "/search/?q=mud&kind=speaker",
    "/search/?q=-",
]
READ_OUT = ("alt", "aria-label", "placeholder", "title")
UNSEEN = ("head", "script", "style", "svg")
HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
WORD = re.compile(r"[^\W\d_]{2,}")
# What is no language: codes and symbols, addresses, names of sites and identifiers.
ADDRESS = re.compile(r"https?://\S+")
NEUTRAL = re.compile(r"\b[A-Z0-9]+(?:[-/.][A-Z0-9]+)*\b|\b[a-z0-9-]+(?:\.[a-z0-9-]+)+\b")
EXCEPT = {"Rapporteur", "Wikidata"}


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """Every page in both languages, by address."""
    with django_db_blocker.unblock(), transaction.atomic():
        empty = {f"{address} (empty)": page for address, page in trees(indexes()).items()}
        world = linked_world()
        say_more(world)
        gone = SpeakerFactory(published=True, name="Dora Dry")
        withdraw(record=gone, kind="error")
        tags = [reverse("tag-detail", args=[slug]) for slug in ("wetlands", "진흙")]
        full = trees([*indexes(), *records(), *tags, *SELECTIONS, gone.get_absolute_url(), "/nothing-here/"])
        transaction.set_rollback(True)
    return empty | full


def say_more(world):
    """What has no twin in the other language, or is seldom there."""
    world.part.detail, world.part.rationale, world.part.obstacles = "In *detail*.", "For a reason.", "In its way."
    world.part.save()
    world.ministry.abbreviation = "MoM"
    world.ministry.save()
    world.picture.wording_translation = "Keep off the mud"
    world.picture.save()
    world.state.parts.add(OrganisationFactory(published=True, name="", name_ko="진흙청", abbreviation="MuA"))
    MediaFactory(talk=world.talk, title="A cut", credit="Mud Channel", language="ko")
    FollowUpFactory(published=True, recommendation=world.old, evidence_title="Mud Daily", checked_on=JUNE)
    ResponseFactory(addressee__recommendation=world.old, addressee__organisation=world.state, source_url=NEWS)
    PositionFactory(recommendation=world.written, attribution=2)
    QuoteFactory(talk=world.elsewhere, speaker=world.bob, exact="진흙이다", language="ko", translation="It is mud")
    AffiliationFactory(speaker=world.bob, organisation=world.university, start=JUNE, chair="Chair of Silt")
    world.bob.links = "https://bob.example.org/진흙"
    world.bob.save()


def trees(addresses):
    client = Client()
    answers = {address: client.get(address) for address in [*addresses, *korean(addresses)]}
    return {
        address: html5lib.parse(answer.content.decode(), namespaceHTMLElements=False)
        for address, answer in answers.items()
    }


def runs(element, language=""):
    """Every text and attribute that is read, with the nearest ``lang`` around it."""
    if element.tag in UNSEEN or element.get("aria-hidden") == "true" or not isinstance(element.tag, str):
        return
    language = element.get("lang", language)
    yield from ((element.get(name), language) for name in READ_OUT if element.get(name))
    yield element.text or "", language
    for child in element:
        yield from runs(child, language)
        yield child.tail or "", language


def is_english(text):
    """True for words in Latin letters; a Korean sentence may name something within."""
    words = WORD.findall(NEUTRAL.sub(" ", ADDRESS.sub(" ", text)))
    return not HANGUL.search(text) and bool(set(words) - EXCEPT)


def test_korean_pages_stay_out_of_indexes_and_english_ones_do_not_name_them(pages):
    kept_out = {
        page for page, tree in pages.items() if tree.find("head/meta[@name='robots'][@content='noindex']") is not None
    }
    named = [page for page, tree in pages.items() if tree.find(".//*[@hreflang]") is not None]

    endless = {page for page in pages if "q=" in page or "/values/" in page}
    assert (kept_out, named) == ({page for page in pages if page.startswith("/ko/")} | endless, [])


def test_every_english_run_of_a_korean_page_says_so(pages):
    unmarked = [
        (page, text.strip())
        for page, tree in pages.items()
        if page.startswith("/ko/")
        for text, language in runs(tree.find("body"))
        if is_english(text) and not language.startswith("en")
    ]
    assert unmarked == []


def test_every_korean_run_of_an_english_page_says_so(pages):
    unmarked = [
        (page, text.strip())
        for page, tree in pages.items()
        if not page.startswith("/ko/")
        for text, language in runs(tree.find("body"))
        if HANGUL.search(ADDRESS.sub("", text)) and language != "ko"
    ]
    assert unmarked == []


def test_no_korean_is_called_english(pages):
    mistaken = [
        (page, text.strip())
        for page, tree in pages.items()
        for text, language in runs(tree.find("body"))
        if HANGUL.search(text) and language == "en"
    ]
    assert mistaken == []


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("/ko/workshops/mud-in-policy/", "취소(2020-03)"),
        ("/ko/workshops/mud-in-policy/", "2020년 6월 16일부터 온라인으로 개최"),
        ("/ko/workshops/mud-in-policy/", "제12회"),
        ("/ko/workshops/mud-in-policy/", "2020년 6월 16일–18일"),
        ("/ko/talks/why-mud/", "당시 표기: R. Fen"),
        ("/ko/recommendations/mt12-r02/", "제안: Alice Marsh · 대상: Ministry of Mud"),
        ("/ko/speakers/bob-fen/", "2021년 6월 1일부터"),
        (
            f"/ko{SELECTIONS[0]}",
            "Alice Marsh의 지지 입장이 기록된 권고 – 이행, 2024년 6월 30일 기준",
        ),
        (
            f"/ko{SELECTIONS[1]}",
            "제안자가 Republic of Elbonia인, Mud and Rights에 관한 또는 주제가 없는 권고",
        ),
    ],
)
def test_sentences_around_names_and_dates_are_korean(pages, page, words):
    assert words in " ".join("".join(pages[page].find("body").itertext()).split())
