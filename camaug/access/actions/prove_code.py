import hmac
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.access.codes import TRIES, digest_of
from camaug.access.contacts import known_contact
from camaug.access.events import AccountOpened
from camaug.access.models import Account, AccountKind, SignInCode
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError
from camaug.kernel.events import record


class CodeWrong(DomainError):
    """The digits are not those that were sent."""

    sentence = _("The code is not right. Check the digits and try again.")


class CodeSpent(DomainError):
    """The code has expired, was used, or was tried too often."""

    sentence = _("This code is no longer valid. Ask for a new one.")


class AccountIsClosed(DomainError):
    """The account was closed; told only to one who has proved the contact."""

    sentence = _("This account is closed. Ask at a one-stop unit.")


def prove_code(code_id: UUID, *, digits: str, by: Actor, at: datetime) -> Account:
    """Give the account of the contact that the code was sent to; a contact without one gets one now.

    A code works once, for ten minutes and five tries; a wrong try is counted even though it is refused. Raises
    CodeWrong, CodeSpent, AccountIsClosed.
    """
    with transaction.atomic():
        refused, contact = _try(code_id, digits, at)
        account = None if refused else _account_of(contact, by, at)
    if refused:
        raise refused
    if account is None:
        raise CodeWrong
    if not account.is_active:
        raise AccountIsClosed
    return account


def _try(code_id: UUID, digits: str, at: datetime) -> tuple[DomainError | None, str]:
    code = SignInCode.objects.select_for_update().filter(id=code_id).first()
    if code is None or code.used_at or code.expires_at <= at or code.tries >= TRIES:
        return CodeSpent(), ""
    code.tries += 1
    right = hmac.compare_digest(code.digest, digest_of(code.id, digits))
    if right:
        code.used_at = at
    code.save(update_fields=["tries", "used_at"])
    if right:
        return None, code.contact
    return (CodeSpent() if code.tries >= TRIES else CodeWrong()), ""


def _account_of(contact: str, by: Actor, at: datetime) -> Account | None:
    """The citizen's account; None where the mailbox is an officer's, who was sent no code."""
    reached = known_contact(contact)
    account, new = Account.objects.get_or_create(
        **{reached.channel.value: contact},
        defaults={"kind": AccountKind.CITIZEN, "password": "!", "created_at": at},
    )
    if new:
        record(AccountOpened(subject=account.id, channel=reached.channel.value), by=by, at=at)
    return account if account.kind == AccountKind.CITIZEN else None
