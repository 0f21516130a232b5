"""Which benches there are. A bench is a module with `SIZE` and `run(size)`, which returns what it found."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any


class Unknown(Exception):
    """There is no bench of that name."""


@dataclass(frozen=True, slots=True)
class Bench:
    """A bench: `size` is the number of cases where none is said."""

    name: str
    size: int
    run: Callable[[int], dict[str, Any]]


NAMES = ("submit", "inbox", "search", "case", "api")


def bench(name: str) -> Bench:
    """The bench of that name; Unknown."""
    if name not in NAMES:
        raise Unknown(f"There is no bench “{name}”; there are {', '.join(NAMES)} and all.")
    module = import_module(f"camaug.runtime.bench.{name}")
    return Bench(name, module.SIZE, module.run)


def found(name: str, size: int | None) -> dict[str, Any]:
    """What the bench finds, its name first."""
    one = bench(name)
    return {"bench": name, **one.run(size or one.size)}
