from django.db import migrations, models


class Migration(migrations.Migration):
    """What lies encrypted is longer than what was said. PostgreSQL lengthens a text without touching a row."""

    dependencies = [("notify", "0003_text_versions")]

    operations = [
        migrations.AlterField("message", "title", models.TextField()),
        migrations.AlterField("message", "sms", models.TextField()),
    ]
