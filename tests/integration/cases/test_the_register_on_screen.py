"""Form 07 as the clerk opens it: on screen, as a workbook, as a PDF."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader

from camaug.access.models import Account
from camaug.cases.actions.register import register
from camaug.cases.slips import register as form_07
from tests.applications import shop_intake
from tests.desks import desk_of
from tests.sessions import enter
from tests.world import AT, DISTRICT, OTHER_COMMUNE, World

pytestmark = pytest.mark.django_db
PERIOD = "?from=01/11/2026&to=30/11/2026"


@pytest.fixture
def clerk(world: World) -> Client:
    client = Client()
    enter(client, Account.objects.get(pk=world.officers["district_clerk"]))
    return client


def take_in(world: World, count: int) -> list[str]:
    by = world.officer("district_clerk")
    times = [AT + timedelta(minutes=number) for number in range(count)]
    return [str(register(shop_intake(world), by=by, at=time).code) for time in times]


def test_the_period_stands_on_screen_in_a_workbook_and_in_print(world: World, clerk: Client) -> None:
    codes = take_in(world, 2)
    page = clerk.get(f"/desk/register/{PERIOD}").content.decode()
    assert [page.index(code) for code in reversed(codes)] == sorted(page.index(code) for code in codes)
    book = clerk.get(f"/desk/register/workbook/{PERIOD}")
    sheet = load_workbook(BytesIO(b"".join(book))).active  # type: ignore[call-overload]
    assert sheet is not None
    assert [row[1] for row in sheet.iter_rows(min_row=5, values_only=True)] == codes
    plain = b"".join(clerk.get(f"/desk/register/plain/{PERIOD}")).decode("utf-8-sig")  # type: ignore[arg-type]
    assert [line.split(";")[1] for line in plain.splitlines()[1:-1]] == codes
    pdf = clerk.get(f"/desk/register/print/{PERIOD}").content
    assert all(code in PdfReader(BytesIO(pdf)).pages[0].extract_text().replace("\n", "") for code in codes)


def test_pages_of_the_screen_count_on(world: World) -> None:
    take_in(world, 5)
    days = (world.agencies[DISTRICT], AT.date(), AT.date() + timedelta(days=1))
    first = form_07.register_page(*days, size=2)
    second = form_07.register_page(*days, token=first.older, size=2)
    third = form_07.register_page(*days, token=second.older, size=2)
    assert [[row.ordinal for row in page.rows] for page in (first, second, third)] == [[5, 4], [3, 2], [1]]
    assert form_07.register_page(*days, token=third.newer, size=2) == second
    in_order = [row.code for row in form_07.register_rows(*days)]
    assert [row.code for page in (first, second, third) for row in page.rows] == in_order[::-1]


@pytest.mark.parametrize("wrong", ["?from=hôm nay", "?from=30/11/2026&to=01/11/2026", "?from=01/01/2020&to=01/01/2026"])
def test_a_period_that_makes_no_sense_gets_a_sentence(clerk: Client, wrong: str) -> None:
    answer = clerk.get(f"/desk/register/{wrong}")
    assert answer.status_code == 422
    assert "govuk-error-summary" in answer.content.decode()


def test_a_long_period_is_printed_month_by_month(world: World, clerk: Client) -> None:
    take_in(world, 1)
    page = clerk.get("/desk/register/?from=15/09/2026&to=30/11/2026").content.decode()
    assert page.count("/desk/register/print/?") == 3
    assert "from=2026-09-15&amp;to=2026-09-30" in page
    answer = clerk.get("/desk/register/print/?from=15/09/2026&to=30/11/2026")
    assert "20260915-20260930.pdf" in answer["Content-Disposition"]
    assert "Không có hồ sơ" in PdfReader(BytesIO(answer.content)).pages[0].extract_text()


def test_rows_come_in_batches_with_ordinals_that_go_on(world: World) -> None:
    codes = take_in(world, 5)
    rows = list(form_07.register_rows(world.agencies[DISTRICT], AT.date(), AT.date() + timedelta(days=1), read=2))
    assert [(row.ordinal, row.code) for row in rows] == list(enumerate(codes, start=1))


def test_a_head_reads_the_register_of_the_own_agency(world: World) -> None:
    chairman = desk_of(world, "district_chairman")
    assert chairman.get("/desk/register/").status_code == 200
    assert chairman.get(f"/desk/register/?agency={world.agencies[OTHER_COMMUNE]}").status_code == 403
    assert desk_of(world, "specialist").get("/desk/register/").status_code in (403, 404)


def test_each_counter_opens_its_own_register_alone(world: World, clerk: Client) -> None:
    for page in ("", "workbook/", "plain/", "print/"):
        assert clerk.get(f"/desk/register/{page}?agency={world.agencies[OTHER_COMMUNE]}").status_code == 403
    assert "Chưa tiếp nhận hồ sơ nào" in clerk.get("/desk/register/?from=01/01/2026&to=02/01/2026").content.decode()
