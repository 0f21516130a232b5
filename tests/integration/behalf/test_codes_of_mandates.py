"""A person confirms by a code read to the helper; nothing but what was sent confirms, and nobody learns who is known."""

import re
from datetime import timedelta

import pytest

from camaug.access.actions.ask_mandate_code import ask_mandate_code, prove_mandate_code
from camaug.access.actions.count_attempt import TooManyAttempts
from camaug.access.models import Account
from camaug.behalf.actions.confirm_mandate import (
    CodeNotRight,
)
from camaug.behalf.actions.propose_mandate import Wish, propose_mandate
from camaug.behalf.models import Act, Mandate, Proof, Relation
from camaug.kernel.errors import NotFound
from camaug.notify.models import TrayMessage
from camaug.people.models import Person
from tests.helping import BIRTHS, HELPED, HELPER, ask_to_help, person_of
from tests.world import AT, World


def code_sent(contact: str) -> str:
    text = TrayMessage.objects.filter(contact=contact).latest("sent_at").text
    return re.findall(r"\b\d{6}\b", text)[0]


def test_the_person_confirms_by_a_code_read_to_the_helper(world: World) -> None:
    asked, helper = ask_to_help(world), world.citizen(HELPER)
    with pytest.raises(CodeNotRight):
        prove_mandate_code(asked.id, digits="123456", by=helper, at=AT)
    ask_mandate_code(asked.id, until=asked.until_at, by=helper, at=AT)
    digits = code_sent("+84918000987")
    with pytest.raises(NotFound):
        prove_mandate_code(asked.id, digits=digits, by=world.citizen("mother"), at=AT)
    with pytest.raises(CodeNotRight):
        prove_mandate_code(asked.id, digits="000000" if digits != "000000" else "111111", by=helper, at=AT)
    prove_mandate_code(asked.id, digits=digits, by=helper, at=AT)
    made = Mandate.objects.get(pk=asked.pk)
    assert (made.proof, made.person_id) == (Proof.CODE, person_of(world, HELPED))
    assert world.citizen(HELPER).mandates


def test_five_wrong_codes_spend_it_and_it_lapses(world: World) -> None:
    asked, helper = ask_to_help(world), world.citizen(HELPER)
    ask_mandate_code(asked.id, until=asked.until_at, by=helper, at=AT)
    digits = code_sent("+84918000987")
    with pytest.raises(CodeNotRight):
        prove_mandate_code(asked.id, digits=digits, by=helper, at=AT + timedelta(minutes=15))
    wrong = "000000" if digits != "000000" else "111111"
    for _ in range(5):
        with pytest.raises(CodeNotRight):
            prove_mandate_code(asked.id, digits=wrong, by=helper, at=AT)
    with pytest.raises(CodeNotRight):
        prove_mandate_code(asked.id, digits=digits, by=helper, at=AT)


def test_a_phone_that_is_the_helpers_too_gets_no_code(world: World) -> None:
    """Else whoever lent somebody his telephone could confirm for him."""
    asked = ask_to_help(world)
    Person.objects.filter(pk=person_of(world, HELPER)).update(phone="+84918000987", email="tranthinam@example.com")
    Account.objects.filter(pk=world.citizens[HELPER]).update(phone=None, email="khac@example.com")
    ask_mandate_code(asked.id, until=asked.until_at, by=world.citizen(HELPER), at=AT)
    assert not TrayMessage.objects.exists()
    assert_nothing_confirms(world, asked)


def test_one_who_cannot_be_reached_confirms_by_no_code(world: World) -> None:
    asked = ask_to_help(world)
    Person.objects.filter(pk=person_of(world, HELPED)).update(phone="", email="")
    Account.objects.filter(pk=world.citizens[HELPED]).update(is_active=False)
    ask_mandate_code(asked.id, until=asked.until_at, by=world.citizen(HELPER), at=AT)
    assert not TrayMessage.objects.exists()
    assert_nothing_confirms(world, asked)


def test_what_somebody_wrote_who_only_says_to_be_the_person_gets_no_code(world: World) -> None:
    """A stranger who claimed the number first wrote his own phone into the register with it."""
    asked = ask_to_help(world)
    Account.objects.filter(pk=world.citizens[HELPED]).update(linkage="DECLARED")
    ask_mandate_code(asked.id, until=asked.until_at, by=world.citizen(HELPER), at=AT)
    assert not TrayMessage.objects.exists()
    assert_nothing_confirms(world, asked)


def test_a_phone_of_the_helpers_account_gets_no_code_though_only_his_word_says_who_he_is(world: World) -> None:
    asked = ask_to_help(world)
    shared = "+84918000987"
    Person.objects.filter(pk=person_of(world, HELPED)).update(email="")
    Account.objects.filter(pk=world.citizens[HELPED]).update(is_active=False, phone=None, email="cu@example.com")
    Account.objects.filter(pk=world.citizens[HELPER]).update(phone=shared, linkage="DECLARED")
    ask_mandate_code(asked.id, until=asked.until_at, by=world.citizen(HELPER), at=AT)
    assert not TrayMessage.objects.exists()
    assert_nothing_confirms(world, asked)


def assert_nothing_confirms(world: World, asked: Mandate) -> None:
    for typed in ("", "12345", "１２３４５６", "123456"):
        with pytest.raises(CodeNotRight):
            prove_mandate_code(asked.id, digits=typed, by=world.citizen(HELPER), at=AT)
    assert not Mandate.objects.holding(at=AT).exists()


def test_nobody_learns_who_is_known(world: World) -> None:
    """The same answer for a number with a wrong name, for an unknown one, and for a known person."""
    helper = world.citizen(HELPER)
    for number, name in (("096164000987", "Ai Đó Khác"), ("096047000123", "Phạm Văn Bảy")):
        wish = Wish(
            number=number, name=name, relation=Relation.OTHER, procedures=BIRTHS, acts=[Act.FOLLOW],
            until_at=AT + timedelta(days=1),
        )  # fmt: skip
        asked = propose_mandate(wish, by=helper, at=AT)
        ask_mandate_code(asked.id, until=asked.until_at, by=helper, at=AT)
        assert_nothing_confirms(world, asked)
    assert not TrayMessage.objects.exists()


def test_codes_are_sent_three_times_an_hour(world: World) -> None:
    asked, helper = ask_to_help(world), world.citizen(HELPER)
    for _ in range(3):
        ask_mandate_code(asked.id, until=asked.until_at, by=helper, at=AT)
    with pytest.raises(TooManyAttempts):
        ask_mandate_code(asked.id, until=asked.until_at, by=helper, at=AT)
