import re

import pytest
from django.test import Client

from camaug.access.actions.open_citizen_account import open_citizen_account
from camaug.access.contacts import parse_contact
from camaug.access.models import Account
from camaug.kernel.actors import SYSTEM
from camaug.notify.actions.deliver_due import deliver_due
from camaug.notify.actions.tell import Recipient
from camaug.notify.models import Message, Preference, TrayMessage
from camaug.notify.queries import messages_of, unread_count
from camaug.people.actions.register_person import register_person
from tests.integration.notify.conftest import CODE, NOW, PHONE, tell_submitted
from tests.sessions import enter

pytestmark = pytest.mark.django_db


def citizen(name: str, number: str, phone: str) -> Account:
    person = register_person(name, personal_number=number, by=SYSTEM, at=NOW)
    return open_citizen_account(person.id, contact=parse_contact(phone), by=SYSTEM, at=NOW)


@pytest.fixture
def mother(texts: None) -> Account:
    return citizen("Nguyễn Thị Lan", "096194000123", PHONE)


@pytest.fixture
def shopkeeper(texts: None) -> Account:
    return citizen("Lê Văn Được", "096088000789", "+84918000789")


def browser_of(account: Account) -> Client:
    client = Client()
    enter(client, account)
    return client


def test_a_reader_sees_his_own_messages_and_how_many_are_unread(mother: Account, shopkeeper: Account) -> None:
    tell_submitted(Recipient(account_id=mother.id))
    page = browser_of(mother).get("/messages/").content.decode()
    assert f"Đã nhận được hồ sơ nộp trực tuyến {CODE}" in page
    assert page.count("tag--new") == 1
    assert CODE not in browser_of(shopkeeper).get("/messages/").content.decode()


def test_reading_a_message_marks_it_and_leads_to_what_it_is_about(mother: Account) -> None:
    message = tell_submitted(Recipient(account_id=mother.id))
    Message.objects.update(link="/follow/")
    client = browser_of(mother)
    client.get(f"/messages/{message.id}/reading/")
    assert unread_count(mother.id) == 1
    assert client.post(f"/messages/{message.id}/reading/").headers["Location"] == "/follow/"
    assert unread_count(mother.id) == 0
    first = Message.objects.get().read_at
    client.post(f"/messages/{message.id}/reading/")
    assert Message.objects.get().read_at == first


def test_nobody_marks_another_persons_message(mother: Account, shopkeeper: Account) -> None:
    message = tell_submitted(Recipient(account_id=mother.id))
    assert browser_of(shopkeeper).post(f"/messages/{message.id}/reading/").status_code == 404
    browser_of(shopkeeper).post("/messages/reading/")
    assert unread_count(mother.id) == 1


def test_all_messages_are_marked_at_once(mother: Account) -> None:
    for _ in range(3):
        tell_submitted(Recipient(account_id=mother.id))
    browser_of(mother).post("/messages/reading/")
    assert unread_count(mother.id) == 0


def test_many_messages_stand_on_pages(mother: Account) -> None:
    for _ in range(25):
        tell_submitted(Recipient(account_id=mother.id))
    first = messages_of(mother.id)
    second = messages_of(mother.id, token=first.older)
    assert (len(first.rows), len(second.rows), second.older) == (20, 5, "")
    client = browser_of(mother)
    assert client.get("/messages/", {"from": first.older}).content.decode().count('<section class="card"') == 5


def test_a_reader_chooses_channels_and_language(mother: Account) -> None:
    client = browser_of(mother)
    assert "0918 000 123" in client.get("/messages/preferences/").content.decode()
    client.post("/messages/preferences/", {"language": "en"})
    assert not Preference.objects.get(account_id=mother.id, channel="SMS").wanted
    assert tell_submitted(Recipient(account_id=mother.id)).title == f"Application {CODE} was sent"
    client.post("/messages/preferences/", {"language": "vi", "channels": ["SMS"]})
    assert Preference.objects.get(account_id=mother.id, channel="SMS").wanted
    assert client.post("/messages/preferences/", {"language": "xx"}).status_code == 422


def test_the_tray_shows_codes_and_messages_together(client: Client, mother: Account) -> None:
    client.post("/sign-in/", {"contact": PHONE})
    tell_submitted(Recipient(account_id=mother.id))
    deliver_due(by=SYSTEM, at=NOW)
    page = client.get("/demo/tray/").content.decode()
    assert re.search(r"\b\d{6}\b[^<]*CaMau-G", page)
    assert f"Ho so {CODE}" in page
    assert TrayMessage.objects.filter(contact=PHONE).count() == 2
