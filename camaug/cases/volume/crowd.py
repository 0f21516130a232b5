"""Invented citizens, each computed from a number alone: the same number always gives the same one."""

from functools import cache
from typing import Any, NamedTuple

from camaug.kernel.text import accented, fold, name_sort_key

MALE, FEMALE = "MALE", "FEMALE"
_YEARS = 36
_FIRST_YEAR = 1968
_FIRST_SERIAL = 100_000  # above those of the cast, below those of the demo
_MASK = (1 << 64) - 1


class Spelled(NamedTuple):
    """A name as it is written and as it is found."""

    plain: str
    folded: str
    accented: str

    @property
    def sorting(self) -> str:
        """By what a list of names is ordered."""
        return name_sort_key(self.plain)


class Member(NamedTuple):
    """One of the crowd. `born` is the ISO day; personal number and phone are right by their own rules."""

    name: Spelled
    number: str
    phone: str
    born: str
    sex: str
    person_id: str
    account_id: str


class Crowd:
    """Names drawn by the profile's weights; even numbers are men, odd ones women."""

    def __init__(self, names: dict[str, Any], seed: int) -> None:
        self._seed = seed
        self._surnames = _spread(names["surnames"])
        self._middles = {sex: _spread(names[sex.lower()]["middle"]) for sex in (MALE, FEMALE)}
        self._given = {sex: [_spelled(one) for one in names[sex.lower()]["given"]] for sex in (MALE, FEMALE)}
        self._women = {one.plain for one in self._middles[FEMALE]} - {one.plain for one in self._middles[MALE]}

    def member(self, index: int) -> Member:
        """The citizen of that number."""
        drawn = mixed(index + self._seed * 1_000_003)
        sex, half = (FEMALE if index & 1 else MALE), index >> 1
        year = _FIRST_YEAR + half % _YEARS
        century = (0 if year < 2000 else 2) + (index & 1)
        person, account = _identifiers(index)
        return Member(
            self.named(drawn, sex),
            f"096{century}{year % 100:02d}{_FIRST_SERIAL + half // _YEARS:06d}",
            f"+8491{index % 10_000_000:07d}",
            f"{year}-{drawn % 12 + 1:02d}-{(drawn >> 8) % 28 + 1:02d}",
            sex,
            person,
            account,
        )

    def named(self, drawn: int, sex: str, surname: int | None = None) -> Spelled:
        """A full name; `surname` draws the family apart from the rest."""
        first = self._surnames[(drawn if surname is None else surname) % len(self._surnames)]
        middle = self._middles[sex][(drawn >> 16) % len(self._middles[sex])]
        given = self._given[sex][(drawn >> 32) % len(self._given[sex])]
        return Spelled(
            f"{first.plain} {middle.plain} {given.plain}",
            f"{first.folded} {middle.folded} {given.folded}",
            f"{first.accented} {middle.accented} {given.accented}",
        )

    def sex_of(self, name: str) -> str:
        """What the middle name of an invented name says."""
        return FEMALE if set(name.split(" ")[1:-1]) & self._women or "Thị" in name else MALE


def mixed(number: int) -> int:
    """A number that looks drawn: the finaliser of splitmix64."""
    z = (number * 0x9E3779B97F4A7C15 + 0x9E3779B97F4A7C15) & _MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
    return z ^ (z >> 31)


@cache
def hash_of(word: str) -> int:
    """A number that is the same for the same word in every process."""
    return sum(ord(letter) << (index * 5 % 40) for index, letter in enumerate(word))


def _identifiers(index: int) -> tuple[str, str]:
    """UUIDv7 of the first days of 2022, the person's and the account's: ids of the crowd come before all cases."""
    time, first = f"{0x017E12 << 24 | index >> 16 & 0xFFFFFF:012x}", index & 0xFFF
    head, tail = f"{time[:8]}-{time[8:]}-7{first:03x}-8", f"{index & 0xFFFF:04x}{mixed(index) & 0xFFFFFFFFFF:010x}"
    rest = f"{tail[:2]}-{tail[2:]}"
    return f"{head}1{rest}", f"{head}2{rest}"


def _spread(weights: dict[str, int]) -> list[Spelled]:
    return [one for word, weight in weights.items() for one in [_spelled(word)] * weight]


def _spelled(word: str) -> Spelled:
    return Spelled(word, fold(word), accented(word))
