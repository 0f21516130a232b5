from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0007_erasing")]

    operations = [
        migrations.AddField(model_name="blob", name="unused_since", field=models.DateTimeField(null=True)),
        migrations.AddIndex(
            model_name="blob",
            index=models.Index(
                models.F("unused_since"), condition=models.Q(unused_since__isnull=False), name="blob_unused"
            ),
        ),
    ]
