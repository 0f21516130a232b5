from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.access.actions.invite import withdraw_open
from camaug.access.models import Invitation, InvitationRound
from camaug.access.policy import ADMINISTER
from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound


def withdraw_invitation(account_id: UUID, *, by: Actor, at: datetime) -> None:
    """The account's open link opens nothing any more. NotFound where it has none."""
    ADMINISTER.check(by, None)
    with transaction.atomic():
        if not withdraw_open([account_id], by=by, at=at):
            raise NotFound


def withdraw_round(round_id: UUID, *, by: Actor, at: datetime) -> int:
    """No unused link of the round opens anything any more, and nobody else is written to. How many links there were."""
    ADMINISTER.check(by, None)
    with transaction.atomic():
        asked = InvitationRound.objects.select_for_update().filter(pk=round_id).first()
        if asked is None:
            raise NotFound
        if asked.finished_at is None:
            asked.finished_at = at
            asked.save(update_fields=["finished_at"])
        own = Invitation.objects.open().filter(round=asked).values_list("account_id", flat=True)
        return withdraw_open(list(own), by=by, at=at)
