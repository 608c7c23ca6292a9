"""Employers, host, funder, and those of whom something is asked."""

from speakers.models import Organisation
from speakers.models import OrganisationKind as Kind
from workshop.actions import publish
from workshop.demo.records import draft

# A part stands below the whole it belongs to.
ORGANISATIONS: list[dict] = [
    {
        "slug": "united-states",
        "name": "United States",
        "name_ko": "미국",
        "abbreviation": "US",
        "aliases": "United States of America\nUSA\n미합중국",
        "kind": Kind.STATE,
    },
    {
        "slug": "north-korea",
        "name": "North Korea",
        "name_ko": "북한",
        "abbreviation": "DPRK",
        "aliases": "Democratic People's Republic of Korea\n조선민주주의인민공화국",
        "kind": Kind.STATE,
    },
    {
        "slug": "south-korea",
        "name": "South Korea",
        "name_ko": "대한민국",
        "abbreviation": "ROK",
        "aliases": "Republic of Korea\n한국",
        "kind": Kind.STATE,
    },
    {
        "slug": "australia",
        "name": "Australia",
        "name_ko": "오스트레일리아",
        "aliases": "호주",
        "kind": Kind.STATE,
    },
    {
        "slug": "international-community",
        "name": "International community",
        "name_ko": "국제사회",
        "kind": Kind.INTERNATIONAL_COMMUNITY,
        "about": "Not a body, but the addressee that speakers name when they mean the states together and the "
        "organisations in which they act.",
    },
    {
        "slug": "united-nations",
        "name": "United Nations",
        "name_ko": "유엔",
        "abbreviation": "UN",
        "aliases": "국제연합",
        "kind": Kind.INTERGOVERNMENTAL_BODY,
    },
    {
        "slug": "un-security-council",
        "name": "UN Security Council",
        "name_ko": "유엔 안전보장이사회",
        "aliases": "Security Council\n유엔 안보리\n국제연합 안전보장이사회",
        "kind": Kind.UN_ORGAN,
        "parent": "united-nations",
        "about": "After the inquiry of 2014 the Council looked into human rights in North Korea in three successive "
        "years. When this edition was prepared the subject had been off its agenda since 2018. The Council had also "
        "imposed sanctions over the nuclear and missile programmes, the latest that the write-up mentions in 2017. "
        "On 17 August 2023 it met openly on the subject again (KW12-R13).",
    },
    {
        "slug": "un-human-rights-council",
        "name": "UN Human Rights Council",
        "name_ko": "유엔 인권이사회",
        "abbreviation": "HRC",
        "aliases": "Human Rights Council",
        "kind": Kind.UN_ORGAN,
        "parent": "united-nations",
    },
    {
        "slug": "un-economic-and-social-council",
        "name": "UN Economic and Social Council",
        "name_ko": "유엔 경제사회이사회",
        "abbreviation": "ECOSOC",
        "kind": Kind.UN_ORGAN,
        "parent": "united-nations",
    },
    {
        "slug": "commission-of-inquiry-on-north-korea",
        "name": "Commission of Inquiry on Human Rights in North Korea",
        "name_ko": "유엔 북한인권조사위원회",
        "abbreviation": "COI",
        "aliases": "Commission of inquiry on human rights in the Democratic People's Republic of Korea",
        "kind": Kind.UN_ORGAN,
        "parent": "un-human-rights-council",
        "about": "The inquiry that reported in February 2014, with Michael Kirby in the chair. Its report, "
        "A/HRC/25/63, is where this edition of the workshop starts from.",
    },
    {
        "slug": "us-congress",
        "name": "United States Congress",
        "name_ko": "미국 의회",
        "aliases": "US Congress",
        "kind": Kind.GOVERNMENT_BODY,
        "parent": "united-states",
        "country": "united-states",
    },
    {
        "slug": "us-department-of-state",
        "name": "United States Department of State",
        "name_ko": "미국 국무부",
        "aliases": "US Department of State\nState Department",
        "kind": Kind.GOVERNMENT_BODY,
        "parent": "united-states",
        "country": "united-states",
    },
    {
        "slug": "high-court-of-australia",
        "name": "High Court of Australia",
        "kind": Kind.GOVERNMENT_BODY,
        "parent": "australia",
        "country": "australia",
    },
    {
        "slug": "stanford-university",
        "name": "Stanford University",
        "name_ko": "스탠퍼드 대학교",
        "kind": Kind.UNIVERSITY,
        "country": "united-states",
    },
    {
        "slug": "shorenstein-aparc",
        "name": "Walter H. Shorenstein Asia-Pacific Research Center",
        "abbreviation": "APARC",
        "aliases": "Shorenstein APARC",
        "kind": Kind.UNIVERSITY,
        "parent": "stanford-university",
        "country": "united-states",
    },
    {
        "slug": "korea-program",
        "name": "Korea Program, Shorenstein APARC",
        "aliases": "Korea Program at Stanford",
        "kind": Kind.UNIVERSITY,
        "parent": "shorenstein-aparc",
        "country": "united-states",
        "about": "Holds the Koret Workshop every year, and a seminar; Koret Fellows are its guests for a term.",
    },
    {
        "slug": "koret-foundation",
        "name": "Koret Foundation",
        "kind": Kind.FOUNDATION,
        "about": "Pays for the Koret Workshop and for the Koret Fellowship in Korean Studies.",
    },
    {
        "slug": "georgetown-university",
        "name": "Georgetown University",
        "name_ko": "조지타운 대학교",
        "kind": Kind.UNIVERSITY,
        "country": "united-states",
    },
    {
        "slug": "university-of-hawaii-at-manoa",
        "name": "University of Hawaiʻi at Mānoa",
        "name_ko": "하와이 대학교 마노아 캠퍼스",
        "aliases": "University of Hawaii at Manoa",
        "kind": Kind.UNIVERSITY,
        "country": "united-states",
    },
    {
        "slug": "center-for-korean-studies-manoa",
        "name": "Center for Korean Studies, University of Hawaiʻi",
        "kind": Kind.UNIVERSITY,
        "parent": "university-of-hawaii-at-manoa",
        "country": "united-states",
    },
    {
        "slug": "open-technology-fund",
        "name": "Open Technology Fund",
        "abbreviation": "OTF",
        "kind": Kind.OTHER,
        "country": "united-states",
    },
    {
        "slug": "save-north-korea",
        "name": "Save North Korea",
        "kind": Kind.NGO,
        "country": "south-korea",
    },
]


def enter() -> None:
    """Enter the organisations that are missing."""
    for row in ORGANISATIONS:
        if organisation := draft(Organisation, **row):
            publish(record=organisation)
