"""Any table: which column says what, as an editor chose it, and a row of it as a recommendation."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Choices
from dataclasses import dataclass
from functools import partial
from typing import Any

from recommendations.imports.entries import UNKNOWN, Entry, Refused, code_in, folded, kept, key_of, split
from recommendations.imports.plan import Mapping
from recommendations.imports.reading import Line
from recommendations.models import ActionCategory, Answer, Modality, Origin, Polarity
from recommendations.models.recommendation import EXPERT_ORIGINS
from workshop.common.dates import Precision

SOURCE = "table"
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")
DATES = (
    ("%Y-%m-%d", Precision.DAY),
    ("%d %B %Y", Precision.DAY),
    ("%d %b %Y", Precision.DAY),
    ("%d.%m.%Y", Precision.DAY),
    ("%Y-%m", Precision.MONTH),
    ("%B %Y", Precision.MONTH),
    ("%b %Y", Precision.MONTH),
    ("%Y", Precision.YEAR),
)


@dataclass(frozen=True)
class Column:
    """Something that a row may say: its name for editors, and headings that mean it."""

    name: str
    label: str
    headings: tuple[str, ...]
    help: str = ""


COLUMNS = (
    Column("statement", "Statement", ("statement", "recommendation", "text", "proposal", "recommendation text")),
    Column("statement_ko", "Statement in Korean", ("statement ko", "statement korean", "korean", "권고")),
    Column("detail", "Detail", ("detail", "details", "description")),
    Column("rationale", "Rationale", ("rationale", "reason", "reasons", "why")),
    Column("proposers", "Proposed by", ("proposers", "proposer", "proposed by", "speaker", "expert", "from")),
    Column("addressees", "Addressed to", ("addressees", "addressee", "addressed to", "to", "state under review")),
    Column("themes", "Themes", ("themes", "theme", "issue", "issues", "topics")),
    Column("made_on", "Date", ("date", "made on", "day"), "2020-03-13, 13 March 2020, March 2020 or 2020."),
    Column("edition", "Edition", ("edition", "workshop"), "Its code: KW12."),
    Column("origin", "Origin", ("origin", "source"), "Talk, document, UN mechanism or pledge."),
    Column("session", "Session", ("session", "cycle")),
    Column("symbol", "UN symbol", ("symbol", "document symbol")),
    Column("answer", "Response", ("response", "answer", "position"), "Supported, noted, not supported …"),
    Column("action", "Action asked for", ("action", "action category"), "1 to 5."),
    Column("modality", "Modality", ("modality",), "Must, should or could."),
    Column("polarity", "Polarity", ("polarity",), "Do or do not."),
    Column("code", "Code", ("code", "id", "number"), "Permanent. Left out, one is given."),
)


def vocabulary(choices: Any, **more: Any) -> dict[str, Any]:
    """Codes by what may stand in a cell: the value, or its label in English."""
    by_word = {str(value).casefold(): value for value in choices.values}
    by_word |= {str(label).casefold(): value for value, label in choices.choices}
    return by_word | {word.replace("_", " "): value for word, value in more.items()} | {"": None}


WORDS: dict[str, dict[str, Any]] = {
    "origin": vocabulary(
        Origin, talk=Origin.TALK, document=Origin.DOCUMENT, un_mechanism=Origin.UN_MECHANISM, un=Origin.UN_MECHANISM
    )
    | {"voluntary pledge": Origin.PLEDGE},
    "answer": vocabulary(Answer, accepted=Answer.SUPPORTED, rejected=Answer.NOT_SUPPORTED),
    "action": vocabulary(ActionCategory),
    "modality": vocabulary(Modality),
    "polarity": vocabulary(Polarity, do_not=Polarity.DO_NOT),
}


def guessed(headers: Sequence[str]) -> dict[str, str]:
    """Which column says what, as far as the headings tell."""
    by_key = {key_of(header): header for header in headers}
    found: dict[str, str] = {}
    for column in COLUMNS:
        for heading in column.headings:
            if (header := by_key.get(key_of(heading))) and header not in found.values():
                found[column.name] = header
                break
    return found


def guessed_between(lines: Iterable[Line], columns: Choices[str, str]) -> str:
    """What stands between several names in one cell, as far as the cells tell."""
    headers = [columns[name] for name in ("proposers", "addressees", "themes") if name in columns]
    cells = " ".join(line.cells[header] for line in lines for header in headers)
    return next((sign for sign in (";", "|", ",") if sign in cells), ";")


def mapping_of(choices: Choices[str, Any]) -> Mapping:
    """The mapping that an editor chose: ``columns`` by name, and what holds for all rows."""
    return Mapping(
        SOURCE,
        partial(entry_of, choices=choices),
        tuple(choices["columns"].values()),
        scheme=choices["scheme"],
        publish=choices["publish"],
        by_experts=True,
        attribution=choices["attribution"],
    )


def entry_of(line: Line, *, choices: Choices[str, Any]) -> Entry:
    """What a line says. Raises ``Refused`` where something must not be as it is."""
    cells = {name: line.cells[header] for name, header in choices["columns"].items()}
    one = {column.name: folded(cells.get(column.name, "")) for column in COLUMNS}
    coded = {name: code_in(choices["columns"].get(name, name), one[name], WORDS[name]) for name in WORDS}
    origin = coded["origin"] or choices["origin"]
    if not one["statement"] and not one["statement_ko"]:
        raise Refused("It has no statement.")
    proposers = tuple(name for name in split(one["proposers"], choices["between"]) if name.casefold() not in UNKNOWN)
    addressees = split(one["addressees"], choices["between"])
    by_experts = origin in EXPERT_ORIGINS
    edition = (one["edition"] or (choices["edition"] if by_experts else "")).upper()
    made_on, precision = _day(one["made_on"])
    if choices["publish"] and not by_experts and not (one["session"] and made_on):
        raise Refused("To be published it needs its session and its date.")
    said = (one["statement"], one["statement_ko"])
    people = ("\t".join(proposers), "\t".join(addressees))
    code = _code(one["code"])
    return Entry(
        line=line.number,
        identity=("code", code) if code else (*said, *people, one["session"], edition),
        ask=() if by_experts or not addressees else (people[1], one["session"], said[0].casefold(), said[1]),
        code=code or "un",
        code_given=bool(code),
        statement=said[0],
        statement_ko=said[1],
        detail=kept(cells.get("detail", "")),
        rationale=kept(cells.get("rationale", "")),
        proposers=proposers,
        addressees=addressees,
        themes=split(one["themes"], choices["between"]),
        scheme=choices["scheme"],
        origin=origin,
        edition=edition,
        made_on=made_on,
        precision=precision,
        session=_short("Session", one["session"], 40),
        symbol=_short("UN symbol", one["symbol"], 60),
        answer=coded["answer"] or "",
        action=coded["action"],
        modality=coded["modality"] or Modality.SHOULD,
        polarity=coded["polarity"] or Polarity.DO,
        notes=() if proposers else ("It names no proposer: it gets no position.",),
    )


def _code(code: str) -> str:
    if code and (not CODE.fullmatch(code.lower()) or len(code) > 40):
        raise Refused(f"“{code[:40]}” is no code: letters and digits with hyphens between, as in KW12-R03.")
    return code.lower()


def _short(label: str, value: str, most: int) -> str:
    if len(value) > most:
        raise Refused(f"“{label}” has {len(value)} characters; at most {most} fit.")
    return value


def _day(value: str) -> tuple[dt.date | None, str]:
    """A date and how exact it is."""
    if not value:
        return None, Precision.DAY
    for pattern, precision in DATES:
        try:
            return dt.datetime.strptime(value, pattern).date(), precision
        except ValueError:
            continue
    raise Refused(f"“{value[:40]}” is no date that is understood: write 2020-03-13, March 2020 or 2020.")
