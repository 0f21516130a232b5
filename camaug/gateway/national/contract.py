"""What a national portal does for us, whoever runs it (QCVN 120:2019/BTTTT)."""

from collections.abc import Mapping
from typing import Any, Protocol


class NationalPortal(Protocol):
    """Answers calls of its services. The same call again changes nothing there."""

    def call(self, service: str, data: Mapping[str, Any] | None = None, *, updating: bool = False) -> Any:
        """The answer's `result`; raises NotTaken."""
        ...
