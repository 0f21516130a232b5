"""Believable names, drawn from weighted lists with a given source of chance."""

from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

from camaug.people.profile.reading import read


@dataclass(frozen=True, slots=True)
class _Words:
    words: list[str]
    cumulative: list[int]

    def draw(self, chance: Random) -> str:
        return chance.choices(self.words, cum_weights=self.cumulative)[0]


class Names:
    """Draws full names; the same seed gives the same names."""

    def __init__(self, profile: Path, *, seed: int) -> None:
        lists: dict[str, Any] = read(profile, "names")
        self._chance = Random(seed)  # noqa: S311 (names of nobody, not secrets)
        self._surnames = _weighted(lists["surnames"])
        self._middle = {sex: _weighted(lists[sex]["middle"]) for sex in ("male", "female")}
        self._given = {sex: lists[sex]["given"] for sex in ("male", "female")}

    def draw(self) -> str:
        """One full name: surname, middle names, given name; the given name never repeats a middle one."""
        sex = self._chance.choice(("male", "female"))
        surname = self._surnames.draw(self._chance)
        middle = self._middle[sex].draw(self._chance)
        given = self._chance.choice(self._given[sex])
        while given in (surname, *middle.split(" ")):
            given = self._chance.choice(self._given[sex])
        return f"{surname} {middle} {given}"


def _weighted(weights: dict[str, int]) -> _Words:
    return _Words(list(weights), list(accumulate(weights.values())))
