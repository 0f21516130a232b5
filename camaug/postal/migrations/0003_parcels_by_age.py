from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """What is older than its term is found, while parcels go on being ordered."""

    atomic = False
    dependencies = [("postal", "0002_parties_erased")]

    operations = [
        AddIndexConcurrently(
            "order",
            models.Index(
                fields=["ended_at"],
                condition=models.Q(ended_at__isnull=False, erased_at__isnull=True),
                name="order_to_erase",
            ),
        )
    ]
