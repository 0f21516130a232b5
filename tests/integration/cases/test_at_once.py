"""Two hands on one thing in the same instant: real threads, real transactions, and a lock that lets both loose at once."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager

import pytest
from django.db import connection, transaction

from camaug.access.queries import actor_of_officer
from camaug.cases.actions.add_file import NotNow, add_file
from camaug.cases.actions.confirm_payment import NothingToPay, confirm_payment
from camaug.cases.actions.publish_result import publish_result
from camaug.cases.actions.receive import receive
from camaug.cases.actions.refuse import refuse
from camaug.cases.actions.register import register
from camaug.cases.actions.save import Changes, save
from camaug.cases.actions.start import start
from camaug.cases.actions.submit import submit
from camaug.cases.lifecycle import PaperState, State
from camaug.cases.models import BookSeries, Case, CodeSeries
from camaug.cases.moves import CaseMovedOn
from camaug.kernel.actors import Actor
from camaug.kernel.ids import uuid7
from camaug.kernel.lifecycle import WrongState
from camaug.kernel.models import EventRecord
from camaug.people.queries import holders
from tests.applications import BIRTH, carry, photo, send_birth, shop_intake
from tests.world import AT, COMMUNE, DISTRICT, World, build

type Deed = Callable[[], object]


pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def committed(transactional_db: None) -> World:
    """The small province as other connections see it."""
    return build()


def at_once(gate: AbstractContextManager[object], *deeds: Deed) -> list[object]:
    """What each deed gave or was refused with. All wait at the gate, in this order, before it is opened."""
    with ThreadPoolExecutor(len(deeds)) as pool:
        with gate:
            running = []
            for number, deed in enumerate(deeds, 1):
                running.append(pool.submit(_attempt, deed))
                _wait_for(number)
        return [one.result(timeout=60) for one in running]


def _attempt(deed: Deed) -> object:
    try:
        return deed()
    except Exception as refusal:
        return refusal
    finally:
        connection.close()


def _wait_for(number: int) -> None:
    deadline = time.monotonic() + 30
    waiting = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND wait_event_type = 'Lock' AND backend_type = 'client backend'"
    )
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(waiting)
            row = cursor.fetchone()
        if row and row[0] >= number:
            return
        time.sleep(0.02)
    raise TimeoutError(f"{number} should wait by now")


class Holding:
    """Holds a row, so that everybody who needs it waits."""

    def __init__(self, rows: Callable[[], object]) -> None:
        self.rows, self.block = rows, transaction.atomic()

    def __enter__(self) -> None:
        self.block.__enter__()
        assert self.rows(), "nothing is held"

    def __exit__(self, *error: object) -> None:
        self.block.__exit__(*error)  # type: ignore[arg-type]


def case_held(case: Case) -> Holding:
    return Holding(lambda: Case.objects.select_for_update().filter(pk=case.pk).first())


def clerks(world: World, agency: str) -> Sequence[Actor]:
    """Two clerks of one counter."""
    officers = {one.officer_id for one in holders("ONE_STOP_CLERK", world.agencies[agency], AT) if not one.instead_of}
    found = [actor_of_officer(one, at=AT, origin="test") for one in sorted(officers)][:2]
    assert len(found) == 2
    return found


def draft(world: World) -> Case:
    mother = world.citizen("mother")
    case = start("dang-ky-khai-sinh", by=mother, at=AT)
    save(case.id, Changes(answers=BIRTH, receiving_agency=world.agencies[COMMUNE]), by=mother, at=AT)
    add_file(case.id, "giay-chung-sinh", content=photo(), file_name="giay-chung-sinh.jpg", by=mother, at=AT)
    return case


def codes_given(world: World) -> int:
    return sum(CodeSeries.objects.values_list("last", flat=True))


def receipts_given() -> int:
    return sum(BookSeries.objects.filter(book="BIEN_LAI").values_list("last", flat=True))


def test_of_two_officers_one_wins_and_the_other_learns_who_and_when(committed: World) -> None:
    case = send_birth(committed)
    one, two = clerks(committed, COMMUNE)
    won, lost = at_once(
        case_held(case),
        lambda: receive(case.id, by=one, at=AT, seen=case.revision),
        lambda: refuse(case.id, reason="Sai thẩm quyền", by=two, at=AT, seen=case.revision),
    )
    assert isinstance(won, Case)
    assert isinstance(lost, CaseMovedOn)
    assert one.name in str(lost)
    assert "08:00 23/11/2026" in str(lost)
    case.refresh_from_db()
    assert case.state != State.REFUSED


def test_a_move_that_is_open_no_more_is_refused_even_when_nobody_says_what_he_saw(committed: World) -> None:
    case = send_birth(committed)
    one, two = clerks(committed, COMMUNE)
    won, lost = at_once(
        case_held(case),
        lambda: refuse(case.id, reason="Sai thẩm quyền", by=one, at=AT),
        lambda: receive(case.id, by=two, at=AT),
    )
    assert isinstance(won, Case)
    assert isinstance(lost, WrongState)
    assert case.slips.filter(form=1).count() == 0


def test_a_double_click_of_one_officer_does_nothing_twice(committed: World) -> None:
    case = send_birth(committed)
    one, _two = clerks(committed, COMMUNE)
    press = [lambda: receive(case.id, by=one, at=AT, seen=case.revision)] * 2
    assert all(isinstance(given, Case) for given in at_once(case_held(case), *press))
    assert case.slips.filter(form=1).count() == 1


def test_one_draft_sent_twice_gets_one_code(committed: World) -> None:
    case, mother, before = draft(committed), committed.citizen("mother"), codes_given(committed)
    given = at_once(case_held(case), *[lambda: submit(case.id, by=mother, at=AT)] * 2)
    assert {type(one) for one in given} == {Case}
    assert len({one.code for one in given if isinstance(one, Case)}) == 1
    assert codes_given(committed) == before + 1
    assert EventRecord.objects.filter(subject_id=case.id, name__endswith="CaseSubmitted").count() == 1


def test_one_intake_twice_at_once_is_one_case_with_one_receipt(committed: World) -> None:
    register(shop_intake(committed), by=committed.officer("district_clerk"), at=AT)
    intake, clerk, before = shop_intake(committed), committed.officer("district_clerk"), codes_given(committed)
    series = Holding(lambda: list(CodeSeries.objects.select_for_update()))
    given = at_once(series, *[lambda: register(intake, by=clerk, at=AT)] * 2)
    assert {type(one) for one in given} == {Case}
    case = Case.objects.get(request_key=intake.request_key)
    assert {one.pk for one in given if isinstance(one, Case)} == {case.pk}
    assert case.slips.filter(form=1).count() == 1
    assert codes_given(committed) == before + 1


@pytest.mark.parametrize("looked", [True, False])
def test_money_is_taken_once(committed: World, looked: bool) -> None:
    unpaid = shop_intake(committed, request_key=uuid7(), payment_way="")
    case = register(unpaid, by=committed.officer("district_clerk"), at=AT)
    one, two = clerks(committed, DISTRICT)
    seen, before = (case.revision if looked else None), receipts_given()
    won, lost = at_once(
        case_held(case),
        lambda: confirm_payment(case.id, way="CASH", by=one, at=AT, seen=seen),
        lambda: confirm_payment(case.id, way="CASH", by=two, at=AT, seen=seen),
    )
    assert isinstance(won, Case)
    assert isinstance(lost, CaseMovedOn if looked else NothingToPay)
    assert receipts_given() == before + 1
    assert case.payments.get().taken_by == one.account_id


def test_what_nobody_asked_for_is_taken_once_at_the_return_counter(committed: World) -> None:
    case = carry(committed, send_birth(committed), to="RETURN", paid=False)
    case.payments.all().delete()
    one, two = clerks(committed, COMMUNE)
    before = receipts_given()
    won, lost = at_once(
        case_held(case),
        lambda: confirm_payment(case.id, way="CASH", by=one, at=AT),
        lambda: confirm_payment(case.id, way="TRANSFER", by=two, at=AT),
    )
    assert isinstance(won, Case)
    assert isinstance(lost, NothingToPay)
    assert receipts_given() == before + 1
    taken = case.payments.get()
    assert (taken.taken_by, taken.way, taken.amount) == (one.account_id, "CASH", 16_000)


@pytest.mark.parametrize("first", ["file", "submission"])
def test_a_file_that_comes_with_the_submission_is_in_the_dossier_or_refused(committed: World, first: str) -> None:
    case, mother = draft(committed), committed.citizen("mother")
    deeds: dict[str, Deed] = {
        "file": lambda: add_file(
            case.id, "giay-to-tuy-than", content=photo(), file_name="can-cuoc.jpg", by=mother, at=AT
        ),
        "submission": lambda: submit(case.id, by=mother, at=AT),
    }
    order = sorted(deeds, key=lambda name: name != first)
    given = dict(zip(order, at_once(case_held(case), *[deeds[name] for name in order]), strict=True))
    assert isinstance(given["submission"], Case)
    kept = case.files.filter(paper="giay-to-tuy-than", removed_at__isnull=True).exists()
    state = case.papers.get(paper="giay-to-tuy-than").state
    assert kept == (state == PaperState.GIVEN) == (first == "file") != isinstance(given["file"], NotNow)


def test_a_result_published_twice_at_once_has_one_number_and_the_next_follows_it(committed: World) -> None:
    registrar = committed.officer("registrar")
    case, other = (carry(committed, send_birth(committed), to="PUBLISH") for _ in range(2))
    won, again = at_once(
        case_held(case),
        lambda: publish_result(case.id, by=registrar, at=AT, seen=case.revision),
        lambda: publish_result(case.id, by=registrar, at=AT, seen=case.revision),
    )
    assert isinstance(won, Case)
    assert isinstance(again, Case)
    publish_result(other.id, by=registrar, at=AT)
    assert other.results.get().number == case.results.get().number + 1
