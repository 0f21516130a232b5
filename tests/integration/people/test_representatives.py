"""Who represents an organisation: said, proven, ended; by whom each may be done, and that what was written stays."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from camaug.access.models import Account
from camaug.kernel.actors import SYSTEM, Actor
from camaug.kernel.errors import InvalidInput, NotAllowed, NotFound
from camaug.kernel.models import EventRecord
from camaug.people.actions.declare_representation import declare_representation
from camaug.people.actions.end_representation import EndingReasonMissing, end_representation
from camaug.people.actions.link_officer import link_officer
from camaug.people.actions.prove_representation import (
    NoLongerDeclared,
    NumberUnknown,
    confirm_representation,
    prove_representation,
)
from camaug.people.actions.register_business import register_business
from camaug.people.actions.register_person import register_person
from camaug.people.models import Business
from camaug.people.queries import officer_by_email, relations_of, relations_to_confirm, representatives
from camaug.people.representing import Representation
from tests.desks import desk_of, look_for
from tests.papers import photo
from tests.representing import CLERK, PAPER, clerk_of, prove
from tests.sessions import enter
from tests.world import AT, COMMUNE, World

DAY = timedelta(days=1)
TODAY = date(2026, 11, 23)


@pytest.fixture
def firm(world: World) -> Business:
    """The mother's company, of which she is proven to be the head."""
    made = register_business("Công ty TNHH Tôm Năm Căn", tax_code="0100109106", by=SYSTEM, at=AT)
    prove(made.id, world.citizen("mother").person_id)
    return made


def asked_by(world: World, firm: Business, key: str = "student", capacity: str = "EMPOWERED") -> Representation:
    by = world.citizen(key)
    assert by.person_id
    return declare_representation(firm.id, person_id=by.person_id, capacity=capacity, by=by, at=AT)


def events(relation: Representation) -> list[str]:
    rows = EventRecord.objects.filter(subject_id=relation.pk).order_by("id")
    return [row.name.removeprefix("people.Representation") for row in rows]


def test_a_proof_says_what_was_seen_by_whom_and_where(world: World, firm: Business) -> None:
    said = asked_by(world, firm, capacity="LEGAL")
    made = prove(firm.id, said.person_id, capacity="EMPOWERED", until_date=TODAY + 9 * DAY)
    assert (made.pk, made.proven_by_name, made.proven_unit) == (said.pk, "Trần Thị Minh", world.agencies[COMMUNE])
    assert (made.document, made.document_date, made.scan_name) == (PAPER.document, PAPER.document_date, PAPER.file_name)
    assert events(made) == ["Declared", "Proven"]
    two = representatives(firm.id, at=AT)
    assert [one.capacity for one in two] == ["LEGAL", "EMPOWERED"], "two at once, the one in law first"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"capacity": "OWNER"}, "capacity"),
        ({"proof": "CONFIRMED"}, "proof"),
        ({"proof": ""}, "proof"),
        ({"proof": "REGISTER", "capacity": "EMPOWERED", "until_date": TODAY}, "proof"),
        ({"document": " "}, "document"),
        ({"document": "x" * 81}, "document"),
        ({"document_date": None}, "document_date"),
        ({"document_date": TODAY + DAY}, "document_date"),
        ({"content": b""}, "scan"),
        ({"capacity": "EMPOWERED"}, "until"),
        ({"until_date": TODAY - DAY}, "until"),
        ({"from_date": TODAY + 2 * DAY, "until_date": TODAY + DAY}, "until"),
    ],
)
def test_a_paper_that_does_not_prove_it_is_refused(
    world: World, firm: Business, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        prove(firm.id, world.citizen("student").person_id, **changes)
    assert list(refused.value.errors) == [field]
    assert not world.citizen("student").represents


def test_one_without_a_number_is_not_proven(world: World, firm: Business) -> None:
    nobody = register_person("Ai Đó", by=SYSTEM, at=AT)
    with pytest.raises(NumberUnknown):
        prove(firm.id, nobody.id)


def test_only_who_has_the_task_records_it(world: World, firm: Business) -> None:
    student = world.citizen("student")
    assert student.person_id
    for by in (world.officer("specialist"), world.officer("administrator"), student, world.citizen("mother"), SYSTEM):
        with pytest.raises(NotAllowed):
            prove_representation(firm.id, person_id=student.person_id, evidence=PAPER, by=by, at=AT)


def himself(world: World, _firm: Business) -> None:
    """The officer is the representative."""
    link_officer(officer_by_email(CLERK).id, personal_number="096190000555", by=SYSTEM, at=AT)


def partner(world: World, firm: Business) -> None:
    """The officer represents the organisation beside him."""
    himself(world, firm)
    person = officer_person()
    declare_representation(firm.id, person_id=person, capacity="LEGAL", by=SYSTEM, at=AT)


def officer_person() -> Any:
    return register_person("Trần Thị Minh", personal_number="096190000555", by=SYSTEM, at=AT).id


@pytest.mark.parametrize("own", [himself, partner])
def test_nobody_proves_or_ends_his_own(world: World, firm: Business, own: Callable[[World, Business], None]) -> None:
    own(world, firm)
    whose = officer_person() if own is himself else world.citizen("student").person_id
    with pytest.raises(NotAllowed, match="liên quan đến chính bạn"):
        prove(firm.id, whose)
    said = declare_representation(firm.id, person_id=whose, capacity="LEGAL", by=SYSTEM, at=AT)
    with pytest.raises(NotAllowed, match="liên quan đến chính bạn"):
        end_representation(said.pk, reason="Hết", by=clerk_of(), at=AT)
    assert Representation.objects.get(pk=said.pk).proof == ""


def test_an_officer_stays_out_of_what_he_gave_up_himself(world: World, firm: Business) -> None:
    partner(world, firm)
    own = Representation.objects.get(person_id=officer_person())
    Representation.objects.filter(pk=own.pk).update(ended_at=AT, ending="GIVEN_UP")
    assert {str(firm.id), firm.tax_code} <= clerk_of().own
    ended = declare_representation(firm.id, person_id=officer_person(), capacity="LEGAL", by=SYSTEM, at=AT)
    end_representation(ended.pk, reason="Khai nhầm", by=other_clerk(world), at=AT)
    assert str(firm.id) in clerk_of().own, "the one that he gave up still stands"


def other_clerk(world: World) -> Actor:
    return world.officer("other_clerk")


def test_the_legal_representative_lets_another_act_until_a_day(world: World, firm: Business) -> None:
    said, mother = asked_by(world, firm), world.citizen("mother")
    assert [one.id for one in relations_to_confirm(mother, at=AT)] == [said.pk]
    with pytest.raises(InvalidInput):
        confirm_representation(said.pk, until_date=None, by=mother, at=AT)
    made = confirm_representation(said.pk, until_date=TODAY + 9 * DAY, by=mother, at=AT)
    assert (made.proof, made.vouched_by and made.vouched_by.person_id) == ("CONFIRMED", mother.person_id)
    assert world.citizen("student").represents == {firm.id}
    assert world.citizen("student", at=AT + 10 * DAY).represents == frozenset()
    with pytest.raises(NoLongerDeclared):
        confirm_representation(said.pk, until_date=TODAY, by=mother, at=AT)
    assert end_representation(said.pk, by=mother, at=AT).ending == "REVOKED"
    assert world.citizen("student").represents == frozenset()


def by_word(world: World, firm: Business) -> Actor:
    Account.objects.filter(pk=world.citizens["mother"]).update(linkage="DECLARED")
    return world.citizen("mother")


def whose_own_one_ended(world: World, firm: Business) -> Actor:
    end_representation(Representation.objects.get(proof="PAPER").pk, reason="Thôi", by=clerk_of(), at=AT)
    return world.citizen("mother")


def only_empowered(world: World, firm: Business) -> Actor:
    prove(firm.id, world.citizen("father").person_id, capacity="EMPOWERED", until_date=TODAY)
    return world.citizen("father")


def only_said_to_be_the_head(world: World, firm: Business) -> Actor:
    asked_by(world, firm, "father", "LEGAL")
    return world.citizen("father")


def the_one_who_asks(world: World, firm: Business) -> Actor:
    return world.citizen("student")


@pytest.mark.parametrize(
    "who", [by_word, whose_own_one_ended, only_empowered, only_said_to_be_the_head, the_one_who_asks]
)
def test_nobody_else_vouches(world: World, firm: Business, who: Callable[[World, Business], Actor]) -> None:
    said = asked_by(world, firm)
    by = who(world, firm)
    with pytest.raises(NotFound):
        confirm_representation(said.pk, until_date=TODAY, by=by, at=AT)
    if by.person_id != said.person_id:
        with pytest.raises(NotFound):
            end_representation(said.pk, by=by, at=AT)


def test_an_officer_ends_it_with_a_reason(world: World, firm: Business) -> None:
    relation = Representation.objects.get()
    for reason in ("", " ", "x" * 301):
        with pytest.raises(EndingReasonMissing):
            end_representation(relation.pk, reason=reason, by=clerk_of(), at=AT)
    ended = end_representation(relation.pk, reason="Quyết định 12/QĐ", by=clerk_of(), at=AT)
    assert (ended.ending, ended.ended_by_name, ended.reason) == ("AT_COUNTER", "Trần Thị Minh", "Quyết định 12/QĐ")
    assert events(ended) == ["Proven", "Ended"]
    assert world.citizen("mother").represents == frozenset()


@pytest.mark.parametrize(
    "change",
    [{"until_at": None}, {"document": "khác"}, {"proof": ""}, {"from_at": AT - DAY}, {"business_id": None}],
    ids=str,
)
def test_what_was_written_stays(world: World, firm: Business, change: dict[str, Any]) -> None:
    relation = prove(firm.id, world.citizen("student").person_id, capacity="EMPOWERED", until_date=TODAY)
    other = register_business("Công ty Khác", by=SYSTEM, at=AT)
    values = {"business_id": other.id} if "business_id" in change else change
    with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
        Representation.objects.filter(pk=relation.pk).update(**values)
    with pytest.raises(IntegrityError, match="stay"), transaction.atomic():
        Representation.objects.filter(pk=relation.pk).delete()
    end_representation(relation.pk, reason="Hết", by=clerk_of(), at=AT)
    with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
        Representation.objects.filter(pk=relation.pk).update(ended_at=None, ending="", reason="")


def test_said_twice_it_is_one_and_not_for_others(world: World, firm: Business) -> None:
    assert asked_by(world, firm).pk == asked_by(world, firm).pk
    father, student = world.citizen("father"), world.citizen("student")
    assert father.person_id
    with pytest.raises(NotAllowed):
        declare_representation(firm.id, person_id=father.person_id, capacity="LEGAL", by=student, at=AT)


def test_an_account_that_only_says_who_it_is_sees_what_it_said_and_nothing_else(world: World, firm: Business) -> None:
    claiming = by_word(world, firm)
    assert claiming.represents == frozenset()
    assert relations_of(claiming, at=AT) == ()
    with pytest.raises(NotFound):
        end_representation(Representation.objects.get().pk, by=claiming, at=AT)
    own = asked_by(world, firm, "mother")
    assert [one.id for one in relations_of(claiming, at=AT)] == [own.pk]


def test_at_the_counter_it_is_recorded_with_a_scan(world: World, firm: Business) -> None:
    asked_by(world, firm)
    desk = desk_of(world, "clerk")
    found = look_for(desk, "/desk/representatives/", q="0100109106").content.decode()
    assert f"/desk/representatives/{firm.id}/" in found
    page, form = f"/desk/representatives/{firm.id}/", f"/desk/representatives/{firm.id}/proof/"
    assert "mới khai, chưa xác minh" in desk.get(page).content.decode()
    said = Representation.objects.get(proof="")
    assert "096300000321" in desk.get(f"{form}?relation={said.pk}").content.decode()
    typed = {
        "number": "096300000321", "capacity": "LEGAL", "proof": "REGISTER", "document": "Trích 77",
        "document_date-day": "20", "document_date-month": "11", "document_date-year": "2026",
    }  # fmt: skip
    assert desk.post(form, typed).status_code == 422
    assert desk.post(form, {**typed, "number": "096194999999", "scan": scan()}).status_code == 422
    recorded = desk.post(form, {**typed, "scan": scan()})
    assert recorded.status_code == 302
    said.refresh_from_db()
    assert (said.proof, said.document) == ("REGISTER", "Trích 77")
    relation = f"/desk/representations/{said.pk}/"
    assert desk.get(f"{relation}scan/").headers["Content-Type"] == "image/jpeg"
    assert desk.post(relation, {"reason": ""}).status_code == 422
    assert desk.post(relation, {"reason": "Đổi giám đốc"}).status_code == 302
    said.refresh_from_db()
    assert said.reason == "Đổi giám đốc"
    assert desk_of(world, "specialist").get(page).status_code == 404


def test_an_agency_is_an_organisation_too(world: World) -> None:
    desk = desk_of(world, "clerk")
    page = desk.post("/desk/representatives/", {"q": COMMUNE.lower()}).headers["Location"]
    found = desk.post(page)
    made = Business.objects.get(agency_id=world.agencies[COMMUNE])
    assert found.headers["Location"].endswith(f"/desk/representatives/{made.id}/")
    desk.post(page)
    assert Business.objects.count() == 1
    prove(made.id, world.citizen("father").person_id)
    assert world.citizen("father").represents == {made.id}


def test_the_person_names_an_organisation_and_the_head_says_yes(world: World, firm: Business) -> None:
    student, mother = browser_of(world, "student"), browser_of(world, "mother")
    for tax_code in ("12", "2001230105"):
        refused = student.post("/organisations/request/", {"tax_code": tax_code, "capacity": "EMPOWERED"})
        assert refused.status_code == 422
    named = student.post("/organisations/request/", {"tax_code": "0100109106", "capacity": "EMPOWERED"})
    page = named.headers["Location"]
    assert "Bạn chưa được làm thủ tục thay tổ chức này" in student.get(page).content.decode()
    assert "Đặng Ngọc Ánh" in mother.get("/organisations/").content.decode()
    yes = {"until-day": "1", "until-month": "12", "until-year": "2030"}
    assert mother.post(f"{page}confirmation/", {**yes, "until-year": "2020"}).status_code == 422
    assert browser_of(world, "father").get(page).status_code == 404
    assert mother.post(f"{page}confirmation/", yes).status_code == 302
    assert firm.name in student.get("/apply/cap-giay-phep-xay-dung/").content.decode()
    assert student.post(f"{page}ending/").status_code == 302
    assert firm.name not in student.get("/apply/cap-giay-phep-xay-dung/").content.decode()


def browser_of(world: World, key: str) -> Client:
    client = Client()
    enter(client, Account.objects.get(pk=world.citizens[key]))
    return client


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("to.jpg", photo(), "image/jpeg")
