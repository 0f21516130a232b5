from django.db import migrations, models


class Migration(migrations.Migration):
    """Since when it is not said any more between whom a parcel went: a column without a value touches no row."""

    dependencies = [("postal", "0001_initial")]

    operations = [migrations.AddField("order", "erased_at", models.DateTimeField(null=True))]
