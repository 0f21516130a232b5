"""A citizen takes away all that is kept of him, and nothing of anybody else."""

import json
from datetime import timedelta
from io import BytesIO
from uuid import UUID
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client

from camaug.access.identities import OutsideIdentity
from camaug.access.models import Account, AccountDecision, ApiToken, Factor, OpenSession, RecoveryCode
from camaug.behalf.actions.propose_mandate import Wish as Mandating
from camaug.behalf.actions.propose_mandate import propose_mandate
from camaug.behalf.models import Act, Relation
from camaug.cases.actions.hand_out import Receiver, hand_out
from camaug.cases.actions.note_reading import note_case_read, note_list_read
from camaug.cases.actions.order_collection import order_collection
from camaug.cases.actions.print_slip import print_slip
from camaug.cases.actions.rate import rate
from camaug.cases.actions.save import Changes, save
from camaug.cases.actions.start import start
from camaug.cases.models import CaseFile, How
from camaug.kernel.actors import SYSTEM
from camaug.kernel.copying import every_section
from camaug.kernel.ids import uuid7
from camaug.kernel.models import Blob, EventRecord
from camaug.people.actions.register_business import register_business
from camaug.people.models import Person
from camaug.people.queries import person
from camaug.postal.models import Party
from camaug.queue.models import Appointment, Hall, Ticket
from camaug.signon.models import Consent, SignOn, System
from tests.applications import carry, send_birth
from tests.belongings import message_to
from tests.helping import BIRTHS, person_of
from tests.representing import prove
from tests.sessions import enter
from tests.world import AT, COMMUNE, World

NOT_OPENED = ".khong-mo-duoc.txt"
HOME = Party("Nguyễn Thị Lan", "+84918000123", "Ấp Dinh Củ, xã Tân Ân, tỉnh Cà Mau")


def own_number(account: Account) -> str:
    return Person.objects.get(pk=account.person_id).personal_number or ""


def mandate(world: World) -> Mandating:
    """The mother asks to help the elder."""
    who = person(person_of(world, "elder"))
    return Mandating(
        number=who.personal_number, name=who.full_name, relation=Relation.RELATIVE, procedures=BIRTHS,
        acts=tuple(Act), until_at=AT + timedelta(days=90),
    )  # fmt: skip


def signed_in(account_id: UUID) -> Client:
    return signed_in_ago(account_id, timedelta())


def signed_in_ago(account_id: UUID, ago: timedelta) -> Client:
    client = Client()
    enter(client, Account.objects.get(pk=account_id), ago=ago)
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
    assert {"papers", "files", "payments", "refunds", "results", "happenings"} <= sent.keys()
    assert [(one["state"], one["facts"]["name"]) for one in sent["drafts"]] == [("AGREED", "HOÀNG NGUYỄN BẢO AN")]
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
    own = {"register", "account", "made_at", "signing_in", "sessions"}
    assert {name for name, lines in told.items() if lines} - own == set()
    assert world.citizen("mother").name not in archive.read("data.json").decode()


def test_that_it_was_taken_is_written_down(mother: Client, world: World) -> None:
    mother.get("/my-data/")
    assert not EventRecord.objects.filter(name="portal.OwnDataTaken").exists()
    taken(mother)
    assert EventRecord.objects.get(name="portal.OwnDataTaken").subject_id == world.citizens["mother"]


def test_it_asks_for_a_proof_of_some_minutes_ago(world: World) -> None:
    client = signed_in_ago(world.citizens["mother"], timedelta(minutes=50))
    assert client.get("/my-data/").status_code == 200
    answer = client.post("/my-data/")
    assert (answer.status_code, answer.streaming) == (403, False)
    assert not EventRecord.objects.filter(name="portal.OwnDataTaken").exists()


def given_all(world: World) -> UUID:
    """An account of which every part keeps something."""
    account, at = Account.objects.get(pk=world.citizens["mother"]), AT
    Factor.objects.create(account=account, kind="TOTP", name="Điện thoại", concealed="BI-MAT-TOTP", created_at=at)
    RecoveryCode.objects.create(account=account, digest="BI-MAT-MA", created_at=at)
    ApiToken.objects.create(
        digest="BI-MAT-TOKEN", prefix="cm_abc", name="Máy ở nhà", account=account, scopes=["read"], created_at=at,
        expires_at=at, revoked_at=at,
    )  # fmt: skip
    OutsideIdentity.objects.create(account=account, issuer="https://vneid", subject="s-1", linked_at=at, used_at=at)
    AccountDecision.objects.create(account=account, kind="SIGNED_OUT", reason="Mất máy", by_name="QT", decided_at=at)
    system = System.objects.create(
        client_id="thu", name="Hộp thư", owner_id=world.agencies[COMMUNE], contact="m@camau.gov.vn", audience="EVERYBODY",
        authentication="client_secret_basic", scopes=["openid"], created_at=at,
    )  # fmt: skip
    Consent.objects.create(account=account, system=system, scopes=["openid"], given_at=at)
    SignOn.objects.create(account=account, system=system, session=uuid7(), started_at=at)
    order_collection(send_birth(world).id, HOME, by=world.citizen("mother"), at=at)
    handed = carry(world, send_birth(world), to="RETURN")
    hand_out(handed.id, Receiver("Nguyễn Thị Lan"), by=world.officer("clerk"), at=at)
    rate(handed.id, "SATISFIED", words="Cảm ơn các anh chị.", by=world.citizen("mother"), at=at)
    hall = Hall.objects.get(agency_id=world.agencies[COMMUNE])
    booked = Appointment.objects.create(
        hall=hall, group=hall.groups.first(), code="HEN-1", pin="123456", day=at.date(), slot_at=at, place=1,
        state="ARRIVED", name="Nguyễn Thị Lan", phone="+84918000123", account=account, made_at=at,
    )  # fmt: skip
    Ticket.objects.create(
        hall=hall, group=hall.groups.first(), day=at.date(), letter="A", number=7, arrival=7, code="SO-7",
        appointment=booked, taken_at=at,
    )  # fmt: skip
    propose_mandate(mandate(world), by=world.citizen("mother"), at=at)
    firm = register_business("Công ty TNHH Đất Mũi", tax_code="0100109106", by=SYSTEM, at=at)
    prove(firm.id, account.person_id, at=at)
    OpenSession.objects.create(
        account=account, session_key="BI-MAT-PHIEN", origin="10.0.0.9", agent="Firefox/140", opened_at=at, seen_at=at
    )
    note_list_read("search", {"words": own_number(account)}, by=world.officer("clerk"), at=at)
    message_to(account.pk)
    return account.pk


def test_every_part_gives_what_it_keeps_and_no_secret(world: World) -> None:
    archive = taken(signed_in(given_all(world)))
    told, page = json.loads(archive.read("data.json")), archive.read("index.html").decode()
    office = {"entry", "posts", "absences", "reviews"}
    assert {name for name in every_section() if not told[name]} == office
    assert [one["name"] for one in told["tokens"]] == ["Máy ở nhà"]
    assert told["tokens"][0]["revoked_at"]
    assert [one["recovery_codes_left"] for one in told["factors"][1:]] == [1]
    assert [one["words"] for one in told["ratings"]] == ["Cảm ơn các anh chị."]
    assert [one["sender"]["phone"] for one in told["parcels"]] == [HOME.phone]
    assert [one["number"] for one in told["queue_numbers"]] == ["A007"]
    assert told["searches"][0]["agency"]
    for words in ("Hộp thư", "HEN-1", "A007", "Máy ở nhà", "Công ty TNHH Đất Mũi", "Cảm ơn các anh chị."):
        assert words in page
    for octets in map(archive.read, ("data.json", "index.html")):
        assert b"BI-MAT" not in octets
