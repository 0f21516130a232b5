from django.db import models

from camaug.cases.lifecycle import ItemState
from camaug.cases.models.case import Case
from camaug.kernel.ids import uuid7
from camaug.kernel.models import Blob


class Batch(models.Model):
    """One move for a selection of cases, worked off one case a transaction; `words` are those that the move needs.

    `blob` is the merged paper where the move is printing.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    request_key = models.UUIDField(unique=True)
    move = models.CharField(max_length=24)
    words = models.JSONField(default=dict)
    account = models.ForeignKey("access.Account", models.PROTECT, related_name="+")
    language = models.CharField(max_length=8)
    origin = models.CharField(max_length=64, blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    blob = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["account", "started_at", "id"], name="batch_by_account"),
            models.Index("started_at", condition=models.Q(finished_at__isnull=True), name="batch_unfinished"),
        ]


class BatchItem(models.Model):
    """One case of a batch: the revision that was seen, and what became of it, with the sentence that refused it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="items")
    ordinal = models.PositiveSmallIntegerField()
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    seen = models.PositiveIntegerField()
    state = models.CharField(max_length=8, default=ItemState.PENDING)
    sentence = models.CharField(max_length=500, blank=True)
    done_at = models.DateTimeField(null=True)
    blob = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint("batch", "case", name="case_stands_once_in_a_batch"),
            models.UniqueConstraint("batch", "ordinal", name="batch_has_an_order"),
            models.CheckConstraint(condition=models.Q(state__in=list(ItemState)), name="batch_item_state_is_known"),
        ]
