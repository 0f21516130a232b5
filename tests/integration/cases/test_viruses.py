"""Uploads under a real clamscan, with one signature that these tests make."""

from pathlib import Path

import pytest
from django.conf import settings as configured
from django.test import Client
from pytest_django import Settings

from camaug.access.models import Account
from camaug.cases.actions.add_file import add_file
from camaug.cases.actions.quarantine import quarantine
from camaug.cases.actions.save import Changes, save
from camaug.cases.actions.start import start
from camaug.cases.jobs import scan_files
from camaug.cases.models import Case, CaseFile
from camaug.kernel.actors import SYSTEM, Actor
from camaug.kernel.dispatch import subscribers
from camaug.kernel.errors import NotFound
from camaug.kernel.files.refusals import FileInfected, NotScannedYet, StoredFileInfected
from camaug.kernel.files.scanning import scan_pending
from camaug.kernel.files.store import open_blob
from camaug.kernel.models import Blob, EventRecord, Scan
from camaug.notify.loading import load_profile
from camaug.notify.models import Message
from tests.applications import BIRTH, photo, send_birth
from tests.desks import desk_of, page_of
from tests.sessions import enter
from tests.unit.kernel.files import samples
from tests.world import AT, World

PAPER = "giay-chung-sinh"
MARK = b"this-is-the-virus-of-our-own-tests"
CLEAN_PDF = samples.pdf(2)
BAD_PDF = CLEAN_PDF.replace(b"startxref", b"% " + MARK + b"\nstartxref")


@pytest.fixture
def signatures(tmp_path: Path) -> Path:
    """A signature database that knows one virus."""
    (tmp_path / "own.ndb").write_text(f"CaMau.Test.Virus:0:*:{MARK.hex()}\n")
    return tmp_path


@pytest.fixture
def scanner(signatures: Path, settings: Settings) -> Path:
    """Scanning is on."""
    settings.VIRUS_SCAN = f"clamscan --database={signatures}"
    return signatures


@pytest.fixture
def mother(world: World) -> Actor:
    return world.citizen("mother")


def give(case: Case, by: Actor, content: bytes, name: str = "giay.pdf") -> CaseFile:
    return add_file(case.id, PAPER, content=content, file_name=name, by=by, at=AT)


def browser(world: World) -> Client:
    client = Client()
    enter(client, Account.objects.get(pk=world.citizens["mother"]))
    return client


def scan_of(file: CaseFile) -> str:
    return Blob.objects.get(pk=file.blob_id).scan


def heard() -> list[Message]:
    """The messages about viruses, told twice as a dispatcher that lost its place would."""
    load_profile(configured.PROFILE, at=AT, progress=lambda _done, _total: None)
    teller = next(known for known in subscribers() if known.name == "cases.tell_of_viruses")
    for _time in range(2):
        teller.react(list(EventRecord.objects.filter(name__in=teller.to).order_by("id")))
    return list(Message.objects.filter(notice="VIRUS_FOUND"))


def test_officers_wait_for_the_scanner_and_the_sender_does_not(scanner: Path, world: World, mother: Actor) -> None:
    case = send_birth(world)
    file = case.files.get()
    page = page_of(case, f"files/{file.id}/")
    desk = desk_of(world, "clerk")
    waiting = desk.get(page)
    assert (waiting.status_code, "đang được quét vi-rút" in waiting.content.decode()) == (422, True)
    assert "đang được quét vi-rút" in desk.get(page_of(case, f"papers/{PAPER}/")).content.decode()
    assert desk.get(f"{page}?small").status_code == 422
    assert browser(world).get(f"/my-cases/{case.id}/files/{file.id}/").status_code == 200
    with pytest.raises(NotScannedYet):
        open_blob(file.blob)
    scan_files(0)
    assert scan_of(file) == Scan.CLEAN
    assert desk.get(page).status_code == 200
    assert case.files.there().count() == 1


def test_an_infected_file_leaves_the_dossier_and_is_never_opened_again(
    scanner: Path, world: World, mother: Actor
) -> None:
    case = send_birth(world)
    good = case.files.get()
    bad = give(case, world.officer("clerk"), BAD_PDF)
    scan_files(0)
    assert [scan_of(good), scan_of(bad)] == [Scan.CLEAN, Scan.INFECTED]
    assert list(case.files.there()) == [good]
    event = EventRecord.objects.get(name="cases.FileQuarantined")
    assert event.facts == {"paper": PAPER, "file": str(bad.id), "virus": "CaMau.Test.Virus.UNOFFICIAL"}
    desk = desk_of(world, "clerk")
    assert desk.get(page_of(case, f"files/{bad.id}/")).status_code == 404
    assert "Khóa tệp nhiễm vi-rút" in desk.get(page_of(case)).content.decode()
    with pytest.raises(StoredFileInfected):
        open_blob(Blob.objects.get(pk=bad.blob_id), unscanned=True)
    scan_files(0)
    assert EventRecord.objects.filter(name="cases.FileQuarantined").count() == 1
    assert heard() == []  # the clerk's own file is no news for the mother


def test_who_sent_it_is_told_on_the_page_and_by_message(scanner: Path, world: World, mother: Actor) -> None:
    case = start("dang-ky-khai-sinh", by=mother, at=AT)
    save(case.id, Changes(answers=BIRTH), by=mother, at=AT)
    give(case, mother, BAD_PDF, "xau.pdf")
    scan_files(0)
    assert not case.files.there().exists()
    (message,) = heard()
    assert message.account_id == world.citizens["mother"]
    assert "bị nhiễm vi-rút" in message.title
    shown = browser(world).get(f"/applications/{case.id}/papers/").content.decode()
    assert "“xau.pdf” bị nhiễm vi-rút" in shown


def test_an_infected_paper_of_a_sent_case_is_missing_again(scanner: Path, world: World, mother: Actor) -> None:
    case = send_birth(world)
    sent = case.files.get()
    Blob.objects.filter(pk=sent.blob_id).update(scan=Scan.INFECTED, virus="X")
    scan_files(0)
    assert case.papers.get(paper=PAPER).state == "MISSING"
    (message,) = heard()
    assert sent.file_name in message.body


def test_the_same_bytes_are_refused_when_they_come_again(scanner: Path, world: World, mother: Actor) -> None:
    case = send_birth(world)
    give(case, world.officer("clerk"), BAD_PDF)
    scan_files(0)
    with pytest.raises(FileInfected, match=r"lai\.pdf"):
        give(case, world.officer("clerk"), BAD_PDF, "lai.pdf")
    assert case.files.there().count() == 1


def test_only_an_infected_file_goes_into_quarantine(scanner: Path, world: World) -> None:
    file = send_birth(world).files.get()
    with pytest.raises(NotFound):
        quarantine(file.id, by=SYSTEM, at=AT)


@pytest.mark.parametrize("broken", ["clamscan --database=/nowhere", "no-such-scanner", "false", "true"])
def test_files_wait_while_the_scanner_fails(
    scanner: Path, settings: Settings, world: World, broken: str, caplog: pytest.LogCaptureFixture
) -> None:
    file = send_birth(world).files.get()
    settings.VIRUS_SCAN = broken
    assert scan_pending() == 0
    assert scan_of(file) == Scan.PENDING
    assert "virus scanner" in caplog.text
    settings.VIRUS_SCAN = f"clamscan --database={scanner}"
    assert scan_pending() == 1


def test_many_files_go_to_one_start_and_none_is_left(scanner: Path, world: World, mother: Actor) -> None:
    case = send_birth(world)
    clerk = world.officer("clerk")
    for shade in range(7):
        give(case, clerk, photo(f"rgb({30 * shade},0,0)"), f"{shade}.jpg")
    assert [scan_pending(batch=5), scan_pending(batch=5), scan_pending(batch=5)] == [5, 3, 0]
    assert not Blob.objects.filter(scan=Scan.PENDING).exists()


def test_without_the_setting_nothing_is_scanned_and_everything_is_served(world: World) -> None:
    case = send_birth(world)
    file = case.files.get()
    scan_files(0)
    assert scan_of(file) == Scan.UNSCANNED
    assert desk_of(world, "clerk").get(page_of(case, f"files/{file.id}/")).status_code == 200


def test_bytes_that_came_before_scanning_was_on_are_scanned_when_they_come_again(
    world: World, signatures: Path, settings: Settings
) -> None:
    case = send_birth(world)
    give(case, world.officer("clerk"), BAD_PDF)
    settings.VIRUS_SCAN = f"clamscan --database={signatures}"
    give(case, world.officer("clerk"), BAD_PDF)
    scan_files(0)
    assert case.files.there().count() == 1
