"""What is kept of a take-down."""

import pytest

from tests.constraints import Rule, check
from workshop.takedown.models import Ground, TakeDown

pytestmark = pytest.mark.django_db
RULES = {
    "takedown_takedown_ground_known": Rule(
        lambda: TakeDown.objects.create(ground="request"),
        allows=[{"ground": ground} for ground in Ground.values],
        refuses=[{"ground": "whim"}],
        says="is not a valid choice",
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_constraint(name):
    check(name, RULES[name])
