"""Which systems there are and who may enter them, what a code or token opens, what a system is told of somebody."""

from camaug.signon.queries.callers import caller_by_access_token
from camaug.signon.queries.claims import claims
from camaug.signon.queries.consents import KnownBy, has_agreed, known_by
from camaug.signon.queries.idle import left_alone
from camaug.signon.queries.lost import lost
from camaug.signon.queries.opening import Inquiry, Live, Opened, inquiry, opened_by
from camaug.signon.queries.own_tokens import OwnOpened, own_opened_by, own_token_by_secret
from camaug.signon.queries.systems import (
    SecretView,
    SystemView,
    Tile,
    enterable,
    has_secret,
    open_system,
    secrets_of,
    system,
    systems,
)
from camaug.signon.queries.tokens import (
    authorization_by_code,
    holds,
    is_sign_on_of,
    may_still_enter,
    refresh_token_by_secret,
    token_by_secret,
)

__all__ = [
    "Inquiry",
    "KnownBy",
    "Live",
    "Opened",
    "OwnOpened",
    "SecretView",
    "SystemView",
    "Tile",
    "authorization_by_code",
    "caller_by_access_token",
    "claims",
    "enterable",
    "has_agreed",
    "has_secret",
    "holds",
    "inquiry",
    "is_sign_on_of",
    "known_by",
    "left_alone",
    "lost",
    "may_still_enter",
    "open_system",
    "opened_by",
    "own_opened_by",
    "own_token_by_secret",
    "refresh_token_by_secret",
    "secrets_of",
    "system",
    "systems",
    "token_by_secret",
]
