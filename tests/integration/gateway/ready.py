"""For each operation of the API: who calls it about what, in which words, when everything is right.

What it is about was made by real actions and stands where the operation is open; each is made when it is asked for.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from camaug.cases.actions.amend import Details, amend
from camaug.cases.actions.ask_withdrawal import ask_withdrawal
from camaug.cases.actions.confirm_payment import confirm_payment
from camaug.cases.actions.consult import Question, consult
from camaug.cases.actions.hand_out import Receiver, hand_out
from camaug.cases.actions.receive import receive
from camaug.cases.actions.register import register
from camaug.cases.actions.request_supplement import Item, request_supplement
from camaug.cases.actions.show_draft import show_draft
from camaug.cases.actions.suspend import suspend
from camaug.cases.models import Case
from camaug.kernel.clock import LOCAL, now
from camaug.worktime.queries import calendar_of
from tests.applications import SHOP, birth, carry, photo, send_birth, shop_intake
from tests.callers import Program, program_of
from tests.integration.gateway.bodies import BODIES
from tests.world import COMMUNE, DISTRICT, OTHER_COMMUNE, World

MOVED_BY = {
    "receive": "clerk",
    "refuse": "clerk",
    "ask_withdrawal": "clerk",
    "drop_withdrawal": "clerk",
    "hand_over": "clerk",
    "request_supplement": "clerk",
    "supplement": "clerk",
    "confirm_payment": "clerk",
    "hand_out": "clerk",
    "stop": "clerk",
    "amend": "clerk",
    "answer_draft": "clerk",
    "pay_back": "clerk",
    "show_draft": "specialist",
    "propose": "specialist",
    "take_back": "specialist",
    "assign": "specialist",
    "consult": "specialist",
    "withdraw_question": "specialist",
    "suspend": "specialist",
    "resume": "specialist",
    "approve": "chairman",
    "deny": "chairman",
    "send_back": "chairman",
    "apologise": "chairman",
    "correct_result": "chairman",
    "revoke_result": "chairman",
    "reopen": "chairman",
    "publish_result": "registrar",
    "ask_payment": "district_specialist",
    "answer": "other_clerk",
}
ITEM = Item("giay-chung-sinh", "Giấy chứng sinh", "Ảnh mờ")
GROUND = {"ground": "APPRAISAL", "document": "125/CV-XM", "reason": "Chờ kết quả xác minh."}


@dataclass(frozen=True)
class Ready:
    """A right call: by whom, with which values of the address, body, query and headers."""

    program: Program
    place: dict[str, str] = field(default_factory=dict)
    body: Any = None
    query: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


def ready(world: World, operation: str) -> Ready:
    """For that operation, by its name in the OpenAPI."""
    if operation.startswith("move_"):
        return _move(world, operation.removeprefix("move_"))
    if operation in _OWN:
        return _OWN[operation](world)
    if operation in _OFFICERS:
        return _OFFICERS[operation](world)
    return _OPEN.get(operation, _bare)(world)


# --- where a case stands ----------------------------------------------------------------------------------------------


def _at(world: World, step: str, *, paid: bool = True) -> Case:
    return carry(world, send_birth(world, at=now()), to=step, at=now(), paid=paid)


def _sent(world: World) -> Case:
    return send_birth(world, at=now())


def _examined(world: World) -> Case:
    return _at(world, "EXAMINE")


def _undrafted(world: World) -> Case:
    return receive(_sent(world).id, by=world.officer("clerk"), at=now())


def _shown(world: World) -> Case:
    return show_draft(_undrafted(world).id, by=world.officer("specialist", at=now()), at=now())


def _overpaid(world: World) -> Case:
    case = confirm_payment(_undrafted(world).id, way="CASH", by=world.officer("clerk"), at=now())
    none = Details(answers={**case.answers, "copies_wanted": "NO"}, name=case.applicant_name)
    return amend(case.id, none, reason="Thôi xin bản sao.", by=world.officer("clerk"), at=now())


def _proposed(world: World) -> Case:
    return _at(world, "APPROVE")


def _published(world: World) -> Case:
    return _at(world, "RETURN")


def _handed_out(world: World) -> Case:
    taken = Receiver("Nguyễn Thị Lan")
    return hand_out(_published(world).id, taken, by=world.officer("clerk"), at=now())


def _received(world: World) -> Case:
    return receive(_sent(world).id, by=world.officer("clerk"), at=now(), forward=False)


def _asked(world: World) -> Case:
    return request_supplement(_sent(world).id, [ITEM], reason="Ảnh mờ", by=world.officer("clerk"), at=now())


def _withdrawn(world: World) -> Case:
    return ask_withdrawal(_sent(world).id, reason="Nộp nhầm", by=world.citizen("mother"), at=now())


def _suspended(world: World) -> Case:
    return suspend(_examined(world).id, **GROUND, by=world.officer("specialist"), at=now())


def _consulted(world: World) -> Case:
    asked = Question(text="Số 15 có đúng không?", agency=world.agencies[OTHER_COMMUNE], hours=16)
    return consult(_examined(world).id, asked, by=world.officer("specialist"), at=now())


def _shop(world: World) -> Case:
    return register(shop_intake(world, payment_way=""), by=world.officer("district_clerk"), at=now())


STANDING: dict[str, Callable[[World], Case]] = {
    "receive": _sent,
    "refuse": _sent,
    "request_supplement": _sent,
    "supplement": _asked,
    "assign": _examined,
    "hand_over": _received,
    "show_draft": _undrafted,
    "answer_draft": _shown,
    "propose": _examined,
    "approve": _proposed,
    "deny": _proposed,
    "send_back": _proposed,
    "take_back": _proposed,
    "ask_payment": _shop,
    "confirm_payment": lambda world: _at(world, "RETURN", paid=False),
    "pay_back": _overpaid,
    "publish_result": lambda world: _at(world, "PUBLISH"),
    "hand_out": _published,
    "consult": _examined,
    "answer": _consulted,
    "withdraw_question": _consulted,
    "suspend": _examined,
    "resume": _suspended,
    "apologise": _examined,
    "ask_withdrawal": _examined,
    "drop_withdrawal": _withdrawn,
    "stop": _withdrawn,
    "amend": _examined,
    "correct_result": _published,
    "revoke_result": _published,
    "reopen": _handed_out,
}
"""Where a case stands when a move is open in it."""


def _move(world: World, move: str) -> Ready:
    case = STANDING[move](world)
    body = BODIES.get(f"move_{move}")
    if move in _WORDS:
        body = {**body, **_WORDS[move](world, case)}
    return Ready(_officer(world, MOVED_BY[move]), {"code": case.code or ""}, body)


def _told_apart(_world: World, case: Case) -> dict[str, Any]:
    return {"consultation": str(case.consultations.get().id)}


def _asking(world: World, _case: Case) -> dict[str, Any]:
    return {"agency": str(world.agencies[OTHER_COMMUNE]), "hours": 16}


def _to_whom(world: World, _case: Case) -> dict[str, Any]:
    return {"to": str(world.officer("specialist").posts[0].id)}


def _later(_world: World, case: Case) -> dict[str, Any]:
    assert case.due_at
    days = calendar_of(case.competent_agency_id, at=now())
    return {"new_date": days.add_working_days(case.due_at.astimezone(LOCAL).date(), 2).isoformat()}


def _mended(_world: World, case: Case) -> dict[str, Any]:
    return {"answers": {**case.answers, "child_name": "Hoàng Nguyễn Minh An"}}


_WORDS: dict[str, Callable[[World, Case], dict[str, Any]]] = {
    "answer": _told_apart,
    "withdraw_question": _told_apart,
    "consult": _asking,
    "assign": _to_whom,
    "suspend": lambda _world, _case: GROUND,
    "apologise": _later,
    "amend": lambda world, case: {**_mended(world, case), "name": case.applicant_name, "phone": case.applicant_phone},
    "correct_result": _mended,
}


# --- callers ----------------------------------------------------------------------------------------------------------


def _officer(world: World, key: str) -> Program:
    return program_of(world.officer(key, at=now()))


def _mother(world: World) -> Program:
    return program_of(world.citizen("mother", at=now()))


def _bare(_world: World) -> Ready:
    return Ready(Program())


# --- an applicant's own -----------------------------------------------------------------------------------------------


def _draft(world: World, *, filled: bool = False) -> tuple[Program, str, str]:
    """A draft of the mother's with one file; whole where it is `filled`."""
    mother = _mother(world)
    draft = mother.post("/own-cases", BODIES["start_own_case"]).json()["id"]
    if filled:
        answers = {"answers": birth(now()), "receiving_agency_id": str(world.agencies[COMMUNE])}
        mother.send("PATCH", f"/own-cases/{draft}", answers)
    file = mother.post(f"/own-cases/{draft}/files?paper=giay-chung-sinh&name=a.jpg", photo()).json()["id"]
    return mother, draft, file


def _of_draft(name: str = "", **more: Any) -> Callable[[World], Ready]:
    def made(world: World) -> Ready:
        mother, draft, file = _draft(world, filled=name == "submit_own_case")
        return Ready(mother, {"case": draft, "file": file}, BODIES.get(name), **more)

    return made


def _of_case(standing: Callable[[World], Case], name: str = "") -> Callable[[World], Ready]:
    def made(world: World) -> Ready:
        return Ready(_mother(world), _place(standing(world)), BODIES.get(name))

    return made


def _place(case: Case) -> dict[str, str]:
    """The address of a case, and of what lies in it."""
    pieces: dict[str, Any] = {"file": case.files.first(), "slip": case.slips.first(), "result": case.results.first()}
    return {
        "case": str(case.id),
        "code": case.code or "",
        **{name: str(piece.id) for name, piece in pieces.items() if piece},
    }


def _adding_a_file(world: World) -> Ready:
    mother, draft, _file = _draft(world)
    return Ready(mother, {"case": draft}, photo("gray"), {"paper": "giay-chung-sinh", "name": "b.jpg"})


def _upload(world: World, octets: bytes, sent: int) -> tuple[Program, str]:
    mother = _mother(world)
    upload = mother.post("/uploads", {"file_name": "a.jpg", "size": len(octets)}).json()["id"]
    if sent:
        mother.send("PATCH", f"/uploads/{upload}", octets[:sent], Upload_Offset="0")
    return mother, upload


def _under_way(world: World) -> Ready:
    octets = photo()
    half = len(octets) // 2
    mother, upload = _upload(world, octets, half)
    return Ready(mother, {"upload": upload}, octets[half:], {}, {"Upload-Offset": str(half)})


def _arrived(world: World) -> Ready:
    _program, draft, _file = _draft(world)
    octets = photo("gray")
    mother, upload = _upload(world, octets, len(octets))
    return Ready(mother, {"case": draft}, {"upload": upload, "paper": "giay-chung-sinh"})


def _looked_at(world: World) -> Ready:
    found = _under_way(world)
    return Ready(found.program, found.place)


def _of_mother(name: str = "") -> Callable[[World], Ready]:
    return lambda world: Ready(_mother(world), {}, BODIES.get(name))


_OWN: dict[str, Callable[[World], Ready]] = {
    "list_own_cases": _of_mother(),
    "list_helped_cases": _of_mother(),
    "start_own_case": _of_mother("start_own_case"),
    "read_own_case": _of_draft(),
    "fill_own_case": _of_draft("fill_own_case"),
    "discard_own_case": _of_draft(),
    "submit_own_case": _of_draft("submit_own_case"),
    "add_own_file": _adding_a_file,
    "add_own_upload": _arrived,
    "read_own_file": _of_draft(),
    "remove_own_file": _of_draft(),
    "read_own_slip": _of_case(_published),
    "read_own_result": _of_case(_published),
    "read_own_draft": _of_case(_shown),
    "answer_own_draft": _of_case(_shown, "answer_own_draft"),
    "supplement_own_case": _of_case(_asked, "supplement_own_case"),
    "withdraw_own_case": _of_case(_sent, "withdraw_own_case"),
    "continue_own_case": _of_case(_withdrawn),
    "rate_own_case": _of_case(_handed_out, "rate_own_case"),
    "begin_upload": _of_mother("begin_upload"),
    "read_upload": _looked_at,
    "send_piece": _under_way,
    "discard_upload": _looked_at,
}


# --- officers', and what is open --------------------------------------------------------------------------------------


def _by_clerk(world: World) -> Ready:
    return Ready(_officer(world, "clerk"), _place(_published(world)))


def _taking_in(world: World) -> Ready:
    intake = {
        "procedure": "dang-ky-ho-kinh-doanh",
        "receiving_agency": DISTRICT,
        "name": "Lê Văn Được",
        "number": "096088000789",
        "phone": "+84918000789",
        "answers": SHOP,
        "papers": {"giay-de-nghi": {"originals": 1}},
        "payment_way": "CASH",
    }
    return Ready(_officer(world, "district_clerk"), {}, intake)


def _adding_to_a_case(world: World) -> Ready:
    there = {"code": _sent(world).code or ""}
    return Ready(_officer(world, "clerk"), there, photo("gray"), {"paper": "giay-chung-sinh", "name": "b.jpg"})


_OFFICERS: dict[str, Callable[[World], Ready]] = {
    "list_cases": _by_clerk,
    "read_case": _by_clerk,
    "list_moves": _by_clerk,
    "read_case_file": _by_clerk,
    "read_case_slip": _by_clerk,
    "read_case_result": _by_clerk,
    "register_case": _taking_in,
    "add_case_file": _adding_to_a_case,
}


def _of_procedure(_world: World) -> Ready:
    return Ready(Program(), {"code": "dang-ky-khai-sinh"})


_OPEN: dict[str, Callable[[World], Ready]] = {
    "read_agency": lambda _world: Ready(Program(), {"code": COMMUNE}),
    "read_procedure": _of_procedure,
    "read_form": _of_procedure,
    "list_offices": _of_procedure,
    "follow_case": lambda world: Ready(Program(), {"code": _sent(world).code or ""}, headers={"Second-Fact": "0123"}),
}
