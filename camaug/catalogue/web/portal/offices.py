"""Where one goes: the offices that receive a procedure, found by words."""

from dataclasses import dataclass
from datetime import date

from camaug.catalogue.queries import VersionView, receivers
from camaug.kernel.text import fold
from camaug.people.queries import AgencyView

FEW = 12


@dataclass(frozen=True, slots=True)
class Office:
    """An office as the page shows it."""

    code: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Offices:
    """The offices found, all of one `level`, by name. `asked`: words were typed; `more`: how many fit beyond these."""

    asked: str
    level: str
    total: int
    found: tuple[Office, ...]
    more: int

    @property
    def few(self) -> bool:
        """Whether all of them stand on the page without a search."""
        return self.total <= FEW


def offices(version: VersionView, words: str, on: date) -> Offices:
    """The receivers that fit the words; all of them where they are few and no word is typed, else none."""
    every = receivers(version, on)
    fitting = [agency for agency in every if _fits(agency, words)] if words else list(every)
    shown = fitting[:FEW] if words or len(every) <= FEW else []
    found = tuple(Office(agency.code, agency.name, agency.address) for agency in shown)
    level = every[0].level_name.lower() if every else ""
    return Offices(words, level, len(every), found, max(0, len(fitting) - FEW) if words else 0)


def _fits(agency: AgencyView, words: str) -> bool:
    text = f" {fold(agency.name)} {fold(agency.address)}"
    return all(f" {word}" in text for word in fold(words).split())
