"""A procedure is for citizens, for businesses, or for both: at home, at the counter, over REST; refused in one sentence."""

import pytest
from django.test import Client

from camaug.access.models import Account
from camaug.cases.actions.hand_out import AuthorisationMissing, Receiver, identified
from camaug.cases.actions.register import register
from camaug.cases.actions.save import Changes, save
from camaug.cases.actions.start import start
from camaug.cases.actions.submit import submit
from camaug.cases.applicants import WrongApplicant
from camaug.cases.bulk import expected_receiver
from camaug.cases.models import Applicant, Case
from camaug.cases.unseen import NotRepresenting
from camaug.catalogue.queries import current
from camaug.kernel.actors import SYSTEM
from camaug.kernel.ids import uuid7
from camaug.people.actions.end_representation import end_representation
from camaug.people.actions.register_business import register_business
from camaug.people.models import Business
from camaug.people.representing import Representation
from tests.applications import BIRTH, copy_intake, shop_intake
from tests.callers import program_of
from tests.desks import desk_of
from tests.representing import prove
from tests.sessions import enter
from tests.world import AT, COMMUNE, World

FOR_ALL, FOR_PEOPLE, FOR_FIRMS = "cap-giay-phep-xay-dung", "dang-ky-khai-sinh", "khuyen-mai-may-rui"
ONLY_FIRMS = "Chỉ doanh nghiệp, tổ chức được nộp hồ sơ thủ tục này."
ONLY_PEOPLE = "Chỉ cá nhân được nộp hồ sơ thủ tục này."


@pytest.fixture
def firm(world: World) -> Business:
    """The mother's company."""
    made = register_business(
        "Công ty TNHH Tôm Năm Căn", tax_code="0100109106", phone="0918000999", address="Năm Căn", by=SYSTEM, at=AT
    )
    prove(made.id, world.citizen("mother").person_id)
    return made


@pytest.fixture
def mother(world: World) -> Client:
    client = Client()
    enter(client, Account.objects.get(pk=world.citizens["mother"]))
    return client


@pytest.mark.parametrize(
    ("code", "for_firm", "said"),
    [
        (FOR_ALL, False, ""),
        (FOR_ALL, True, ""),
        (FOR_PEOPLE, False, ""),
        (FOR_PEOPLE, True, ONLY_PEOPLE),
        (FOR_FIRMS, False, ONLY_FIRMS),
        (FOR_FIRMS, True, ""),
    ],
)
def test_it_binds_where_a_case_is_started_online(
    world: World, firm: Business, mother: Client, code: str, for_firm: bool, said: str
) -> None:
    by, business = world.citizen("mother"), firm.id if for_firm else None
    sent = {"request_key": "01900000-0000-7000-8000-00000000000a", "for": str(business or "")}
    answer = mother.post(f"/apply/{code}/", sent)
    called = {"procedure": code, **({"business_id": str(business)} if business else {})}
    over_rest = program_of(by).post("/own-cases", called)
    if said:
        with pytest.raises(WrongApplicant, match=said):
            start(code, by=by, at=AT, business=business)
        assert (answer.status_code, said in answer.content.decode()) == (422, True)
        assert (over_rest.status_code, said in over_rest.json().values()) == (422, True)
        assert not Case.objects.exists()
        return
    case = start(code, by=by, at=AT, business=business)
    assert (answer.status_code, over_rest.status_code) == (302, 201)
    whose = (
        (Applicant.BUSINESS, firm.id, firm.name, firm.tax_code)
        if for_firm
        else (Applicant.PERSON, None, by.name, "096194000123")
    )
    assert (case.applicant_kind, case.business_id, case.applicant_name, case.applicant_number) == whose
    assert {made.applicant_kind for made in Case.objects.all()} == {whose[0]}


def test_nobody_applies_for_another_s_business(world: World, firm: Business) -> None:
    student = world.citizen("student")
    for one in (firm.id, uuid7()):
        with pytest.raises(NotRepresenting):
            start(FOR_ALL, by=student, at=AT, business=one)
        refused = program_of(student).post("/own-cases", {"procedure": FOR_ALL, "business_id": str(one)})
        assert (refused.status_code, str(NotRepresenting()) in refused.json().values()) == (403, True)


def test_a_draft_of_before_is_not_sent_either(world: World) -> None:
    mother = world.citizen("mother")
    case = start(FOR_PEOPLE, by=mother, at=AT)
    save(case.id, Changes(answers=BIRTH, receiving_agency=world.agencies[COMMUNE]), by=mother, at=AT)
    Case.objects.filter(pk=case.pk).update(version=current(FOR_FIRMS, AT.date()).id)
    with pytest.raises(WrongApplicant):
        submit(case.id, by=mother, at=AT)


def test_it_binds_at_the_counter(world: World, firm: Business) -> None:
    clerk = world.officer("district_clerk")
    with pytest.raises(WrongApplicant, match=ONLY_PEOPLE):
        register(shop_intake(world, business=firm.id, name=firm.name), by=clerk, at=AT)
    both = copy_intake(world, business=firm.id, name=firm.name)
    assert register(both, by=world.officer("clerk"), at=AT).applicant_kind == Applicant.BUSINESS
    desk = desk_of(world, "district_clerk")
    shown = desk.get(f"/desk/intake/for/dang-ky-ho-kinh-doanh/?business={firm.id}")
    assert (shown.status_code, ONLY_PEOPLE in shown.content.decode()) == (422, True)
    assert (
        "/desk/intake/for/dang-ky-ho-kinh-doanh/" not in desk.get(f"/desk/intake/?business={firm.id}").content.decode()
    )
    assert "/desk/intake/for/dang-ky-ho-kinh-doanh/" in desk.get("/desk/intake/").content.decode()


def test_nothing_is_offered_that_is_refused(world: World, mother: Client) -> None:
    page = mother.get(f"/apply/{FOR_FIRMS}/").content.decode()
    assert "/organisations/" in page
    assert 'name="request_key"' not in page
    assert f"/apply/{FOR_FIRMS}/" not in mother.get(f"/procedures/{FOR_FIRMS}/").content.decode()
    way = "/guide/mo-cua-hang/khuyen-mai/"
    assert f"/apply/{FOR_FIRMS}/" not in mother.get(way).content.decode()
    assert f"/apply/{FOR_FIRMS}/" in Client().get(way).content.decode(), "of a stranger nothing is known"


def test_who_represents_a_business_chooses_for_whom(firm: Business, mother: Client) -> None:
    page = mother.get(f"/apply/{FOR_ALL}/").content.decode()
    assert "Bạn nộp hồ sơ cho ai?" in page
    assert firm.name in page
    assert "Bạn nộp hồ sơ cho ai?" not in mother.get(f"/apply/{FOR_PEOPLE}/").content.decode()
    assert f"Bạn nộp hồ sơ cho {firm.name}" in mother.get(f"/apply/{FOR_FIRMS}/").content.decode()


def test_the_counter_enters_who_represents_a_business(world: World) -> None:
    desk = desk_of(world, "clerk")
    typed = {
        "firm_name": "Công ty TNHH Cua Cà Mau",
        "firm_tax_code": "0100109106",
        "firm_representative": "096194000123",
    }
    assert desk.post("/desk/intake/business/", {**typed, "firm_representative": "096194999999"}).status_code == 422
    assert desk.post("/desk/intake/business/", typed).status_code == 302
    said = Representation.objects.get()
    assert (said.person_id, said.proof) == (world.citizen("mother").person_id, "")
    assert not world.citizen("mother").represents, "what a clerk was told proves nothing"


def test_the_representative_takes_the_result_without_another_paper(world: World, firm: Business) -> None:
    case = start(FOR_ALL, by=world.citizen("mother"), at=AT, business=firm.id)
    mother = Receiver("Nguyễn Thị Lan", "096194000123")
    assert expected_receiver(case, at=AT) == mother
    assert identified(case, mother, at=AT).authorisation
    with pytest.raises(AuthorisationMissing):
        identified(case, Receiver("Hoàng Minh Khôi", "096092000456"), at=AT)
    end_representation(Representation.objects.get().pk, by=world.citizen("mother"), at=AT)
    assert expected_receiver(case, at=AT) == Receiver(firm.name, firm.tax_code)
    with pytest.raises(AuthorisationMissing):
        identified(case, mother, at=AT)
