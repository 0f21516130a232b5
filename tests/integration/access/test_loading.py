from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client
from pytest_django import Settings

from camaug.access.actions.open_officer_accounts import open_officer_accounts
from camaug.access.loading import DEMO_PASSWORD, OnlyInDemo, cast_sign_ins, load_accounts, load_cast
from camaug.access.models import IN_OFFICE, Account
from camaug.access.queries import is_activated
from camaug.kernel.errors import NotAllowed
from camaug.kernel.models import EventRecord
from camaug.people.models import Officer
from tests import world

PROFILE = Path(django_settings.PROFILE)

pytestmark = pytest.mark.django_db


def nothing(_done: int, _total: int) -> None:
    pass


def test_every_officer_gets_an_account_and_no_password_is_hashed() -> None:
    world.build()
    load_accounts(PROFILE, at=world.AT, progress=nothing)
    accounts = Account.objects.filter(kind__in=IN_OFFICE)
    assert accounts.count() == Officer.objects.count() > 10
    assert set(accounts.values_list("password", flat=True)) == {"!"}
    assert EventRecord.objects.get(name="access.OfficerAccountsOpened").facts == {"count": accounts.count()}


def test_loading_again_changes_nothing() -> None:
    world.build()
    load_cast(PROFILE, at=world.AT, progress=nothing)
    before = list(Account.objects.order_by("id").values())
    load_accounts(PROFILE, at=world.AT, progress=nothing)
    load_cast(PROFILE, at=world.AT, progress=nothing)
    assert list(Account.objects.order_by("id").values()) == before


def test_the_cast_signs_in_as_it_is_printed() -> None:
    people = world.build()
    load_cast(PROFILE, at=world.AT, progress=nothing)
    members = cast_sign_ins(PROFILE)
    assert [member.key for member in members] == [*people.officers, *people.citizens]
    for member in members:
        client = Client()
        if member.password:
            answer = client.post(member.page, {"email": member.sign_in, "password": member.password})
            assert member.second_factor == (answer.headers["Location"] == "/sign-in/second-factor/")
            if member.second_factor:
                shown = client.get("/sign-in/second-factor/").context["demo_code"]
                client.post("/sign-in/second-factor/", {"code": shown.code})
            assert "_auth_user_id" in client.session, member.key
        else:
            assert client.post(member.page, {"contact": member.sign_in}).status_code == 302, member.key


def test_production_makes_no_sign_ins_for_the_cast(settings: Settings) -> None:
    world.build()
    settings.DEMO = False
    with pytest.raises(OnlyInDemo):
        load_cast(PROFILE, at=world.AT, progress=nothing)
    assert not any(is_activated(member.sign_in) for member in cast_sign_ins(PROFILE))


def test_the_printed_password_has_the_length_that_the_standard_asks_for() -> None:
    assert len(DEMO_PASSWORD) >= 14


def test_a_clerk_opens_no_accounts() -> None:
    people = world.build()
    with pytest.raises(NotAllowed):
        open_officer_accounts(by=people.officer("clerk"), at=world.AT)
    assert open_officer_accounts(by=people.officer("administrator"), at=world.AT) == 0
