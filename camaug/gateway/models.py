from django.db import models

from camaug.kernel.ids import uuid7


class KeptAnswer(models.Model):
    """What was answered to a write. `owner` is whom the key belongs to, `digest` the request; kept until `expires_at`.

    It is written in the transaction of the write itself: either both are there or none.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.CharField(max_length=64)
    key = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=b"")
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint("owner", "key", name="a_key_is_used_once")]
