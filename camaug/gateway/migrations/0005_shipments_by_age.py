from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """What is older than its term is found, while others go on being told."""

    atomic = False
    dependencies = [("gateway", "0004_national_lists")]

    operations = [
        AddIndexConcurrently(
            "shipment",
            models.Index(fields=["arisen_at"], condition=models.Q(data__isnull=False), name="shipment_to_erase"),
        )
    ]
