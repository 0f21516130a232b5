"""Where a message to another system stands."""

from enum import StrEnum


class ShipmentState(StrEnum):
    """WAITING for its turn, SENT and taken, FAILED and tried again later, GIVEN_UP until somebody resends it."""

    WAITING = "WAITING"
    SENT = "SENT"
    FAILED = "FAILED"
    GIVEN_UP = "GIVEN_UP"
