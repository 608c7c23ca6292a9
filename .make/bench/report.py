"""The measurements as Markdown, for docs/performance.md."""

from __future__ import annotations

import os
import platform
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from bench.figures import Figure, Run, number, said, table, verdict
from bench.places import ROOT, connected

MARK = "<!-- below: the output of make bench -->"
MOST_MEMORY, MOST_BAD, MOST_SAVE, LEAST_RATE = 150, 300, 20, 0.6
# What answers the faceted list, without the pages that show it.
ORM_ENGINE = ["recommendations/facets/engine.py", "recommendations/facets/kinds.py"]
INDEX_ENGINE = ["workshop/search/**/*.py", "recommendations/facets/index*.py"]
SHARED_BY_BOTH = {"workshop/search/facets.py", "workshop/search/apps.py", "workshop/search/checks.py"}


def markdown(runs: Sequence[Run], server: str) -> str:
    """All of it, headed by the machine."""
    return "\n\n".join([machine(server), lines_of_code(), *(part for run in runs for part in section(run))]) + "\n"


def machine(server: str) -> str:
    """What it ran on, when, and which commit."""
    git = ["git", "describe", "--always", "--dirty", "--abbrev=10"]
    commit = subprocess.run(git, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    rows = [
        ("Processor", f"{os.cpu_count()} × {_line('/proc/cpuinfo', 'model name') or platform.processor()}"),
        ("Memory", f"{int((_line('/proc/meminfo', 'MemTotal') or '0').split()[0]) / 2**20:.1f} GB"),
        ("System", f"{_line('/etc/os-release', 'PRETTY_NAME', '=')}, Linux {platform.release()}"),
        ("Python", platform.python_version()),
        ("SQLite", sqlite3.sqlite_version),
        ("PostgreSQL", version_of(server) if server else "not measured"),
        (
            "Other programs",
            f"load average {os.getloadavg()[2]:.1f} over the last quarter of an hour, this one included",
        ),
        ("Date, commit", f"{date.today()}, {commit or 'unknown'}"),
    ]
    return "\n".join(["| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)])


def _line(file: str, key: str, separator: str = ":") -> str:
    """The value behind a key in one of the system's files; empty where there is none."""
    path = Path(file)
    for line in path.read_text().splitlines() if path.exists() else []:
        name, _, value = line.partition(separator)
        if name.strip() == key:
            return value.strip().strip('"')
    return ""


def version_of(server: str) -> str:
    """The server's version, and the settings that matter most here."""
    with closing(connected(server, "postgres")) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version'), current_setting('shared_buffers'), current_setting('work_mem')"
        )
        version, buffers, work = cursor.fetchone()
    return f"{version.split()[0]}, shared_buffers {buffers}, work_mem {work}"


def lines_of_code() -> str:
    """What the gain costs: lines of both engines, without blank lines and comments."""
    orm, index = count_lines(ORM_ENGINE), count_lines(INDEX_ENGINE, SHARED_BY_BOTH)
    return (
        f"Lines of code that find, order and count: {orm} with the plain ORM, {index} for the index with its tables."
    )


def count_lines(patterns: Sequence[str], but: frozenset[str] | set[str] = frozenset()) -> int:
    """Lines that are neither blank nor a comment, in the files that fit a pattern."""
    files = {file for pattern in patterns for file in ROOT.glob(pattern)}
    kept = [file for file in files if str(file.relative_to(ROOT)) not in but]
    lines = [line.strip() for file in kept for line in file.read_text().splitlines()]
    return sum(1 for line in lines if line and not line.startswith("#"))


def section(run: Run) -> list[str]:
    """The tables of one database of one size."""
    parts = [f"## {run.database}, {run.size:,} recommendations"]
    if run.uncached:
        head = [
            "uncached, one request at a time",
            "median ms",
            "95 %",
            "CPU ms",
            "queries",
            "SQL ms",
            "× bare",
            "target",
        ]
        parts.append(table(head, [_row(run, figure) for figure in [*run.uncached, run.bare]]))
    if run.orm:
        parts.append(_against_orm(run))
    parts += _cached(run)
    parts += _bad_input(run)
    if run.memory:
        rows = [[name, number(size), verdict(size, MOST_MEMORY)] for name, size in run.memory.items()]
        parts.append(table(["memory of the larger worker", "MB", "target"], rows))
    if run.save:
        parts.append(_save(run))
    if run.left_out:
        parts.append("Not measured: " + "; ".join(run.left_out) + ".")
    return parts + [_why(figure) for figure in run.uncached if _is_missed(run, figure)]


def _is_missed(run: Run, figure: Figure) -> bool:
    limit = run.limit(figure)
    return limit is not None and figure.median > limit and not figure.given_up


def _why(figure: Figure) -> str:
    """What a page that is over its target spends its time on; the plan, folded away, where that is a statement."""
    said = f"**{figure.name}** is over its target."
    if figure.sql is not None and figure.slowest is not None:
        said += f" Its statements take {number(figure.sql)} ms together, the slowest {number(figure.slowest)}"
        said += "." if figure.plan else ": the rest is Python, which makes rows and HTML of them."
    if not figure.plan:
        return said
    return f"{said}\n\n<details><summary>Its slowest statement</summary>\n\n```\n{figure.plan}\n```\n\n</details>"


def _row(run: Run, figure: Figure) -> list[str]:
    return [
        figure.name,
        *said(figure),
        "–" if figure.queries is None else str(figure.queries),
        "–" if figure.sql is None else number(figure.sql),
        number(figure.median / run.bare.median),
        verdict(figure.median, run.limit(figure)),
    ]


def _against_orm(run: Run) -> str:
    with_index = {figure.name: figure for figure in run.uncached}
    rows = [
        [
            figure.name,
            *said(figure),
            f"{figure.median / with_index[figure.name].median:.1f}" if figure.name in with_index else "–",
        ]
        for figure in run.orm
    ]
    return table(["the same with the plain ORM", "median ms", "95 %", "CPU ms", "times as long"], rows)


def _cached(run: Run) -> list[str]:
    if not run.rates:
        return []
    bare = run.rates["bare view"]
    rows = []
    for name, rate in run.rates.items():
        share = rate / bare
        told = "–" if name == "bare view" else f"60 %: {'met' if share >= LEAST_RATE else '**missed**'}"
        rows.append([name, number(rate), number(run.rate_cpu[name]), f"{share:.0%}", told])
    return [table(["eight connections", "a second", "CPU ms", "of bare", "target"], rows)]


def _bad_input(run: Run) -> list[str]:
    if not run.bad_input:
        return []
    rows = [
        [name, status, number(worst), verdict(worst, MOST_BAD) if status < 500 else "**missed**"]
        for name, (status, worst) in run.bad_input.items()
    ]
    return [table(["bad input", "status", "worst ms of three", "target"], rows)]


def _save(run: Run) -> str:
    rows = [
        [name, number(milliseconds), verdict(milliseconds, MOST_SAVE) if name == "difference" else "–"]
        for name, milliseconds in run.save.items()
    ]
    if "difference" not in run.save:
        rows.append(["without", "there is no switch for it", "–"])
    return table(["saving a recommendation and a position", "median ms", "target"], rows)


def write_into(path: Path, text: str) -> None:
    """Replace what stands below the mark. Raises ValueError for a page without it."""
    above, mark, _ = path.read_text().partition(MARK)
    if not mark:
        raise ValueError(f"{path} has no line {MARK}")
    path.write_text(f"{above}{MARK}\n\n{text}")
