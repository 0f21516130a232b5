"""What people are told repeats what an office wrote: it lies closed for the account that reads it."""

import pytest
from django.db import connection

from camaug.access.belongings import Change
from camaug.access.models import Account, AccountKind
from camaug.kernel.actors import SYSTEM
from camaug.kernel.encryption import NotDecrypted
from camaug.notify.actions.change_owner import change_owner
from camaug.notify.actions.deliver_due import deliver_due
from camaug.notify.actions.tell import Recipient
from camaug.notify.channels.counterpart import LocalGateway
from camaug.notify.models import WORDS, Message
from camaug.notify.queries import messages_of
from tests.integration.notify.conftest import CODE, NOW, PHONE, tell_submitted


def lying() -> list[str]:
    """What somebody with the database's password alone reads."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT title, body, sms FROM notify_message")
        return [text for row in cursor.fetchall() for text in row]


@pytest.fixture
def other(db: None) -> Account:
    return Account.objects.create(
        kind=AccountKind.CITIZEN, phone="+84918000999", password="!", created_at=NOW, language="vi"
    )


def change(account: Account, into: Account) -> Change:
    return Change(account_id=account.pk, into_account_id=into.pk, person_id=None, into_person_id=None, whole=True)


def test_nothing_of_a_message_is_in_the_database_and_its_reader_sees_all(lan: Account) -> None:
    message = tell_submitted(Recipient(lan.pk))
    assert all(text.startswith("e1:") for text in lying())
    assert CODE in message.body
    (shown,) = messages_of(lan.pk).rows
    assert (shown.title, shown.body) == (message.title, message.body)


def test_it_leaves_as_it_was_said(lan: Account, gateway: LocalGateway) -> None:
    sms = tell_submitted(Recipient(lan.pk)).sms
    deliver_due(by=SYSTEM, at=NOW)
    assert [sent["text"] for sent in gateway.taken.values()] == [sms]


def test_one_without_an_account_is_closed_too(texts: None) -> None:
    message = tell_submitted(Recipient(phone=PHONE))
    assert all(text.startswith("e1:") for text in lying())
    assert CODE in message.sms


def test_put_into_another_account_it_does_not_open(lan: Account, other: Account) -> None:
    tell_submitted(Recipient(lan.pk))
    Message.objects.update(account=other)
    for column in WORDS:
        with pytest.raises(NotDecrypted):
            getattr(Message.objects.get(), column)


def test_it_goes_along_when_two_accounts_become_one(lan: Account, other: Account) -> None:
    before = tell_submitted(Recipient(lan.pk))
    change_owner(change(lan, other), by=SYSTEM, at=NOW)
    after = Message.objects.get()
    assert after.account_id == other.pk
    assert [getattr(after, column) for column in WORDS] == [getattr(before, column) for column in WORDS]
    assert all(text.startswith("e1:") for text in lying())


def test_one_that_does_not_open_stops_nobody_from_joining(lan: Account, other: Account) -> None:
    tell_submitted(Recipient(lan.pk))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE notify_message SET body = 'e1:gone:AAAA'")
    change_owner(change(lan, other), by=SYSTEM, at=NOW)
    after = Message.objects.get()
    assert (after.account_id, "e1:gone:AAAA" in lying()) == (other.pk, True)
    assert after.title
