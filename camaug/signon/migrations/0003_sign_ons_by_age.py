from django.contrib.postgres.indexes import BrinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    """What is older than its term is found, while people go on entering."""

    atomic = False
    dependencies = [("signon", "0002_scim")]

    operations = [AddIndexConcurrently("signon", BrinIndex(fields=["started_at"], name="sign_on_by_age"))]
