"""Time limits by channel (thời hạn giải quyết)."""

from datetime import date, time
from enum import StrEnum

from camaug.catalogue.definition.sourcing import Sourced
from camaug.worktime.limits import CutoffEffect, Unit


class Channel(StrEnum):
    """How a dossier comes in; national codes 1 direct, 2 online, 3 post."""

    COUNTER = "COUNTER"
    ONLINE = "ONLINE"
    POST = "POST"

    @property
    def national_code(self) -> int:
        """The code of KenhThucHien."""
        return {"COUNTER": 1, "ONLINE": 2, "POST": 3}[self.value]


class TimeLimit(Sourced):
    """`amount` units from reception; null where the law's figure is not at hand. Empty `channels` means all.

    `cutoff` is the hour (15:00) after which `cutoff_effect` holds.
    """

    amount: int | None
    unit: Unit
    channels: tuple[Channel, ...] = ()
    cutoff: time | None = None
    cutoff_effect: CutoffEffect | None = None
    note: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
