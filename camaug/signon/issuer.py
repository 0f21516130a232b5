"""The name of this provider, and the addresses that it tells (OpenID Connect Discovery, RFC 8414)."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from camaug.access.authentication import LEVELS
from camaug.signon.keys import ALGORITHMS
from camaug.signon.models import Authentication
from camaug.signon.scopes import OWN_SCOPES, SCOPES, claims_of

PROMPTS = ("none", "login", "consent", "select_account", "create")


def issuer() -> str:
    """The portal's address; the same in every token, whatever name a request came by."""
    return str(settings.PUBLIC_URL)


def metadata() -> dict[str, Any]:
    """What systems read before they do anything else."""
    authentications = [one.value for one in Authentication]
    return {
        "issuer": issuer(),
        "authorization_endpoint": _address("authorize"),
        "token_endpoint": _address("token"),
        "userinfo_endpoint": _address("userinfo"),
        "jwks_uri": _address("keys"),
        "revocation_endpoint": _address("revoke"),
        "introspection_endpoint": _address("introspect"),
        "end_session_endpoint": _address("logout"),
        "scopes_supported": [*SCOPES, *OWN_SCOPES],
        "claims_supported": sorted(claims_of(list(SCOPES)) | {"iss", "aud", "exp", "iat", "auth_time", "acr", "amr"}),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": list(ALGORITHMS),
        "token_endpoint_auth_methods_supported": authentications,
        "revocation_endpoint_auth_methods_supported": authentications,
        "introspection_endpoint_auth_methods_supported": authentications[:2],
        "code_challenge_methods_supported": ["S256"],
        "acr_values_supported": [level.name for level in LEVELS],
        "prompt_values_supported": list(PROMPTS),
        "ui_locales_supported": ["vi", "en"],
        "display_values_supported": ["page"],
        "claim_types_supported": ["normal"],
        "claims_parameter_supported": False,
        "request_parameter_supported": False,
        "request_uri_parameter_supported": False,
        "authorization_response_iss_parameter_supported": True,
        "backchannel_logout_supported": True,
        "backchannel_logout_session_supported": True,
    }


def _address(page: str) -> str:
    return issuer() + reverse(f"signon:{page}")
