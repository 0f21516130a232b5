"""When officers are reminded of deadlines, and how far up it goes: the profile's `reminders.yaml`, read once."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal, Self

import yaml
from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field, model_validator

from camaug.catalogue.definition.process import Process


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Seat(_Part):
    """A role in the unit that holds the case, received it or is competent."""

    role: str
    unit: Literal["HOLDER", "RECEIVING", "COMPETENT"]


class Escalation(_Part):
    """After so many working hours of lateness it goes to the first of the seats that somebody holds."""

    after_hours: Decimal = Field(ge=0)
    to: tuple[Seat, ...] = Field(min_length=1)


class Rules(_Part):
    """What holds from a day on. Hours are working hours, percents shares of the time that a step or a case has."""

    valid_from: date
    source: str
    confidence: Literal["H", "M", "L"]
    verify: bool = False
    step_soon_percent: int = Field(ge=1, le=100)
    case_soon_hours: Decimal = Field(ge=0)
    case_soon_percent: int = Field(ge=0, le=100)
    apology_hours: Decimal = Field(ge=0)
    apology_to: tuple[Seat, ...] = Field(min_length=1)
    escalations: tuple[Escalation, ...]
    bulk_from: int = Field(ge=2)

    def of_process(self, process: Process) -> "Rules":
        """The same with what the procedure sets for itself; a level above its own ones stays where it comes later."""
        own = process.reminders
        if own is None:
            return self
        names = ("step_soon_percent", "case_soon_hours", "case_soon_percent")
        changed = {name: value for name in names if (value := getattr(own, name)) is not None}
        return self.model_copy(update={**changed, "escalations": tuple(self._levels(own.escalate_after))})

    def _levels(self, hours: Sequence[Decimal]) -> Iterator[Escalation]:
        for level, escalation in enumerate(self.escalations):
            if level < len(hours):
                yield escalation.model_copy(update={"after_hours": hours[level]})
            elif not hours or escalation.after_hours > hours[-1]:
                yield escalation

    @model_validator(mode="after")
    def goes_up_in_order(self) -> Self:
        hours = [step.after_hours for step in self.escalations]
        if hours != sorted(set(hours)):
            raise ValueError("each escalation comes later than the one before")
        return self


class RemindersProfile(_Part):
    """The whole file, in order of `valid_from`."""

    rules: tuple[Rules, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def is_in_order(self) -> Self:
        days = [rules.valid_from for rules in self.rules]
        if days != sorted(set(days)):
            raise ValueError("rules stand in the order of valid_from, one a day")
        return self


def read_rules(folder: Path) -> tuple[Rules, ...]:
    """Parse `reminders.yaml` of a profile's folder; pydantic's ValidationError says what is wrong and where."""
    found = yaml.safe_load((folder / "reminders.yaml").read_text(encoding="utf-8"))
    return RemindersProfile.model_validate(found).rules


def rules_on(day: date) -> Rules:
    """The rules that hold on a day; before the first ones, the first."""
    known = _read()
    return next((rules for rules in reversed(known) if rules.valid_from <= day), known[0])


@cache
def _read() -> tuple[Rules, ...]:
    return read_rules(Path(settings.PROFILE))
