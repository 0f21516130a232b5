"""What the lifecycle of cases makes of a way through a process. Cases stand above the catalogue and say it here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.definition.slips import Slip

type Route = tuple[str, ...]
type Moves = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Walk:
    """What came of it: the statutory forms in order of their numbers, or where the lifecycle does not let a case go."""

    slips: tuple[str, ...] = ()
    stuck: Slip | None = None


class Walking(Protocol):
    """How a case goes along the steps of `route`; `moves` are made at a step besides the one that leads on."""

    def __call__(self, definition: Definition, route: Route, moves: Moves) -> Walk: ...


_ways: list[Walking] = []


def register(walking: Walking) -> None:
    """Called once, by the `walking` module of the part that knows the lifecycle."""
    _ways[:] = [walking]


def walk(definition: Definition, route: Route, moves: Moves | None = None) -> Walk:
    """A case carried along the route by the moves of the lifecycle. RuntimeError where no part knows it."""
    if not _ways:
        raise RuntimeError("no installed app has said how a case goes through a process")
    return _ways[0](definition, route, moves or {})
