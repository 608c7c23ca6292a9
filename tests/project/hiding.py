"""A world in which every relation has a hidden end, and every hidden row carries words found nowhere else.

It is the linked world, in which everything is public and tied to everything.
Of each of its records it gets hidden twins, tied to what the record is tied to;
where a tie has room for one only, the other end gets a public twin as well.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import count, cycle

from django.apps import apps
from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone

from recommendations.models import FollowUp, Position, Recommendation, StatusInterval
from tests.factories import CorrectionFactory, FollowUpFactory, SpeakerFactory
from tests.factories.world import linked_world
from workshop.actions import withdraw
from workshop.common.keywords import Tag
from workshop.common.publishing import Publishable
from workshop.registry import publishable_models
from workshop.slugs.models import OldSlug

OURS = ("images", "speakers", "workshop", "recommendations", "corrections")
WITHOUT_WORDS = {"body_sha256", "language", "native_language", "time_zone"}
HOUR = dt.timedelta(hours=1)


# --- The ways to be hidden -------------------------------------------------------------


def moved(**values: object) -> Callable[[Publishable], None]:
    """To another state, of something that never was public."""
    return lambda record: set_on_row(record, first_published_at=None, **values)


def over(record: Publishable) -> None:
    """Its time is up, and run_due has not come by."""
    set_on_row(record, withdraw_at=timezone.now() - HOUR, withdrawal="request")


def taken_back(kind: str) -> Callable[[Publishable], None]:
    return lambda record: withdraw(record=record, kind=kind) and None


WAYS = [
    moved(state="draft"),
    moved(state="in_review"),
    moved(state="scheduled", publish_at=timezone.now() + HOUR),
    moved(state="scheduled", publish_at=timezone.now() - HOUR),  # due, and run_due has not come by
    *map(taken_back, ("error", "superseded", "request", "safety")),
]


def set_on_row(record: models.Model, **values: object) -> None:
    type(record)._base_manager.filter(pk=record.pk).update(**values)


# --- Twins -----------------------------------------------------------------------------

NUMBERS = count(1)


def build() -> None:
    """Of each kind of record the most connected: one twin past its end, the others hidden in other ways."""
    world, ways = linked_world(), cycle(WAYS)
    wrong = FollowUp.objects.get()
    right = FollowUpFactory(published=True, recommendation=world.part, replaces=wrong)
    tied = [world.alice, world.state, world.ministry, world.university, world.fund, world.series, world.report]
    tied += [world.theme, world.narrower, world.issue, world.edition, world.talk, world.picture]
    tied += [world.part, world.whole, world.old, world.written, wrong, right]
    assert {type(record) for record in tied} == set(publishable_models())
    first = {model: set(model._base_manager.values_list("pk", flat=True)) for model in every_kind()}
    for record in tied:
        last = taken_back("safety") if isinstance(record, FollowUp) else over  # it does not end by the clock
        for hide in (next(ways), next(ways), last):
            twin = twin_of(record)
            tie(record, twin, first)
            CorrectionFactory(record=twin, old_words="What it said before.")
            hide(twin)
        CorrectionFactory(record=record)
    for recommendation in Recommendation.objects.all():
        StatusInterval.objects.rebuild(recommendation)


def twin_of(row: models.Model, **changes: object) -> models.Model:
    """A row like this one, with a slug or code of its own, in the same many-to-many ties."""
    values = {f.name: getattr(row, f.name) for f in row._meta.concrete_fields if not f.primary_key} | changes
    number = next(NUMBERS)
    fresh = {"slug": f"twin-{number}", "code": f"twin-{number}", "ordinal": number}
    values |= {name: value for name, value in fresh.items() if name in values}
    for field in row._meta.concrete_fields:
        if isinstance(field, models.FileField) and values[field.name]:
            values[field.name] = ContentFile(values[field.name].open().read(), name=values[field.name].name)
    if isinstance(row, Position) and not {"speaker", "organisation", "recommendation"} & set(changes):
        values |= {"speaker": SpeakerFactory(published=True), "organisation": None}
    if isinstance(row, FollowUp) and row.replaces and "replaces" not in changes:
        values["replaces"] = twin_of(row.replaces)  # there is room for one correction only
    twin = type(row)(**values)
    twin.save()
    for field in row._meta.many_to_many:
        if field.related_model is Tag:
            getattr(twin, field.name).add(*getattr(row, field.name).names())
        elif field.remote_field.through._meta.auto_created:
            getattr(twin, field.name).set(getattr(row, field.name).all())
    return twin


def tie(record: models.Model, twin: models.Model, first: dict[type[models.Model], set[int]]) -> None:
    """Point to the twin whatever pointed to the record at first."""
    for relation in record._meta.related_objects:
        model = relation.related_model
        if model is StatusInterval or model not in first:
            continue
        for row in model._base_manager.filter(pk__in=first[model], **{relation.field.name: record}):
            if relation.many_to_many:
                if relation.through._meta.auto_created:
                    getattr(row, relation.field.name).add(twin)
                continue
            other = twin_of(row, **{relation.field.name: twin})
            if not isinstance(row, Publishable):
                tie(row, other, first)  # a part goes with its owner, and so does what points to it


# --- Words that stand nowhere else -----------------------------------------------------


def every_kind() -> list[type[models.Model]]:
    """Every model whose rows may be hidden."""
    found = [model for label in OURS for model in apps.get_app_config(label).get_models()]
    return [model for model in found if hasattr(model._default_manager, "public")]


def hidden_rows() -> Iterator[models.Model]:
    """Every row that readers may not see."""
    for model in every_kind():
        yield from model._base_manager.exclude(pk__in=model._default_manager.public().values("pk"))


def mark_all() -> dict[str, models.Model]:
    """Write a word of its own into every text of every hidden row: the rows by their words."""
    marked = {}
    for number, row in enumerate(hidden_rows()):
        word = f"zq{number}qz"
        values = {field.name: text for field in row._meta.concrete_fields if (text := marked_text(field, row, word))}
        if values:
            set_on_row(row, **values)
        for field in row._meta.many_to_many:
            if field.related_model is Tag:
                getattr(row, field.name).add(f"{word} tag")
        if "slug" in values:
            OldSlug.objects.create(model=row._meta.label_lower, slug=f"{word}-old", object_id=row.pk)
        marked[word] = type(row)._base_manager.get(pk=row.pk)
    return marked


def marked_text(field: models.Field, row: models.Model, word: str) -> str:
    """A text with the word in it that the field may hold; empty for a field without words."""
    if field.choices or not isinstance(field, models.CharField | models.TextField) or field.name in WITHOUT_WORDS:
        return ""
    if field.name == "code":
        return f"{word}-r01" if row._meta.model_name == "recommendation" else word.upper()
    if isinstance(field, models.SlugField):
        return f"{word}-slug"
    if isinstance(field, models.URLField):
        return f"https://{word}.example.org/"
    return "" if (field.max_length or 100) < 20 else f"{word} {field.name}"
