"""What each role may do."""

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser

from tests.factories import UserFactory
from workshop.accounts.backends import AUTHORS_WRITE, RoleBackend

pytestmark = pytest.mark.django_db

#                                            author editor admin
MATRIX = {
    "workshop.add_talk": (True, True, True),
    "workshop.change_talk": (True, True, True),
    "workshop.delete_talk": (True, True, True),
    "workshop.view_talk": (True, True, True),
    "workshop.publish_talk": (False, True, True),
    "recommendations.change_position": (True, True, True),
    "recommendations.publish_recommendation": (False, True, True),
    "workshop.change_workshop": (False, True, True),
    "workshop.change_series": (False, True, True),
    "workshop.change_theme": (False, True, True),
    "workshop.change_ledger": (False, True, True),
    "slugs.delete_oldslug": (False, True, True),
    "taggit.change_tag": (False, True, True),
    "accounts.view_user": (False, False, True),
    "accounts.change_user": (False, False, True),
    "auth.change_group": (False, False, True),
    "sessions.view_session": (False, False, True),
    "admin.view_logentry": (False, False, True),
    "contenttypes.view_contenttype": (False, False, True),
    "workshop.merge_talk": (False, True, True),
    "nonsense": (False, True, True),
}
MODULES = {
    "workshop": (True, True, True),
    "speakers": (True, True, True),
    "recommendations": (True, True, True),
    "images": (True, True, True),
    "taggit": (False, True, True),
    "accounts": (False, False, True),
    "auth": (False, False, True),
}
ROLES = ("author", "editor", "admin")


@pytest.mark.parametrize("permission", MATRIX)
def test_permission_by_role(permission):
    may = tuple(UserFactory(role=role).has_perm(permission) for role in ROLES)

    assert may == MATRIX[permission]


@pytest.mark.parametrize("app", MODULES)
def test_rooms_of_the_desk_by_role(app):
    may = tuple(UserFactory(role=role).has_module_perms(app) for role in ROLES)

    assert may == MODULES[app]


def test_superuser_may_whatever_the_role_says():
    assert UserFactory(is_superuser=True).has_perm("accounts.change_user")
    assert UserFactory(is_superuser=True).has_module_perms("accounts")


@pytest.mark.parametrize("role", ROLES)
def test_user_who_left_may_nothing(role):
    left = UserFactory(role=role, is_active=False, is_superuser=role == "admin")

    assert not any(left.has_perm(permission) for permission in MATRIX)
    assert not any(left.has_module_perms(app) for app in MODULES)


def test_reader_may_nothing():
    backend, reader = RoleBackend(), AnonymousUser()

    assert not any(backend.has_perm(reader, permission) for permission in MATRIX)
    assert not any(backend.has_module_perms(reader, app) for app in MODULES)


@pytest.mark.once
def test_what_authors_write_exists():
    models = {model._meta.label_lower for model in apps.get_models(include_auto_created=True)}

    assert AUTHORS_WRITE - models == set()
