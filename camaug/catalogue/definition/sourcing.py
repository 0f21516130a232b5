"""Every fact of a procedure says where it was read and how sure it is."""

from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from camaug.catalogue.definition.slips import refusal


class Part(BaseModel):
    """Base of everything in a definition: frozen, and unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Confidence(StrEnum):
    """H read in a legal text or primary record, M one secondary source, L weak."""

    HIGH = "H"
    MEDIUM = "M"
    LOW = "L"


class Sourced(Part):
    """A fact with its source. `verify` marks what no text at hand confirms: it is shown as such, never invented."""

    source: str = ""
    confidence: Confidence | None = None
    verify: bool = False

    @model_validator(mode="after")
    def says_where_it_comes_from(self) -> Self:
        if not self.verify and not (self.source and self.confidence):
            raise refusal("unsourced")
        return self


class DatedFact(Sourced):
    """A fact that holds from a day until another (exclusive); without them, as long as the version does."""

    valid_from: date | None = None
    valid_until: date | None = None

    def in_force(self, on: date) -> bool:
        """Whether it holds on that day."""
        begun = self.valid_from is None or self.valid_from <= on
        return begun and not (self.valid_until is not None and self.valid_until <= on)
