"""People with a desk: Alice edits, Bob writes, Charlie keeps the keys."""

import factory
from factory.django import DjangoModelFactory

from workshop.accounts.models import Role, User
from workshop.reviewing.models import Appointment, Review


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


class ReviewFactory(DjangoModelFactory):
    """An open review of ``record``, asked of the editors; ``to_user`` asks a person."""

    class Meta:
        model = Review

    record = factory.SubFactory("tests.factories.programme.TalkFactory")
    asked_by = factory.SubFactory(UserFactory)
    to_user = None
    to_role = factory.LazyAttribute(lambda o: Role.EDITOR if o.to_user is None else "")


class AppointmentFactory(DjangoModelFactory):
    """Somebody has set a moment for ``record``."""

    class Meta:
        model = Appointment

    record = factory.SubFactory("tests.factories.programme.TalkFactory")
    made_by = factory.SubFactory(UserFactory)
