"""Uploads in pieces (tus 1.0.0): what was acknowledged stays, nothing comes twice, nobody else sees it."""

import base64
import hashlib
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from camaug.access.models import Account
from camaug.cases.actions.save import Changes, save
from camaug.cases.actions.start import start
from camaug.cases.models import Case
from camaug.kernel.clock import now
from camaug.kernel.encryption import NotDecrypted
from camaug.kernel.errors import NotFound
from camaug.kernel.files import resumable
from camaug.kernel.files.refusals import FileTooLarge
from camaug.kernel.models import PartialUpload, UploadPiece
from tests.applications import BIRTH, send_birth
from tests.desks import desk_of, page_of
from tests.sessions import enter
from tests.unit.kernel.files import samples
from tests.world import AT, World

PAPER = "giay-chung-sinh"
FILE = samples.photograph((900, 700))
TUS = {"Tus-Resumable": "1.0.0"}
NAME = base64.b64encode("giấy chứng sinh.jpg".encode()).decode()


@pytest.fixture
def mother(world: World) -> Client:
    return signed_in(world.citizens["mother"])


@pytest.fixture
def stranger(world: World) -> Client:
    return signed_in(world.citizens["shopkeeper"])


def signed_in(account: object) -> Client:
    client = Client()
    enter(client, Account.objects.get(pk=account))
    return client


def begin(client: Client, size: int = len(FILE), **more: str) -> HttpResponse:
    headers = {**TUS, "Upload-Length": str(size), "Upload-Metadata": f"filename {NAME}", **more}
    return client.post("/uploads/", headers=headers)


def piece(client: Client, place: str, octets: bytes, offset: int, **more: str) -> HttpResponse:
    kind = more.pop("kind", "application/offset+octet-stream")
    headers = {**TUS, "Upload-Offset": str(offset), **more}
    return client.patch(place, octets, content_type=kind, headers=headers)


def asked(client: Client, place: str) -> HttpResponse:
    return client.head(place, headers=TUS)


def test_the_server_says_what_it_understands(mother: Client) -> None:
    said = mother.options("/uploads/")
    assert (said.status_code, said["Tus-Version"]) == (204, "1.0.0")
    assert set(said["Tus-Extension"].split(",")) == {"creation", "expiration", "checksum", "termination"}
    assert int(said["Tus-Max-Size"]) == settings.FILES_MAX_MEGABYTES << 20


def test_a_file_comes_in_pieces_and_is_whole(mother: Client) -> None:
    begun = begin(mother)
    place = begun["Location"]
    assert (begun.status_code, begun["Upload-Offset"]) == (201, "0")
    at = 0
    for part in (FILE[:1000], FILE[1000:1001], FILE[1001:]):
        answer = piece(mother, place, part, at)
        at += len(part)
        assert (answer.status_code, answer["Upload-Offset"]) == (204, str(at))
        standing = asked(mother, place)
        assert (standing.status_code, standing["Upload-Offset"]) == (200, str(at))
        assert (standing["Upload-Length"], standing["Cache-Control"]) == (str(len(FILE)), "no-store")
    upload = PartialUpload.objects.get()
    assert resumable.content(upload) == FILE
    assert upload.file_name == "giấy chứng sinh.jpg"


def test_a_piece_lies_closed_in_its_own_place(mother: Client) -> None:
    place = begin(mother)["Location"]
    piece(mother, place, FILE[:1000], 0)
    piece(mother, place, FILE[1000:], 1000)
    with connection.cursor() as cursor:
        cursor.execute("SELECT octets FROM kernel_uploadpiece")
        assert all(bytes(octets).startswith(b"e1:") for (octets,) in cursor.fetchall())
        cursor.execute("UPDATE kernel_uploadpiece SET start = start + 1")
    with pytest.raises(NotDecrypted):
        resumable.content(PartialUpload.objects.get())


def test_a_piece_that_comes_again_does_nothing_twice(mother: Client) -> None:
    place = begin(mother)["Location"]
    assert piece(mother, place, FILE[:1000], 0).status_code == 204
    for offset in (0, 999, 1001, 10**11):
        again = piece(mother, place, FILE[:1000], offset)
        assert (again.status_code, again["Upload-Offset"]) == (409, "1000")
    assert UploadPiece.objects.count() == 1
    assert piece(mother, place, FILE[1000:], 1000).status_code == 204
    assert resumable.content(PartialUpload.objects.get()) == FILE


def test_nobody_reaches_another_s_upload(world: World, mother: Client, stranger: Client) -> None:
    place = begin(mother)["Location"]
    piece(mother, place, FILE[:1000], 0)
    for other in (stranger, Client(), desk_of(world, "clerk")):
        assert asked(other, place).status_code == 404
        assert piece(other, place, FILE[1000:], 1000).status_code == 404
        assert other.delete(place, headers=TUS).status_code == 404
    assert PartialUpload.objects.get().received == 1000
    assert begin(Client()).status_code == 404
    assert mother.delete(place, headers=TUS).status_code == 204
    assert asked(mother, place).status_code == 404
    assert not UploadPiece.objects.exists()


WRONG_BEGINNINGS = [
    ("another version", {"Tus-Resumable": "0.2.2"}, 412),
    ("no length", {"Upload-Length": ""}, 400),
    ("a negative length", {"Upload-Length": "-1"}, 400),
    ("no number", {"Upload-Length": "x"}, 400),
    ("an endless number", {"Upload-Length": "9" * 400}, 400),
    ("nothing to send", {"Upload-Length": "0"}, 422),
    ("too much", {"Upload-Length": str((settings.FILES_MAX_MEGABYTES << 20) + 1)}, 413),
    ("a name that is no base64", {"Upload-Metadata": "filename !!"}, 201),
    ("no name", {"Upload-Metadata": ""}, 201),
]


@pytest.mark.parametrize(
    ("headers", "status"), [row[1:] for row in WRONG_BEGINNINGS], ids=[r[0] for r in WRONG_BEGINNINGS]
)
def test_what_is_wrong_at_the_beginning_is_said(mother: Client, headers: dict[str, str], status: int) -> None:
    answer = begin(mother, **headers)
    assert answer.status_code == status
    assert PartialUpload.objects.exists() == (status == 201)
    if status in (413, 422):
        assert answer["Content-Type"].startswith("text/plain")
        assert answer.content


def test_a_wrong_piece_leaves_the_upload_as_it_was(mother: Client) -> None:
    place = begin(mother)["Location"]
    sum_of_other = base64.b64encode(hashlib.sha256(b"other").digest()).decode()
    right = base64.b64encode(hashlib.sha256(FILE[:9]).digest()).decode()
    assert piece(mother, place, FILE[:9], 0, kind="image/jpeg").status_code == 415
    assert piece(mother, place, FILE[:9], 0, **{"Tus-Resumable": "2"}).status_code == 412
    assert piece(mother, place, FILE[:9], 0, **{"Upload-Offset": "x"}).status_code == 400
    assert piece(mother, place, FILE[:9], 0, **{"Upload-Checksum": f"sha256 {sum_of_other}"}).status_code == 460
    assert piece(mother, place, FILE[:9], 0, **{"Upload-Checksum": "md5 x"}).status_code == 460
    assert piece(mother, place, bytes(resumable.LARGEST_PIECE + 1), 0).status_code == 413
    assert piece(mother, place, FILE + b"x", 0).status_code == 413
    assert asked(mother, place)["Upload-Offset"] == "0"
    assert piece(mother, place, FILE[:9], 0, **{"Upload-Checksum": f"sha256 {right}"}).status_code == 204
    assert mother.get(place).status_code == 405


def test_one_account_cannot_fill_the_store(world: World) -> None:
    owner, time = world.citizens["mother"], now()
    for _file in range(20):
        resumable.begin(owner, "a.pdf", 20 << 20, at=time)
    with pytest.raises(resumable.TooMuchUnderWay):
        resumable.begin(owner, "a.pdf", 1, at=time)
    resumable.begin(world.citizens["shopkeeper"], "a.pdf", 1, at=time)
    small = world.citizens["student"]
    for _file in range(resumable.MOST_UNDER_WAY):
        resumable.begin(small, "a.pdf", 1, at=time)
    with pytest.raises(resumable.TooMuchUnderWay):
        resumable.begin(small, "a.pdf", 1, at=time)


def test_half_an_upload_is_kept_a_day_from_its_last_piece(world: World) -> None:
    owner, time = world.citizens["mother"], now()
    upload = resumable.begin(owner, "a.jpg", len(FILE), at=time)
    later = time + timedelta(hours=23)
    resumable.append(upload.id, FILE[:10], offset=0, owner=owner, at=later)
    assert resumable.forget_expired(at=later + timedelta(hours=23)) == 0
    with pytest.raises(NotFound):
        resumable.append(upload.id, FILE[10:], offset=10, owner=owner, at=later + timedelta(hours=24))
    assert resumable.forget_expired(at=later + timedelta(hours=24)) == 1
    assert not UploadPiece.objects.exists()


def test_more_than_was_promised_does_not_come(world: World) -> None:
    owner, time = world.citizens["mother"], now()
    upload = resumable.begin(owner, "a.jpg", 10, at=time)
    with pytest.raises(FileTooLarge):
        resumable.append(upload.id, bytes(11), offset=0, owner=owner, at=time)


@pytest.fixture
def draft(world: World) -> Case:
    mother = world.citizen("mother")
    return save(start("dang-ky-khai-sinh", by=mother, at=AT).id, Changes(answers=BIRTH), by=mother, at=AT)


def whole(client: Client, octets: bytes = FILE) -> str:
    """The id of an upload that has arrived."""
    place = begin(client, len(octets))["Location"]
    assert piece(client, place, octets, 0).status_code == 204
    return place.split("/")[-2]


def test_the_form_takes_in_what_came_before_it_once(mother: Client, draft: Case) -> None:
    ids = [whole(mother), whole(mother, samples.photograph(shade=90))]
    page = f"/applications/{draft.id}/papers/"
    for _time in range(2):
        assert mother.post(page, {f"{PAPER}-uploaded": ids, "upload": "yes"}).status_code == 302
    assert [file.file_name for file in draft.files.order_by("added_at", "id")] == ["giấy chứng sinh.jpg"] * 2
    assert not PartialUpload.objects.exists()


def test_the_form_takes_nobody_else_s_upload_and_no_half_one(mother: Client, stranger: Client, draft: Case) -> None:
    page = f"/applications/{draft.id}/papers/"
    foreign, half = whole(stranger), begin(mother)["Location"].split("/")[-2]
    assert mother.post(page, {f"{PAPER}-uploaded": [foreign, "x"], "upload": "yes"}).status_code == 302
    answer = mother.post(page, {f"{PAPER}-uploaded": half, "upload": "yes"})
    assert (answer.status_code, "chưa đến đủ" in answer.content.decode()) == (422, True)
    assert not draft.files.exists()
    assert PartialUpload.objects.count() == 2


def test_what_is_refused_in_the_end_is_thrown_away_with_its_reason(mother: Client, draft: Case) -> None:
    bad = whole(mother, b"no picture at all")
    answer = mother.post(f"/applications/{draft.id}/papers/", {f"{PAPER}-uploaded": bad, "upload": "yes"})
    assert answer.status_code == 422
    assert "giấy chứng sinh.jpg" in answer.content.decode()
    assert not PartialUpload.objects.exists()


def test_an_officer_sends_in_pieces_too(world: World) -> None:
    case = send_birth(world)
    desk = desk_of(world, "clerk")
    upload = whole(desk)
    assert desk.post(page_of(case, f"papers/{PAPER}/files/"), {"files-uploaded": upload}).status_code == 302
    assert case.files.filter(file_name="giấy chứng sinh.jpg").exists()
