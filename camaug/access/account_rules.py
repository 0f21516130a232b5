"""How long invitations hold, when idle accounts close, how often rights are reviewed: the profile's dated rules."""

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Self

import yaml
from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field, model_validator

from camaug.kernel.clock import LOCAL


class AccountRules(BaseModel):
    """What holds from a day on (TCVN 14423:2026)."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    valid_from: date
    invitation_days: int = Field(ge=1, le=90)
    idle_days: int = Field(ge=1, le=400)
    idle_warned_days: int = Field(ge=1, le=60)
    review_months: int = Field(ge=1, le=24)
    review_days: int = Field(ge=1, le=180)
    source: str
    confidence: str
    verify: bool

    @model_validator(mode="after")
    def warns_in_time(self) -> Self:
        if self.idle_warned_days >= self.idle_days:
            raise ValueError("an officer is told before the account is closed, after some days of use")
        return self

    @property
    def invitation(self) -> timedelta:
        """How long a letter's link holds."""
        return timedelta(days=self.invitation_days)


class AccountsProfile(BaseModel):
    """The whole file, in order of `valid_from`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    rules: tuple[AccountRules, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def is_in_order(self) -> Self:
        days = [one.valid_from for one in self.rules]
        if days != sorted(set(days)):
            raise ValueError("rules stand in the order of valid_from, one a day")
        return self


def read_rules(folder: Path) -> tuple[AccountRules, ...]:
    """Parse `accounts.yaml` of a profile's folder; pydantic's ValidationError says what is wrong and where."""
    found = yaml.safe_load((folder / "accounts.yaml").read_text(encoding="utf-8"))
    return AccountsProfile.model_validate(found).rules


def rules_at(at: datetime) -> AccountRules:
    """The rules that hold at that instant; before the first ones, the first."""
    known, day = _read(), at.astimezone(LOCAL).date()
    return next((one for one in reversed(known) if one.valid_from <= day), known[0])


@cache
def _read() -> tuple[AccountRules, ...]:
    return read_rules(Path(settings.PROFILE))
