"""Whoever got in before an account had a second factor shows from then on what it asks for."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from camaug.access.totp import code_at, step_of
from camaug.kernel.encryption import decrypt
from tests.integration.access.conftest import PASSWORD, Clerk
from tests.integration.access.test_second_factors import SIGN_IN, is_in
from tests.sessions import enter


@pytest.fixture
def an(engage: Callable[..., Clerk]) -> Clerk:
    return engage("Nguyễn Văn An", "an@camau.gov.vn")


def test_the_first_factor_signs_all_other_browsers_out_and_a_second_none(client: Client, an: Clerk) -> None:
    elsewhere = Client()
    for browser in (client, elsewhere):
        browser.post(SIGN_IN, {"email": an.email, "password": PASSWORD})
    client.get("/account/security/application/")
    secret = decrypt(client.session["totp_offered"], about=f"access.offered_totp:{an.account.id}")
    made = client.post("/account/security/application/", {"code": code_at(secret, step_of(timezone.now()))})
    assert made.status_code == 302
    assert (is_in(client, an), is_in(elsewhere, an)) == (True, False)

    enter(elsewhere, an.account)
    client.get("/account/security/application/")
    secret = decrypt(client.session["totp_offered"], about=f"access.offered_totp:{an.account.id}")
    client.post("/account/security/application/", {"code": code_at(secret, step_of(timezone.now()))})
    assert (is_in(client, an), is_in(elsewhere, an)) == (True, True)
