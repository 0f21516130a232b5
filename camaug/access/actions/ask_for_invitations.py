from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.access.events import InvitationsAsked
from camaug.access.models import InvitationRound
from camaug.access.policy import ADMINISTER
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError
from camaug.kernel.events import record

MOST = 20_000
_LONGEST = 254


class NobodyMeant(DomainError):
    """Neither an agency nor an address."""

    sentence = _("Name an agency, or give at least one official address.")


class TooManyAddresses(DomainError):
    """More than any province has officers."""

    sentence = _("At most {most} addresses at once.")


def ask_for_invitations(
    round_id: UUID, *, agency_id: UUID | None, addresses: Sequence[str], again: bool, by: Actor, at: datetime
) -> InvitationRound:
    """Have the officers of an agency and all below it, or those with these addresses, invited by the worker.

    Said again with the same id, as by a second click, it is the same round. Raises NobodyMeant, TooManyAddresses.
    """
    ADMINISTER.check(by, None)
    wanted = sorted({one.strip().lower() for one in addresses if one.strip()})
    if agency_id is None and not wanted:
        raise NobodyMeant
    if len(wanted) > MOST:
        raise TooManyAddresses(most=MOST)
    long = [one for one in wanted if len(one) > _LONGEST]
    with transaction.atomic():
        asked, new = InvitationRound.objects.get_or_create(
            id=round_id,
            defaults={
                "agency_id": agency_id,
                "addresses": [one for one in wanted if len(one) <= _LONGEST],
                "unknown": [one[:_LONGEST] for one in long],
                "again": again,
                "account_id": by.account_id,
                "actor_name": by.name,
                "origin": by.origin,
                "asked_at": at,
            },
        )
        if new:
            told = InvitationsAsked(subject=asked.id, agency_id=agency_id, addresses=len(asked.addresses))
            record(told, by=by, at=at)
    return asked
