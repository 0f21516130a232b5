"""What every channel offers, and how it says no."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from camaug.notify.models import Reason


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is carried. `key` stays the same from try to try; `to` is a phone in E.164 or a mailbox; `link` absolute."""

    key: UUID
    to: str
    title: str
    text: str
    link: str = ""


class Undelivered(Exception):
    """It did not arrive. UNREACHABLE: nobody answered; REFUSED_FOR_NOW: try later; REJECTED: it never will."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason.value)


class Carrier(Protocol):
    """Brings a parcel to its address; carrying the same `key` twice is harmless."""

    def carry(self, parcel: Parcel, *, at: datetime) -> str:
        """Returns the id by which the gateway knows it, "" where there is none; raises Undelivered."""
        ...
