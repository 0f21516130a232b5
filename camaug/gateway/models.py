from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from camaug.gateway.lifecycle import ShipmentState
from camaug.kernel.closed import ClosedBinaryField, ClosedJSONField
from camaug.kernel.ids import uuid7

_UNSENT = [ShipmentState.WAITING, ShipmentState.FAILED]


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
    body: "models.BinaryField[bytes, bytes]" = ClosedBinaryField(default=b"", of="owner")
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint("owner", "key", name="a_key_is_used_once")]


class Shipments(models.QuerySet["Shipment"]):
    """The vocabulary of messages to other systems."""

    def due(self, *, at: datetime) -> Self:
        """Those whose time has come; a case's messages go in their order, so one waits for those before it."""
        before = Shipment.objects.filter(case_id=OuterRef("case_id"), state__in=_UNSENT, id__lt=OuterRef("id"))
        return self.filter(~Exists(before), state__in=_UNSENT, next_attempt_at__lte=at).order_by("id")


class Shipment(models.Model):
    """What the national portal is told about one event by one of its services; told again it is the same row.

    `data` is what was last sent, `problem` why it was not taken; the ids are in the order in which they arose.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    service = models.CharField(max_length=30)
    case_id = models.UUIDField()
    event_id = models.UUIDField()
    state = models.CharField(max_length=8, default=ShipmentState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    arisen_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)
    data = ClosedJSONField(null=True, of="case_id")

    objects = Shipments.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("event_id", "service", name="a_service_is_told_once_of_an_event"),
            models.CheckConstraint(condition=Q(state__in=list(ShipmentState)), name="shipment_state_is_known"),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=Q(state__in=["WAITING", "FAILED"]), name="shipment_due"),
            models.Index(fields=["case_id", "id"], name="shipment_by_case"),
            models.Index(fields=["arisen_at"], condition=Q(data__isnull=False), name="shipment_to_erase"),
            models.Index(fields=["state", "arisen_at", "id"], name="shipment_by_state"),
        ]


class Replay(models.Model):
    """All cases that changed since an instant are told again, in the order of their ids; done up to `place`, `cases`
    of them. `finished_at` is empty while the worker is at it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    since = models.DateTimeField()
    place = models.UUIDField(null=True)
    cases = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["id"], condition=Q(finished_at__isnull=True), name="replay_unfinished")]


class NationalProcedure(models.Model):
    """A procedure as the national catalogue had it when it was last read; `content` is the answer of LayThuTuc."""

    code = models.CharField(primary_key=True, max_length=40)
    name = models.CharField(max_length=1000)
    content = models.JSONField(default=dict)
    read_at = models.DateTimeField()


class ListKind(models.TextChoices):
    """Which of the portal's lists."""

    AGENCY = "AGENCY"
    FIELD = "FIELD"


class NationalEntry(models.Model):
    """A line of a national list as it was when the list was last read: an agency, or a field of work."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=6, choices=ListKind)
    code = models.CharField(max_length=80)
    name = models.CharField(max_length=500)

    class Meta:
        constraints = [models.UniqueConstraint("kind", "code", name="national_entry_stands_once")]
