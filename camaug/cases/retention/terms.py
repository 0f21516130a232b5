"""After how many months what is erased: the profile's `retention.yaml`, read once."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Self

import yaml
from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field, model_validator

from camaug.catalogue.definition.sourcing import Sourced
from camaug.kernel.clock import LOCAL

_LEAST_LOG = 12
_MONTH = timedelta(days=30.4375)
LEAST_LOG = _LEAST_LOG * _MONTH
"""So long at least who looked and who entered is kept (TCVN 14423:2026)."""


class Kind(StrEnum):
    """What is erased; the part that keeps it says which rows these are (`outlived.py`)."""

    DRAFTS = "DRAFTS"
    READINGS = "READINGS"
    LIST_READINGS = "LIST_READINGS"
    BATCHES = "BATCHES"
    MESSAGES = "MESSAGES"
    APPOINTMENTS = "APPOINTMENTS"
    PARCELS = "PARCELS"
    SHIPMENTS = "SHIPMENTS"
    MANDATE_REQUESTS = "MANDATE_REQUESTS"
    SIGN_ONS = "SIGN_ONS"
    TOKENS = "TOKENS"
    PAST_PASSWORDS = "PAST_PASSWORDS"
    ACCOUNT_DECISIONS = "ACCOUNT_DECISIONS"
    ACCESS_REVIEWS = "ACCESS_REVIEWS"
    INVITATION_ROUNDS = "INVITATION_ROUNDS"
    ABSENCES = "ABSENCES"
    IMPORTS = "IMPORTS"


LOGS = (Kind.READINGS, Kind.LIST_READINGS)
"""Who looked at whose data."""


class Term(Sourced):
    """So many months."""

    months: int = Field(ge=1, le=1200)

    def ends(self, at: datetime) -> datetime:
        """What is older than this instant has outlived the term."""
        return at - self.months * _MONTH


class Terms(BaseModel):
    """What holds from a day on; logs of reading and entering are kept a year at least (TCVN 14423:2026)."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    valid_from: date
    kinds: dict[Kind, Term]

    @model_validator(mode="after")
    def names_every_kind(self) -> Self:
        if set(self.kinds) != set(Kind):
            raise ValueError("every kind has its term")
        if min(self.kinds[kind].months for kind in (*LOGS, Kind.SIGN_ONS)) < _LEAST_LOG:
            raise ValueError("who looked and who entered is kept for 12 months at least")
        return self


class RetentionProfile(BaseModel):
    """The whole file, in order of `valid_from`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    terms: tuple[Terms, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def is_in_order(self) -> Self:
        days = [one.valid_from for one in self.terms]
        if days != sorted(set(days)):
            raise ValueError("terms stand in the order of valid_from, one a day")
        return self


def read_terms(folder: Path) -> tuple[Terms, ...]:
    """Parse `retention.yaml` of a profile's folder; pydantic's ValidationError says what is wrong and where."""
    found = yaml.safe_load((folder / "retention.yaml").read_text(encoding="utf-8"))
    return RetentionProfile.model_validate(found).terms


def term_of(kind: Kind, at: datetime) -> Term:
    """The term that holds at that instant; before the first ones, the first."""
    known, day = _read(), at.astimezone(LOCAL).date()
    return next((one for one in reversed(known) if one.valid_from <= day), known[0]).kinds[kind]


@cache
def _read() -> tuple[Terms, ...]:
    return read_terms(Path(settings.PROFILE))
