"""What Joon Oh and Michael Kirby propose."""

from recommendations.models import ActionCategory, Modality, Polarity, Stance
from workshop.demo.edition import UNITED_NATIONS

EVERYBODY = "international-community"

PROPOSALS: list[dict] = [
    {
        "code": "kw12-r10",
        "statement": "Direct future efforts at helping people in North Korea to realise their economic and social "
        "rights.",
        "rationale": "These rights can be worked for without political reforms that would threaten those in power. "
        "That matters, because human rights in North Korea have long been disputed politically.",
        "obstacles": "Joon Oh names the difficulty: such work needs technical co-operation and humanitarian "
        "assistance, and the sanctions of 2017 have left less of both. Michael Kirby would not ease sanctions without "
        "assured gains (KW12-R15).",
        "words": "oh-rights",
        "modality": Modality.COULD,
        "action": ActionCategory.GENERAL,
        "themes": [UNITED_NATIONS],
        "affected": ["general-population"],
        "goals": [1, 2, 3],
        "tags": ["Economic and social rights", "Technical co-operation"],
        "addressees": [("united-nations", "inferred")],
        "positions": [
            {
                "speaker": "joon-oh",
                "note": "Sees here a field in which work can go on without touching power.",
            }
        ],
    },
    {
        "code": "kw12-r11",
        "statement": "Act together, by whatever means are needed, where a state cannot or will not stop mass atrocity "
        "crimes.",
        "detail": "The write-up does not say which action Michael Kirby has in mind. He concedes that the path may be "
        "hard, and at times dangerous.",
        "rationale": "To stop such crimes is for him a duty of all states together. Regret alone does not discharge "
        "it, and without an end of grave abuses he expects no peace on the peninsula.",
        "words": "kirby-responsibility",
        "modality": Modality.MUST,
        "action": ActionCategory.GENERAL,
        "themes": [UNITED_NATIONS],
        "affected": ["general-population"],
        "goals": [16],
        "tags": ["Crimes against humanity", "Responsibility to protect"],
        "addressees": [EVERYBODY],
        "positions": [
            {
                "speaker": "michael-kirby",
                "words": "kirby-responsibility",
                "note": "Speaks of a responsibility that the states share.",
            }
        ],
    },
    {
        "code": "kw12-r12",
        "statement": "Reduce without delay, and in the end remove, the danger from nuclear weapons and "
        "intercontinental missiles in North Korea.",
        "detail": "The write-up grants this, in its account of Michael Kirby’s argument, before it turns to human "
        "rights: a demand that is not in dispute, and that excuses no silence (KW12-R13).",
        "words": "kirby-granted",
        "modality": Modality.MUST,
        "action": ActionCategory.SPECIFIC,
        "themes": [UNITED_NATIONS, "human-rights-and-denuclearisation"],
        "goals": [16],
        "tags": ["Nuclear weapons"],
        "addressees": [EVERYBODY],
        "positions": [
            {
                "speaker": "michael-kirby",
                "note": "Grants it as urgent, and sets the crimes against human rights beside it.",
            }
        ],
    },
    {
        "code": "kw12-r13",
        "statement": "Do not keep silent on human rights crimes for fear of upsetting those accused of them.",
        "rationale": "Michael Kirby finds such silence neither reasonable nor just. When the write-up appeared, the "
        "Security Council had not had the subject on its agenda since 2018.",
        "words": "kirby-blind-eye",
        "polarity": Polarity.DO_NOT,
        "modality": Modality.SHOULD,
        "themes": [UNITED_NATIONS],
        "goals": [16],
        "tags": ["Crimes against humanity"],
        "addressees": [(EVERYBODY, "inferred")],
        "positions": [
            {
                "speaker": "michael-kirby",
                "note": "Rejects silence for the sake of those who may be responsible.",
            },
            {
                "speaker": "victor-cha",
                "stance": Stance.SUPPORTS,
                "words": "cha-unavoidable",
                "note": "For a reason of his own: a strategy that plays human rights down, so as not to endanger the "
                "nuclear talks, leaves out what it cannot do without.",
            },
        ],
    },
    {
        "code": "kw12-r14",
        "statement": "Engage with the many North Korean refugees in South Korea, and learn from them what people "
        "in the North need.",
        "rationale": "They know it from experience. Michael Kirby asks for imagination, and for strategies that are "
        "new.",
        "words": "kirby-refugees",
        "modality": Modality.SHOULD,
        "action": ActionCategory.GENERAL,
        "themes": [UNITED_NATIONS],
        "affected": ["refugees-and-asylum-seekers", "general-population"],
        "goals": [16],
        "tags": ["Refugees"],
        "addressees": [EVERYBODY],
        "positions": [
            {
                "speaker": "michael-kirby",
                "words": "kirby-imagination",
                "note": "Sees in the refugees a source of knowledge that is not yet used enough.",
            }
        ],
    },
    {
        "code": "kw12-r15",
        "statement": "Do not ease sanctions unless gains for human rights, disarmament and security are assured.",
        "detail": "Michael Kirby names three gains: that human rights are observed, that weapons are dismantled, and "
        "that security is achieved.",
        "obstacles": "The sanctions have a price: Joon Oh points out that they leave less room for technical "
        "co-operation and humanitarian assistance.",
        "words": "kirby-sanctions",
        "polarity": Polarity.DO_NOT,
        "modality": Modality.SHOULD,
        "action": ActionCategory.CONTINUING,
        "themes": [UNITED_NATIONS],
        "goals": [16],
        "tags": ["Nuclear weapons", "Sanctions"],
        "addressees": [("un-security-council", "inferred")],
        "positions": [
            {
                "speaker": "michael-kirby",
                "words": "kirby-sanctions",
                "note": "Would give up pressure only for a return that is certain.",
            },
            {
                "speaker": "joon-oh",
                "stance": Stance.DOUBTS,
                "words": "oh-narrowed",
                "note": "Does not ask for sanctions to be eased, but names their price: the co-operation and the aid "
                "on which economic and social rights depend have been narrowed since 2017.",
            },
        ],
    },
]
