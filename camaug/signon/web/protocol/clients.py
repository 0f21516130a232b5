from datetime import datetime

from authlib.oauth2.rfc6749 import ClientMixin

from camaug.signon.addresses import is_one_of
from camaug.signon.models import Authentication, System
from camaug.signon.queries import has_secret
from camaug.signon.scopes import OWN_SCOPES, known


class Client(ClientMixin):  # type: ignore[misc]
    """A system as Authlib asks about it."""

    def __init__(self, system: System, *, at: datetime) -> None:
        self.system, self.at = system, at

    @property
    def is_native(self) -> bool:
        """Whether it is an app on people's devices, which can keep no secret."""
        return self.system.authentication == Authentication.NONE

    def get_client_id(self) -> str:
        return self.system.client_id

    def get_default_redirect_uri(self) -> str | None:
        """None: OpenID Connect demands that the address is said."""
        return None

    def get_allowed_scope(self, scope: str | None) -> str | None:
        """What of it the system may ask; what is not known is ignored (Core 3.1.2.1)."""
        wanted = (scope or "").split()
        return " ".join(one for one in known(self.system.scopes) if one in wanted) or None

    def own_scopes(self, scope: str) -> list[str]:
        """What of it the system may ask for itself; with nothing said, all that it may (RFC 6749 3.3)."""
        may = [one for one in OWN_SCOPES if one in self.system.scopes]
        return [one for one in may if one in scope.split()] if scope else may

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return is_one_of(redirect_uri, self.system.redirect_uris, native=self.is_native)

    def check_client_secret(self, client_secret: str) -> bool:
        return has_secret(self.system.id, client_secret, at=self.at)

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:  # noqa: ARG002 (Authlib's shape)
        return method == self.system.authentication

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        """For itself only a system asks that may be told something, and that shows a secret."""
        if grant_type == "client_credentials":
            return not self.is_native and bool(self.own_scopes(""))
        return grant_type in {"authorization_code", "refresh_token"}
