import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="TakeDown",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("done_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("request", "The person asks for it"),
                            ("safety", "Somebody could come to harm"),
                            ("law", "A court or an authority demands it"),
                            ("rights", "We may not publish it"),
                            ("error", "It should never have been entered"),
                        ],
                        max_length=10,
                        verbose_name="why",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="in words")),
                ("counts", models.JSONField(default=dict)),
                ("person", models.BigIntegerField(null=True)),
                ("marks", models.JSONField(default=dict)),
                ("again_at", models.DateTimeField(null=True, verbose_name="done again")),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "take-down",
                "ordering": ["-done_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ground__in", ["request", "safety", "law", "rights", "error"])),
                        name="takedown_takedown_ground_known",
                    )
                ],
            },
        ),
    ]
