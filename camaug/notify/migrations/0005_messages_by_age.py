from django.contrib.postgres.indexes import BrinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    """What is older than its term is found, while people go on being told."""

    atomic = False
    dependencies = [("notify", "0004_words_of_any_length")]

    operations = [AddIndexConcurrently("message", BrinIndex(fields=["created_at"], name="message_by_age"))]
