from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.access.events import InvitationWithdrawn, OfficerInvited
from camaug.access.models import IN_OFFICE, Account, Invitation
from camaug.access.policy import ADMINISTER
from camaug.access.queries import actor_of, may_be_let_in
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record_all


class NotToInvite(DomainError):
    """The account was closed by somebody, or its officer holds no post today: a password would open nothing."""

    sentence = _("This officer cannot be invited: the account is closed, or the officer holds no position today.")


def invite(account_id: UUID, *, by_mail: bool, until: datetime, by: Actor, at: datetime) -> Invitation:
    """Let an officer choose his password by a link, in the place of an earlier one. Raises NotFound, NotToInvite."""
    ADMINISTER.check(by, None)
    with transaction.atomic():
        officers = Account.objects.select_for_update(of=("self",)).filter(kind__in=IN_OFFICE)
        account = officers.filter(pk=account_id).first()
        if account is None:
            raise NotFound
        if not may_be_let_in(account) or not actor_of(account, at=at, origin="").posts:
            raise NotToInvite
        return write_invitations([account_id], by_mail=by_mail, until=until, by=by, at=at)[0]


def write_invitations(
    account_ids: Collection[UUID],
    *,
    by_mail: bool,
    until: datetime,
    by: Actor,
    at: datetime,
    round_id: UUID | None = None,
) -> list[Invitation]:
    """The same for many, inside the caller's transaction, which holds the accounts and knows that they may have one."""
    withdraw_open(account_ids, by=by, at=at)
    written = Invitation.objects.bulk_create(
        Invitation(account_id=one, round_id=round_id, by_mail=by_mail, written_at=at, expires_at=until)
        for one in account_ids
    )
    told = [OfficerInvited(subject=one.account_id, invitation_id=one.id, by_mail=by_mail) for one in written]
    record_all(told, by=by, at=at)
    return written


def withdraw_open(account_ids: Collection[UUID], *, by: Actor, at: datetime) -> int:
    """No open link of these accounts opens anything any more; how many there were. Inside the caller's transaction."""
    found = list(Invitation.objects.open().select_for_update().filter(account_id__in=account_ids))
    Invitation.objects.filter(pk__in=[one.pk for one in found]).update(withdrawn_at=at)
    gone = [InvitationWithdrawn(subject=one.account_id, invitation_id=one.id) for one in found if one.expires_at > at]
    record_all(gone, by=by, at=at)
    return len(found)
