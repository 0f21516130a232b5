"""The states and moves of a ticket."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from camaug.kernel.lifecycle import Lifecycle, Move


class TicketState(StrEnum):
    """LEFT: went away before being called; MISSED: did not come when called."""

    WAITING = "WAITING"
    CALLED = "CALLED"
    SERVING = "SERVING"
    SERVED = "SERVED"
    MISSED = "MISSED"
    LEFT = "LEFT"


class AppointmentState(StrEnum):
    """ARRIVED: checked in and holding a ticket; MISSED: the day passed without them."""

    BOOKED = "BOOKED"
    ARRIVED = "ARRIVED"
    CANCELLED = "CANCELLED"
    MISSED = "MISSED"


AT_COUNTER = (TicketState.CALLED, TicketState.SERVING)
HELD = (AppointmentState.BOOKED, AppointmentState.ARRIVED)  # these hold a place of their half hour
_W, _C, _S, _M = TicketState.WAITING, TicketState.CALLED, TicketState.SERVING, TicketState.MISSED

LIFECYCLE = Lifecycle(
    states=TicketState,
    moves=(
        Move("call", frozenset({_W}), TicketState.CALLED, "queue.serve"),
        Move("call_again", frozenset({_C, _M}), TicketState.CALLED, "queue.serve"),
        Move("begin_serving", frozenset({_C}), TicketState.SERVING, "queue.serve"),
        Move("finish_serving", frozenset({_C, _S}), TicketState.SERVED, "queue.serve"),
        Move("miss", frozenset({_C}), TicketState.MISSED, "queue.serve"),
        Move("transfer", frozenset({_C, _S}), TicketState.WAITING, "queue.serve"),
        Move("leave_queue", frozenset({_W}), TicketState.LEFT, ""),
    ),
    labels={
        TicketState.WAITING: _("Waiting"),
        TicketState.CALLED: _("Called"),
        TicketState.SERVING: _("Being served"),
        TicketState.SERVED: _("Served"),
        TicketState.MISSED: _("Missed the call"),
        TicketState.LEFT: _("Left"),
    },
)
APPOINTMENT_LABELS = {
    AppointmentState.BOOKED: _("Booked"),
    AppointmentState.ARRIVED: _("Arrived"),
    AppointmentState.CANCELLED: _("Cancelled"),
    AppointmentState.MISSED: _("Did not come"),
}
