"""What was measured, and what the issue asks for. No I/O: pure functions and records."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

LARGE = 1_000_000


@dataclass
class Figure:
    """One case: times in milliseconds, CPU of the workers per request in milliseconds."""

    name: str
    times: list[float]
    cpu: float
    queries: int | None = None
    sql: float | None = None  # ms that its statements take together, asked in a process of their own
    slowest: float | None = None  # ms of the slowest of them
    target: float | None = None  # at most so many milliseconds, by the median
    first: str = ""  # a case of which it may take one and a half times the median, if that is more
    plan: str = ""
    given_up: bool = False  # it took longer than anybody waits; the time is how long we did

    @property
    def median(self) -> float:
        return statistics.median(self.times)

    @property
    def p95(self) -> float:
        return percentile(self.times, 95)


@dataclass
class Run:
    """Everything measured on one database of one size."""

    database: str
    size: int
    bare: Figure
    uncached: list[Figure] = field(default_factory=list)
    orm: list[Figure] = field(default_factory=list)
    rates: dict[str, float] = field(default_factory=dict)  # requests a second
    rate_cpu: dict[str, float] = field(default_factory=dict)  # ms of CPU per request
    bad_input: dict[str, tuple[int, float]] = field(default_factory=dict)  # status, worst ms
    memory: dict[str, float] = field(default_factory=dict)  # MB
    save: dict[str, float] = field(default_factory=dict)  # ms
    left_out: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Run:
        """What ``as_json`` gave."""
        lists = {name: [Figure(**row) for row in data[name]] for name in ("uncached", "orm")}
        bad = {name: (status, worst) for name, (status, worst) in data["bad_input"].items()}
        return cls(**{**data, **lists, "bare": Figure(**data["bare"]), "bad_input": bad})

    def limit(self, figure: Figure) -> float | None:
        """The most that the figure's median may be; the last page's follows from the first's."""
        if not figure.first:
            return figure.target
        first = next((other for other in self.uncached if other.name == figure.first), None)
        return first.median * 1.5 if first else None


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that at least so many in a hundred do not exceed (nearest rank)."""
    ordered = sorted(values)
    rank = -(-len(ordered) * percent // 100)  # rounded up
    return ordered[max(int(rank), 1) - 1]


def said(figure: Figure) -> list[str]:
    """Median, 95 % and CPU of a figure as its cells of a table."""
    if figure.given_up:
        return [f"> {number(figure.median)}", "–", "–"]
    return [number(figure.median), number(figure.p95), number(figure.cpu)]


def spread(items: Sequence[Any], count: int = 8) -> list[Any]:
    """So many items at even distances, the first and the last among them; all where there are fewer."""
    if len(items) <= count or count == 1:
        return list(items[:count])
    return [items[round(at * (len(items) - 1) / (count - 1))] for at in range(count)]


def verdict(value: float, limit: float | None) -> str:
    """The target with ``met`` or ``missed``; a dash where there is none."""
    if limit is None:
        return "–"
    return f"{number(limit)}: {'met' if value <= limit else '**missed**'}"


def number(value: float) -> str:
    """Two figures that matter below ten, none after the point from a hundred on."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def table(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """A table in Markdown; the first column reads from the left, the others from the right."""
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines)
