"""What every carrier does for us, whoever it is. What it does not take it refuses by `NotTaken`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from camaug.postal.lifecycle import ScanStatus
from camaug.postal.models import Party


@dataclass(frozen=True, slots=True)
class Consignment:
    """What is to be carried. `number` is our own; `reference` stands on the parcel; `cod_amount` in đồng."""

    number: str
    sender: Party
    receiver: Party
    agency_code: str
    agency_name: str
    reference: str
    cod_amount: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """One scan as the carrier tells it."""

    at: datetime
    status: ScanStatus
    place: str = ""
    note: str = ""


class Carrier(Protocol):
    """Carries parcels. Each of its calls may be repeated and changes nothing more."""

    def place(self, parcel: Consignment) -> str:
        """Give the order; returns the carrier's own number, for the same `number` the same. Raises NotTaken."""
        ...

    def cancel(self, number: str) -> None:
        """Take the order of our number back; an order that is not known is as good as taken back. Raises NotTaken."""
        ...

    def track(self, number: str) -> tuple[Told, ...]:
        """All that is known of the order of our number, in the order of time. Raises NotTaken."""
        ...
