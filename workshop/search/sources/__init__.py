"""How each kind of record is read for the index: the one place that knows all of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from django.db import models

from recommendations.models import Recommendation
from speakers.models import Organisation, Speaker
from workshop.common.keywords import Tag
from workshop.models import Document, Series, Talk, Theme, Workshop
from workshop.search.indexed import Indexed
from workshop.search.sources import people, programme, recommendation

Reader = Callable[[Collection[int]], Iterator[Indexed]]

READERS: dict[str, Reader] = {
    "recommendation": recommendation.read,
    "speaker": people.speakers,
    "talk": programme.talks,
    "theme": programme.themes,
    "organisation": people.organisations,
    "workshop": programme.workshops,
    "document": programme.documents,
    "series": programme.series,
    "tag": programme.tags,
}
MODELS: dict[str, type[models.Model]] = {
    "recommendation": Recommendation,
    "speaker": Speaker,
    "talk": Talk,
    "theme": Theme,
    "organisation": Organisation,
    "workshop": Workshop,
    "document": Document,
    "series": Series,
    "tag": Tag,
}
KINDS: dict[type[models.Model], str] = {model: kind for kind, model in MODELS.items()}
