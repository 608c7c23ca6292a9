"""Each relation between two records with pages: both link to each other, and neither tells of a hidden one."""

import re

import pytest
from django.apps import apps

from tests.project.relations import RELATIONS, WITHOUT_A_PAGE
from workshop.actions import publish, withdraw

pytestmark = pytest.mark.django_db
LEFT, RIGHT = "Quagmire", "Zephyr"


@pytest.mark.parametrize("hidden_side", ["left", "right"])
@pytest.mark.parametrize("relation", RELATIONS)
def test_relation_links_both_pages_and_tells_nothing_of_hidden_ones(relation, hidden_side, client):
    left, right = relation.left(LEFT), relation.right(RIGHT)
    relation.tie(left, right)
    shown, hidden = (right, left) if hidden_side == "left" else (left, right)

    publish(record=shown)
    assert mentions(client, shown, hidden) == []
    assert mentions(client, hidden, shown) == []

    publish(record=hidden)
    assert [links(client, left, right), links(client, right, left)] == [True, True]

    withdraw(record=hidden, kind="safety")
    assert mentions(client, shown, hidden) == []
    assert mentions(client, hidden, shown) == []


def test_relations_are_all_in_the_table():
    found = {
        f"{model.__name__}.{field.name}"
        for app in ("speakers", "workshop", "recommendations")
        for model in apps.get_app_config(app).get_models()
        for field in [*model._meta.fields, *model._meta.many_to_many]
        if field.is_relation and field.name != "created_by"
    }
    covered = {name for row in RELATIONS for name in row.values[0].fields}
    assert found - WITHOUT_A_PAGE == covered


def mentions(client, page_of, record) -> list[str]:
    """Which of the record's name and address stand on the page."""
    html = client.get(page_of.get_absolute_url()).content.decode()
    words = [word for word in (LEFT, RIGHT) if word in str(record)]
    return [word for word in [*words, record.get_absolute_url()] if word in html]


def links(client, page_of, record) -> bool:
    """Whether the page links to the record's page, or to a place on it."""
    html = client.get(page_of.get_absolute_url()).content.decode()
    return re.search(rf'href="{re.escape(record.get_absolute_url())}(#[^"]*)?"', html) is not None
