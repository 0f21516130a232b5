from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from camaug.access.actions.count_attempt import Limit, count_attempt
from camaug.access.codes import LIFETIME, deliver, digest_of, fresh_code
from camaug.access.contacts import Contact
from camaug.access.models import IN_OFFICE, Account, SignInCode, Throttle
from camaug.kernel.actors import Actor
from camaug.kernel.ids import uuid7

SHORT = Limit("code-short", of_one=5, of_network=60, window=timedelta(minutes=10))
DAILY = Limit("code-daily", of_one=20, of_network=1000, window=timedelta(days=1))
KEPT = timedelta(days=1)


def request_code(contact: Contact, *, by: Actor, at: datetime) -> UUID:
    """Send a one-time code to the contact and return the id under which it can be proved.

    The answer is the same whether or not the contact has an account. An officer's mailbox gets, instead of a code, a
    note on where officers sign in. Raises TooManyAttempts, ChannelClosed.
    """
    count_attempt(SHORT, of=contact.value, by=by, at=at)
    count_attempt(DAILY, of=contact.value, by=by, at=at)
    code_id, digits = uuid7(), fresh_code()
    with transaction.atomic():
        forget_stale(at=at)
        SignInCode.objects.create(
            id=code_id,
            contact=contact.value,
            digest=digest_of(code_id, digits),
            sent_at=at,
            expires_at=at + LIFETIME,
        )
        deliver(contact, _text(contact, digits), at=at)
    return code_id


def _text(contact: Contact, digits: str) -> str:
    if Account.objects.filter(kind__in=IN_OFFICE, **{contact.channel.value: contact.value}).exists():
        return _("Officers sign in with official mail address and password, on the officers' page.")
    minutes = round(LIFETIME.total_seconds() / 60)
    return _("{digits} is your CaMau-G code, valid for {minutes} minutes. Tell it to nobody.").format(
        digits=digits, minutes=minutes
    )


def forget_stale(*, at: datetime) -> None:
    """Contacts and counts are kept no longer than they are needed."""
    SignInCode.objects.stale(before=at - KEPT).delete()
    locked = Throttle.objects.select_for_update(skip_locked=True).filter(until__lt=at).values("key")
    Throttle.objects.filter(key__in=locked).delete()
