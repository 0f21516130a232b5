"""Party bodies, the Fatherland Front and unions work at the same desk, and their papers bear their own heads."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from camaug.access.models import Account
from camaug.access.queries import actor_of
from camaug.cases.actions.approve import approve
from camaug.cases.actions.hand_out import Receiver, hand_out
from camaug.cases.actions.print_result import print_result
from camaug.cases.actions.print_slip import print_slip
from camaug.cases.actions.propose import propose
from camaug.cases.actions.publish_result import publish_result
from camaug.cases.actions.register import register
from camaug.cases.intake import Intake, PaperTaken
from camaug.cases.lifecycle import State
from camaug.cases.models import Case, Outcome
from camaug.catalogue.actions.publish_version import publish_version
from camaug.catalogue.definition.procedure import AgencySort
from camaug.catalogue.queries import current
from camaug.kernel.actors import SYSTEM, Actor
from camaug.kernel.files.store import open_blob
from camaug.kernel.ids import uuid7
from camaug.kernel.models import Blob
from camaug.people.queries import holders
from tests.desks import desk_of, page_of
from tests.unit.catalogue.samples import KNOWN
from tests.world import AT, FRONT, PARTY, TRADE_UNION, World

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MEMBER = {
    "member_name": "Đặng Ngọc Ánh",
    "from_cell": "Chi bộ Trường THCS Tân Ân",
    "to_cell": "Chi bộ khóm 3, thị trấn Rạch Gốc",
    "reason": "Chuyển nơi cư trú",
}
WORKER = {"worker_name": "Đặng Ngọc Ánh", "workplace": "Cơ sở khô cá Đất Mũi"}
GIVEN = PaperTaken(originals=1)
BODIES: list[tuple[str, str, Mapping[str, Any], Mapping[str, PaperTaken], str, bool]] = [
    (PARTY, "chuyen-sinh-hoat-dang", MEMBER, {"quyet-dinh-chuyen": GIVEN, "ban-tu-kiem-diem": GIVEN},
     "ĐẢNG CỘNG SẢN VIỆT NAM", False),
    (TRADE_UNION, "gia-nhap-cong-doan", WORKER, {"don-gia-nhap": GIVEN}, NATION, True),
    (FRONT, "tai-mat-tran", WORKER, {"don-gia-nhap": GIVEN}, NATION, True),
]  # fmt: skip


def acting(role: str, world: World, agency: str) -> Actor:
    """Somebody of the agency who carries the role."""
    who = holders(role, world.agencies[agency], AT)[0]
    return actor_of(Account.objects.get(officer_id=who.officer_id), at=AT, origin="test")


def text_of(blob: Blob) -> str:
    with open_blob(blob) as paper:
        return " ".join(page.extract_text() for page in PdfReader(BytesIO(paper.read())).pages)


def let_the_front_receive() -> None:
    """A dossier type of the Front's, as an administrator would write it down: the union's with another receiver."""
    like = current("gia-nhap-cong-doan", AT.date()).definition
    receiving = (AgencySort(kind="FRONT", level="DISTRICT"),)
    competence = like.competence.model_copy(update={"receiving": receiving, "level": "DISTRICT"})
    publish_version(
        like.model_copy(update={"code": "tai-mat-tran", "competence": competence}), known=KNOWN, by=SYSTEM, at=AT
    )


def take_in(world: World, agency: str, code: str, answers: Mapping[str, Any], papers: Mapping[str, PaperTaken]) -> Case:
    intake = Intake(
        request_key=uuid7(),
        procedure=code,
        receiving_agency=world.agencies[agency],
        name="Đặng Ngọc Ánh",
        number="096300000321",
        phone="+84918000321",
        answers=dict(answers),
        papers=dict(papers),
    )
    return register(intake, by=acting("ONE_STOP_CLERK", world, agency), at=AT)


@pytest.mark.parametrize(
    ("agency", "code", "answers", "papers", "heading", "motto"), BODIES, ids=["Party", "union", "Front"]
)
def test_a_case_is_received_processed_and_handed_out(
    world: World,
    agency: str,
    code: str,
    answers: Mapping[str, Any],
    papers: Mapping[str, PaperTaken],
    heading: str,
    motto: bool,
) -> None:
    if code == "tai-mat-tran":
        let_the_front_receive()
    case = take_in(world, agency, code, answers, papers)
    receipt = text_of(print_slip(case.slips.get(form=1).id, by=SYSTEM, at=AT))
    propose(case.id, Outcome.GRANTED, by=acting("SPECIALIST", world, agency), at=AT)
    approve(case.id, by=acting("UNIT_HEAD" if agency == PARTY else "LEADER", world, agency), at=AT)
    publish_result(case.id, by=acting("REGISTRAR", world, agency), at=AT)
    done = hand_out(case.id, Receiver("Đặng Ngọc Ánh"), by=acting("ONE_STOP_CLERK", world, agency), at=AT)
    assert done.state == State.HANDED_OUT
    notice = text_of(print_result(done.results.get().id, by=SYSTEM, at=AT))
    for paper in (receipt, notice):
        assert heading in paper
        assert (NATION in paper) == motto
        assert ("Độc lập - Tự do - Hạnh phúc" in paper) == motto
    assert "Bộ phận Tiếp nhận" in receipt or "BỘ PHẬN TIẾP NHẬN" in receipt


def test_a_party_paper_names_the_party_body_above_and_bears_the_star(world: World) -> None:
    _body = BODIES[0]
    case = take_in(world, *_body[:4])
    propose(case.id, Outcome.GRANTED, by=acting("SPECIALIST", world, PARTY), at=AT)
    approve(case.id, by=acting("UNIT_HEAD", world, PARTY), at=AT)
    done = publish_result(case.id, by=acting("REGISTRAR", world, PARTY), at=AT)
    said = text_of(print_result(done.results.get().id, by=SYSTEM, at=AT))
    assert "ĐẢNG BỘ TỈNH CÀ MAU" in said.upper()
    assert "HUYỆN ỦY NGỌC HIỂN" in said.upper()
    assert "*" in said


def test_the_desk_of_the_party_committee_is_the_same_desk(world: World) -> None:
    case = take_in(world, *BODIES[0][:4])
    specialist = desk_of(world, "party_specialist")
    assert str(case.code) in specialist.get("/desk/todo/").content.decode()
    assert specialist.get(page_of(case)).status_code == 200
    assert (
        "Chuyển sinh hoạt đảng" in desk_of(world, "party_clerk").get("/desk/intake/procedures/?q=đảng").content.decode()
    )
    assert desk_of(world, "clerk").get(page_of(case)).status_code == 404
    assert desk_of(world, "party_head").get("/desk/load/").status_code == 200


@pytest.mark.parametrize("agency", [PARTY, TRADE_UNION, FRONT])
def test_each_of_them_is_staffed_for_the_whole_way(world: World, agency: str) -> None:
    for role in ("ONE_STOP_CLERK", "SPECIALIST", "LEADER", "REGISTRAR"):
        assert holders(role, world.agencies[agency], AT), role
