"""Records that are in review, or have a moment, from before it was written down who asked."""

from django.db import migrations
from django.db.models import Q

APPS = ("images", "speakers", "workshop", "recommendations")


def write_down(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Review, Appointment = apps.get_model("reviewing", "Review"), apps.get_model("reviewing", "Appointment")
    for model in apps.get_models():
        names = {field.name for field in model._meta.get_fields()}
        if model._meta.app_label not in APPS or not {"state", "publish_at", "withdraw_at", "created_by"} <= names:
            continue
        rows = model._base_manager.values_list("pk", "created_by_id")
        waiting = list(rows.filter(state="in_review"))
        timed = list(rows.filter(Q(state="scheduled") | Q(state="published", withdraw_at__isnull=False)))
        if not waiting and not timed:
            continue
        kind, _ = ContentType.objects.get_or_create(app_label=model._meta.app_label, model=model._meta.model_name)
        Review.objects.bulk_create(
            Review(content_type=kind, object_id=pk, asked_by_id=user, to_role="editor") for pk, user in waiting
        )
        Appointment.objects.bulk_create(Appointment(content_type=kind, object_id=pk, made_by_id=user) for pk, user in timed)


class Migration(migrations.Migration):
    dependencies = [
        ("reviewing", "0001_initial"),
        ("images", "0001_initial"),
        ("speakers", "0001_initial"),
        ("workshop", "0001_initial"),
        ("recommendations", "0001_initial"),
    ]

    operations = [migrations.RunPython(write_down, migrations.RunPython.noop)]
