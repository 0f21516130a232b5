"""The legs of a thing with all that the carrier told of them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound
from camaug.postal.carriers.choice import is_set_up as is_set_up
from camaug.postal.lifecycle import AGAIN, LABELS, LIFECYCLE, OPEN, OrderState, ScanStatus
from camaug.postal.models import Order, ParcelScan, Party
from camaug.postal.policy import CANCEL, ORDER_AGAIN

SCANS: dict[ScanStatus, Any] = {
    ScanStatus.ACCEPTED: _("The post has the order"),
    ScanStatus.COLLECTING: _("The postman is on the way to fetch it"),
    ScanStatus.COLLECTED: _("Fetched by the postman"),
    ScanStatus.IN_TRANSIT: _("At a sorting office"),
    ScanStatus.OUT_FOR_DELIVERY: _("The postman is on the way to the receiver"),
    ScanStatus.NOT_DELIVERED: _("Could not be handed over; it is tried again or sent back"),
    ScanStatus.DELIVERED: _("Handed over"),
    ScanStatus.RETURNED: _("Back with the sender"),
    ScanStatus.CANCELLED: _("Cancelled"),
    ScanStatus.OTHER: _("News of the post"),
}


@dataclass(frozen=True, slots=True)
class ScanView:
    """What the carrier told once, in plain words."""

    at: datetime
    status: str
    label: Any
    place: str
    note: str


@dataclass(frozen=True, slots=True)
class Leg:
    """One order as pages show it. `next_try_at`: when the carrier is told again what it has not taken yet."""

    id: UUID
    about: UUID
    kind: str
    state: str
    state_label: Any
    is_open: bool
    number: str
    carrier_number: str
    agency_id: UUID
    sender: Party
    receiver: Party
    cod_amount: int
    problem: str
    asked_at: datetime
    asked_by: UUID | None
    ended_at: datetime | None
    next_try_at: datetime | None
    replaced: bool
    scans: tuple[ScanView, ...]
    may_be_cancelled: bool
    may_go_again: bool


def legs(about: UUID, actor: Actor) -> tuple[Leg, ...]:
    """The legs of that thing, the latest first, with what the actor may do with each. Who may see the thing may see
    them: that is asked before.
    """
    rows = Order.objects.about(about).reverse().prefetch_related("scans").select_related("replacement")
    return tuple(_leg(row, actor) for row in rows)


def open_legs(about: Collection[UUID], actor: Actor) -> tuple[Leg, ...]:
    """The legs of those things that still lead somewhere."""
    rows = Order.objects.about(*about).open().prefetch_related("scans").select_related("replacement")
    return tuple(_leg(row, actor) for row in rows)


def leg(order_id: UUID, actor: Actor) -> Leg:
    """One of them; NotFound."""
    row = Order.objects.prefetch_related("scans").select_related("replacement").filter(pk=order_id).first()
    if row is None:
        raise NotFound
    return _leg(row, actor)


def scan(scan_id: UUID) -> ScanView:
    """One scan; NotFound."""
    row = ParcelScan.objects.filter(pk=scan_id).first()
    if row is None:
        raise NotFound
    return _scan(row)


def _leg(row: Order, actor: Actor) -> Leg:
    state, replaced = OrderState(row.state), hasattr(row, "replacement")
    cancellable = state in LIFECYCLE.move("cancel").sources
    return Leg(
        id=row.id,
        about=row.subject_id,
        kind=row.kind,
        state=row.state,
        state_label=LABELS[state],
        is_open=state in OPEN,
        number=row.number,
        carrier_number=row.carrier_number,
        agency_id=row.agency_id,
        sender=Party(**row.sender),
        receiver=Party(**row.receiver),
        cod_amount=row.cod_amount,
        problem=row.problem,
        asked_at=row.asked_at,
        asked_by=row.asked_by,
        ended_at=row.ended_at,
        next_try_at=row.next_attempt_at if state == OrderState.FAILED else None,
        replaced=replaced,
        scans=_scans(row.scans.all()),
        may_be_cancelled=cancellable and CANCEL.allows(actor, row),
        may_go_again=state in AGAIN and not replaced and ORDER_AGAIN.allows(actor, row),
    )


def _scans(rows: Iterable[ParcelScan]) -> tuple[ScanView, ...]:
    return tuple(_scan(row) for row in sorted(rows, key=lambda row: (row.at, row.id), reverse=True))


def _scan(row: ParcelScan) -> ScanView:
    status = ScanStatus(row.status)
    return ScanView(row.at, row.status, SCANS[status], row.place, row.note)
