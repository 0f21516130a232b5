"""Who an officer is as a citizen: an administrator enters it, or the officer himself, once, where it can be believed."""

from collections.abc import Callable

import pytest
from django.db import OperationalError, connection
from django.test import Client

from camaug.access.actions.enter_from_outside import enter_from_outside
from camaug.access.actions.link_person import link_person
from camaug.access.models import Account
from camaug.access.outside.shown import Shown
from camaug.access.queries import actor_of, nobody
from camaug.kernel.actors import SYSTEM
from camaug.kernel.errors import NotAllowed
from camaug.kernel.models import EventRecord
from camaug.people.actions.correct_person import correct_person
from camaug.people.actions.link_officer import (
    NotProven,
    NotTheSamePerson,
    NumberOfAnother,
    link_officer,
    officer_behind,
)
from camaug.people.actions.register_person import register_person
from camaug.people.models import Officer, Person
from camaug.people.numbers import NotAPersonalNumber
from tests.applications import carry, send_birth
from tests.desks import desk_of, look_for, page_of
from tests.world import AT, World

NUMBER, NAME = "096090000555", "Trần Thị Minh"
PAGE = "/desk/own-number/"


@pytest.fixture(autouse=True)
def nobody_knows(world: World) -> None:
    """Nobody has said yet who the officers are as citizens."""
    assert world.officers
    Officer.objects.update(own_numbers=[])


def clerk(world: World) -> Officer:
    return Officer.objects.get(pk=Account.objects.get(pk=world.officers["clerk"]).officer_id)


def link(world: World, by: str = "", number: str = NUMBER) -> Person | None:
    actor = world.officer(by) if by else SYSTEM
    return link_officer(clerk(world).id, personal_number=number, by=actor, at=AT)


def nobody_yet(_officer: Officer) -> None:
    """The register does not know the number."""


def same_name(_officer: Officer) -> None:
    register_person("Tran Thi Minh", personal_number=NUMBER, phone="0918 000 001", by=SYSTEM, at=AT)


def same_name_and_phone(officer: Officer) -> None:
    Officer.objects.filter(pk=officer.pk).update(phone="+84918000777")
    register_person(NAME, personal_number=NUMBER, phone="0918 000 777", by=SYSTEM, at=AT)


def another_name(_officer: Officer) -> None:
    register_person("Lê Thị Sen", personal_number=NUMBER, by=SYSTEM, at=AT)


def another_officer(_officer: Officer) -> None:
    namesake = Officer.objects.exclude(pk=_officer.pk).first()
    known = register_person(NAME, personal_number=NUMBER, by=SYSTEM, at=AT)
    Officer.objects.filter(pk=namesake.pk if namesake else None).update(person=known)


# what the register knows: what an administrator is told, what the officer himself is told
TABLE: list[tuple[Callable[[Officer], None], type[Exception] | None, type[Exception] | None]] = [
    (nobody_yet, None, None),
    (same_name, None, NotProven),
    (same_name_and_phone, None, None),
    (another_name, NotTheSamePerson, NotProven),
    (another_officer, NumberOfAnother, NotProven),
]


@pytest.mark.parametrize(
    ("known", "administrator", "himself"), TABLE, ids=[known.__name__ for known, _one, _other in TABLE]
)
@pytest.mark.parametrize("by", ["administrator", "clerk"])
def test_whose_word_is_taken(
    world: World,
    known: Callable[[Officer], None],
    administrator: type[Exception] | None,
    himself: type[Exception] | None,
    by: str,
) -> None:
    known(clerk(world))
    refused = himself if by == "clerk" else administrator
    if refused:
        with pytest.raises(refused):
            link(world, by)
        return
    person = link(world, by)
    if known is nobody_yet and by == "clerk":
        assert (person, clerk(world).own_numbers, Person.objects.filter(personal_number=NUMBER).count()) == (
            None, [NUMBER], 0,
        )  # fmt: skip
        assert EventRecord.objects.get(name="people.OwnNumberSaid").subject_id == clerk(world).id
        return
    assert person
    assert person.personal_number == NUMBER
    event = EventRecord.objects.get(name="people.OfficerLinked")
    assert (event.subject_id, event.facts["himself"]) == (clerk(world).id, by == "clerk")
    assert NUMBER not in str(event.facts)


def test_an_officer_says_it_once_and_nobody_says_it_for_a_colleague(world: World) -> None:
    link(world, "clerk")
    with pytest.raises(NotProven):
        link(world, "clerk", "096090000556")
    with pytest.raises(NotAllowed):
        link(world, "specialist")
    confirmed = link(world, "administrator", "096090000556")
    assert confirmed
    assert (confirmed.personal_number, clerk(world).own_numbers) == ("096090000556", [])
    with pytest.raises(NotAPersonalNumber):
        link(world, "administrator", "12")
    assert officer_behind(world.officer("specialist")) != officer_behind(world.officer("clerk"))


def say_who_he_is(_world: World) -> None:
    account = Account.objects.create(kind="CITIZEN", phone="+84918000777", password="!", created_at=AT)
    by = actor_of(account, at=AT, origin="")
    link_person(account.id, full_name=NAME, personal_number=NUMBER, by=by, at=AT)


def enter(_world: World) -> None:
    shown = Shown("https://idp.example", "s", NUMBER, NAME, None, AT, True, AT)
    enter_from_outside(shown, by=nobody(origin=""), at=AT)


def link_by_officer(world: World) -> None:
    link(world)


@pytest.mark.parametrize("names", [say_who_he_is, enter, link_by_officer])
def test_whoever_names_a_number_waits_for_whoever_names_it_elsewhere(
    world: World, names: Callable[[World], None]
) -> None:
    other = connection.copy()
    try:
        with other.cursor() as there, connection.cursor() as here:
            there.execute("SELECT pg_advisory_lock(hashtextextended(%s, 5))", [f"people.number:{NUMBER}"])
            here.execute("SET LOCAL lock_timeout = '50ms'")
            with pytest.raises(OperationalError):
                names(world)
    finally:
        other.close()


def test_the_officers_page(world: World) -> None:
    desk: Client = desk_of(world, "clerk")
    assert PAGE in desk.get("/account/security/").content.decode()
    assert desk.post(PAGE, {"number": "123"}).status_code == 422
    assert desk.post(PAGE, {"number": NUMBER}).status_code == 302
    page = desk.get(PAGE).content.decode()
    assert "•••• 0555" in page
    assert NUMBER not in page
    assert desk.post(PAGE, {"number": "096090000556"}).status_code == 200
    assert (clerk(world).person, clerk(world).own_numbers) == (None, [NUMBER])
    shown = desk_of(world, "administrator").get(f"/desk/administration/officers/{clerk(world).id}/").content.decode()
    assert "cán bộ tự khai, chưa được xác nhận" in shown


@pytest.mark.parametrize(("known", "number"), [("UNKNOWN", ""), ("SAID", "clerk"), ("CONFIRMED", "administrator")])
def test_the_administrators_list_says_whose_number_nobody_knows_and_whose_only_they_say(
    world: World, known: str, number: str
) -> None:
    if number:
        link(world, number)
    desk, root = desk_of(world, "administrator"), "/desk/administration/officers/"
    rows = {row.id: row.number for row in look_for(desk, root, q=clerk(world).official_email).context["page"].rows}
    assert rows == {clerk(world).id: known}
    for asked in ("UNKNOWN", "SAID"):
        found = look_for(desk, root, number=asked, q=clerk(world).official_email).context["page"].rows
        assert [row.id for row in found] == ([clerk(world).id] if asked == known else []), asked
    words = {"UNKNOWN": "Chưa biết số định danh", "SAID": "Số định danh do cán bộ tự khai", "CONFIRMED": ""}
    page = look_for(desk, root, q=clerk(world).official_email).content.decode()
    assert [word for word in words.values() if word and word in page] == [word for word in [words[known]] if word]


@pytest.mark.parametrize(("resource", "step", "who"), [("approval/", "APPROVE", "chairman"), ("refusal/", "", "clerk")])
def test_whoever_decides_is_led_to_the_page_that_asks_his_number_and_back(
    world: World, resource: str, step: str, who: str
) -> None:
    case = send_birth(world)
    case = carry(world, case, to=step) if step else case
    desk, page = desk_of(world, who), page_of(case, resource)
    asking = f"{PAGE}?next={page}"
    assert f'href="{asking}"' in desk.get(page).content.decode()
    assert desk.post(asking, {"number": NUMBER}).headers["Location"] == page
    assert PAGE not in desk.get(page).content.decode()
    assert desk.post(f"{PAGE}?next=https://elsewhere.example/", {"number": NUMBER}).status_code == 200


def test_an_administrator_does_not_vouch_for_himself(world: World) -> None:
    himself = Account.objects.get(pk=world.officers["administrator"]).officer_id
    assert himself
    assert link_officer(himself, personal_number=NUMBER, by=world.officer("administrator"), at=AT) is None


def test_what_he_said_bars_him_and_hinders_nobody(world: World) -> None:
    link(world, "clerk")
    assert world.officer("clerk").own == {NUMBER}
    real = register_person("Lê Thị Sen", personal_number=NUMBER, by=SYSTEM, at=AT)
    assert world.officer("clerk").own == {NUMBER, str(real.id)}
    with pytest.raises(NotTheSamePerson):
        link(world, "administrator")


def test_a_number_that_was_changed_bars_as_before_until_an_administrator_corrects_it(world: World) -> None:
    person = link(world)
    assert person
    correct_person(person.id, personal_number="096090000556", by=SYSTEM, at=AT)
    assert world.officer("clerk").own == {NUMBER, "096090000556", str(person.id)}
    link(world, "administrator", "096090000557")
    assert NUMBER not in world.officer("clerk").own
