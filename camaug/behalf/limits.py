"""How long a mandate may hold at most, and how long what was asked for waits: the profile's `mandates.yaml`."""

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Self

import yaml
from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field, model_validator

from camaug.kernel.clock import LOCAL


class Limits(BaseModel):
    """What holds from a day on."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    valid_from: date
    longest_days: int = Field(ge=1, le=3660)
    waiting_days: int = Field(ge=1, le=90)
    source: str
    confidence: str
    verify: bool

    @property
    def longest(self) -> timedelta:
        """The longest time for which a person may give a mandate."""
        return timedelta(days=self.longest_days)

    @property
    def waiting(self) -> timedelta:
        """How long a mandate that was asked for can be confirmed."""
        return timedelta(days=self.waiting_days)


class MandateProfile(BaseModel):
    """The whole file, in order of `valid_from`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    limits: tuple[Limits, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def is_in_order(self) -> Self:
        days = [one.valid_from for one in self.limits]
        if days != sorted(set(days)):
            raise ValueError("limits stand in the order of valid_from, one a day")
        return self


def limits_at(at: datetime) -> Limits:
    """The limits that hold at that instant; before the first ones, the first."""
    known, day = _read(), at.astimezone(LOCAL).date()
    return next((one for one in reversed(known) if one.valid_from <= day), known[0])


@cache
def _read() -> tuple[Limits, ...]:
    found = yaml.safe_load((Path(settings.PROFILE) / "mandates.yaml").read_text(encoding="utf-8"))
    return MandateProfile.model_validate(found).limits
