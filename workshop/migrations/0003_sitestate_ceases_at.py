"""The moment at which something public ceases to be so by the clock."""

import datetime as dt

from django.db import migrations, models

LONG_PAST = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def let_run_due_look(apps, schema_editor):
    """What was decided before is not known here: nothing is kept until run_due has looked."""
    apps.get_model("workshop", "SiteState").objects.update(ceases_at=LONG_PAST)


class Migration(migrations.Migration):

    dependencies = [
        ('workshop', '0002_undated_records_come_last'),
    ]

    operations = [
        migrations.AddField(
            model_name='sitestate',
            name='ceases_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(let_run_due_look, migrations.RunPython.noop),
    ]
