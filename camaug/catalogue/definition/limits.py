"""Time limits by channel (thời hạn giải quyết)."""

from datetime import date, time
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from camaug.catalogue.definition.conditions import Answers, Condition
from camaug.catalogue.definition.slips import refusal
from camaug.catalogue.definition.sourcing import DatedFact
from camaug.worktime.limits import Cutoff, CutoffEffect, Limit, Unit


class Channel(StrEnum):
    """How a dossier comes in; national codes 1 direct, 2 online, 3 post."""

    COUNTER = "COUNTER"
    ONLINE = "ONLINE"
    POST = "POST"

    @property
    def national_code(self) -> int:
        """The code of KenhThucHien."""
        return {"COUNTER": 1, "ONLINE": 2, "POST": 3}[self.value]


class TimeLimit(DatedFact):
    """`amount` units from reception; null where the law's figure is not at hand. Empty `channels` means all.

    `when` over the answers: a limit for such cases only (30 days instead of 15, more in remote places), said to people
    in `when_text`. `cutoff` is the hour (15:00) after which `cutoff_effect` holds.
    """

    amount: int | None = Field(ge=0)
    unit: Unit
    channels: tuple[Channel, ...] = ()
    when: Condition | None = None
    when_text: str = ""
    when_text_en: str = ""
    cutoff: time | None = None
    cutoff_effect: CutoffEffect | None = None
    note: str = ""
    note_en: str = ""

    @model_validator(mode="after")
    def cutoff_says_its_effect(self) -> Self:
        if (self.cutoff is None) != (self.cutoff_effect is None):
            raise refusal("cutoff_alone")
        if self.when is not None and not self.when_text:
            raise refusal("limit_without_words")
        return self

    @property
    def span(self) -> Limit | None:
        """The limit as working time counts it; None where the figure is not at hand."""
        return None if self.amount is None else Limit(self.amount, self.unit)

    @property
    def late_rule(self) -> Cutoff | None:
        """The rule for what comes late in the day, or None."""
        return Cutoff(self.cutoff, self.cutoff_effect) if self.cutoff and self.cutoff_effect else None

    def covers(self, channel: Channel, on: date, answers: Answers) -> bool:
        """Whether the limit is in force on that day for the channel and for such answers."""
        own = not self.channels or channel in self.channels
        return own and self.in_force(on) and (self.when is None or self.when.holds(answers))

    @property
    def narrowness(self) -> tuple[bool, bool]:
        """How much it is about special cases: what is narrower comes before what is general."""
        return self.when is not None, bool(self.channels)
