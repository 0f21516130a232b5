"""A citizen without password and second factor confirms by a code that he is sent, and what he had typed is kept."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from camaug.access.actions.open_citizen_account import open_citizen_account
from camaug.access.actions.set_up_totp import set_up_totp
from camaug.access.contacts import parse_contact
from camaug.access.models import Account
from camaug.access.totp import code_at, step_of
from camaug.kernel.actors import SYSTEM
from camaug.people.actions.register_person import register_person
from tests.integration.access.conftest import NOW
from tests.integration.access.test_citizens_sign_in import sent_code
from tests.integration.access.test_second_factors import CONFIRM, SECRET, TOKEN, held_form
from tests.sessions import enter


@pytest.fixture
def mother(db: None) -> Account:
    person = register_person("Nguyễn Thị Lan", phone="0918000001", by=SYSTEM, at=NOW)
    return open_citizen_account(person.id, contact=parse_contact("0918000001"), by=SYSTEM, at=NOW)


def kept(page: HttpResponse) -> dict[str, str]:
    """What the page holds of the form that was sent; the frame has a form of its own for the language."""
    return {name: value for name, value in held_form(page.content.decode()).items() if name != "next"}


def test_a_citizens_form_is_held_until_the_code_that_he_is_sent(client: Client, mother: Account) -> None:
    enter(client, mother, ago=timedelta(minutes=31))
    asked = client.post("/tokens/", TOKEN)
    action, held = asked.context["action"], held_form(asked.content.decode())
    sent = client.post(action, held)
    assert kept(sent) == kept(asked)
    digits = sent_code()
    refused = client.post(action, {**held, "confirm-sent": "000000" if digits != "000000" else "111111"})
    assert (refused.status_code, kept(refused)) == (422, kept(asked))
    answer = client.post(action, {**held, "confirm-sent": digits})
    assert (answer.status_code, answer.headers["Location"]) == (307, "/tokens/")
    assert client.post("/tokens/", {**held, "confirm-sent": digits}).context["secret"]
    used = client.post(action, {**held, "confirm-sent": digits})
    assert used.status_code == 200  # it was for that once: another one is sent


def test_a_code_that_was_sent_proves_nothing_beside_a_second_factor(client: Client, mother: Account) -> None:
    enter(client, mother, ago=timedelta(minutes=31))
    client.post(f"{CONFIRM}?next=/tokens/", {})
    digits = sent_code()
    set_up_totp(mother.id, secret=SECRET, digits=code_at(SECRET, step_of(NOW)), by=SYSTEM, at=NOW)
    assert client.post(f"{CONFIRM}?next=/tokens/", {"confirm-sent": digits}).status_code == 422
    assert client.post("/tokens/", TOKEN).status_code == 403
