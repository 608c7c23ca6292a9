"""Admins keep the people who have a desk."""

import pytest

from tests.factories import UserFactory
from workshop.accounts.models import Role, User

pytestmark = pytest.mark.django_db

PASSWORD = "a good long password"


def test_admin_adds_somebody_who_can_log_in(admin, client):
    admin.fill(User, "add", username="charlie", role="editor", password1=PASSWORD, password2=PASSWORD)

    user = User.objects.get(username="charlie")
    assert (user.role, user.is_staff, user.publishes) == (Role.EDITOR, True, True)
    assert client.login(username="charlie", password=PASSWORD)


def test_passwords_that_differ_or_are_too_short_add_nobody(admin):
    answers = [
        admin.fill(User, "add", username="charlie", password1=PASSWORD, password2="another long one"),
        admin.fill(User, "add", username="charlie", password1="short", password2="short"),
    ]

    assert [bool(answer.context["adminform"].form.errors["password2"]) for answer in answers] == [True, True]
    assert not User.objects.filter(username="charlie").exists()


@pytest.mark.parametrize("role", ["author", "editor"])
def test_others_neither_see_nor_add_people(desk_of, role):
    desk, user = desk_of(role), UserFactory()

    assert [desk.get(*page).status_code for page in ((User,), (User, "add"), (user, "change"))] == [404, 404, 404]


def test_nobody_takes_their_own_keys_away(admin):
    admin.fill(admin.user, "change", first_name="Ann", role="author", is_active="")

    admin.user.refresh_from_db()
    assert (admin.user.first_name, admin.user.role, admin.user.is_active) == ("Ann", Role.ADMIN, True)
