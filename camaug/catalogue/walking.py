"""What the lifecycle of cases makes of a way through a process. Cases stand above the catalogue and say it here."""

from collections.abc import Callable
from dataclasses import dataclass

from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.definition.scenarios import Scenario


@dataclass(frozen=True, slots=True)
class Walk:
    """What came of it: the statutory forms in order of their numbers, or where the lifecycle does not let a case go."""

    slips: tuple[str, ...] = ()
    stuck: str = ""


type Walking = Callable[[Definition, Scenario], Walk]

_ways: list[Walking] = []


def register(walking: Walking) -> None:
    """Called once, by the `walking` module of the part that knows the lifecycle."""
    _ways[:] = [walking]


def walk(definition: Definition, scenario: Scenario) -> Walk:
    """A case carried along the scenario's route by the moves of the lifecycle. RuntimeError where no part knows it."""
    if not _ways:
        raise RuntimeError("no installed app has said how a case goes through a process")
    return _ways[0](definition, scenario)
