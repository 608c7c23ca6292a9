"""Codes for new rows: permanent, the same in every database that imports the same table."""

from __future__ import annotations

from recommendations.imports.entries import Entry
from recommendations.imports.plan import Plan
from workshop.actions import next_code
from workshop.models import Ledger

DIGITS = 8


def codes_for(plan: Plan) -> dict[int, str]:
    """The code of each new row, by its line.

    A row of an edition gets the next number of it; any other one its stem and
    the first eight hex digits of its identity. Where two identities begin with
    the same eight, or the ledger has the code already, the later one takes
    nine, or as many as it needs.
    """
    codes: dict[int, str] = {}
    taken = _given([_coded(entry, DIGITS) for entry in plan.new if not entry.code_given])
    for entry in plan.new:
        if entry.code_given:
            code = entry.code
        elif entry.edition:
            code = next_code(workshop=plan.editions[entry.edition])
        else:
            code = _free(entry, taken)
            if len(code) > len(_coded(entry, DIGITS)):
                plan.notes.append((entry.line, f"Its code is {code}: a shorter one belongs to another row."))
        taken.add(code)
        codes[entry.line] = code
    return codes


def _coded(entry: Entry, digits: int) -> str:
    return f"{entry.code}-{entry.identity_hash[:digits]}"


def _free(entry: Entry, taken: set[str]) -> str:
    code = _coded(entry, DIGITS)
    digits = DIGITS
    while code in taken or (digits > DIGITS and Ledger.objects.filter(code=code).exists()):
        digits += 1
        code = _coded(entry, digits)
    return code


def _given(codes: list[str]) -> set[str]:
    """Those that the ledger has."""
    chunks = (codes[start : start + 500] for start in range(0, len(codes), 500))
    return {code for chunk in chunks for code in Ledger.objects.filter(code__in=chunk).values_list("code", flat=True)}
