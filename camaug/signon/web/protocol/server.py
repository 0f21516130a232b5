from datetime import datetime
from typing import Any

from authlib.oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import InvalidGrantError
from django.http import HttpResponse, JsonResponse

from camaug.kernel.pages import Request
from camaug.signon.actions.exchange import Spent, exchange_refresh_token, redeem_code
from camaug.signon.codes import fresh
from camaug.signon.lifetimes import ACCESS
from camaug.signon.queries import open_system
from camaug.signon.web.protocol.clients import Client
from camaug.signon.web.protocol.endpoints import Introspection, Revocation
from camaug.signon.web.protocol.grants import CodeGrant, OpenId, OwnGrant, Proof, RefreshGrant
from camaug.signon.web.protocol.requests import SystemRequest


class Server(AuthorizationServer):  # type: ignore[misc]
    """Authlib's server over our rows, at one instant."""

    def __init__(self, at: datetime) -> None:
        super().__init__()
        self.at = at
        self.register_token_generator("default", _tokens)
        self.register_grant(CodeGrant, [Proof(), OpenId()])
        self.register_grant(RefreshGrant, [OpenId()])
        self.register_grant(OwnGrant)
        self.register_endpoint(Introspection)
        self.register_endpoint(Revocation)

    def query_client(self, client_id: str) -> Client | None:
        """The open system of that name."""
        system = None if "\0" in client_id else open_system(client_id)
        return Client(system, at=self.at) if system else None

    def save_token(self, token: dict[str, Any], request: SystemRequest) -> None:
        """Keep the digests, and mark what they were given for as used, in one transaction."""
        try:
            if request.refresh_token:
                exchange_refresh_token(request.refresh_token.token, token, by=request.actor, at=request.at)
            else:
                redeem_code(request.authorization_code.authorization, token, by=request.actor, at=request.at)
        except Spent as twice:
            raise InvalidGrantError("It was used before.") from twice

    def create_oauth2_request(self, request: Request | SystemRequest) -> SystemRequest:
        """Ours as Authlib's: a form, unless it says otherwise."""
        return request if isinstance(request, SystemRequest) else SystemRequest(request, request.POST)

    def handle_response(self, status: int, body: Any, headers: Any) -> HttpResponse:
        """Authlib's as Django's; nothing of it is kept by anybody."""
        response = JsonResponse(body, status=status) if isinstance(body, dict) else HttpResponse(body, status=status)
        for name, value in headers:
            response[name] = value
        response["Cache-Control"] = "no-store"
        return response

    def send_signal(self, name: str, *args: Any, **kwargs: Any) -> None:
        """Nobody listens."""


def _tokens(**asked: Any) -> dict[str, Any]:
    return {
        "token_type": "Bearer",
        "access_token": fresh(),
        "expires_in": int(ACCESS.total_seconds()),
        "scope": asked["scope"],
        "refresh_token": fresh(),
    }
