"""The shape of a profile's `worktime.yaml`."""

from datetime import date, time
from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

from camaug.worktime.deadlines import ClockEffect

type WeekdayName = Literal["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"]
WEEKDAYS: tuple[WeekdayName, ...] = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")


def _period(text: object) -> object:
    return tuple(text.split("-")) if isinstance(text, str) else text


class Part(BaseModel):
    """Base of everything in the file: frozen, and unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Sourced(Part):
    """A fact with the key of its source."""

    source: str
    confidence: Literal["H", "M", "L"]
    verify: bool = False


class Hours(Sourced):
    """The periods of some weekdays; `agency` is an agency's identity code, null the whole province."""

    agency: str | None
    valid_from: date
    valid_until: date | None = None
    weekdays: tuple[WeekdayName, ...]
    periods: tuple[Annotated[tuple[time, time], BeforeValidator(_period)], ...]


class Holiday(Sourced):
    """A day off of the whole province, with the day worked for it where it is swapped."""

    day: date
    name: str
    swapped_with: date | None = None


class Question(Sourced):
    """Days on which the calendar is not certain."""

    code: str
    question: str
    from_date: date
    until_date: date


class StopReason(Sourced):
    """A ground of a stop with its effect, dated."""

    code: str
    name: str
    effect: ClockEffect
    valid_from: date
    valid_until: date | None = None


class WorktimeProfile(Part):
    """The whole file; every source named must be listed."""

    sources: dict[str, str]
    hours: tuple[Hours, ...]
    days_off: tuple[Holiday, ...]
    open_questions: tuple[Question, ...]
    stop_grounds: tuple[StopReason, ...]

    @model_validator(mode="after")
    def names_only_listed_sources(self) -> Self:
        rows: tuple[Sourced, ...] = (*self.hours, *self.days_off, *self.open_questions, *self.stop_grounds)
        missing = sorted({row.source for row in rows} - set(self.sources))
        if missing:
            raise ValueError(f"sources not listed: {', '.join(missing)}")
        return self


def read_profile(folder: Path) -> WorktimeProfile:
    """Parse `worktime.yaml` of a profile's folder; pydantic's ValidationError says what is wrong and where."""
    return WorktimeProfile.model_validate(yaml.safe_load((folder / "worktime.yaml").read_text(encoding="utf-8")))
