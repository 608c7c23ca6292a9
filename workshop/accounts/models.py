"""Who may edit: one user, one of three roles."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import models


class Role(models.TextChoices):
    """The roles of the desk; what each may do stands in ``backends.py``."""

    AUTHOR = "author", "Author: writes drafts, submits them for review"
    EDITOR = "editor", "Editor: publishes and withdraws"
    ADMIN = "admin", "Admin: editor, and keeps users and settings"


class UserManager(DjangoUserManager):
    """Makes superusers admins."""

    def create_superuser(self, username, email=None, password=None, **extra):
        extra.setdefault("role", Role.ADMIN)
        return super().create_superuser(username, email, password, **extra)


class User(AbstractUser):
    """Somebody with a desk. Readers have no accounts."""

    role = models.CharField(max_length=10, choices=Role, default=Role.AUTHOR)
    is_staff = models.BooleanField(
        "may log in", default=True, help_text="Whether this person reaches the editors' pages at all."
    )

    objects: ClassVar[UserManager] = UserManager()

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="accounts_user_role_known"),
        ]

    @property
    def publishes(self) -> bool:
        """True for editors and admins: they publish, withdraw, and see withheld names."""
        return self.is_active and (self.is_superuser or self.role in {Role.EDITOR, Role.ADMIN})

    @property
    def called(self) -> str:
        """What colleagues call this person: the full name, or the log-in."""
        return self.get_full_name() or self.username
