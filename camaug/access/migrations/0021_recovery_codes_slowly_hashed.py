from django.db import migrations, models


class Migration(migrations.Migration):
    """Room for the hash. Codes that people have are turned over when one of them is used: all at once takes an hour."""

    dependencies = [("access", "0020_everybody_signed_out")]

    operations = [
        migrations.AlterField(
            model_name="recoverycode",
            name="digest",
            field=models.CharField(max_length=200),
        ),
    ]
