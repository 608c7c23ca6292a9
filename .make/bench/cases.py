"""What is asked for: the pages of the issue, each with at least eight different values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from bench.figures import spread
from recommendations.models import Position, Recommendation, Stance, Status, StatusInterval
from speakers.models import Organisation, Speaker
from workshop.load.words import korean_vocabulary, vocabulary
from workshop.models import Talk, Theme, Workshop

LIST, SEARCH = "/recommendations/", "/search/"
PER_PAGE = 25
COMMON, MIDDLING = slice(20, 60), slice(800, 1200)  # ranks: about 20 and 1 in a hundred texts have such a word


@dataclass(frozen=True)
class Case:
    """One line of the table. ``large`` is the target at a million."""

    group: str
    name: str
    addresses: Sequence[str]
    target: float | None = None
    large: float | None = None
    first: str = ""  # the case whose median, half as much again, is the target
    orm: bool = False  # also measured with the plain ORM


def all_cases(total: int) -> list[Case]:
    """Every case on the database at hand, which holds so many public recommendations."""
    return [*_lists(total), *_searches(), *_records()]


def listed(path: str = LIST, **choices: Any) -> str:
    """The address of a selection."""
    return f"{path}?{urlencode(choices, doseq=True)}" if choices else path


def _lists(total: int) -> list[Case]:
    speakers, themes = _frequent_first(Speaker), _frequent_first(Theme)
    years = sorted({day.year for day in Recommendation.objects.public().dates("made_on", "year")})
    last = max(1, -(-total // PER_PAGE))
    found = _known()
    return [
        Case("list", "home", ["/"], 8, 12),
        Case("list", "list, no choice", [LIST], 8, 12, orm=True),
        Case("list", "list, one choice: speaker", [listed(speaker=one) for one in speakers], 15, 25, orm=True),
        Case("list", "list, one choice: theme", [listed(theme=one) for one in themes], 15, 25, orm=True),
        Case("list", "list, one choice: status", [listed(status=one) for one in Status.values], 15, 25),
        Case("list", "list, one choice: year", [listed(year=one) for one in years], 15, 25),
        Case(
            "list",
            "list, two choices: theme and status",
            [listed(theme=one["theme"], status=one["status"]) for one in found],
            20,
            80,
            orm=True,
        ),
        Case(
            "list",
            "list, two choices: speaker and year",
            [listed(speaker=one["speaker"], year=one["year"]) for one in found],
            20,
            80,
        ),
        Case(
            "list",
            "list, no choice, page in the middle",
            [listed(page=number) for number in spread(range(1, last + 1), 10)[1:-1] or [1]],
            first="list, no choice",
        ),
        Case("list", "list, no choice, last page", [listed(page=last)], first="list, no choice"),
        Case(
            "list",
            "list, one choice, last page: theme",
            [listed(theme=one, page=_last_page_of(one)) for one in themes],
            first="list, one choice: theme",
        ),
    ]


def _searches() -> list[Case]:
    words = _words()
    themes = _frequent_first(Theme)
    kinds: list[tuple[str, Sequence[str], float, float]] = [
        ("rare word", words["rare"], 15, 40),
        ("middling word", words["middling"], 25, 50),
        ("common word", words["common"], 35, 60),
        ("phrase", words["phrase"], 35, 60),
        ("Korean word", words["korean"], 35, 60),
    ]
    cases = [
        Case("search", f"search in the list: {name}", [listed(q=word) for word in words_], target, large)
        for name, words_, target, large in kinds
    ]
    both = [listed(q=word, theme=theme) for word, theme in zip(words["common"], themes, strict=False)]
    cases.append(Case("search", "search in the list: common word and theme", both, 35, 60))
    cases += [
        Case("search", f"search over everything: {name}", [listed(SEARCH, q=word) for word in words_])
        for name, words_, _, _ in kinds
    ]
    return cases


def _records() -> list[Case]:
    def pages(model: type, addresses: Sequence[str]) -> list[str]:
        return [f"/{model._meta.verbose_name_plural}/{one}/" for one in addresses]

    codes = [one["code"] for one in _known()]
    return [
        Case("pages", "record", [f"/recommendations/{code}/" for code in codes], 10, 12),
        Case("pages", "expert", [f"/speakers/{slug}/" for slug in _frequent_first(Speaker)], 10, 12),
        Case("pages", "theme", [f"/themes/{slug}/" for slug in _frequent_first(Theme)], 10, 12),
        Case("pages", "organisation", [f"/organisations/{slug}/" for slug in _frequent_first(Organisation)], 10, 12),
        Case("pages", "talk", [f"/talks/{slug}/" for slug in _frequent_first(Talk)]),
        Case("pages", "edition", [f"/workshops/{slug}/" for slug in _frequent_first(Workshop)]),
    ]


def _frequent_first(model: type) -> list[str]:
    """Eight addresses, nearer to one another where values are frequent: the first rows have most."""
    slugs = list(model._default_manager.public().order_by("pk").values_list("slug", flat=True))
    places = {int((len(slugs) - 1) * (at / 7) ** 2): None for at in range(8)} if slugs else {}
    return [slugs[place] for place in places]


def _known() -> list[dict[str, Any]]:
    """Eight recommendations with values that they have: no selection made of them is empty."""
    public = Recommendation.objects.public().filter(themes__isnull=False)
    keys = public.filter(pk__in=StatusInterval.objects.on(None).values("recommendation")).values_list("pk", flat=True)
    found = []
    for record in Recommendation.objects.filter(pk__in=spread(sorted(set(keys)))).order_by("pk"):
        named = Position.objects.attributable().filter(recommendation=record, speaker__isnull=False)
        position = named.order_by("order").first()
        found.append(
            {
                "code": record.code,
                "theme": record.themes.order_by("pk").values_list("slug", flat=True)[0],
                "status": record.intervals.get(end=None).status,
                "speaker": position.speaker.slug if position else "",
                "year": record.made_on.year,
            }
        )
    return found


def _last_page_of(theme: str) -> int:
    """Everything generated is public, so the rows can be counted where they lie."""
    number = Recommendation.themes.through.objects.filter(theme__slug=theme).count()
    return max(1, -(-number // PER_PAGE))


def _words() -> dict[str, list[str]]:
    """Words and phrases that occur, by how often they do; eight of each."""
    texts = Recommendation.objects.order_by("pk").values_list("statement", "detail")[:2000]
    present = {word for text in texts for part in text for word in part.lower().replace(".", "").split()}
    known = [word for word in vocabulary() if word in present]
    statements = [statement.rstrip(".").lower().split() for statement, _ in spread(list(texts))]
    return {
        "rare": known[-8:],
        "middling": spread([word for word in vocabulary()[MIDDLING] if word in present]),
        "common": spread(vocabulary()[COMMON]),
        "phrase": [f'"{" ".join(words[2:4])}"' for words in statements],
        "korean": spread(korean_vocabulary()[:500]),
    }


def bad_inputs() -> dict[str, str]:
    """What nobody types by accident, by what it is; as addresses."""
    queries: dict[str, str] = {
        "empty": "",
        "blanks": "   ",
        "100 KB": "x" * 100_000,
        "as long as the server takes": "thearvin " * 420,
        "unbalanced quotes": '"pelnak deangrun',
        "only operators": '- -- "" AND OR NOT ( ) * ^',
        "NUL": "a\0b",
        "control characters": "\x01\x02\x1f\x7f",
        "SQL": "'; DROP TABLE workshop_talk; --",
        "tsquery": "a & !b | (c:* <-> d) \\' :",
        "FTS5": 'NEAR(a b, 2) OR statement:x* ^y + "z',
        "right to left": "\u202e\u05d0\u05d1\u200f",
        "zero width": "\u200b\u200d\ufeff",
        "lone letters": " ".join("abcdefghijklmnopqrstuvwxyz" * 20),
        "many common words": " ".join(vocabulary()[:60]),
        "excluded only": "-" + " -".join(vocabulary()[:20]),
        "a prefix of everything": "a*",
    }
    addresses = {name: listed(q=query) for name, query in queries.items()}
    addresses["not UTF-8"] = f"{LIST}?q=%ff%fe%80"
    addresses["page that does not exist"] = listed(page=999_999_999)
    addresses["three hundred values"] = listed(theme=[f"t{number}" for number in range(300)])
    addresses["every value of a facet"] = listed(
        stance=Stance.values, status=Status.values, theme=_frequent_first(Theme)
    )
    return addresses
