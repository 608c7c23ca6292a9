"""One corpus, held on both databases: what is found, and what stands first."""

import pytest

from recommendations.models import Stance
from speakers.models import SpeakerName
from tests.factories import (
    AddresseeFactory,
    DocumentFactory,
    FollowUpFactory,
    OrganisationFactory,
    PositionFactory,
    QuoteFactory,
    SpeakerFactory,
    TalkFactory,
    TalkSpeakerFactory,
    ThemeFactory,
)
from tests.recommendations.facets import proposal
from workshop.search.everything import search

pytestmark = pytest.mark.django_db


@pytest.fixture
def corpus():
    """A few records of every kind, with something of everything that is indexed."""
    korea = OrganisationFactory(
        published=True, name="North Korea", name_ko="북한", abbreviation="DPRK", aliases="조선민주주의인민공화국"
    )
    OrganisationFactory(published=True, name="São Tomé Society", about="Works on CO₂ and fishing.")
    baik = SpeakerFactory(published=True, name="Tae-Ung Baik", native_name="백태웅", bio="Teaches law.")
    SpeakerName.objects.create(speaker=baik, name="Paik T'ae-ung", kind="romanisation")
    theme = ThemeFactory(published=True, name="Freedom of information", synonyms="censorship\n정보 접근")
    talk = TalkFactory(
        published=True,
        title="Radios across the border",
        summary="Broadcasters reach listeners.",
        body="거버넌스를 논의",
    )
    TalkSpeakerFactory(talk=talk, speaker=baik)
    QuoteFactory(talk=talk, speaker=baik, exact="Short waves carry far")
    envoy = proposal(
        "xx-r01", statement="Appoint a special envoy", detail="The governments should establish the post."
    )
    envoy.themes.add(theme)
    envoy.tags.add("diplomacy")
    PositionFactory(recommendation=envoy, speaker=baik, note="He argues for engagement.", stance=Stance.PROPOSES)
    AddresseeFactory(recommendation=envoy, organisation=korea)
    FollowUpFactory(published=True, recommendation=envoy, summary="Parliament nominated somebody.")
    proposal("xx-r02", statement="Publish reports", detail="A special rapporteur and an envoy met; 인권법을 고친다.")
    DocumentFactory(published=True, title="Detailed findings", symbol="A/HRC/25/63", body="unprintable secret text")
    DocumentFactory(published=True, title="Open book", body="Every chapter is republished", text_is_public=True)


def found(typed):
    """The titles of all hits, in their order."""
    results = search(typed, per_kind=20)
    return [next(filter(None, hit.shown["title"])) for group in results.groups for hit in group.hits]


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        # stems, any form of a word
        ("appointing", ["Appoint a special envoy"]),
        ("government establishing", ["Appoint a special envoy"]),
        ("ENVOYS", ["Appoint a special envoy", "Publish reports"]),
        ("broadcaster", ["Radios across the border"]),
        # Korean: particles, parts of words, two syllables, one
        ("거버넌스", ["Radios across the border"]),
        ("거버넌스는", ["Radios across the border"]),
        ("인권", ["Publish reports"]),
        ("법", ["Publish reports"]),
        ("고친", ["Publish reports"]),
        # names in any script or romanisation
        ("백태웅", ["Tae-Ung Baik", "Appoint a special envoy", "Radios across the border"]),
        ("Tae-Ung", ["Tae-Ung Baik", "Appoint a special envoy", "Radios across the border"]),
        ("Paik T'ae-ung", ["Tae-Ung Baik", "Appoint a special envoy", "Radios across the border"]),
        ("taeung", ["Tae-Ung Baik", "Appoint a special envoy", "Radios across the border"]),
        # other names of organisations and themes
        ("DPRK", ["North Korea", "Appoint a special envoy"]),
        ("북한", ["North Korea", "Appoint a special envoy"]),
        ("north korea", ["North Korea", "Appoint a special envoy"]),
        ("censorship", ["Freedom of information", "Appoint a special envoy"]),
        # accents, signs, numbers
        ("sao tome", ["São Tomé Society"]),
        ("co2", ["São Tomé Society"]),
        ("CO₂", ["São Tomé Society"]),
        ("A/HRC/25/63", ["Detailed findings"]),
        ("xx-r01", ["Appoint a special envoy"]),
        ("XX-R01", ["Appoint a special envoy"]),
        # phrases and exclusion
        ('"special envoy"', ["Appoint a special envoy"]),
        ('"envoy special"', []),
        ("special -rapporteur", ["Appoint a special envoy"]),
        ('special -"special envoy"', ["Publish reports"]),
        ('"short waves"', ["Radios across the border"]),
        # what a page says beside its own words
        ("engagement", ["Appoint a special envoy"]),
        ("parliament nominated", ["Appoint a special envoy"]),
        ("diplomacy", ["Appoint a special envoy", "diplomacy"]),
        ("republished chapter", ["Open book"]),
        # what readers may not see, or is not there
        ("unprintable", []),
        ("zebra", []),
        ("special zebra", []),
    ],
)
def test_search_finds(corpus, typed, titles):
    assert sorted(found(typed)) == sorted(titles)


def test_statement_stands_above_the_other_texts(corpus):
    assert found("envoy") == ["Appoint a special envoy", "Publish reports"]
    assert found("reports special") == ["Publish reports"]


def test_hits_are_grouped_by_kind_with_counts(corpus):
    results = search("baik", per_kind=1)
    assert [(group.kind, group.total, group.bounded, len(group.hits)) for group in results.groups] == [
        ("recommendation", 1, False, 1),
        ("speaker", 1, False, 1),
        ("talk", 1, False, 1),
    ]


@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("envoi", "envoy"),
        ("goverments", "governments"),
        ("speical envoy", "special envoy"),
        ("paliament -zebra", "parliament -zebra"),
        ("거버넘스를", "거버넌스를"),
        ("envoy", ""),
        ("qqqqqqq", ""),
        ("unprintible", ""),
        ('"envoi"', ""),
    ],
)
def test_misspelt_word_is_offered_as_it_is_spelt_in_public(corpus, typed, instead):
    assert search(typed, per_kind=1).instead == instead
