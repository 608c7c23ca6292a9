"""What the tables of the index refuse."""

import datetime as dt
from itertools import count

import pytest

from tests.constraints import Rule, check
from workshop.search.models import Entry, IndexState, Term

pytestmark = pytest.mark.django_db
NUMBERS = count(1)


def an_entry(**given):
    number = next(NUMBERS)
    return Entry.objects.create(
        **{"ord": number, "kind": 1, "object_id": number, "updated": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)} | given
    )


def a_term(**given):
    number = next(NUMBERS)
    return Term.objects.create(**{"id": number, "facet": 1, "value": f"value-{number}"} | given)


def a_state(**given):
    return IndexState.objects.update_or_create(pk=1, defaults=given)[0]


RULES = {
    "search_entry_once_a_record": Rule(
        an_entry,
        allows=[{"kind": 2}],
        refuses=[{"object_id": lambda _: an_entry().object_id}],
        says="",
    ),
    "search_term_once": Rule(
        a_term,
        allows=[{"facet": 2}],
        refuses=[{"value": lambda _: a_term().value}],
        says="",
    ),
    "search_indexstate_is_one_row": Rule(a_state, allows=[{"format": 2}], refuses=[{"pk": 2}], says=""),
}


@pytest.mark.parametrize("name", RULES)
def test_constraint(name):
    check(name, RULES[name])
