from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.access.actions.choose_password import take_password
from camaug.access.actions.reopen_account import let_in_again
from camaug.access.actions.revoke_all import revoke_all
from camaug.access.events import OfficerActivated
from camaug.access.models import Account
from camaug.access.queries import actor_of, may_be_let_in
from camaug.access.queries.invitations import behind
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError
from camaug.kernel.events import record


class InvitationOver(DomainError):
    """Used, expired, withdrawn, never written, or of an officer who holds no post any more."""

    sentence = _("This link opens nothing any more: it was used, has expired or was withdrawn. Ask for a new one.")


def accept_invitation(token: str, *, password: str, by: Actor, at: datetime) -> Account:
    """Give the invited account the password with which its officer signs in from now on; the link has done its work.

    Raises InvitationOver, PasswordWeak, PasswordBreached, PasswordGuessable, PasswordHadBefore.
    """
    with transaction.atomic():
        found = behind(token, at=at).first()
        if found is None:
            raise InvitationOver
        # The account first, as everybody does who writes or withdraws invitations.
        account = Account.objects.select_for_update(of=("self",)).get(pk=found.account_id)
        invitation = behind(token, at=at).select_for_update(of=("self",)).first()
        if invitation is None or not may_be_let_in(account) or not actor_of(account, at=at, origin="").posts:
            raise InvitationOver
        invitation.used_at = at
        invitation.save(update_fields=["used_at"])
        take_password(password, account, by=by, at=at)
        if not account.is_active:
            let_in_again(account, by=by, at=at)
        record(OfficerActivated(subject=account.id), by=by, at=at)
        revoke_all(account.id, by=by, at=at)
    return account
