
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('editing', '0004_draft_at_its_time'),
    ]

    operations = [
        migrations.AddField(
            model_name='revision',
            name='went_into',
            field=models.PositiveBigIntegerField(null=True),
        ),
    ]
