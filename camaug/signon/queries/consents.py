from collections.abc import Collection
from uuid import UUID

from camaug.signon.models import Consent


def has_agreed(account_id: UUID, system_id: UUID, scopes: Collection[str]) -> bool:
    """Whether the account has allowed the system all of these."""
    given = Consent.objects.filter(account_id=account_id, system_id=system_id).values_list("scopes", flat=True).first()
    return given is not None and set(scopes) <= set(given)
