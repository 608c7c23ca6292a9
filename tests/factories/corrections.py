"""What readers are told of changes."""

from factory import LazyAttribute
from factory.django import DjangoModelFactory

from workshop.corrections.models import Correction


class CorrectionFactory(DjangoModelFactory):
    """An erratum of ``record``."""

    class Meta:
        model = Correction
        exclude = ("record",)

    record = None
    model = LazyAttribute(lambda made: made.record._meta.label_lower if made.record else "workshop.talk")
    object_id = LazyAttribute(lambda made: made.record.pk if made.record else 1)
    kind = "erratum"
    note = "The year was wrong."
