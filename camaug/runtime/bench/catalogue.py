"""Which benches there are, and what their figures may not miss. A bench is a module with `SIZES` and `run(size)`."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from operator import ge, le
from typing import Any


class Unknown(Exception):
    """There is no bench of that name."""


@dataclass(frozen=True, slots=True)
class Floor:
    """What one figure may not miss."""

    figure: str
    sign: str
    bound: float

    def holds(self, figures: dict[str, Any]) -> bool:
        """Whether the figure was found, and is good enough."""
        found = figures.get(self.figure)
        return found is not None and _SIGNS[self.sign](found, self.bound)


@dataclass(frozen=True, slots=True)
class Bench:
    """A bench: the first of `sizes` is the number of cases where none is said; among all benches it runs at each."""

    name: str
    sizes: tuple[int, ...]
    run: Callable[[int], dict[str, Any]]


_SIGNS: dict[str, Callable[[float, float], bool]] = {">=": ge, "<=": le}
_NO_ERRORS = Floor("errors", "<=", 0)
_AS_FAST_AT_MILLIONS = (Floor("ratio", "<=", 1.3), _NO_ERRORS)
FLOORS: dict[str, tuple[Floor, ...]] = {
    "submit": (Floor("ratio", ">=", 0.15), Floor("times_the_readable", ">=", 1.8), _NO_ERRORS),
    "inbox": _AS_FAST_AT_MILLIONS,
    "search": _AS_FAST_AT_MILLIONS,
    "case": _AS_FAST_AT_MILLIONS,
    # a tenth of what the best-known case register on Django needs on such a machine
    "api": (
        Floor("register_ms", "<=", 5.0),
        Floor("status_ms", "<=", 13.1),
        Floor("read_ms", "<=", 4.3),
        Floor("list_ms", "<=", 11.8),
        _NO_ERRORS,
    ),
    "signin": (Floor("ratio", "<=", 1.3), Floor("check_cpu_ms", "<=", 1.0), _NO_ERRORS),
    "pages": (Floor("ratio", "<=", 1),),
    "start": (Floor("ratio", "<=", 1),),
}
NAMES = tuple(FLOORS)


def bench(name: str) -> Bench:
    """The bench of that name; Unknown."""
    if name not in NAMES:
        raise Unknown(f"There is no bench “{name}”; there are {', '.join(NAMES)} and all.")
    module = import_module(f"camaug.runtime.bench.{name}")
    return Bench(name, module.SIZES, module.run)


def asked(names: Iterable[str], size: int | None) -> Iterator[tuple[str, int | None]]:
    """What is run for these names: each at the size that is said, otherwise at each of its own."""
    for name in names:
        sizes = bench(name).sizes if size is None and name in NAMES else (size,)
        yield from ((name, one) for one in sizes)


def found(name: str, size: int | None) -> dict[str, Any]:
    """What the bench finds: its name first, then what its figures may not miss and whether they hold."""
    one = bench(name)
    return judged(name, one.run(size or one.sizes[0]))


def judged(name: str, figures: dict[str, Any]) -> dict[str, Any]:
    """The figures with their floor."""
    floors = FLOORS[name]
    said = {floor.figure: f"{floor.sign} {floor.bound}" for floor in floors}
    return {"bench": name, "floor": said, "holds": all(floor.holds(figures) for floor in floors), **figures}
