"""Who an account is, as the rest of the system sees him, and by which tokens programs act for him."""

from camaug.access.queries.accounts import (
    Reach,
    account_facts,
    account_of,
    accounts_of_officers,
    active_administrators,
    actor_of,
    actor_of_account,
    actor_of_officer,
    is_activated,
    is_password_due,
    nobody,
    officer_account,
    open_account,
    reach,
)
from camaug.access.queries.factors import (
    DemoCode,
    Factors,
    FactorView,
    credentials_of,
    demo_code,
    factors_of,
    has_factor,
)
from camaug.access.queries.invitations import Invited, invited_by
from camaug.access.queries.sessions import SessionView, sessions_of
from camaug.access.queries.tokens import Opened, TokenView, caller_by_secret, client_tokens, tokens_of

__all__ = [
    "DemoCode",
    "FactorView",
    "Factors",
    "Invited",
    "Opened",
    "Reach",
    "SessionView",
    "TokenView",
    "account_facts",
    "account_of",
    "accounts_of_officers",
    "active_administrators",
    "actor_of",
    "actor_of_account",
    "actor_of_officer",
    "caller_by_secret",
    "client_tokens",
    "credentials_of",
    "demo_code",
    "factors_of",
    "has_factor",
    "invited_by",
    "is_activated",
    "is_password_due",
    "nobody",
    "officer_account",
    "open_account",
    "reach",
    "sessions_of",
    "tokens_of",
]
