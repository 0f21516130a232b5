from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from camaug.cases.actions.assign import assign
from camaug.cases.actions.receive import receive
from camaug.cases.actions.register import register
from camaug.cases.actions.request_supplement import Item, request_supplement
from camaug.cases.lifecycle import LIFECYCLE, PaymentState, State
from camaug.cases.models import Case, Outcome
from camaug.cases.web.desk.ways import WAYS
from camaug.kernel.models import EventRecord
from camaug.people.queries import holders
from tests.applications import BIRTH, carry, photo, send_birth, shop_intake
from tests.desks import desk_of, move, page_of
from tests.world import AT, COMMUNE, FINANCE_OFFICE, World

REASON = "Trẻ đã được đăng ký khai sinh tại xã Hồ Thị Kỷ."


def again(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_every_move_of_the_lifecycle_has_its_page() -> None:
    # the applicant submits; a joint application completes itself when its parts have ended
    assert {move.name for move in LIFECYCLE.moves} - {"submit", "complete"} == set(WAYS)


def test_a_birth_goes_from_reception_to_the_hand_through_pages_alone(world: World) -> None:
    case = send_birth(world)
    path: list[tuple[str, str, dict[str, object], State]] = [
        ("clerk", "reception/", {}, State.IN_PROCESS),
        ("specialist", "draft/", {}, State.IN_PROCESS),
        ("clerk", "draft-answer/", {"answer": "agrees"}, State.IN_PROCESS),
        ("specialist", "proposal/", {"proposal": "GRANTED", "note": "Đủ điều kiện"}, State.IN_PROCESS),
        ("chairman", "approval/", {}, State.GRANTED),
        ("registrar", "result/", {}, State.RESULT_READY),
        ("clerk", "payment/", {"way": "CASH"}, State.RESULT_READY),
        ("clerk", "handing-out/", {"receiver_name": "Nguyễn Thị Lan"}, State.HANDED_OUT),
    ]
    for who, resource, fields, state in path:
        answer = move(desk_of(world, who), case, resource, **fields)
        assert answer.status_code == 302, resource
        assert again(case).state == state
    assert again(case).delivery.receiver_name == "Nguyễn Thị Lan"


def test_a_refusal_gives_its_reasons(world: World) -> None:
    case = send_birth(world)
    assert move(desk_of(world, "clerk"), case, "refusal/", reason=REASON).status_code == 302
    assert again(case).state == State.REFUSED
    assert again(case).notes.get().text == REASON


def test_a_denial_gives_its_reasons(world: World) -> None:
    case = carry(world, send_birth(world), to="APPROVE")
    assert move(desk_of(world, "chairman"), case, "denial/", reason=REASON).status_code == 302
    assert again(case).outcome == Outcome.DENIED


def test_a_case_is_sent_back(world: World) -> None:
    case = carry(world, send_birth(world), to="APPROVE")
    assert move(desk_of(world, "chairman"), case, "rework/", reason="Kiểm tra lại tên cha").status_code == 302
    assert again(case).step == "tham-dinh"


def test_a_case_that_was_kept_at_reception_is_handed_over(world: World) -> None:
    case = send_birth(world)
    receive(case.id, by=world.officer("clerk"), at=AT, forward=False)
    assert move(desk_of(world, "clerk"), case, "hand-over/", note="Gấp").status_code == 302
    assert (again(case).state, again(case).step) == (State.IN_PROCESS, "tham-dinh")


def test_one_officer_is_made_responsible(world: World) -> None:
    case = carry(world, send_birth(world), to="EXAMINE")
    colleague = holders(case.holder_role, world.agencies[COMMUNE], AT)[-1]
    assert move(desk_of(world, "chairman"), case, "assignment/", to=str(colleague.id)).status_code == 302
    assert again(case).assignee_id == colleague.id


def test_a_supplement_is_asked_for_paper_by_paper_and_entered_with_its_files(world: World) -> None:
    case = carry(world, send_birth(world), to="EXAMINE")
    fields = {"why-form": "Ghi rõ quê quán", "why-giay-chung-sinh": "Ảnh mờ, chụp lại", "reason": "Bổ sung sớm"}
    assert move(desk_of(world, "specialist"), case, "supplement-request/", **fields).status_code == 302
    asked = again(case).supplements.get()
    assert [(item["paper"], item["reason"]) for item in asked.items] == [
        ("", "Ghi rõ quê quán"),
        ("giay-chung-sinh", "Ảnh mờ, chụp lại"),
    ]
    scan = SimpleUploadedFile("ban-chup-lai.jpg", photo("ivory"))
    brought = {"answer": "Mang bản chụp lại", "file-giay-chung-sinh": scan}
    assert move(desk_of(world, "clerk"), case, "supplement/", **brought).status_code == 302
    assert again(case).state == State.SUPPLEMENTED
    assert again(case).files.filter(file_name="ban-chup-lai.jpg").exists()


def test_money_is_asked_for_and_taken(world: World) -> None:
    case = register(shop_intake(world, payment_way="", forward=True), by=world.officer("district_clerk"), at=AT)
    case.payments.all().delete()
    assert move(desk_of(world, "district_specialist"), case, "payment-request/").status_code == 302
    assert again(case).state == State.FINANCIAL_DUTY
    assert move(desk_of(world, "district_clerk"), case, "payment/", way="TRANSFER").status_code == 302
    assert again(case).payments.get().state == PaymentState.PAID
    assert again(case).state == State.IN_PROCESS


def test_what_is_owed_is_said_where_the_result_is_handed_out(world: World) -> None:
    case = register(shop_intake(world, payment_way=""), by=world.officer("district_clerk"), at=AT)
    for who, resource, fields in (
        ("district_specialist", "proposal/", {"proposal": "GRANTED"}),
        ("district_head", "approval/", {}),
        ("district_registrar", "result/", {}),
    ):
        assert move(desk_of(world, who), case, resource, **fields).status_code == 302
    clerk = desk_of(world, "district_clerk")
    shown = clerk.get(page_of(case)).content.decode()
    assert "còn phải nộp 50.000\u00a0đ" in shown
    assert page_of(case, "payment/") in shown
    assert page_of(case, "handing-out/") not in shown
    opened = clerk.get(page_of(case, "handing-out/"))
    sent = clerk.post(
        page_of(case, "handing-out/"), {"seen": str(again(case).revision), "receiver_name": "Lê Văn Đường"}
    )  # from a page opened before the sum was owed
    for answer, status in ((opened, 200), (sent, 422)):
        page = answer.content.decode()
        assert answer.status_code == status
        assert "50.000 đồng" in page
        assert f'href="{page_of(case, "payment/")}"' in page
        assert 'name="receiver_name"' not in page
    assert move(clerk, case, "payment/", way="CASH").status_code == 302
    assert 'name="receiver_name"' in clerk.get(page_of(case, "handing-out/")).content.decode()
    assert move(clerk, case, "handing-out/", receiver_name="Lê Văn Được").status_code == 302


# The mistakes: nothing is lost, nothing is done.
WRONG: list[tuple[str, str, str, dict[str, str], str]] = [
    ("SUBMITTED", "clerk", "refusal/", {"reason": "  "}, ""),
    ("EXAMINE", "specialist", "proposal/", {"proposal": "DENIED", "note": ""}, ""),
    ("EXAMINE", "specialist", "proposal/", {"proposal": "MAYBE", "note": "Còn phân vân"}, "Còn phân vân"),
    ("EXAMINE", "specialist", "supplement-request/", {"reason": "Xin bổ sung"}, "Xin bổ sung"),
    ("EXAMINE", "chairman", "assignment/", {"to": "nobody"}, ""),
    ("APPROVE", "chairman", "denial/", {"reason": ""}, ""),
    ("APPROVE", "chairman", "rework/", {"reason": "", "to": "tham-dinh"}, ""),
    ("RETURN", "clerk", "handing-out/", {"receiver_name": " ", "receiver_number": "096194000123"}, "096194000123"),
]


@pytest.mark.parametrize(("step", "who", "resource", "fields", "kept"), WRONG)
def test_what_is_missing_is_said_above_the_form_and_nothing_typed_is_lost(
    world: World, step: str, who: str, resource: str, fields: dict[str, str], kept: str
) -> None:
    case = send_birth(world) if step == "SUBMITTED" else carry(world, send_birth(world), to=step)
    before = again(case).revision
    answer = move(desk_of(world, who), case, resource, **fields)
    assert answer.status_code == 422
    assert "govuk-error-summary" in answer.content.decode()
    assert kept in answer.content.decode()
    assert again(case).revision == before


@pytest.mark.parametrize(("step", "who", "resource"), [(row[0], row[1], row[2]) for row in WRONG])
def test_a_form_filled_while_another_moved_the_case_says_who_and_when(
    world: World, step: str, who: str, resource: str
) -> None:
    case = send_birth(world) if step == "SUBMITTED" else carry(world, send_birth(world), to=step)
    Case.objects.filter(pk=case.pk).update(revision=again(case).revision + 2, moved_by_name="Trần Thị Minh")
    typed = {"seen": str(case.revision), "reason": REASON, "note": REASON, "proposal": "GRANTED", "why-form": REASON}
    typed |= {"receiver_name": REASON, "to": str(case.id)}
    answer = desk_of(world, who).post(page_of(case, resource), typed)
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "Trần Thị Minh" in said
    assert REASON in said or resource == "assignment/"


DOUBLE: list[tuple[Callable[[World], Case], str, str, dict[str, str], str]] = [
    (send_birth, "clerk", "reception/", {}, "cases.CaseReceived"),
    (
        lambda w: carry(w, send_birth(w), to="EXAMINE"),
        "specialist",
        "proposal/",
        {"proposal": "GRANTED"},
        "cases.DecisionProposed",
    ),
    (lambda w: carry(w, send_birth(w), to="APPROVE"), "chairman", "approval/", {}, "cases.CaseGranted"),
    (lambda w: carry(w, send_birth(w), to="PUBLISH"), "registrar", "result/", {}, "cases.ResultPublished"),
    (
        lambda w: carry(w, send_birth(w), to="RETURN"),
        "clerk",
        "handing-out/",
        {"receiver_name": "Nguyễn Thị Lan"},
        "cases.ResultHandedOut",
    ),
]


@pytest.mark.parametrize(("prepare", "who", "resource", "fields", "event"), DOUBLE, ids=lambda v: str(v)[:20])
def test_the_same_form_sent_twice_does_nothing_twice(
    world: World, prepare: Callable[[World], Case], who: str, resource: str, fields: dict[str, str], event: str
) -> None:
    case = again(prepare(world))
    client = desk_of(world, who)
    for _ in range(2):
        answer = client.post(page_of(case, resource), {"seen": str(case.revision), **fields})
        assert answer.status_code == 302
    assert EventRecord.objects.filter(subject_id=case.id, name=event).count() == 1


def test_a_form_that_does_not_say_what_was_seen_moves_nothing(world: World) -> None:
    case = send_birth(world)
    assert desk_of(world, "clerk").post(page_of(case, "reception/")).status_code == 422
    assert again(case).state == State.SUBMITTED


RESOURCES = [way.page.replace("_", "-") + "/" for way in WAYS.values()]


@pytest.mark.parametrize("resource", RESOURCES)
def test_an_officer_elsewhere_finds_no_such_page(world: World, resource: str) -> None:
    case = send_birth(world)
    stranger = desk_of(world, "other_clerk")
    assert stranger.get(page_of(case, resource)).status_code == 404
    assert stranger.post(page_of(case, resource), {"seen": "1"}).status_code == 404


def test_whose_turn_it_is_not_is_told_why(world: World) -> None:
    case = send_birth(world)
    specialist = desk_of(world, "specialist")
    assert "chỉ" in specialist.get(page_of(case)).content.decode().lower()
    refused = specialist.get(page_of(case, "reception/"))
    assert refused.status_code == 403
    assert "Bạn không có quyền thực hiện việc này" in refused.content.decode(), "there is nothing to correct"
    answer = specialist.post(page_of(case, "reception/"), {"seen": str(case.revision)})
    assert answer.status_code == 403
    assert again(case).state == State.SUBMITTED


def test_a_move_that_is_not_open_leads_back_to_the_case(world: World) -> None:
    case = send_birth(world)
    answer = desk_of(world, "clerk").get(page_of(case, "handing-out/"), follow=True)
    assert answer.redirect_chain == [(page_of(case), 302)]
    assert "Mới nộp" in answer.content.decode()


def test_a_case_says_why_the_result_cannot_be_handed_out_yet(world: World) -> None:
    case = carry(world, send_birth(world), to="EXAMINE")
    assert "văn bản chưa được ký" in desk_of(world, "specialist").get(page_of(case)).content.decode()


def test_a_second_request_is_warned_of_and_flagged_and_a_third_is_explained(world: World) -> None:
    case = carry(world, send_birth(world), to="EXAMINE")
    specialist, clerk = desk_of(world, "specialist"), desk_of(world, "clerk")
    request_supplement(case.id, [Item("", "Tờ khai", "Thiếu")], reason="", by=world.officer("specialist"), at=AT)
    move(clerk, case, "supplement/")
    assert "bị tính là quá hạn" in specialist.get(page_of(case, "supplement-request/")).content.decode()
    assert "Yêu cầu bổ sung 2 lần" not in specialist.get(page_of(case)).content.decode()
    assert move(specialist, case, "supplement-request/", **{"why-form": "Còn thiếu"}).status_code == 302
    assert "yêu cầu bổ sung 2 lần" in specialist.get("/desk/waiting/").content.decode()
    move(clerk, case, "supplement/")
    shown = specialist.get(page_of(case)).content.decode()
    assert "Yêu cầu bổ sung 2 lần" in shown
    assert "chỉ cho phép một lần" in shown
    assert page_of(case, "supplement-request/") not in shown


def test_the_history_names_who_did_what(world: World) -> None:
    case = carry(world, send_birth(world), to="APPROVE")
    shown = desk_of(world, "chairman").get(page_of(case)).content.decode()
    assert "Lê Anh Tuấn" in shown
    assert "bạn đang ở đây" in shown


def test_an_unassigned_colleague_no_longer_sees_the_case_among_his_work(world: World) -> None:
    case = register(shop_intake(world), by=world.officer("district_clerk"), at=AT)
    colleagues = holders(case.holder_role, world.agencies[FINANCE_OFFICE], AT)
    other = next(one for one in colleagues if one.officer_name != "Đỗ Quốc Bảo")
    specialist = desk_of(world, "district_specialist")
    assert case.code in specialist.get("/desk/todo/").content.decode()
    assign(case.id, to=other.id, by=world.officer("district_head"), at=AT)
    assert case.code not in specialist.get("/desk/todo/").content.decode()


def test_asking_for_money_where_none_is_owed_is_refused_in_words(world: World) -> None:
    case = carry(world, send_birth(world), to="EXAMINE")
    Case.objects.filter(pk=case.pk).update(answers=BIRTH | {"copies_wanted": "NO"})
    assert page_of(case, "payment-request/") not in desk_of(world, "specialist").get(page_of(case)).content.decode()
    answer = desk_of(world, "specialist").post(page_of(case, "payment-request/"), {"seen": str(case.revision)})
    assert answer.status_code == 422
