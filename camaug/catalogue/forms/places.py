"""Places for the ADDRESS question: a narrow view of the administrative units, so that the rules of forms stay pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from weakref import WeakKeyDictionary

from camaug.kernel.errors import NotFound
from camaug.people.queries.directory import Directory, directory
from camaug.people.queries.places import PlaceView, place, place_by_code, provinces, search_places, subdivisions

_KINDS = {2: "PROVINCE", 3: "DISTRICT", 5: "COMMUNE"}
MOST_FOUND = 8


@dataclass(frozen=True, slots=True)
class Spot:
    """An administrative unit. `kind` PROVINCE, DISTRICT or COMMUNE; `full_name` goes up to the province."""

    code: str
    name: str
    full_name: str
    kind: str


class Places(Protocol):
    """The administrative units of one day."""

    def children(self, code: str) -> Sequence[Spot]:
        """The units right under that one; the provinces for an empty code."""

    def chain(self, code: str) -> Sequence[Spot]:
        """From the province down to the unit itself; empty where there is no such unit."""

    def search(self, words: str) -> Sequence[Spot]:
        """Communes whose full name holds every word, best first."""


@dataclass(frozen=True, slots=True)
class RegisteredPlaces:
    """The units that the province knows on that day. Statistics codes tell the kind by their length: 2, 3, 5 digits."""

    at: date

    def children(self, code: str) -> tuple[Spot, ...]:
        """The units right under that one; the provinces for an empty code."""
        if not code:
            return tuple(_spot(one) for one in provinces(self.at))
        parent = self._find(code)
        return tuple(_spot(one) for one in subdivisions(parent.id, self.at)) if parent else ()

    def chain(self, code: str) -> tuple[Spot, ...]:
        """From the province down to the unit itself; empty where there is no such unit."""
        known = _chains.setdefault(directory(self.at), {})
        found = known.get(code) or self._chain(code)
        if found:
            known[code] = found
        return found

    def _chain(self, code: str) -> tuple[Spot, ...]:
        found = self._find(code)
        upward: list[Spot] = []
        while found:
            upward.append(_spot(found))
            found = place(found.parent_id) if found.parent_id else None
        return tuple(reversed(upward))

    def search(self, words: str) -> tuple[Spot, ...]:
        """Communes whose full name holds every word, best first."""
        found = [_spot(one) for one in search_places(words.replace("\0", ""), self.at, limit=3 * MOST_FOUND)]
        return tuple(spot for spot in found if spot.kind == "COMMUNE")[:MOST_FOUND]

    def _find(self, code: str) -> PlaceView | None:
        if not re.fullmatch("[0-9]+", code):
            return None
        try:
            return place_by_code(_KINDS.get(len(code), ""), code, self.at)
        except NotFound:
            return None


_chains: WeakKeyDictionary[Directory, dict[str, tuple[Spot, ...]]] = WeakKeyDictionary()
"""What each process has read, as long as the directory of agencies stays the same: both change together."""


def _spot(one: PlaceView) -> Spot:
    return Spot(one.code, one.name, one.full_name, one.kind)
