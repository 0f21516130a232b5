from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.access.events import TokenRevoked
from camaug.access.models import ApiToken
from camaug.access.policy import ADMINISTER
from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound
from camaug.kernel.events import record


def revoke_token(token_id: UUID, *, by: Actor, at: datetime) -> ApiToken:
    """From now on the token opens nothing. One's own, or as an administrator a client system's; else NotFound."""
    with transaction.atomic():
        token = ApiToken.objects.select_for_update().filter(pk=token_id).first()
        if token is None or not _may(token, by):
            raise NotFound
        return end_token(token.id, by=by, at=at)


def end_token(token_id: UUID, *, by: Actor, at: datetime) -> ApiToken:
    """The same for a caller that knows by a rule of its own that the actor may, as a head who reviews access does."""
    with transaction.atomic():
        token = ApiToken.objects.select_for_update().filter(pk=token_id).first()
        if token is None:
            raise NotFound
        if token.revoked_at is None:
            token.revoked_at = at
            token.save(update_fields=["revoked_at"])
            record(TokenRevoked(subject=token.id, prefix=token.prefix), by=by, at=at)
        return token


def _may(token: ApiToken, by: Actor) -> bool:
    if token.account_id is None:
        return ADMINISTER.allows(by, None)
    return token.account_id == by.account_id
