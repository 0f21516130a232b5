"""What a national portal does for us, whoever runs it (QCVN 120:2019/BTTTT)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of one of the portal's lists."""

    code: str
    name: str


class NationalPortal(Protocol):
    """Answers calls of its services. The same call again changes nothing there. Each method raises NotTaken."""

    def call(self, service: str, data: Mapping[str, Any] | None = None, *, updating: bool = False) -> Any:
        """The answer's `result`."""
        ...

    def agencies(self) -> tuple[Listed, ...]:
        """The agencies of the whole country as the portal lists them."""
        ...

    def fields(self) -> tuple[Listed, ...]:
        """The fields of work under which the portal keeps procedures."""
        ...

    def case(self, code: str) -> Mapping[str, Any] | None:
        """What the portal knows of the case, by the names that it was told it by; None where it knows none."""
        ...
