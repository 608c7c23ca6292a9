"""The eight experts, with their posts as the write-up of 2020 gives them.

No names in Korean script for the Korean experts: the sources give none. No
portraits either; pages show initials.
"""

from speakers.models import Affiliation, Speaker
from workshop.actions import publish
from workshop.demo.records import draft, resolved

AS_OF = "\n\n*Posts are given as of 2020.*"
FELLOW = {
    "organisation": "shorenstein-aparc",
    "role": "Koret Fellow in Korean Studies",
    "funder": "koret-foundation",
    "current": False,
}

PEOPLE: list[dict] = [
    {
        "slug": "victor-cha",
        "name": "Victor Cha",
        "name_ko": "빅터 차",
        "given_name": "Victor",
        "family_name": "Cha",
        "honorific": "Professor",
        "honorific_ko": "교수",
        "descriptor": "Asian affairs and security expert",
        "bio": "Teaches government at Georgetown University, where he holds a named chair. In the winter quarter of "
        "2020 the Koret Foundation’s fellowship brought him to Stanford. His argument in this edition: whoever wants "
        "North Korea to disarm cannot leave its people’s rights aside." + AS_OF,
        "affiliations": [
            {
                "organisation": "georgetown-university",
                "role": "Professor of Government",
                "chair": "D. S. Song–KF Chair in Government and International Affairs",
            },
            FELLOW | {"term": "winter quarter 2020", "term_ko": "2020년 겨울 학기"},
        ],
        "expertise": ["Denuclearisation", "US policy on North Korea", "Asian security"],
    },
    {
        "slug": "tae-ung-baik",
        "name": "Tae-Ung Baik",
        "given_name": "Tae-Ung",
        "family_name": "Baik",
        "honorific": "Professor",
        "honorific_ko": "교수",
        "descriptor": "Law and Korean studies",
        "bio": "Teaches law at the University of Hawaiʻi at Mānoa and directs its centre for Korean studies. Argues "
        "in this edition for progress in small, definite steps." + AS_OF,
        "affiliations": [
            {"organisation": "university-of-hawaii-at-manoa", "role": "Professor of Law"},
            {"organisation": "center-for-korean-studies-manoa", "role": "Director", "order": 1},
        ],
        "expertise": ["Criminal justice", "Law"],
    },
    {
        "slug": "robert-king",
        "name": "Robert King",
        "name_ko": "로버트 킹",
        "given_name": "Robert",
        "family_name": "King",
        "honorific": "Ambassador",
        "honorific_ko": "대사",
        "descriptor": "Former US envoy on North Korean human rights",
        "bio": "Was special envoy in the Department of State during the Obama administration. In the fall quarter of "
        "2019 he was at Stanford as a Koret Fellow. From January 2017 the envoy’s post stood empty for years; "
        "filling it is one of the proposals of this edition, made by Victor Cha (KW12-R04)." + AS_OF,
        "affiliations": [
            {
                "organisation": "us-department-of-state",
                "role": "Special envoy on North Korean human rights",
                "current": False,
            },
            FELLOW | {"term": "fall quarter 2019", "term_ko": "2019년 가을 학기", "order": 1},
        ],
        "expertise": ["Denuclearisation", "US policy on North Korea"],
    },
    {
        "slug": "nat-kretchun",
        "name": "Nat Kretchun",
        "given_name": "Nat",
        "family_name": "Kretchun",
        "descriptor": "Access to information in North Korea",
        "bio": "Deputy director of the Open Technology Fund. Shows in this edition how North Koreans’ access to "
        "outside information grew, and how it is now cut back. The write-up reports findings here, and no proposal."
        + AS_OF,
        "affiliations": [{"organisation": "open-technology-fund", "role": "Deputy director"}],
        "expertise": ["Access to information", "Information control"],
    },
    {
        "slug": "martyn-williams",
        "name": "Martyn Williams",
        "given_name": "Martyn",
        "family_name": "Williams",
        "descriptor": "North Korea’s information technology",
        "bio": "Has followed information technology in North Korea for many years. The write-up names no institution, "
        "so none stands here. It reports what he found, and no proposal of his.",
        "affiliations": [],
        "expertise": ["Digital surveillance", "Information control"],
    },
    {
        "slug": "minjung-kim",
        "name": "Minjung Kim",
        "given_name": "Minjung",
        "family_name": "Kim",
        "descriptor": "Outside information and ideology in North Korea",
        "bio": "Directs Save North Korea, a non-governmental organisation in South Korea. Looks in this edition at "
        "what people in the North are taught to believe, and at what could make them doubt it." + AS_OF,
        "affiliations": [{"organisation": "save-north-korea", "role": "Director"}],
        "expertise": ["Access to information", "Ideology"],
    },
    {
        "slug": "joon-oh",
        "name": "Joon Oh",
        "given_name": "Joon",
        "family_name": "Oh",
        "descriptor": "Diplomat; economic and social rights",
        "bio": "Represented South Korea at the United Nations and presided over the Economic and Social Council; both "
        "offices were in the past when the write-up appeared. Looks in this edition for human rights work that does "
        "not depend on political change." + AS_OF,
        "affiliations": [
            {"organisation": "south-korea", "role": "Ambassador to the United Nations", "current": False},
            {
                "organisation": "un-economic-and-social-council",
                "role": "President",
                "current": False,
                "order": 1,
            },
        ],
        "expertise": ["Economic and social rights", "United Nations"],
    },
    {
        "slug": "michael-kirby",
        "name": "Michael Kirby",
        "name_ko": "마이클 커비",
        "given_name": "Michael",
        "family_name": "Kirby",
        "honorific": "Justice",
        "descriptor": "Jurist; chaired the UN inquiry on North Korea",
        "bio": "Sat on Australia’s highest court. Chaired the commission of inquiry whose report of 2014 is "
        "where this edition starts from. He holds that the peninsula will not come to rest while rights are gravely "
        "abused in the North." + AS_OF,
        "affiliations": [
            {
                "organisation": "commission-of-inquiry-on-north-korea",
                "role": "Chair",
                "current": False,
            },
            {"organisation": "high-court-of-australia", "role": "Justice", "current": False, "order": 1},
        ],
        "expertise": ["Crimes against humanity", "United Nations", "Law"],
    },
]


def enter() -> None:
    """Enter the experts who are missing, with their posts."""
    for row in PEOPLE:
        values = {name: value for name, value in row.items() if name not in {"affiliations", "expertise"}}
        speaker = draft(Speaker, **values)
        if speaker is None:
            continue
        for affiliation in row["affiliations"]:
            Affiliation.objects.create(speaker=speaker, **resolved(Affiliation, affiliation))
        speaker.expertise.set(row["expertise"])
        publish(record=speaker)
