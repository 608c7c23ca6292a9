"""What the record rests on and what it speaks of."""

import datetime as dt

from speakers.models import Speaker
from workshop.actions import publish
from workshop.common.dates import Precision
from workshop.demo.records import draft, find
from workshop.models import Document, DocumentKind, DocumentPerson, DocumentRole

WRITE_UP = "write-up-of-the-twelfth-koret-workshop"
ONLINE = "koret-conference-convenes-virtually"
REPORT = "commission-of-inquiry-report"
FINDINGS = "commission-of-inquiry-detailed-findings"
ACT = "north-korean-human-rights-act"
ENVOY_VACANT = "aju-press-envoy-post-vacant-again"

DOCUMENTS: list[dict] = [
    {
        "slug": WRITE_UP,
        "title": "The Role of Human Rights in Policy Toward North Korea",
        "kind": DocumentKind.WRITE_UP,
        "issued_by": "shorenstein-aparc",
        # After the cancellation and before the days in June; no day is printed.
        "date": dt.date(2020, 3, 1),
        "date_precision": Precision.YEAR,
        "description": "Highlights of presentations that had been prepared for the twelfth Koret Workshop, published "
        "when it could not be held. All that this record tells of the talks and the proposals rests on it. Where it "
        "quotes, its words stand here as quotations; where it only reports, we report, and say so.",
        "tags": ["Human rights policy"],
    },
    {
        "slug": ONLINE,
        "title": "Koret Conference Convenes Virtually to Discuss Human Rights Crisis in North Korea",
        "kind": DocumentKind.ARTICLE,
        "issued_by": "shorenstein-aparc",
        "date": dt.date(2020, 6, 16),
        "url": "https://aparc.fsi.stanford.edu/node/20855",
        "description": "Announces that the workshop meets online after all: over three days, each with a theme of "
        "its own.",
        "tags": [],
    },
    {
        "slug": REPORT,
        "title": "Report of the commission of inquiry on human rights in the Democratic People’s Republic of Korea",
        "kind": DocumentKind.REPORT,
        "issued_by": "un-human-rights-council",
        "symbol": "A/HRC/25/63",
        "date": dt.date(2014, 2, 7),
        "description": "The first full account by the United Nations of grave and widespread abuses in North Korea, "
        "and the attempt to have those responsible answer for crimes against humanity. Pyongyang rejected it in "
        "anger. How its recommendations could regain their force is what the workshop of 2020 set out to ask.",
        "chair": "michael-kirby",
        "tags": ["Crimes against humanity", "Accountability"],
    },
    {
        "slug": FINDINGS,
        "title": "Report of the detailed findings of the commission of inquiry on human rights in the Democratic "
        "People’s Republic of Korea",
        "kind": DocumentKind.REPORT,
        "issued_by": "un-human-rights-council",
        "symbol": "A/HRC/25/CRP.1",
        "date": dt.date(2014, 2, 1),
        "date_precision": Precision.MONTH,
        "description": "The evidence behind the commission’s report, A/HRC/25/63, at length.",
        "chair": "michael-kirby",
        "tags": ["Crimes against humanity"],
    },
    {
        "slug": ACT,
        "title": "North Korean Human Rights Act of 2004",
        "kind": DocumentKind.LAW,
        "issued_by": "us-congress",
        "date": dt.date(2004, 1, 1),
        "date_precision": Precision.YEAR,
        "description": "The law of the United States that provides for a special envoy on human rights in North "
        "Korea.",
        "tags": ["Special envoy"],
    },
    {
        "slug": ENVOY_VACANT,
        "title": "US State Department’s post for North Korean human rights envoy remains vacant again",
        "kind": DocumentKind.ARTICLE,
        "date": dt.date(2025, 4, 23),
        "url": "https://www.ajupress.com/view/20250423111743883",
        "description": "A report by Aju Press. It dates the nomination to January 2023, and the time in office from "
        "October 2023 to January 2025.",
        "tags": ["Special envoy"],
    },
]


def enter() -> None:
    """Enter the documents that are missing, with the people who have a part in them."""
    for row in DOCUMENTS:
        document = draft(Document, **{name: value for name, value in row.items() if name not in {"chair", "tags"}})
        if document is None:
            continue
        if chair := row.get("chair"):
            DocumentPerson.objects.create(document=document, speaker=find(Speaker, chair), role=DocumentRole.CHAIR)
        document.tags.set(row["tags"])
        publish(record=document)
