"""Who an account is, as the rest of the system sees him, and by which tokens programs act for him."""

from camaug.access.queries.accounts import (
    Reach,
    account_facts,
    account_of,
    accounts_of_officers,
    actor_of,
    actor_of_account,
    actor_of_officer,
    is_activated,
    nobody,
    reach,
)
from camaug.access.queries.tokens import Opened, TokenView, caller_by_secret, client_tokens, tokens_of

__all__ = [
    "Opened",
    "Reach",
    "TokenView",
    "account_facts",
    "account_of",
    "accounts_of_officers",
    "actor_of",
    "actor_of_account",
    "actor_of_officer",
    "caller_by_secret",
    "client_tokens",
    "is_activated",
    "nobody",
    "reach",
    "tokens_of",
]
