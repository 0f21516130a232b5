"""Several photographs of one paper become one PDF: by the applicant before sending, by the counter at any time."""

import re
from io import BytesIO
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader

from camaug.access.models import Account
from camaug.cases.actions.add_file import MOST_FILES, NoMoreFiles, NotNow, add_file
from camaug.cases.actions.join_pictures import TooFewPictures, join_pictures
from camaug.cases.actions.request_supplement import Item, request_supplement
from camaug.cases.actions.save import Changes, save
from camaug.cases.actions.start import start
from camaug.cases.actions.supplement import supplement
from camaug.cases.models import Case, CaseFile
from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound
from camaug.kernel.files.sniffing import PDF
from camaug.kernel.files.store import open_blob
from camaug.kernel.models import EventRecord
from tests.applications import BIRTH, send_birth
from tests.desks import desk_of, page_of
from tests.sessions import enter
from tests.unit.kernel.files import samples
from tests.world import AT, World

PAPER = "giay-chung-sinh"


def give(case: Case, by: Actor, count: int = 3) -> list[UUID]:
    """Photographs of the pages of a paper, each lighter than the one before."""
    return [
        add_file(case.id, PAPER, content=samples.photograph(shade=40 + 10 * n), file_name=f"{n}.jpg", by=by, at=AT).id
        for n in range(count)
    ]


def shades(file: CaseFile) -> list[int]:
    """How light each page is."""
    with open_blob(file.blob) as content:
        pages = PdfReader(BytesIO(content.read())).pages
    return [page.images[0].image.convert("L").getpixel((600, 40)) for page in pages]  # type: ignore[union-attr, misc]


@pytest.fixture
def mother(world: World) -> Actor:
    return world.citizen("mother")


@pytest.fixture
def draft(mother: Actor) -> Case:
    case = start("dang-ky-khai-sinh", by=mother, at=AT)
    return save(case.id, Changes(answers=BIRTH), by=mother, at=AT)


def test_the_pictures_become_one_pdf_in_the_order_said(mother: Actor, draft: Case) -> None:
    first, second, third = give(draft, mother)
    made = join_pictures(draft.id, PAPER, [third, first, second], by=mother, at=AT)
    assert (made.file_name, made.blob.media_type, made.blob.pages) == ("Giấy chứng sinh.pdf", PDF, 3)
    light = shades(made)
    assert light[1] < light[2] < light[0]
    assert list(draft.files.there()) == [made]
    event = EventRecord.objects.get(name="cases.PicturesJoined")
    assert event.facts["pictures"] == [str(third), str(first), str(second)]
    assert set(event.facts["out"]) == {str(first), str(second), str(third)}


def test_what_is_left_out_stays_a_picture(mother: Actor, draft: Case) -> None:
    first, second, third = give(draft, mother)
    made = join_pictures(draft.id, PAPER, [first, third], by=mother, at=AT)
    assert {file.id for file in draft.files.there()} == {second, made.id}


def test_one_picture_or_another_s_is_no_pdf(world: World, mother: Actor, draft: Case) -> None:
    first, second, _third = give(draft, mother)
    elsewhere = start("dang-ky-khai-sinh", by=world.citizen("shopkeeper"), at=AT)
    foreign = give(elsewhere, world.citizen("shopkeeper"), 1)
    for pictures, refusal in (
        ([first], TooFewPictures),
        ([first, first], TooFewPictures),
        ([], TooFewPictures),
        ([first, *foreign], NotFound),
    ):
        with pytest.raises(refusal):
            join_pictures(draft.id, PAPER, pictures, by=mother, at=AT)
    with pytest.raises(NotFound):
        join_pictures(draft.id, PAPER, [first, second], by=world.citizen("shopkeeper"), at=AT)
    assert draft.files.there().count() == 3


def test_a_full_dossier_is_joined_where_that_makes_room_and_not_where_it_adds(world: World, mother: Actor) -> None:
    case = send_birth(world)
    clerk = world.officer("clerk")
    request_supplement(case.id, [Item(PAPER, "Giấy", "Mờ")], reason="Mờ", by=clerk, at=AT)
    new = give(case, mother, MOST_FILES - 1)
    supplement(case.id, by=mother, at=AT)
    with pytest.raises(NoMoreFiles):
        join_pictures(case.id, PAPER, new[:2], by=clerk, at=AT)
    full = start("dang-ky-khai-sinh", by=mother, at=AT)
    join_pictures(full.id, PAPER, give(full, mother, MOST_FILES)[:5], by=mother, at=AT)
    assert full.files.there().count() == MOST_FILES - 4


def test_others_join_nothing(world: World, mother: Actor) -> None:
    case = send_birth(world)
    pictures = give(case, world.officer("clerk"), 2)
    for other, refusal in (
        (world.officer("specialist"), NotNow),
        (world.officer("other_clerk"), NotFound),
        (mother, NotNow),
    ):
        with pytest.raises(refusal):
            join_pictures(case.id, PAPER, pictures, by=other, at=AT)


def test_what_was_sent_stays_beside_what_the_counter_joins(world: World, mother: Actor, draft: Case) -> None:
    case = send_birth(world)
    sent = case.files.get()
    added = give(case, world.officer("clerk"), 1)
    made = join_pictures(case.id, PAPER, [sent.id, *added], by=world.officer("clerk"), at=AT)
    assert {file.id for file in case.files.there()} == {sent.id, made.id}


def test_a_supplement_joins_only_what_was_not_sent_before(world: World, mother: Actor) -> None:
    case = send_birth(world)
    sent = case.files.get()
    request_supplement(case.id, [Item(PAPER, "Giấy", "Mờ")], reason="Mờ", by=world.officer("clerk"), at=AT)
    new = give(case, mother, 2)
    made = join_pictures(case.id, PAPER, new, by=mother, at=AT)
    assert {file.id for file in case.files.there()} == {sent.id, made.id}


def test_pictures_are_sent_put_in_order_and_joined_without_scripts(world: World, draft: Case) -> None:
    client = Client()
    enter(client, Account.objects.get(pk=world.citizens["mother"]))
    photos = [SimpleUploadedFile(f"{n}.jpg", samples.photograph(shade=40 + 10 * n)) for n in range(3)]
    papers = f"/applications/{draft.id}/papers/"
    order = client.post(papers, {PAPER: photos, "join": PAPER})["Location"]
    shown = client.get(order).content.decode()
    assert "20 trang" in shown
    assert "20 MB" in shown
    pages = re.findall(r'name="page" value="([^"]+)"', shown)
    assert len(pages) == 3
    moves = [
        ("up", 2, [0, 2, 1]),
        ("down", 0, [1, 0, 2]),
        ("out", 1, [0, 2]),
        ("up", 0, [0, 1, 2]),
        ("x", 1, [0, 1, 2]),
    ]
    for how, which, expected in moves:
        again = client.post(order, {"page": pages, "move": f"{how}:{pages[which]}"}).content.decode()
        assert re.findall(r'name="page" value="([^"]+)"', again) == [pages[n] for n in expected]
    back = client.post(order, {"page": pages[:2], "move": f"in:{pages[2]}"}).content.decode()
    assert re.findall(r'name="page" value="([^"]+)"', back) == pages
    small = client.get(f"/my-cases/{draft.id}/files/{pages[0]}/?small")
    assert (small["Content-Type"], len(small.content) < 10_000) == ("image/jpeg", True)
    assert client.post(order, {"page": pages[:1], "join": "yes"}).status_code == 422
    assert client.post(order, {"page": ["x"], "join": "yes"}).status_code == 404
    assert client.post(order, {"page": pages[::-1], "join": "yes"})["Location"] == papers
    light = shades(draft.files.there().get())
    assert light == sorted(light, reverse=True)
    assert client.post(papers, {"join": "to-khai"}).status_code == 404


def test_the_counter_adds_scans_and_joins_them(world: World) -> None:
    case = send_birth(world)
    desk = desk_of(world, "clerk")
    scans = [SimpleUploadedFile("a.heic", samples.heic()), SimpleUploadedFile("b.jpg", samples.photograph())]
    order = desk.post(page_of(case, f"papers/{PAPER}/files/"), {"files": scans, "join": "yes"})["Location"]
    pages = re.findall(r'name="page" value="([^"]+)"', desk.get(order).content.decode())
    assert len(pages) == 3
    assert desk.post(order, {"page": pages[1:], "join": "yes"})["Location"] == page_of(case, f"papers/{PAPER}/")
    assert sorted(file.file_name for file in case.files.there()) == ["Giấy chứng sinh.pdf", "giay-chung-sinh.jpg"]
    assert desk_of(world, "other_clerk").get(order).status_code == 404
