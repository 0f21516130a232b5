from collections.abc import Mapping
from typing import Any
from uuid import UUID

from authlib.oauth2.rfc6749 import OAuth2Payload, OAuth2Request
from django.http import QueryDict

from camaug.kernel.pages import Request
from camaug.signon.presence import Presence

TLS = "https://"
"""Authlib refuses what does not begin so. Whether a request came by TLS is for the door to see to."""


class Parameters(OAuth2Payload):  # type: ignore[misc]
    """What a request asks: of a form what stands in it, of a link what stands in its query; never both."""

    def __init__(self, given: QueryDict) -> None:
        self._given = given

    @property
    def data(self) -> Mapping[str, str]:
        return {name: str(values[-1]) for name, values in self._given.lists() if values}

    @property
    def datalist(self) -> Any:
        return dict(self._given.lists())


class SystemRequest(OAuth2Request):  # type: ignore[misc]
    """A request of the protocol; `who` is present and `session` marks his sign-ons, where a person is there."""

    who: Presence
    session: UUID

    def __init__(self, request: Request, given: QueryDict) -> None:
        super().__init__(str(request.method), TLS + request.get_host() + request.path, headers=request.headers)
        self.at, self.actor = request.at, request.actor
        self.payload = Parameters(given)
        self._args, self._form = request.GET, request.POST

    @property
    def args(self) -> Any:
        return self._args

    @property
    def form(self) -> Any:
        return self._form
