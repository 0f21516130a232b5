from contextlib import suppress
from datetime import datetime, timedelta
from secrets import token_urlsafe
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from camaug.access.actions.count_attempt import Limit, count_attempt
from camaug.access.codes import ChannelClosed, deliver, digest_of, fresh_code, is_a_code
from camaug.access.contacts import Channel, Contact
from camaug.access.queries import account_of, known_contacts, reach
from camaug.behalf.actions.confirm_mandate import CODE_LIVES, CodeNotRight, confirm_by_code, keep_code
from camaug.behalf.queries import waiting_number
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.text import fold
from camaug.people.queries import PersonView, person, person_by_number

ASKED = Limit("mandate-code", of_one=3, of_network=30, window=timedelta(hours=1))
TRIED = Limit("mandate-try", of_one=10, of_network=60, window=timedelta(hours=1))


def ask_mandate_code(mandate_id: UUID, *, until: datetime, by: Actor, at: datetime) -> None:
    """Send the person whom the helper named a code, by which he confirms if he reads it to the helper.

    It goes to the person's own phone or mailbox, never to one that is the helper's too. What happens looks the same
    where nothing can be sent: nobody learns here who is known. TooManyAttempts.
    """
    number, name = waiting_number(mandate_id, by, at=at)
    count_attempt(ASKED, of=number, by=by, at=at)
    who = person_by_number(number)
    contact = _own_contact(who, by) if who and fold(who.full_name) == fold(name) else None
    digits = fresh_code()
    kept = digits if contact else token_urlsafe()
    with transaction.atomic():
        keep_code(mandate_id, digest_of(mandate_id, kept), by=by, at=at)
        if contact:
            with suppress(ChannelClosed):
                deliver(contact, _text(digits, until, by), at=at)


def prove_mandate_code(mandate_id: UUID, *, digits: str, by: Actor, at: datetime) -> None:
    """The helper types the code that the person has read to him: the mandate holds from now on.

    TooManyAttempts, CodeNotRight, NoLongerWaiting.
    """
    count_attempt(TRIED, of=str(mandate_id), by=by, at=at)
    if not is_a_code(digits):
        raise CodeNotRight
    confirm_by_code(mandate_id, digest_of(mandate_id, digits), by=by, at=at)


def _text(digits: str, until: datetime, by: Actor) -> str:
    minutes = round(CODE_LIVES.total_seconds() / 60)
    last = (until - timedelta(seconds=1)).astimezone(LOCAL)
    return _(
        "{helper} asks to do procedures for you on CaMau-G until {day}. If you agree, read this code to {helper}: "
        "{digits} (valid for {minutes} minutes). If not, tell it to nobody."
    ).format(helper=by.name, day=f"{last:%d/%m/%Y}", digits=digits, minutes=minutes)


def _own_contact(who: PersonView, by: Actor) -> Contact | None:
    """The person's phone or mailbox, from the account or else from the register, that the helper does not share.

    What somebody wrote there who only says to be that person is not the person's.
    """
    own = _of_account(who) or _contacts(*known_contacts(who))
    shared = _of_helper(by)
    return next((one for one in sorted(own, key=_first_the_phone) if one not in shared), None)


def _of_helper(by: Actor) -> set[Contact]:
    """Every way to the helper, also what he only says himself."""
    helper, account = person(by.person_id) if by.person_id else None, reach(by.account_id) if by.account_id else None
    return (_contacts(account.phone, account.email) if account else set()) | (
        _contacts(helper.phone, helper.email) if helper else set()
    )


def _of_account(who: PersonView) -> set[Contact]:
    account = account_of(who.id)
    known = reach(account) if account else None
    return _contacts(known.phone, known.email) if known else set()


def _contacts(phone: str, email: str) -> set[Contact]:
    return {Contact(way, told) for way, told in ((Channel.PHONE, phone), (Channel.EMAIL, email.lower())) if told}


def _first_the_phone(contact: Contact) -> bool:
    return contact.channel != Channel.PHONE
