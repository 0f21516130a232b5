"""A citizen's app takes an application from its beginning to the rating."""

from datetime import timedelta

import pytest

from camaug.cases.actions.add_file import add_file
from camaug.cases.actions.hand_out import Receiver, hand_out
from camaug.cases.actions.request_supplement import Item, request_supplement
from camaug.cases.actions.save import Changes, save
from camaug.cases.actions.start import start
from camaug.cases.models import Case
from camaug.catalogue.actions.publish_version import publish_version
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import now
from camaug.kernel.models import PartialUpload
from tests.applications import birth, carry, photo, send_birth
from tests.callers import Program, program_of
from tests.unit.catalogue.samples import KNOWN, changed, real
from tests.world import COMMUNE, World


@pytest.fixture
def mother(world: World) -> Program:
    return program_of(world.citizen("mother", at=now()))


def test_an_application_is_filled_in_sent_and_followed(world: World, mother: Program) -> None:
    begun = mother.post("/own-cases", {"procedure": "dang-ky-khai-sinh"})
    place = begun["Location"].removeprefix("/api/v1")
    left = begun.json()["left"]
    assert "child_name" in left["answers"]
    assert left["office"]
    assert mother.post(f"{place}/submission").status_code == 422

    filled = {"answers": birth(now()), "receiving_agency_id": str(world.agencies[COMMUNE])}
    assert mother.send("PATCH", place, filled).json()["left"] == {
        "answers": {},
        "papers": ["Giấy chứng sinh"],
        "office": False,
        "reach": False,
    }
    assert mother.post(f"{place}/files?paper=giay-chung-sinh&name=a.jpg", photo()).status_code == 201
    sent = mother.post(f"{place}/submission")
    assert (sent.status_code, sent.json()["state"]) == (200, "SUBMITTED"), sent.content
    assert mother.get(place).json()["code"] == sent.json()["code"]
    assert [line["code"] for line in mother.get("/own-cases").json()["items"]] == [sent.json()["code"]]

    followed = Program().get(f"/follow/{sent.json()['code']}", Second_Fact="0123")
    assert followed.json()["applicant"] == "N. T. Lan"
    assert Program().get(f"/follow/{sent.json()['code']}", Second_Fact="9999").status_code == 422


def test_what_is_wrong_is_said_by_field(world: World, mother: Program) -> None:
    place = mother.post("/own-cases", {"procedure": "dang-ky-khai-sinh"})["Location"].removeprefix("/api/v1")
    wrong = {
        "answers": {**birth(now()), "child_birth_date": "2999-01-01"},
        "receiving_agency_id": str(world.agencies[COMMUNE]),
    }
    mother.send("PATCH", place, wrong)
    told = mother.post(f"{place}/submission").json()
    assert told["type"].endswith("#invalid-input")
    assert list(told["errors"]) == ["child_birth_date"]


def test_a_draft_begun_under_other_rules_takes_those_of_today_although_its_sending_is_refused(
    world: World, mother: Program
) -> None:
    before = now() - timedelta(days=10)
    somebody = world.citizen("mother", at=before)
    case = start("dang-ky-khai-sinh", by=somebody, at=before)
    add_file(case.id, "giay-chung-sinh", content=photo(), file_name="a.jpg", by=somebody, at=before)
    filled = Changes(answers=birth(before), receiving_agency=world.agencies[COMMUNE])
    save(case.id, filled, by=somebody, at=before)
    since = (before + timedelta(days=2)).date().isoformat()
    rules = changed(real("dang-ky-khai-sinh"), version=2, valid_from=since)
    publish_version(rules, known=KNOWN, by=SYSTEM, at=before)
    refused, sent = (mother.post(f"/own-cases/{case.id}/submission") for _ in range(2))
    assert (refused.status_code, sent.status_code) == (422, 200), sent.content
    assert Case.objects.get(pk=case.id).version.number == 2


@pytest.mark.parametrize("answers", [{"a": float("nan")}, {"a": "\ud800"}, {"a": "\x00"}])
def test_what_no_database_can_keep_is_refused(world: World, mother: Program, answers: dict[str, object]) -> None:
    place = mother.post("/own-cases", {"procedure": "dang-ky-khai-sinh"})["Location"].removeprefix("/api/v1")
    assert mother.send("PATCH", place, {"answers": answers}).status_code in (400, 422)


def test_a_request_of_the_office_is_answered(world: World, mother: Program) -> None:
    case = send_birth(world, at=now())
    item = Item("giay-chung-sinh", "Giấy chứng sinh", "Ảnh mờ")
    request_supplement(case.id, [item], reason="Ảnh mờ", by=world.officer("clerk", at=now()), at=now())
    place = f"/own-cases/{case.id}"
    assert mother.get(place).json()["supplement"]["items"][0]["paper"] == "giay-chung-sinh"
    mother.send("PATCH", place, {"answers": {"birth_place": "Trạm y tế xã Tân Ân"}})
    mother.post(f"{place}/files?paper=giay-chung-sinh&name=b.jpg", photo("gray"))
    told = mother.post(f"{place}/supplement", {"answer": "Đã chụp lại"})
    assert (told.status_code, told.json()["state"]) == (200, "SUPPLEMENTED"), told.content
    assert told.json()["answers"]["birth_place"] == "Trạm y tế xã Tân Ân"


def test_a_withdrawal_is_asked_for_and_dropped(world: World, mother: Program) -> None:
    place = f"/own-cases/{send_birth(world, at=now()).id}"
    assert mother.post(f"{place}/withdrawal", {"reason": "Nộp nhầm"}).json()["state"] == "WITHDRAWAL_ASKED"
    assert mother.post(f"{place}/continuation").json()["state"] != "WITHDRAWAL_ASKED"


def test_the_service_is_rated_and_the_result_downloaded(world: World, mother: Program) -> None:
    case = carry(world, send_birth(world, at=now()), to="RETURN", at=now())
    hand_out(case.id, Receiver("Nguyễn Thị Lan"), by=world.officer("clerk", at=now()), at=now())
    place = f"/own-cases/{case.id}"
    told = mother.send("PUT", f"{place}/rating", {"satisfaction": "SATISFIED", "words": "Nhanh"})
    assert told.json()["rating"] == "SATISFIED"
    for kind in ("results", "slips", "files"):
        got = mother.get(f"{place}/{kind}/{told.json()[kind][0]['id']}")
        assert got.status_code == 200
        assert b"".join(got)[:4] in (b"\xff\xd8\xff\xe0", b"%PDF")


def test_a_draft_is_thrown_away(world: World, mother: Program) -> None:
    place = mother.post("/own-cases", {"procedure": "dang-ky-khai-sinh"})["Location"].removeprefix("/api/v1")
    assert mother.send("DELETE", place).status_code == 204
    assert mother.get(place).status_code == 404
    assert not Case.objects.exists()


def test_a_file_comes_in_pieces(world: World, mother: Program) -> None:
    octets = photo()
    half = len(octets) // 2
    begun = mother.post("/uploads", {"file_name": "a.jpg", "size": len(octets)})
    place = begun["Location"].removeprefix("/api/v1")
    assert mother.send("PATCH", place, octets[:half], Upload_Offset="0").json()["received"] == half
    lost = mother.send("PATCH", place, octets[:half], Upload_Offset="0")
    assert (lost.status_code, mother.get(place).json()["received"]) == (409, half)
    mother.send("PATCH", place, octets[half:], Upload_Offset=str(half))
    draft = mother.post("/own-cases", {"procedure": "dang-ky-khai-sinh"})["Location"].removeprefix("/api/v1")
    added = mother.post(f"{draft}/uploads", {"upload": begun.json()["id"], "paper": "giay-chung-sinh"})
    assert (added.status_code, added.json()["media_type"]) == (201, "image/jpeg"), added.content
    assert not PartialUpload.objects.exists()
    assert mother.send("DELETE", f"{draft}/files/{added.json()['id']}").status_code == 204
