"""The states and moves of an order, and where each scan brings it.

One-stop systems code the collection of papers as 0 none, 1 registered, 2 being collected, 3 delivered, 4 cancelled;
the finer states here lie between these. Moves that need nobody's permission follow from what the carrier says.
"""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from camaug.kernel.lifecycle import Lifecycle, Move


class OrderKind(StrEnum):
    """COLLECT: from the applicant to the one-stop unit. DELIVER: from the unit to the receiver."""

    COLLECT = "COLLECT"
    DELIVER = "DELIVER"


class OrderState(StrEnum):
    """WAITING and FAILED: the carrier does not know of it yet. CANCELLING: the carrier is being told."""

    WAITING = "WAITING"
    FAILED = "FAILED"
    GIVEN_UP = "GIVEN_UP"
    REGISTERED = "REGISTERED"
    COLLECTING = "COLLECTING"
    UNDER_WAY = "UNDER_WAY"
    CANCELLING = "CANCELLING"
    DELIVERED = "DELIVERED"
    RETURNED = "RETURNED"
    CANCELLED = "CANCELLED"


class ScanStatus(StrEnum):
    """What a scan says. NOT_DELIVERED: nobody was there, it is tried again; OTHER: words that move nothing."""

    ACCEPTED = "ACCEPTED"
    COLLECTING = "COLLECTING"
    COLLECTED = "COLLECTED"
    IN_TRANSIT = "IN_TRANSIT"
    OUT_FOR_DELIVERY = "OUT_FOR_DELIVERY"
    NOT_DELIVERED = "NOT_DELIVERED"
    DELIVERED = "DELIVERED"
    RETURNED = "RETURNED"
    CANCELLED = "CANCELLED"
    OTHER = "OTHER"


_UNPLACED = frozenset({OrderState.WAITING, OrderState.FAILED})
_AT_CARRIER = frozenset({OrderState.REGISTERED, OrderState.COLLECTING, OrderState.UNDER_WAY})
_NOT_FETCHED = frozenset({OrderState.REGISTERED, OrderState.COLLECTING})
_TO_FETCH = frozenset({*_NOT_FETCHED, OrderState.CANCELLING})
OPEN = frozenset({*_UNPLACED, *_AT_CARRIER, OrderState.CANCELLING})
"""Where an order still leads somewhere."""
TRACKED = frozenset({*_AT_CARRIER, OrderState.CANCELLING})
"""Where the carrier is asked how far it is."""

AGAIN = frozenset({OrderState.GIVEN_UP, OrderState.RETURNED, OrderState.CANCELLED})
"""From where a parcel may go once more, as an order of its own."""

LABELS: dict[OrderState, object] = {
    OrderState.WAITING: _("Being passed on to the post"),
    OrderState.FAILED: _("Being passed on to the post"),
    OrderState.GIVEN_UP: _("Not taken by the post"),
    OrderState.REGISTERED: _("Registered with the post"),
    OrderState.COLLECTING: _("The postman is coming for it"),
    OrderState.UNDER_WAY: _("On its way"),
    OrderState.CANCELLING: _("Being cancelled"),
    OrderState.DELIVERED: _("Delivered"),
    OrderState.RETURNED: _("Came back"),
    OrderState.CANCELLED: _("Cancelled"),
}

LIFECYCLE = Lifecycle(
    states=OrderState,
    labels=LABELS,
    moves=(
        Move("place", _UNPLACED, OrderState.REGISTERED, ""),
        Move("miss", _UNPLACED, OrderState.FAILED, ""),
        Move("give_up", frozenset({*_UNPLACED, *TRACKED}), OrderState.GIVEN_UP, ""),
        Move("drop", frozenset({OrderState.WAITING}), OrderState.CANCELLED, "postal.cancel"),
        Move("cancel", frozenset({*_UNPLACED, *_NOT_FETCHED}), OrderState.CANCELLING, "postal.cancel"),
        Move("end_cancelled", _TO_FETCH, OrderState.CANCELLED, ""),
        Move("keep", frozenset({OrderState.CANCELLING}), OrderState.REGISTERED, ""),
        Move("come_for", frozenset({OrderState.REGISTERED}), OrderState.COLLECTING, ""),
        Move("carry", _TO_FETCH, OrderState.UNDER_WAY, ""),
        Move("bring", TRACKED, OrderState.DELIVERED, ""),
        Move("bring_back", TRACKED, OrderState.RETURNED, ""),
    ),
)

MOVED_BY: dict[ScanStatus, str] = {
    ScanStatus.COLLECTING: "come_for",
    ScanStatus.COLLECTED: "carry",
    ScanStatus.IN_TRANSIT: "carry",
    ScanStatus.OUT_FOR_DELIVERY: "carry",
    ScanStatus.DELIVERED: "bring",
    ScanStatus.RETURNED: "bring_back",
    ScanStatus.CANCELLED: "end_cancelled",
}
"""The move that a scan makes, where the order stands at one of its sources; the other scans only tell."""
