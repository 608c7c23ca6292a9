"""UPR Info's tables of what States recommended to each other in the Universal Periodic Review."""

from __future__ import annotations

import datetime as dt

from recommendations.imports.entries import UNKNOWN, Entry, Refused, code_in, folded, split
from recommendations.imports.plan import Mapping
from recommendations.imports.reading import Line
from recommendations.models import ActionCategory, Answer, Origin
from workshop.common.dates import Precision
from workshop.models import Scheme

SOURCE = "upr"
COLUMNS = ("To", "Text", "From", "Response", "Action", "Issue", "Session")  # by name, in whatever order
PLEDGE = "voluntary pledge"
RESPONSES = {"accepted": Answer.SUPPORTED.value, "noted": Answer.NOTED.value, PLEDGE: "", "": ""}
ACTIONS = {str(value): value for value in ActionCategory.values} | {"": None}
# The month in which the working group met, session by session from the first.
MONTHS = """2008-04 2008-05 2008-12 2009-02 2009-05 2009-12 2010-02 2010-05 2010-11 2011-01
2011-05 2011-10 2012-05 2012-10 2013-01 2013-04 2013-10 2014-01 2014-04 2014-10"""
SESSIONS = {str(number): dt.date.fromisoformat(f"{month}-01") for number, month in enumerate(MONTHS.split(), start=1)}


def entry_of(line: Line) -> Entry:
    """What a line says. Raises ``Refused`` where a cell is empty or unknown that must not be."""
    to, sender, statement, session = (folded(line.cells[name]) for name in ("To", "From", "Text", "Session"))
    for name, value in (("To", to), ("Text", statement), ("Session", session)):
        if not value:
            raise Refused(f"“{name}” is empty.")
    number = session.lstrip("0")
    month = code_in("Session", number, SESSIONS)
    response = folded(line.cells["Response"]).casefold()
    answer = code_in("Response", response, RESPONSES)
    if response == PLEDGE and to != sender:
        raise Refused("A voluntary pledge is made by a State to itself; “To” and “From” differ.")
    unknown = sender.casefold() in UNKNOWN
    return Entry(
        line=line.number,
        identity=(to, sender, number, statement),
        ask=(to, number, statement.casefold()),
        code=f"upr-s{int(number):02d}",
        statement=statement,
        proposers=() if unknown else (sender,),
        addressees=(to,),
        themes=split(line.cells["Issue"]),
        scheme=Scheme.UPR,
        origin=Origin.PLEDGE if response == PLEDGE else Origin.UN_MECHANISM,
        made_on=month,
        precision=Precision.MONTH,
        session=session_name(number),
        answer=answer,
        action=code_in("Action", folded(line.cells["Action"]), ACTIONS),
        notes=("The recommending State is unknown: it gets no position.",) if unknown else (),
    )


def session_name(number: str) -> str:
    """A session as readers see it: “UPR, 21st session”."""
    ending = "th" if number[-2:] in {"11", "12", "13"} else {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th")
    return f"UPR, {number}{ending} session"


UPR = Mapping(SOURCE, entry_of, COLUMNS, scheme=Scheme.UPR, publish=True, whole=True)
