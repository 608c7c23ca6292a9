"""What Victor Cha, Tae-Ung Baik and Robert King propose."""

from recommendations.models import ActionCategory, Modality, Stance
from workshop.demo.documents import ACT
from workshop.demo.edition import DENUCLEARISATION

UNITED_STATES, NORTH_KOREA, EVERYBODY = "united-states", "north-korea", "international-community"

PROPOSALS: list[dict] = [
    {
        "code": "kw12-r01",
        "statement": "Make human rights a part of relations between the United States and North Korea.",
        "detail": "A compound demand, split here into its three steps: to put rights first in negotiations "
        "(KW12-R02), to resume humanitarian assistance (KW12-R03), and to fill the post of special envoy (KW12-R04).",
        "rationale": "Victor Cha argues that the two agendas are bound together. Abuses such as the export of forced "
        "labour bring in money for the nuclear programme. And a leadership that improved its people’s lot would show "
        "that it means to reform, and lend weight to its word on denuclearisation.",
        "obstacles": "During the years of summits many in the US administration, and others around it, preferred to "
        "play human rights down, for fear of losing an agreement on nuclear weapons.",
        "words": "cha-three-steps",
        "modality": Modality.MUST,
        "action": ActionCategory.GENERAL,
        "themes": [DENUCLEARISATION],
        "goals": [16],
        "tags": ["Negotiations", "US policy on North Korea"],
        "addressees": [UNITED_STATES],
        "positions": [
            {
                "speaker": "victor-cha",
                "words": "cha-unavoidable",
                "note": "Holds that a strategy without human rights is incomplete, and names three steps.",
            },
            {
                "speaker": "robert-king",
                "stance": Stance.SUPPORTS,
                "words": "king-essential",
                "note": "Argues likewise that neither denuclearisation nor security can be reached while human rights "
                "are left out. He does not speak of the three steps.",
            },
        ],
    },
    {
        "code": "kw12-r02",
        "parent": "kw12-r01",
        "statement": "Put rights first in future negotiations with North Korea.",
        "detail": "What such an approach would contain, the write-up does not say.",
        "rationale": "The summits between the two countries brought no statement at all on how people in North Korea "
        "live. Victor Cha holds that this harms the nuclear talks themselves, because the two questions hang "
        "together.",
        "words": "cha-three-steps",
        "modality": Modality.MUST,
        "action": ActionCategory.GENERAL,
        "themes": [DENUCLEARISATION],
        "goals": [16],
        "tags": ["Negotiations"],
        "addressees": [UNITED_STATES],
        "positions": [
            {
                "speaker": "victor-cha",
                "note": "Names it as the first of three steps for the United States.",
            }
        ],
    },
    {
        "code": "kw12-r03",
        "parent": "kw12-r01",
        "statement": "Resume humanitarian assistance to the people of North Korea.",
        "rationale": "It stands among the steps by which human rights become a part of policy. The pandemic made the "
        "need plain: the write-up speaks of a weak health service and of many people who are poorly fed.",
        "obstacles": "Joon Oh observes that humanitarian assistance has been narrowed since the sanctions of 2017.",
        "words": "cha-three-steps",
        "modality": Modality.MUST,
        "action": ActionCategory.SPECIFIC,
        "themes": [DENUCLEARISATION],
        "affected": ["general-population"],
        "goals": [2, 3],
        "tags": ["Humanitarian assistance"],
        "addressees": [UNITED_STATES],
        "positions": [
            {
                "speaker": "victor-cha",
                "note": "Names it as the second of three steps for the United States.",
            },
            {
                "speaker": "joon-oh",
                "stance": Stance.SUPPORTS,
                "words": "oh-narrowed",
                "note": "Speaks of assistance in general, not of the United States: economic and social rights cannot "
                "be advanced without it, and it has become scarcer.",
            },
        ],
    },
    {
        "code": "kw12-r04",
        "parent": "kw12-r01",
        "statement": "Fill the post of special envoy on North Korean human rights.",
        "detail": "Congress requires the post; the North Korean Human Rights Act of 2004 is its basis in law.",
        "rationale": "When this was proposed the post had been empty since January 2017. Robert King, another expert "
        "of this edition, had held it during the Obama administration.",
        "words": "cha-three-steps",
        "modality": Modality.MUST,
        "action": ActionCategory.SPECIFIC,
        "themes": [DENUCLEARISATION],
        "goals": [16],
        "legal_basis": [ACT],
        "tags": ["Special envoy", "US policy on North Korea"],
        "addressees": [UNITED_STATES],
        "positions": [
            {
                "speaker": "victor-cha",
                "note": "Names it as the third of three steps for the United States, and points to the law.",
            }
        ],
    },
    {
        "code": "kw12-r05",
        "statement": "Advance human rights in North Korea step by step, through small and definite changes.",
        "rationale": "Small changes add up, in Tae-Ung Baik’s view, until people are better protected than before.",
        "words": "baik-steps",
        "modality": Modality.SHOULD,
        "action": ActionCategory.GENERAL,
        "themes": [DENUCLEARISATION],
        "affected": ["general-population"],
        "goals": [16],
        "tags": ["Step-by-step approach"],
        "addressees": [(EVERYBODY, "inferred")],
        "positions": [
            {
                "speaker": "tae-ung-baik",
                "note": "Calls for one small, definite change after another.",
            }
        ],
    },
    {
        "code": "kw12-r06",
        "parent": "kw12-r05",
        "statement": "Use co-operation and consultation to promote reform in North Korea, for example of its courts "
        "and its criminal justice.",
        "detail": "An example of the step-by-step approach in KW12-R05: it begins where change can be described, in "
        "single fields.",
        "words": "baik-justice",
        "modality": Modality.SHOULD,
        "action": ActionCategory.GENERAL,
        "themes": [DENUCLEARISATION],
        "affected": ["persons-deprived-of-their-liberty"],
        "goals": [16],
        "tags": ["Criminal justice", "Step-by-step approach"],
        "addressees": [(EVERYBODY, "inferred")],
        "positions": [
            {
                "speaker": "tae-ung-baik",
                "note": "Names courts and criminal justice as fields in which reform could be promoted together.",
            }
        ],
    },
    {
        "code": "kw12-r07",
        "statement": "Accept the norms and standards that apply internationally to denuclearisation.",
        "rationale": "For Robert King this is what security demands of North Korea. It does not win the country "
        "legitimacy, for which he names another condition (KW12-R08).",
        "words": "king-standards",
        "modality": Modality.MUST,
        "action": ActionCategory.GENERAL,
        "themes": [DENUCLEARISATION],
        "goals": [16],
        "tags": ["International standards", "Nuclear weapons"],
        "addressees": [NORTH_KOREA],
        "positions": [
            {
                "speaker": "robert-king",
                "note": "Demands it for the sake of denuclearisation, and sets the standards of human rights beside "
                "it.",
            }
        ],
    },
    {
        "code": "kw12-r08",
        "statement": "Accept the international standards of human rights.",
        "rationale": "Robert King ties North Korea’s legitimacy in the world to it.",
        "words": "king-standards",
        "modality": Modality.MUST,
        "action": ActionCategory.GENERAL,
        "themes": [DENUCLEARISATION],
        "affected": ["general-population"],
        "goals": [16],
        "tags": ["International standards", "Legitimacy"],
        "addressees": [NORTH_KOREA],
        "positions": [
            {
                "speaker": "robert-king",
                "note": "Calls it necessary if North Korea wants to be regarded as legitimate.",
            }
        ],
    },
]
