"""People with a desk: Alice edits, Bob writes, Charlie keeps the keys."""

import factory
from factory.django import DjangoModelFactory

from workshop.accounts.models import Role, User


class UserFactory(DjangoModelFactory):
    """An author; ``role`` makes an editor or an admin."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user{n}")
    role = Role.AUTHOR

    @factory.post_generation
    def password(self, create, extracted, **kwargs):
        self.set_password(extracted or "a good long password")
        if create:
            self.save()
