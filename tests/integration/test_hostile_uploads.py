"""Whatever is sent as a file, by whatever way: taken and shown as what it is, or refused in a sentence with nothing
left of it; never a fault of ours.
"""

import base64
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import quote

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, Phase, given, strategies
from hypothesis import settings as fuzzing

from camaug.access.models import Account
from camaug.cases.actions.save import Changes, save
from camaug.cases.actions.start import start
from camaug.cases.models import Case, CaseFile
from camaug.kernel.clock import now
from camaug.kernel.files.sniffing import JPEG, PDF, PNG, sniff
from camaug.kernel.files.store import name_of, open_blob
from camaug.kernel.models import Blob, EventRecord, PartialUpload, UploadPiece
from camaug.people.actions.carry_import import carry_import
from camaug.people.models import Import, SheetKind
from tests.applications import birth, send_birth
from tests.callers import Program, program_of
from tests.damage import files, names, real_files, traps
from tests.desks import desk_of, page_of
from tests.sessions import enter
from tests.world import AT, World

pytestmark = pytest.mark.django_db
PAPER, IDENTITY = "giay-chung-sinh", "giay-to-tuy-than"
KEPT = (CaseFile, Blob, EventRecord, PartialUpload, UploadPiece, Import)
ERROR = 'class="govuk-error-summary"'
TUS = {"Tus-Resumable": "1.0.0"}
IMPORTS = "/desk/administration/imports/"
BOUNDARY = "a-boundary-of-no-file"

type Way = Callable[[bytes, str], HttpResponse]


def fuzz(examples: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return fuzzing(
        max_examples=examples,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
        derandomize=True,
        database=None,
    )


@contextmanager
def in_vain() -> Iterator[None]:
    """Whatever happens in it did not."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def rows() -> dict[str, int]:
    """How many there are of everything that an upload could leave behind."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        return {model.__name__: model.objects.count() for model in KEPT} | {"jobs": cursor.fetchone()[0]}


def sent(content: bytes, name: str, field: str, **more: str) -> dict[str, object]:
    """A form as a hostile program writes it: the name goes as it is, whatever is in it."""
    parts = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{more[key]}\r\n' for key in more]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'
    body = "".join(parts).encode() + head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    return {"data": body, "content_type": f"multipart/form-data; boundary={BOUNDARY}"}


@dataclass(frozen=True)
class Office:
    """Somebody with a draft, an officer with a case, an administrator, each at a browser."""

    draft: Case
    case: Case
    mother: Client
    clerk: Client
    administrator: Client
    program: Program

    def by_form(self, content: bytes, name: str) -> HttpResponse:
        """The citizen's page of papers."""
        return self.mother.post(self.papers, **sent(content, name, PAPER, upload="yes"))

    def at_the_desk(self, content: bytes, name: str) -> HttpResponse:
        """An identity paper, scanned at the counter."""
        return self.clerk.post(page_of(self.case, f"papers/{IDENTITY}/files/"), **sent(content, name, "files"))

    def by_program(self, content: bytes, name: str) -> HttpResponse:
        """The API, in one call."""
        return self.program.post(f"/own-cases/{self.draft.id}/files?paper={PAPER}&name={quote(name)}", content)

    @property
    def papers(self) -> str:
        return f"/applications/{self.draft.id}/papers/"


@pytest.fixture
def office(world: World) -> Office:
    mother = world.citizen("mother")
    draft = save(start("dang-ky-khai-sinh", by=mother, at=AT).id, Changes(answers=birth(now())), by=mother, at=AT)
    client = Client()
    enter(client, Account.objects.get(pk=mother.account_id))
    desks = (desk_of(world, key) for key in ("clerk", "administrator"))
    program = program_of(world.citizen("mother", at=now()))
    return Office(draft, send_birth(world), client, *desks, program)


def check(answer: HttpResponse, before: dict[str, int], content: bytes, stood: bool, look: Callable[[], None]) -> None:
    """Taken and to be looked at; or a sentence and nothing left, neither as a row nor in the store."""
    if answer.status_code in (201, 302):
        look()
        return
    assert answer.status_code in (400, 422), answer.status_code
    said = answer.content.decode()
    assert ERROR in said or '"title"' in said, said[:300]
    assert rows() == before
    assert default_storage.exists(_name(content)) == stood


def _name(content: bytes) -> str:
    return name_of(hashlib.sha256(content).hexdigest())


def try_way(way: Way, content: bytes, name: str, look: Callable[[], None]) -> None:
    before, stood = rows(), default_storage.exists(_name(content))
    with in_vain():
        check(way(content, name), before, content, stood, look)


def look_at_the_draft(office: Office) -> Callable[[], None]:
    """As its owner does: the page, the file, the small picture of it, the pages of the joined PDF."""

    def look() -> None:
        for file in office.draft.files.there().select_related("blob"):
            with open_blob(file.blob, unscanned=True) as stored:
                kept = stored.read()
            assert sniff(kept, file.file_name).media_type == file.blob.media_type
            address = f"/my-cases/{office.draft.id}/files/{file.id}/"
            whole, small = office.mother.get(address), office.mother.get(address, {"small": ""})
            assert b"".join(whole) == kept
            assert small.status_code == 200
            if file.blob.media_type in (JPEG, PNG):
                assert small.content.startswith(b"\xff\xd8")
                joining = f"/applications/{office.draft.id}/papers/{PAPER}/pages/"
                assert office.mother.get(joining).status_code == 200
        assert office.mother.get(office.papers).status_code == 200

    return look


def look_at_the_desk(office: Office) -> Callable[[], None]:
    """As officers do: the paper's page, the copy that says what it is for, the small picture of it."""

    def look() -> None:
        for file in office.case.files.there().filter(paper=IDENTITY).select_related("blob"):
            address = page_of(office.case, f"files/{file.id}/")
            for query in ({}, {"small": ""}, {"download": ""}):
                shown = office.clerk.get(address, query)
                assert shown.status_code == 200, query
                kind = PDF if file.blob.media_type == PDF else JPEG
                assert shown.headers["Content-Type"] == kind
        assert office.clerk.get(page_of(office.case, f"papers/{IDENTITY}/")).status_code == 200

    return look


def test_a_form_takes_a_file_or_says_why_not(office: Office) -> None:
    @fuzz(35)
    @given(files())
    def damaged(file: tuple[bytes, str]) -> None:
        try_way(office.by_form, *file, look_at_the_draft(office))

    @fuzz(25)
    @given(names())
    def named(name: str) -> None:
        try_way(office.by_form, real_files()["jpg"], name, look_at_the_draft(office))

    damaged()
    named()


def test_an_officer_adds_a_file_or_reads_why_not(office: Office) -> None:
    @fuzz(20)
    @given(files("pdf", "jpg", "png", "heic"))
    def damaged(file: tuple[bytes, str]) -> None:
        try_way(office.at_the_desk, *file, look_at_the_desk(office))

    damaged()


def test_a_program_s_file_is_taken_or_refused_as_a_problem(office: Office) -> None:
    @fuzz(20)
    @given(files())
    def damaged(file: tuple[bytes, str]) -> None:
        try_way(office.by_program, *file, look_at_the_draft(office))

    damaged()


CUTS = strategies.lists(strategies.floats(0, 1), max_size=4)
ODD_OFFSETS = strategies.none() | strategies.sampled_from(["-1", "0", "1", "x", "", "9" * 30, "１"])


@strategies.composite
def pieces(draw: strategies.DrawFn, content: bytes) -> list[tuple[bytes, int, str | None]]:
    """The content cut up, often in order and whole; each piece with where it begins and what is said of that."""
    places = sorted({0, len(content), *(round(cut * len(content)) for cut in draw(CUTS))})
    cut = [(content[start:end], start) for start, end in pairwise(places)]
    if draw(strategies.booleans()):
        cut = draw(strategies.permutations(cut + cut[: draw(strategies.integers(0, 2))]))
    wrong = draw(strategies.booleans())
    return [(octets, start, draw(ODD_OFFSETS) if wrong else None) for octets, start in cut]


def test_pieces_make_the_file_that_was_cut_or_none(office: Office) -> None:
    """The server is compared with a model of it: a piece counts where it begins at what is there and is not too long."""

    @fuzz(35)
    @given(files("pdf", "jpg", "png", "docx"), strategies.data())
    def damaged(file: tuple[bytes, str], data: strategies.DataObject) -> None:
        content, name = file
        size = len(content) + data.draw(strategies.sampled_from([0, 0, 0, -1, 1, 10**9]))
        before, stood = rows(), default_storage.exists(_name(content))
        with in_vain():
            begun = begin(office.mother, name, size)
            if begun.status_code != 201:
                assert begun.status_code == (422 if size == 0 else 413 if size > 0 else 400)
                assert rows() == before
                return
            arrived = send_all(office.mother, begun["Location"], size, data.draw(pieces(content)))
            form = {f"{PAPER}-uploaded": begun["Location"].split("/")[-2], "upload": "yes"}
            answer = office.mother.post(office.papers, form)
            if len(arrived) == size:
                assert not PartialUpload.objects.exists(), "taken or refused, it lies here once at most"
                check(answer, before, arrived, stood, look_at_the_draft(office))
            else:
                assert answer.status_code == 422
                assert ERROR in answer.content.decode()
                assert PartialUpload.objects.get().received == len(arrived)
                assert not office.draft.files.exists()

    damaged()


def begin(client: Client, name: str, size: int) -> HttpResponse:
    known = base64.b64encode(name.encode()).decode()
    headers = {**TUS, "Upload-Length": str(size), "Upload-Metadata": f"filename {known}"}
    return client.post("/uploads/", headers=headers)


def send_all(client: Client, place: str, size: int, cut: list[tuple[bytes, int, str | None]]) -> bytes:
    """Send them; what a server that does as it says has of the file now."""
    there = b""
    for octets, begins, said in cut:
        offset = str(begins) if said is None else said
        answer = client.patch(
            place, octets, content_type="application/offset+octet-stream", headers={**TUS, "Upload-Offset": offset}
        )
        is_number = offset.isascii() and offset.isdigit() and len(offset) <= 12
        fits = is_number and int(offset) == len(there)
        longer = len(there) + len(octets) > size
        assert answer.status_code == (400 if not is_number else 409 if not fits else 413 if longer else 204)
        there += octets if answer.status_code == 204 else b""
        assert client.head(place, headers=TUS)["Upload-Offset"] == str(len(there))
    return there


@strategies.composite
def tables(draw: strategies.DrawFn) -> tuple[bytes, str]:
    """A workbook, or a text with lines, quotes and separators where they should not be; damaged often."""
    if draw(strategies.booleans()):
        return draw(files("xlsx"))
    words = strategies.sampled_from(
        [
            "Thư điện tử công vụ",
            "Họ và tên",
            "Điện thoại",
            "H12.39",
            "a@camau.gov.vn",
            ";",
            ",",
            "\n",
            '"',
            "\t",
            "=1+1",
        ]
    )
    text = "".join(draw(strategies.lists(words | strategies.text(max_size=5), max_size=20)))
    octets = text.encode(draw(strategies.sampled_from(["utf-8", "utf-8-sig", "utf-16"])), "replace")
    return octets[: draw(strategies.integers(0, len(octets)))], draw(strategies.just("a.csv") | names())


def test_a_table_is_checked_or_refused(office: Office) -> None:
    def look() -> None:
        run = Import.objects.latest("id")
        assert carry_import(run.id, progress=lambda _done, _total: None, at=now())
        run.refresh_from_db()
        assert run.state in ("CHECKED", "REFUSED")
        for page in (IMPORTS, f"{IMPORTS}{run.id}/"):
            assert office.administrator.get(page).status_code == 200

    @fuzz(35)
    @given(tables(), strategies.sampled_from(SheetKind.values))
    def damaged(table: tuple[bytes, str], kind: str) -> None:
        def way(content: bytes, name: str) -> HttpResponse:
            return office.administrator.post(IMPORTS, **sent(content, name, "table", kind=kind))

        try_way(way, *table, look)

    damaged()
    for trap in (one for one in traps() if "table" in one):
        content, name = traps()[trap]
        try_way(
            lambda content, name: office.administrator.post(
                IMPORTS, **sent(content, name, "table", kind=SheetKind.OFFICERS)
            ),
            content,
            name,
            look,
        )


@pytest.mark.parametrize("trap", traps())
def test_no_trap_catches_whoever_takes_it_in(office: Office, trap: str) -> None:
    content, name = traps()[trap]
    try_way(office.by_form, content, name, look_at_the_draft(office))
    try_way(office.at_the_desk, content, name, look_at_the_desk(office))
