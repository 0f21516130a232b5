from django.db import models


class SealedEvent(models.Model):
    """The place of an event among the leaves, and what opens its commitments.

    No foreign key: an event that is deleted leaves its place behind. Once something of it was erased, `salt` is gone
    and `opening` has the salts of what is left, in hex by key.
    """

    index = models.BigIntegerField(primary_key=True)
    event_id = models.UUIDField(unique=True)
    salt = models.BinaryField(max_length=16, null=True)
    opening = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(salt__isnull=False, opening__isnull=True)
                | models.Q(salt__isnull=True, opening__isnull=False),
                name="sealed_event_opens_one_way",
            ),
        ]


class Head(models.Model):
    """A signed head: how many leaves, their root (32 bytes), and the note as it was published."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    signed_at = models.DateTimeField()
    note = models.TextField()


class Cosignature(models.Model):
    """A witness has seen this head grow out of the one it knew: its line under the note, and when."""

    head = models.ForeignKey(Head, models.PROTECT, related_name="cosignatures")
    witness = models.CharField(max_length=120)
    line = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("head", "witness", name="a_witness_signs_a_head_once")]
