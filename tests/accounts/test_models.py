"""Who may edit."""

import pytest

from tests.constraints import Rule, check
from tests.factories import UserFactory
from workshop.accounts.models import Role, User

pytestmark = pytest.mark.django_db

RULES = {
    "accounts_user_role_known": Rule(
        UserFactory,
        allows=[{"role": role} for role in Role.values],
        refuses=[{"role": "owner"}],
        says="is not a valid choice",
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_constraint(name):
    check(name, RULES[name])


def test_superuser_is_an_admin():
    user = User.objects.create_superuser("charlie", password="a good long password")

    assert (user.role, user.is_staff, user.publishes) == (Role.ADMIN, True, True)


@pytest.mark.parametrize(("role", "publishes"), [("author", False), ("editor", True), ("admin", True)])
def test_publishes_by_role(role, publishes):
    assert UserFactory(role=role).publishes == publishes
    assert not UserFactory(role=role, is_active=False).publishes
