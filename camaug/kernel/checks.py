"""Checks of a token, which other systems ask for at each message and each page of theirs: answered before a request is
made of what was asked.

Settings name them by address (`CHECKS`). A check answers what is usual; what is not goes on to the view at that
address, which answers everything, and alike.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder

as_json = DjangoJSONEncoder().encode
"""Text as `JsonResponse` writes it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a program asks without cookie and query; `form`: what it sent, each name once; `origin`: where it sits."""

    method: str
    authorization: str
    form: Mapping[str, str]
    origin: str
    at: datetime

    @property
    def bearer(self) -> str:
        """The token in the header; "" where there is none."""
        scheme, _blank, secret = self.authorization.partition(" ")
        return secret.strip() if scheme.lower() == "bearer" else ""


@dataclass(frozen=True, slots=True)
class Checked:
    """An answer of status 200 in JSON, and the headers that are its own."""

    body: bytes
    headers: Mapping[str, str]


type Check = Callable[[Asked], Checked | None]
"""None: the view shall answer. What it raises is answered by the view too."""
