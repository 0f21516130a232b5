"""A citizen takes away all that is kept of him, and nothing of anybody else."""

import json
from io import BytesIO
from uuid import UUID
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client

from camaug.access.models import Account
from camaug.cases.actions.note_reading import note_case_read
from camaug.cases.actions.print_slip import print_slip
from camaug.cases.actions.save import Changes, save
from camaug.cases.actions.start import start
from camaug.cases.models import CaseFile, How
from camaug.kernel.actors import SYSTEM
from camaug.kernel.models import Blob, EventRecord
from tests.applications import carry, send_birth
from tests.belongings import message_to
from tests.sessions import enter
from tests.world import AT, World

NOT_OPENED = ".khong-mo-duoc.txt"


def signed_in(account_id: UUID) -> Client:
    client = Client()
    enter(client, Account.objects.get(pk=account_id))
    return client


def taken(client: Client) -> ZipFile:
    answer = client.post("/my-data/")
    assert (answer.status_code, answer["Content-Type"], answer.streaming) == (200, "application/zip", True)
    return ZipFile(BytesIO(b"".join(answer)))  # type: ignore[arg-type]


@pytest.fixture
def mother(world: World) -> Client:
    case = carry(world, send_birth(world), to="EXAMINE")
    print_slip(case.slips.get(form=1).id, by=SYSTEM, at=AT)
    note_case_read(case.code or "", How.PAGE, by=world.officer("clerk"), at=AT)
    begun = start("tro-cap-xa-hoi-hang-thang", by=world.citizen("mother"), at=AT)
    save(begun.id, Changes(answers={"group": "HIV_ADULT"}), by=world.citizen("mother"), at=AT)
    message_to(world.citizens["mother"])
    return signed_in(world.citizens["mother"])


def test_programs_read_everything_in_one_file(mother: Client, world: World) -> None:
    archive = taken(mother)
    assert archive.testzip() is None
    told = json.loads(archive.read("data.json"))
    assert told["register"]["full_name"] == world.citizen("mother").name
    draft, sent = told["cases"]
    assert (draft["draft"], draft["answers"]["group"]) == (True, "HIV_ADULT")
    assert sent["state"] == "IN_PROCESS"
    assert {"papers", "files", "payments", "results", "happenings"} <= sent.keys()
    assert not {"proposal", "moved_by_name", "assignee_id", "holder_role", "consultations"} & sent.keys()
    assert [look["why"] for look in told["looks"]] == ["COUNTER"]
    assert [notice["title"] for notice in told["notices"]] == ["Đã nộp hồ sơ"]
    assert set(sent["papers_in_archive"]) < set(archive.namelist())


def test_a_person_reads_it_in_a_browser_and_opens_the_papers(mother: Client) -> None:
    archive = taken(mother)
    page = archive.read("index.html").decode()
    assert "Dữ liệu của tôi" in page
    assert "Người nhiễm HIV" in page
    (slip,) = (name for name in archive.namelist() if name.endswith("mau-01.pdf"))
    assert archive.read(slip).startswith(b"%PDF")
    assert all(archive.read(name) for name in archive.namelist())


def test_what_does_not_open_is_told_and_stops_nothing_else(mother: Client, world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("""UPDATE cases_case SET answers = '{"group": "e1:gone:AAAA"}' WHERE state = 'DRAFT'""")
    archive = taken(mother)
    draft, sent = json.loads(archive.read("data.json"))["cases"]
    assert (draft["unreadable"], sent["state"]) == (True, "IN_PROCESS")
    assert "không mở được" in archive.read("index.html").decode()


def test_a_paper_that_does_not_open_is_named_in_its_place(mother: Client) -> None:
    before = set(taken(mother).namelist())
    lost = Blob.objects.create(sha256="0" * 64, size=3, media_type="image/jpeg")
    CaseFile.objects.update(blob=lost)
    with taken(mother) as archive:
        told = {name for name in archive.namelist() if name.endswith(NOT_OPENED)}
        assert told
        assert before - set(archive.namelist()) == {name.removesuffix(NOT_OPENED) for name in told}
        for name in told:
            assert name.removesuffix(NOT_OPENED).rpartition("/")[2][4:] in archive.read(name).decode()


def test_nothing_of_anybody_else_is_in_it(mother: Client, world: World) -> None:
    archive = taken(signed_in(world.citizens["shopkeeper"]))
    told = json.loads(archive.read("data.json"))
    assert (told["cases"], told["looks"], told["notices"]) == ([], [], [])
    assert world.citizen("mother").name not in archive.read("data.json").decode()


def test_that_it_was_taken_is_written_down(mother: Client, world: World) -> None:
    mother.get("/my-data/")
    assert not EventRecord.objects.filter(name="portal.OwnDataTaken").exists()
    taken(mother)
    assert EventRecord.objects.get(name="portal.OwnDataTaken").subject_id == world.citizens["mother"]
