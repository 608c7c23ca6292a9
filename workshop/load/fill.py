"""Everything in order, and when it is refused."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from django.db import connection, models

from recommendations.models import Recommendation
from speakers.models import Organisation, Speaker
from workshop.actions import public_changed
from workshop.demo.documents import DOCUMENTS
from workshop.demo.edition import EDITION, PREVIOUS, SERIES, THEMES
from workshop.demo.organisations import ORGANISATIONS
from workshop.demo.people import PEOPLE
from workshop.demo.proposals import PROPOSALS
from workshop.demo.talks import ELSEWHERE, PRESENTATIONS
from workshop.load.bulk import filling
from workshop.load.frame import Frame
from workshop.load.proposals import Proposals
from workshop.load.size import Size
from workshop.load.tables import Tables
from workshop.models import Document, Series, Talk, Theme, Workshop

AT_ONCE = 5_000  # recommendations that are held in memory
DEMO: list[tuple[type[models.Model], str, list[dict]]] = [
    (Organisation, "slug", ORGANISATIONS),
    (Speaker, "slug", PEOPLE),
    (Document, "slug", DOCUMENTS),
    (Theme, "slug", THEMES),
    (Series, "slug", [SERIES]),
    (Workshop, "slug", [EDITION, PREVIOUS]),
    (Talk, "slug", PRESENTATIONS + ELSEWHERE),
    (Recommendation, "code", PROPOSALS),
]


def strangers() -> list[str]:
    """Kinds of records of which the database holds any that ``load_demo`` did not enter."""
    found = []
    for model, key, rows in DEMO:
        if model._base_manager.exclude(**{f"{key}__in": [row[key] for row in rows]}).exists():
            found.append(str(model._meta.verbose_name_plural))
    return found


def fill(*, recommendations: int, seed: int, told: Callable[[int], None] = lambda done: None) -> dict[str, int]:
    """Write so many recommendations and what goes with them, or nothing; rows by table.

    ``told`` hears after each stretch how many are written.
    """
    tables = Tables()
    with filling(tables.all()):
        frame = Frame(tables, Size.of(recommendations), Random(seed))
        tables.flush()
        proposals = Proposals(frame)
        for number in range(1, recommendations + 1):
            proposals.add()
            if number % AT_ONCE == 0 or number == recommendations:
                tables.flush()
                told(number)
        for key, last in zip(frame.editions, proposals.numbers, strict=True):
            Workshop.objects.filter(pk=key).update(last_number=last)
        public_changed()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {table.name: table.written for table in tables.all()}
