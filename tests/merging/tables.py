"""Every table as it stands, to compare before and after."""

from django.apps import apps
from django.contrib.admin.models import LogEntry

from workshop.common.references import DERIVED
from workshop.merging.models import Merge
from workshop.models import SiteState

NOT_ROWS = {"sessions", "contenttypes", "auth", *DERIVED}
COUNTED_UP = {"version", "updated_at"}  # rises with every change, that of an undo as well


def dump():
    """All rows of all models by label and key, but what counts or tells that something was done."""
    return {
        (model._meta.label_lower, row.pk): {
            field.attname: getattr(row, field.attname)
            for field in model._meta.concrete_fields
            if field.attname not in COUNTED_UP
        }
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in NOT_ROWS and model not in {Merge, SiteState, LogEntry}
        for row in model._base_manager.order_by("pk")
    }


def differences(before, after):
    """What is in one dump and not in the other, or otherwise."""
    keys = before.keys() | after.keys()
    return {key: (before.get(key), after.get(key)) for key in sorted(keys) if before.get(key) != after.get(key)}
