"""The shape of a profile's `queue.yaml`."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

type Letter = Annotated[str, Field(pattern="^[A-Z]$")]
type Letters = Annotated[str, Field(pattern="^[A-Z]*$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Priority(_Part):
    """Whom the law lets go first."""

    code: str
    name: str
    name_en: str = ""
    rank: Annotated[int, Field(ge=1, le=99)]
    source: str
    confidence: Literal["H", "M", "L"]
    verify: bool = False
    valid_from: date
    valid_until: date | None = None


class Group(_Part):
    """A group of services under its letter."""

    letter: Letter
    name: str
    name_en: str = ""
    fields: tuple[str, ...]
    places: int
    usual_minutes: int


class Halls(_Part):
    """What the halls of one kind of agency begin with; `counters` are the letters of each, "" all."""

    kind: str
    level: str
    groups: tuple[Group, ...]
    counters: tuple[Letters, ...]


class QueueProfile(_Part):
    """The whole file; every source named must be listed."""

    sources: dict[str, str]
    priorities: tuple[Priority, ...]
    halls: tuple[Halls, ...]

    @model_validator(mode="after")
    def names_only_listed_sources(self) -> Self:
        missing = sorted({row.source for row in self.priorities} - set(self.sources))
        if missing:
            raise ValueError(f"sources not listed: {', '.join(missing)}")
        return self


def read_profile(folder: Path) -> QueueProfile:
    """Parse `queue.yaml` of a profile's folder; pydantic's ValidationError says what is wrong and where."""
    return QueueProfile.model_validate(yaml.safe_load((folder / "queue.yaml").read_text(encoding="utf-8")))
