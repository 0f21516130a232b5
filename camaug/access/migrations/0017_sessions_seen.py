from django.db import migrations, models

from camaug.kernel.clock import now


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0016_when_token_owners_were_shown"),
    ]

    operations = [
        migrations.AddField(
            model_name="opensession",
            name="seen_at",
            field=models.DateTimeField(default=now),
            preserve_default=False,
        ),
    ]
