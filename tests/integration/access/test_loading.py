import pytest
from django.test import Client
from pytest_django import Settings

from camaug.access.actions.open_officer_accounts import open_officer_accounts
from camaug.access.loading import DEMO_PASSWORD, OnlyInDemo, cast_sign_ins, load_accounts, load_cast
from camaug.access.models import Account, AccountKind
from camaug.access.queries import is_activated
from camaug.kernel.errors import NotAllowed
from camaug.kernel.models import EventRecord
from tests import world

pytestmark = pytest.mark.django_db


def nothing(_done: int, _total: int) -> None:
    pass


def test_every_officer_gets_an_account_and_no_password_is_hashed() -> None:
    world.found_province()
    load_accounts(world.PROFILE, at=world.NOW, progress=nothing)
    accounts = Account.objects.filter(kind=AccountKind.OFFICER)
    assert accounts.count() == len(world.plan().cast.officers)
    assert set(accounts.values_list("password", flat=True)) == {"!"}
    assert EventRecord.objects.get(name="access.OfficerAccountsOpened").facts == {"count": accounts.count()}


def test_loading_again_changes_nothing() -> None:
    world.found_province()
    world.open_cast()
    before = list(Account.objects.order_by("id").values())
    world.open_cast()
    assert list(Account.objects.order_by("id").values()) == before


def test_the_cast_signs_in_as_it_is_printed() -> None:
    world.found_province()
    world.open_cast()
    members = cast_sign_ins(world.PROFILE)
    assert [member.key for member in members] == list(world.everybody())
    for member in members:
        client = Client()
        if member.password:
            client.post(member.page, {"email": member.sign_in, "password": member.password})
            assert "_auth_user_id" in client.session, member.key
        else:
            assert client.post(member.page, {"contact": member.sign_in}).status_code == 302, member.key


def test_production_makes_no_sign_ins_for_the_cast(settings: Settings) -> None:
    world.found_province()
    load_accounts(world.PROFILE, at=world.NOW, progress=nothing)
    settings.DEMO = False
    with pytest.raises(OnlyInDemo):
        load_cast(world.PROFILE, at=world.NOW, progress=nothing)
    assert not any(is_activated(officer.email) for officer in world.plan().cast.officers.values())


def test_the_printed_password_has_the_length_that_the_standard_asks_for() -> None:
    assert len(DEMO_PASSWORD) >= 14


def test_a_clerk_opens_no_accounts() -> None:
    world.found_province()
    world.open_cast()
    with pytest.raises(NotAllowed):
        open_officer_accounts(by=world.actor("clerk"), at=world.NOW)
    assert open_officer_accounts(by=world.actor("administrator"), at=world.NOW) == 0
