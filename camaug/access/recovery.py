"""Recovery codes: how they look and what is kept of them."""

import hmac
import secrets
from hashlib import sha256
from uuid import UUID

from django.conf import settings

HOW_MANY = 10
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_LENGTH = 10


def fresh_recovery_code() -> str:
    """Ten letters and digits that are not mistaken for each other, in two groups: about 50 random bits."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    return f"{letters[:5]}-{letters[5:]}"


def digest_of(account_id: UUID, code: str) -> str:
    """What is kept of a code; blanks, hyphens and small letters make no difference."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return hmac.new(settings.SECRET_KEY.encode(), f"recovery:{account_id}:{plain}".encode(), sha256).hexdigest()
