"""What Minjung Kim proposes. Nat Kretchun and Martyn Williams report, and propose nothing."""

from recommendations.models import ActionCategory, Modality
from workshop.demo.edition import INFORMATION

PROPOSALS: list[dict] = [
    {
        "code": "kw12-r09",
        "statement": "Produce, and bring to North Koreans, more content that shows how the state shapes ideology.",
        "detail": "Nobody is named who should do it.",
        "rationale": "For Minjung Kim a key to the human rights problem is that the ideology of the state loses its "
        "credit with the people.",
        "obstacles": "Findings of two other experts bear on it. Nat Kretchun reports that access to outside "
        "information falls; Martyn Williams describes devices that keep a record of what their users do. The write-up "
        "has neither of them take a stance on this proposal.",
        "words": "kim-content",
        "modality": Modality.MUST,
        "action": ActionCategory.CONTINUING,
        "themes": [INFORMATION],
        "affected": ["general-population"],
        "goals": [16],
        "tags": ["Ideology", "Information campaigns"],
        "addressees": [],
        "positions": [
            {
                "speaker": "minjung-kim",
                "note": "Calls it necessary that more such content is made and delivered.",
            }
        ],
    },
]
