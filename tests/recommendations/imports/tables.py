"""A table like UPR Info's, of our own: sixty rows, Mac OS Roman, carriage returns, every oddity once."""

import csv
import io

import openpyxl

from recommendations.imports.files import read
from recommendations.imports.reading import COMMAND

HEADERS = [
    "To",
    "To-Rgrp",
    "To-Org",
    "Text",
    "From",
    "From-Rgrp",
    "From-Org",
    "Response",
    "Action",
    "Issue",
    "Session",
]
STATES = ["Norway", "Brazil", "Kenya", "Japan", "Republic of Korea"]
SAME = "Drain the marshes with care"


def row(text, to="Norway", sender="Chad", response="Accepted", action="4", issue="Justice", session="6"):
    """One row, by the headings."""
    return dict(
        zip(HEADERS, [to, "WEOG", "", text, sender, "Africa", "", response, action, issue, session], strict=True)
    )


def pledge(text, state="Yemen", **given):
    return row(text, to=state, sender=state, response="Voluntary Pledge", **given)


PLAIN = [
    row(f"Keep the wetland of year {year} open to all", to=to, sender=sender, session=str(session))
    for session in range(1, 10)
    for year, (to, sender) in enumerate(zip(STATES, STATES[1:] + STATES[:1], strict=True), start=2000)
]
ODD = [
    row("Invite the rapporteur on mud ", to="DPR Korea", response="Noted", action="5", issue="Special procedures"),
    row("Tell  the  truth\u00a0about mud ", to="DPR Korea", sender="Macedonia FYR", response="Noted"),
    row("Bring the case of Hissène Habré to justice", to="Senegal", issue="Impunity,Justice"),
    row("Follow the “Instance Équité”, vis-à-vis mud", to="Morocco", issue=""),
    row("Say who asks, and why", sender="&#40;Unknown&#41;", session="5"),
    row(SAME, to="Ghana", sender="Chad"),
    row(f"{SAME} ", to="Ghana", sender="Cote d'Ivoire"),
    row(SAME.upper(), to="Ghana", sender="Norway", action="1"),
    row(SAME, to="Kenya", sender="Chad"),
    row("Teach mud in schools, and the “mud, of old”", to="Lesotho", action="2", issue="Right to education"),
    row("Teach mud in schools, and the “mud, of old”", to="Lesotho", action="2", issue="Right to education"),
    row("Mind the R&amp;D of mud &#40;wet&#41;", to="St Vincent & the Grenadines", action="3"),
    pledge("Yemen will build two shelters", issue="Detention,Women's rights", session="19"),
    pledge("Yemen will count the marshes", session="19"),
    pledge("Ratify the mud convention", state="Kenya", session="9"),
]
SIXTY = [*PLAIN, *ODD]


def csv_of(rows, headers=HEADERS, encoding="mac-roman", end="\r", delimiter=","):
    """The bytes of a table as CSV, without an end of line after the last row, as the real ones are."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, headers, lineterminator=end, delimiter=delimiter, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().removesuffix(end).encode(encoding)


def xlsx_of(rows, headers=HEADERS):
    """The same as a workbook."""
    book = openpyxl.Workbook()
    book.active.append(headers)
    for one in rows:
        book.active.append([one.get(header, "") for header in headers])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def table_of(rows, name="upr.csv", **how):
    """The table that is read of them."""
    return read(csv_of(rows, **how), name=name, limits=COMMAND)
