"""Reads a profile's YAML and its settings; makes identifiers that are the same in every installation."""

from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml

from camaug.kernel.clock import LOCAL


@dataclass(frozen=True, slots=True)
class Settings:
    """What `profile.yaml` says: `agencies` and `officers` are the exact numbers to fill up to."""

    code: str
    name: str
    identity_code: str
    place: str
    since: date
    mail_domain: str
    hours: str
    seed: int
    agencies: int
    officers: int

    def fixed_id(self, *parts: str) -> UUID:
        """A UUIDv7 that belongs to these words: its time is the profile's first day, its rest a hash."""
        since = datetime.combine(self.since, time(), LOCAL)
        millis = int(since.timestamp() * 1000)
        rest = int.from_bytes(sha256("\x1f".join((self.code, *parts)).encode()).digest()[:10])
        value = (millis << 80) | (0x7 << 76) | ((rest >> 68) & 0xFFF) << 64 | (0b10 << 62) | (rest & ((1 << 62) - 1))
        return UUID(int=value)


def read(profile: Path, name: str) -> Any:
    """One YAML file of the profile."""
    return yaml.safe_load((profile / f"{name}.yaml").read_text(encoding="utf-8"))


def read_settings(profile: Path) -> Settings:
    """The profile's own settings."""
    return Settings(**read(profile, "profile"))
