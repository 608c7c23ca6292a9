"""The passages that talks and proposals rest on.

Where the write-up quotes, ``exact`` are its words, with […] for what is left
out. Where it only reports, ``paraphrase`` is set and the words are ours: they
must not look like somebody's own.
"""

from __future__ import annotations

from speakers.models import Speaker
from workshop.common.attribution import Attribution
from workshop.demo.documents import WRITE_UP
from workshop.demo.records import find
from workshop.models import Document, Quote, Talk

# The talks, by their addresses.
CHA = "human-rights-in-a-north-korea-strategy"
BAIK = "protecting-rights-in-small-steps"
KING = "human-rights-standards-and-legitimacy"
KRETCHUN = "information-in-north-korea-opening-and-retreat"
WILLIAMS = "digital-control-of-information-in-north-korea"
KIM = "information-against-ideology"
OH = "economic-and-social-rights-as-a-way-forward"
KIRBY = "mass-atrocity-crimes-and-the-duty-to-act"

# name -> talk, speaker, and the words; in each talk in this order
WORDS: dict[str, dict] = {
    "cha-unavoidable": {
        "talk": CHA,
        "speaker": "victor-cha",
        "exact": "Human rights is an integral and unavoidable component of a comprehensive North Korea strategy",
        "suffix": "he says",
    },
    "cha-three-steps": {
        "talk": CHA,
        "speaker": "victor-cha",
        "exact": "Washington has to make human rights a part of its dealings with Pyongyang, by steps that can be "
        "acted on: put rights first when it next negotiates, resume aid to people in need, and appoint the envoy whom "
        "Congress asked for.",
        "paraphrase": True,
    },
    "baik-steps": {
        "talk": BAIK,
        "speaker": "tae-ung-baik",
        "exact": "One step should follow another: small and definite changes, which together come to protect people "
        "in North Korea better.",
        "paraphrase": True,
    },
    "baik-justice": {
        "talk": BAIK,
        "speaker": "tae-ung-baik",
        "exact": "Working together and consulting on the protection of rights should promote reform field by field, "
        "in the courts and in criminal justice for example.",
        "paraphrase": True,
    },
    "king-essential": {
        "talk": KING,
        "speaker": "robert-king",
        "exact": "Neither disarmament nor security will advance unless the human rights problem is dealt with.",
        "paraphrase": True,
    },
    "king-standards": {
        "talk": KING,
        "speaker": "robert-king",
        "exact": "On nuclear weapons North Korea has to accept what is internationally agreed; but legitimacy in the "
        "world it can win only by accepting the standards of human rights as well.",
        "paraphrase": True,
    },
    "kretchun-retrenching": {
        "talk": KRETCHUN,
        "speaker": "nat-kretchun",
        "exact": "trending up from an extremely low base toward greater openness and access before, more recently, "
        "retrenching",
        "prefix": "describes the transformation as",
    },
    "kretchun-strategy": {
        "talk": KRETCHUN,
        "speaker": "nat-kretchun",
        "exact": "a far more technologically savvy information control strategy than it previously had the capacity "
        "to do",
        "prefix": "has begun implementing",
    },
    "williams-sinister": {
        "talk": WILLIAMS,
        "speaker": "martyn-williams",
        "exact": "The system is sinister in its simplicity. […] it insidiously forces North Koreans to self-censor in "
        "fear of a device check that might never happen.",
    },
    "williams-society": {
        "talk": WILLIAMS,
        "speaker": "martyn-williams",
        "exact": "the increased networking of products could work against information freedom and eventually lead to "
        "the creation of an even more Orwellian society",
        "suffix": "concludes Williams",
    },
    "kim-content": {
        "talk": KIM,
        "speaker": "minjung-kim",
        "exact": "The ideology must lose its credit with the people. So more content has to be made and brought in "
        "from which they can learn how those in power form it and put it to use.",
        "paraphrase": True,
    },
    "oh-rights": {
        "talk": OH,
        "speaker": "joon-oh",
        "exact": "Future work can turn to people’s economic and social rights, for they call for no political reform "
        "by which the leadership would feel threatened.",
        "paraphrase": True,
    },
    "oh-narrowed": {
        "talk": OH,
        "speaker": "joon-oh",
        "exact": "Such work lives on technical co-operation and humanitarian aid, and of both there is less since the "
        "sanctions of 2017.",
        "paraphrase": True,
    },
    "kirby-responsibility": {
        "talk": KIRBY,
        "speaker": "michael-kirby",
        "exact": "When a state is unwilling or unable to halt or avert [mass atrocity crimes], the wider "
        "international community has a collective responsibility […]",
        "prefix": "claims that",
    },
    "kirby-never-again": {
        "talk": KIRBY,
        "speaker": "michael-kirby",
        "exact": "It is not acceptable simply to wring our hands and cry ‘never again.’ Action must be taken",
    },
    "kirby-granted": {
        "talk": KIRBY,
        "speaker": "michael-kirby",
        "exact": "The world has to lessen the danger from nuclear weapons and intercontinental missiles, and soon, "
        "and in the end to remove it.",
        "paraphrase": True,
    },
    "kirby-blind-eye": {
        "talk": KIRBY,
        "speaker": "michael-kirby",
        "exact": "To overlook such crimes because the accused, or those in whose name they may have been committed, "
        "would be upset to hear of them is neither reasonable nor just.",
        "paraphrase": True,
    },
    "kirby-refugees": {
        "talk": KIRBY,
        "speaker": "michael-kirby",
        "exact": "The many North Koreans who found refuge in the South should be drawn in; they know from their own "
        "lives what people at home need.",
        "paraphrase": True,
    },
    "kirby-imagination": {
        "talk": KIRBY,
        "speaker": "michael-kirby",
        "exact": "Imagination and new strategies are sorely needed",
        "suffix": "he concludes",
    },
    "kirby-sanctions": {
        "talk": KIRBY,
        "speaker": "michael-kirby",
        "exact": "releasing the pressure of sanctions without assured dividends in the observance of human rights "
        "[…] is not the way to go",
        "prefix": "But",
    },
}


def quote(name: str) -> Quote:
    """The passage as a quotation in its talk, printed in the write-up; entered if it is missing."""
    row = WORDS[name]
    talk = find(Talk, row["talk"])
    details = {key: value for key, value in row.items() if key not in {"talk", "speaker", "exact"}}
    entered, _ = Quote.objects.get_or_create(
        talk=talk,
        exact=row["exact"],
        defaults={
            "document": find(Document, WRITE_UP),
            "speaker": find(Speaker, row["speaker"]),
            "attribution": Attribution.ON_RECORD,
            "order": list(WORDS).index(name) + 1,
            **details,
        },
    )
    return entered


def enter(talk: Talk, slug: str) -> None:
    """Enter every passage of a talk."""
    for name, row in WORDS.items():
        if row["talk"] == slug:
            quote(name)
