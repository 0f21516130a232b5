"""Where one goes: the offices that receive a procedure, found by words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from camaug.catalogue.queries import VersionView, receivers
from camaug.kernel.text import fold
from camaug.people.queries import AgencyView, directory

FEW = 12


@dataclass(frozen=True, slots=True)
class Office:
    """An office as the page shows it; `above` is the district it lies in."""

    code: str
    name: str
    address: str
    above: str


@dataclass(frozen=True, slots=True)
class Offices:
    """The offices found. `asked`: words were typed; `more`: how many fit beyond those shown."""

    asked: str
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
    return Offices(words, len(every), tuple(_offices(shown, on)), max(0, len(fitting) - FEW) if words else 0)


def _fits(agency: AgencyView, words: str) -> bool:
    text = f" {fold(agency.name)} {fold(agency.address)}"
    return all(f" {word}" in text for word in fold(words).split())


def _offices(agencies: Iterable[AgencyView], on: date) -> Iterable[Office]:
    known = directory(on)
    for agency in agencies:
        above = known.above(agency.id)
        yield Office(agency.code, agency.name, agency.address, above[0].name if above else "")
