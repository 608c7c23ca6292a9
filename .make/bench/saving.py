"""What the index adds to a save: the same save with it and without, in turns."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext

from django.db import transaction

from bench.figures import spread
from recommendations.models import Recommendation
from workshop.actions import public_changed


def index_switched_off() -> AbstractContextManager | None:
    """In it, saves leave index and totals as they are; None where there is no index."""
    try:
        from workshop.search import freshness  # inline: an older site has none
    except ImportError:
        return None
    return freshness.silent()


def catch_up(keys: Sequence[int]) -> None:
    """Index what was saved without."""
    try:
        from workshop.search import freshness  # inline: an older site has none
    except ImportError:
        return
    with transaction.atomic():
        freshness.changed(Recommendation, keys)
        public_changed()


def save(record: Recommendation, word: str) -> float:
    """Milliseconds of what the desk does when an editor saves a text and a position."""
    begun = time.perf_counter()
    with transaction.atomic():
        record = Recommendation.objects.select_for_update().get(pk=record.pk)
        record.statement = f"{record.statement.partition(' Now ')[0]} Now {word}."
        record.save()
        for position in record.positions.all()[:1]:
            position.note = f"Changed {word}."
            position.save()
        public_changed()
    return (time.perf_counter() - begun) * 1000


def measure(pairs: int) -> dict[str, float]:
    """Medians with and without the index, and of the differences within the pairs."""
    keys = list(Recommendation.objects.public().order_by("pk").values_list("pk", flat=True))
    saved = spread(keys, pairs)
    with_index, without = list[float](), list[float]()
    for turn, record in enumerate(Recommendation.objects.filter(pk__in=saved)):
        sides: list[tuple[list[float], AbstractContextManager | None]]
        sides = [(with_index, nullcontext()), (without, index_switched_off())]
        for times, condition in sides if turn % 2 else reversed(sides):
            if condition is not None:
                with condition:
                    times.append(save(record, f"word{turn}"))
    catch_up(saved)
    found = {"with the index": statistics.median(with_index)}
    if without:
        found["without"] = statistics.median(without)
        found["difference"] = statistics.median(a - b for a, b in zip(with_index, without, strict=True))
    return found
