"""The statements behind a page, asked for in this process, and the plan of the slowest."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test import Client

LONGEST_PLAN, LONGEST_STATEMENT = 30, 600  # lines, characters


@dataclass
class Asked:
    """One statement, as it was sent, with the seconds it took."""

    sql: str
    parameters: Any
    seconds: float


class Recorder:
    """Counts what a connection executes."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []

    def __call__(self, execute, sql, parameters, many, context):
        begun = time.perf_counter()
        try:
            return execute(sql, parameters, many, context)
        finally:
            self.asked.append(Asked(sql, parameters, time.perf_counter() - begun))


def statements(addresses: Sequence[str]) -> list[list[Asked]]:
    """What each address asks the database, after one request that is not recorded."""
    visitor = Client(headers={"host": "localhost"}, raise_request_exception=True)
    visitor.get(addresses[0])
    found = []
    for address in addresses:
        with connection.execute_wrapper(recorder := Recorder()):
            visitor.get(address)
        found.append(recorder.asked)
    return found


def plan_of(asked: Asked) -> str:
    """The statement, cut where it is long, and how the database goes about it."""
    explain = "EXPLAIN (ANALYZE, BUFFERS) " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN "
    with connection.cursor() as cursor:
        cursor.execute(explain + asked.sql, asked.parameters)
        rows = cursor.fetchall()
    lines = [row[0] for row in rows] if connection.vendor == "postgresql" else _tree(rows)
    if len(lines) > LONGEST_PLAN:
        lines = [*lines[:LONGEST_PLAN], f"… {len(lines) - LONGEST_PLAN} more lines"]
    statement = re.sub(r"^SELECT .*? FROM ", "SELECT … FROM ", asked.sql) if len(asked.sql) > 500 else asked.sql
    if len(statement) > LONGEST_STATEMENT:
        statement = f"{statement[:LONGEST_STATEMENT]} …"
    return "\n".join([f"-- {asked.seconds * 1000:.1f} ms", statement, "", *lines])


def _tree(rows: Sequence[tuple[int, int, int, str]]) -> list[str]:
    """SQLite's rows ``(id, parent, _, text)``, indented below their parents."""
    depth = {0: 0}
    lines = []
    for key, parent, _, text in rows:
        depth[key] = depth.get(parent, 0) + 1
        lines.append("  " * (depth[key] - 1) + text)
    return lines
