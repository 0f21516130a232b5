import re

import pytest
from django.test import Client
from pytest_django import Settings

from camaug.access.models import SignInCode
from camaug.notify.channels.counterpart import LocalGateway
from tests.integration.notify.conftest import PHONE

pytestmark = pytest.mark.django_db


def test_a_code_goes_to_the_phone_by_sms(client: Client, gateway: LocalGateway) -> None:
    assert client.post("/sign-in/", {"contact": PHONE}).status_code == 302
    [sms] = gateway.taken.values()
    assert sms["to"] == PHONE
    assert re.search(r"\b\d{6}\b", sms["text"])
    assert sms["text"].isascii()


def test_a_code_that_the_gateway_does_not_take_is_not_kept_and_the_person_is_told(
    client: Client, gateway: LocalGateway
) -> None:
    gateway.failing = 503
    assert client.post("/sign-in/", {"contact": PHONE}).status_code == 422
    assert not SignInCode.objects.exists()


def test_without_a_gateway_outside_the_demonstration_phones_get_no_code(client: Client, settings: Settings) -> None:
    settings.DEMO = False
    assert client.post("/sign-in/", {"contact": PHONE}).status_code == 422
    assert not SignInCode.objects.exists()
