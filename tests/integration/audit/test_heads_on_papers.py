"""What a printed form says of the sealed history, and that it goes on saying it."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from camaug.audit.models import Cosignature, Head
from camaug.audit.queries import head_to_print
from camaug.cases.actions.print_slip import print_slip
from camaug.cases.actions.stamp_slip import stamp_slip
from camaug.cases.models import Slip
from camaug.kernel.actors import SYSTEM
from camaug.kernel.files.store import open_blob
from tests.applications import carry, send_birth
from tests.unit.cases.papers import text_of
from tests.world import AT, World


@pytest.fixture
def slip(world: World) -> Slip:
    return carry(world, send_birth(world), to="EXAMINE").slips.get(form=1)


def head(size: int, *, witness: str = "", at: datetime = AT) -> Head:
    made = Head.objects.create(size=size, root=bytes([size % 256]) * 32, signed_at=at, note="")
    if witness:
        Cosignature.objects.create(head=made, witness=witness, line="", at=at)
    return made


def printed(slip: Slip) -> str:
    with open_blob(print_slip(slip.id, by=SYSTEM, at=AT)) as pdf:
        return text_of(pdf.read())


def test_the_newest_witnessed_head_is_printed_before_a_newer_one(slip: Slip) -> None:
    head(1200, witness="witness.example")
    head(1300)
    said = printed(slip)
    assert "1.200 dòng" in said
    assert "b0b0 b0b0 b0b0 b0b0" in said
    assert "/history/" in said


def test_without_a_witness_the_newest_head_is_printed(slip: Slip) -> None:
    head(1300)
    assert "1.300 dòng" in printed(slip)


def test_before_anything_is_sealed_a_paper_says_nothing_of_it(slip: Slip) -> None:
    assert head_to_print() == {}
    assert "niêm phong" not in printed(slip)
    head(1300)
    assert "niêm phong" not in printed(slip)


def test_what_was_printed_at_the_counter_is_printed_again_as_it_was(slip: Slip) -> None:
    head(1200)
    first = stamp_slip(slip.id, by=SYSTEM, at=AT)
    head(1300, at=AT + timedelta(hours=1))
    assert stamp_slip(slip.id, by=SYSTEM, at=AT + timedelta(hours=2)).seal == first.seal
    assert "1.200 dòng" in printed(slip)


@pytest.mark.parametrize(("typed", "shown"), [("1200", True), ("1.200", True), ("1201", False), ("x", False)])
def test_anybody_compares_a_paper_with_the_page(world: World, typed: str, shown: bool) -> None:
    head(1200)
    page = Client().get("/history/", {"entries": typed}).content.decode()
    assert ("b0b0 b0b0 b0b0 b0b0 b0b0" in page) == shown
    assert ("ai cũng" in page or "Không có dấu niêm phong" in page) or shown
