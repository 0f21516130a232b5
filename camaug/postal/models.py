from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from camaug.kernel.ids import uuid7
from camaug.postal.lifecycle import OPEN, TRACKED, OrderKind, OrderState, ScanStatus

_UNPLACED = [OrderState.WAITING, OrderState.FAILED]


@dataclass(frozen=True, slots=True)
class Party:
    """Who gives or takes a parcel. `province` and `commune` are codes, "" where unknown: the address says all in words.

    Districts no longer stand in addresses.
    """

    name: str
    phone: str
    address: str
    email: str = ""
    province: str = ""
    commune: str = ""

    def as_json(self) -> dict[str, str]:
        """As it is kept."""
        return asdict(self)


class Orders(models.QuerySet["Order"]):
    """The vocabulary of orders."""

    def to_place(self, *, at: datetime) -> Self:
        """Those that the carrier is to be given now, the longest waiting first."""
        return self._due(_UNPLACED, at)

    def to_cancel(self, *, at: datetime) -> Self:
        """Those that the carrier is to cancel now."""
        return self._due([OrderState.CANCELLING], at)

    def to_track(self, *, at: datetime) -> Self:
        """Those that the carrier is asked about now."""
        return self.filter(state__in=sorted(TRACKED), track_at__lte=at).order_by("track_at", "id")

    def open(self) -> Self:
        """Those that still lead somewhere."""
        return self.filter(state__in=sorted(OPEN))

    def about(self, *subjects: UUID) -> Self:
        """The legs of these things, in their order."""
        return self.filter(subject_id__in=subjects).order_by("asked_at", "id")

    def _due(self, states: list[OrderState], at: datetime) -> Self:
        return self.filter(state__in=states, next_attempt_at__lte=at).order_by("next_attempt_at", "id")


class Order(models.Model):
    """One leg: a parcel from `sender` to `receiver`, about `subject_id`; `reference` stands on the parcel.

    Asked for twice under one `key`, it is one order; `number` is what the carrier knows it by, `carrier_number` what
    the carrier calls it. `track_at` is when the carrier is asked again, after `quiet` answers without news.
    `cod_amount` is in đồng, taken at the door. `erased_at`: since when it is not said any more between whom it went.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=8)
    state = models.CharField(max_length=10, default=OrderState.WAITING)
    key = models.CharField(max_length=80, unique=True)
    number = models.CharField(max_length=80, unique=True)
    subject_id = models.UUIDField()
    reference = models.CharField(max_length=60)
    agency = models.ForeignKey("people.Agency", models.PROTECT, related_name="+")
    sender = models.JSONField()
    receiver = models.JSONField()
    cod_amount = models.PositiveIntegerField(default=0)
    carrier_number = models.CharField(max_length=60, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replacement")
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField(null=True)
    placed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)
    track_at = models.DateTimeField(null=True)
    quiet = models.PositiveSmallIntegerField(default=0)
    heard_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    objects = Orders.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(OrderKind)), name="order_kind_is_known"),
            models.CheckConstraint(condition=Q(state__in=list(OrderState)), name="order_state_is_known"),
            models.UniqueConstraint(
                "subject_id", "kind", condition=Q(state__in=sorted(OPEN)), name="one_open_leg_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(OPEN), ended_at__isnull=True)
                | ~Q(state__in=sorted(OPEN)) & Q(ended_at__isnull=False),
                name="ended_order_says_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at", "id"],
                condition=Q(state__in=["WAITING", "FAILED", "CANCELLING"]),
                name="order_due",
            ),
            models.Index(fields=["track_at", "id"], condition=Q(track_at__isnull=False), name="order_to_track"),
            models.Index(fields=["subject_id", "asked_at"], name="order_by_subject"),
            models.Index(
                fields=["ended_at"], condition=Q(ended_at__isnull=False, erased_at__isnull=True), name="order_to_erase"
            ),
        ]


class ParcelScan(models.Model):
    """What the carrier told of a parcel, once. `note` is the carrier's own words, for a delivered one who took it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(Order, models.CASCADE, related_name="scans")
    at = models.DateTimeField()
    status = models.CharField(max_length=16)
    place = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("order", "at", "status", "place", name="scan_is_told_once"),
            models.CheckConstraint(condition=Q(status__in=list(ScanStatus)), name="scan_status_is_known"),
        ]
