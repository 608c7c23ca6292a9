"""The whole database as text, table by table, whatever made the tables; and a world full of one name."""

import json
from itertools import count

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import connection

from recommendations.models import WaitingTable
from tests.factories import MediaFactory, SpeakerNameFactory, UserFactory
from tests.factories.world import linked_world
from tests.project.hiding import marked_text
from workshop.common.keywords import Tag
from workshop.search import freshness
from workshop.search.sources import MODELS
from workshop.slugs.models import OldSlug
from workshop.takedown.finding import searched


def everything_as_text():
    """Every table as lower-case text: those of the index as well, which no model knows."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = sorted([as_text(value) for value in row] for row in cursor.fetchall())
            found[table] = json.dumps(rows, ensure_ascii=False).lower()
    return found


def as_text(value):
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", errors="replace")
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    text = str(value)
    return json.dumps(json.loads(text), ensure_ascii=False) if text[:1] in "[{" and is_json(text) else text


def is_json(text):
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def tables_with(*words):
    """The tables in which one of these words stands."""
    return sorted(name for name, text in everything_as_text().items() if any(word in text for word in words))


def world_of_alice():
    """The linked world, with Alice Marsh’s name in every text of every row that can hold it."""
    world = linked_world()
    world.admin = UserFactory(role="admin")
    SpeakerNameFactory(speaker=world.alice, name="앨리스 마시")
    OldSlug.objects.create(model="speakers.speaker", slug="alice-marsh-once", object_id=world.alice.pk)
    MediaFactory(talk=world.talk, kind="transcript", url="", file=ContentFile(b"Alice Marsh: Mud.", "a.txt"))
    WaitingTable.objects.create(created_by=world.admin, name="a.csv", content=b"text\nSaid Alice Marsh")
    WaitingTable.objects.create(
        created_by=world.admin, name="b.csv", content=b"text", choices={"columns": ["Alice Marsh"]}
    )
    kind = ContentType.objects.get_for_model(world.talk)
    LogEntry.objects.create(
        user=world.admin, content_type=kind, object_id=world.talk.pk, object_repr="Alice Marsh", action_flag=CHANGE,
        change_message=json.dumps([{"added": {"name": "speaker", "object": "Alice Marsh, 앨리스 마시"}}]),
    )  # fmt: skip
    freshness.flush()
    return world


KEYS = {"model", "object_id", "token"}  # texts that say which record is meant


def write_everywhere():
    """The name into every text of every row of every model that is searched."""
    numbers = count(1)
    for model, columns in searched():
        rows = model._base_manager.order_by("pk")
        for row in rows[:1] if model is Tag else rows:
            word = f"alice-marsh-{next(numbers)}"
            texts = {column: marked_text(column, row, word) for column in columns if column.name not in KEYS}
            values = {column.attname: text[: column.max_length] for column, text in texts.items() if text}
            if getattr(row, "file", None):
                values.pop("url", None)  # a recording has one of the two
            if values:
                model._base_manager.filter(pk=row.pk).update(**values)
    for model in MODELS.values():
        freshness.changed(model, list(model._base_manager.values_list("pk", flat=True)))
    freshness.flush()
