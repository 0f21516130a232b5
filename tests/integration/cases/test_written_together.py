"""Taking in at the counter and receiving write their rows by one statement: the same rows as one by one."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from camaug.cases.actions.receive import receive, receive_step_by_step
from camaug.cases.actions.register import register, register_step_by_step
from camaug.cases.actions.submit import submit
from camaug.cases.intake import PaperTaken
from camaug.cases.models import Case, seen_by
from camaug.cases.queries.as_json import case_json
from camaug.cases.queries.as_written import json_as_written
from camaug.cases.slips.contents import contents, contents_step_by_step
from camaug.catalogue.models import Procedure, ProcedureVersion
from camaug.catalogue.queries import current, current_part
from camaug.kernel.actors import ANONYMOUS, SYSTEM, Actor
from camaug.kernel.errors import InvalidInput, NotFound
from camaug.kernel.models import EventRecord
from tests.applications import carry, copy_intake, send_birth, shop_intake
from tests.integration.cases.test_scenarios_come_true import PROMISED, hand, intake, receiver_of
from tests.integration.cases.test_submit_in_one_statement import drafted, rows, sampled
from tests.world import AT, World

CLERK = "ONE_STOP_CLERK"

SCENARIOS: list[Any] = [param.values for param in PROMISED]


def told(case: Case) -> tuple[str, list[str]]:
    """Every row of the case and of its parts, with what is drawn anew named by its place; and the events in order."""
    found = {"own": rows(case.id), "parts": [rows(part.id) for part in case.parts.order_by("part")]}
    found["book"] = list(apps.get_model("cases", "BookSeries").objects.values("book", "agency_id", "year", "last"))
    text = json.dumps(found, default=str, ensure_ascii=False)
    drawn = [case.id, *(part.id for part in case.parts.order_by("part"))]
    for one in list(drawn):
        of = Case.objects.get(pk=one)
        drawn += [row.id for row in (*of.slips.order_by("form"), *of.payments.order_by("kind"))]
    for number, one in enumerate(drawn):
        text = text.replace(str(one), f"<{number}>")
    events = EventRecord.objects.filter(subject_id=case.id).order_by("id").values_list("name", flat=True)
    return text, list(events)


def both(*actions: Callable[[], Case]) -> list[tuple[str, list[str]]]:
    """What each leaves behind, one after the other from the same beginning."""
    found = []
    for action in actions:
        with transaction.atomic():
            found.append(told(action()))
            transaction.set_rollback(True)
    return found


def test_what_is_taken_in_is_the_same_in_every_scenario(world: World) -> None:
    for code, scenario in SCENARIOS:
        receiving = receiver_of(code, scenario, world)
        sent = intake(code, scenario, receiving, scenario.expect.papers)
        by, at = hand(world.officer("clerk"), receiving.id, CLERK), scenario.at
        for changed in (sent, replace(sent, payment_way="", forward=False)):
            together, one_by_one = both(
                lambda sent=changed, by=by, at=at: register(sent, by=by, at=at),
                lambda sent=changed, by=by, at=at: register_step_by_step(sent, by=by, at=at),
            )
            assert together == one_by_one, code
            assert together[1]
    assert len(SCENARIOS) > 30


def test_what_is_received_is_the_same_for_every_sort_of_application(world: World) -> None:
    compared = set()
    for made, answers, at in sampled():
        with transaction.atomic():
            case = drafted(world, made, answers, at)
            if case is not None:
                submit(case.id, by=world.citizen("mother", at=at), at=at)
                by = hand(world.officer("clerk"), case.receiving_agency_id, CLERK)
                later = at + timedelta(hours=1)
                for forward in (True, False):
                    together, one_by_one = both(
                        lambda case=case, by=by, on=forward, at=later: receive(case.id, by=by, at=at, forward=on),
                        lambda case=case, by=by, on=forward, at=later: receive_step_by_step(
                            case.id, by=by, at=at, forward=on
                        ),
                    )
                    assert together == one_by_one, made.code
                compared.add(made.code)
            transaction.set_rollback(True)
    assert compared >= {"dang-ky-khai-sinh", "khai-sinh-thuong-tru-bao-hiem-y-te"}


def test_what_the_actions_return_is_what_stands_in_the_database(world: World) -> None:
    for case in (
        register(shop_intake(world), by=world.officer("district_clerk"), at=AT),
        receive(send_birth(world).id, by=world.officer("clerk"), at=AT),
    ):
        kept = Case.objects.get(pk=case.id)
        for field in Case._meta.concrete_fields:
            assert getattr(case, field.attname) == getattr(kept, field.attname), field.name


def test_what_was_written_is_told_as_the_database_tells_it(world: World) -> None:
    clerk, commune = world.officer("district_clerk"), world.officer("clerk")
    for case, by in (
        (register(shop_intake(world), by=clerk, at=AT), clerk),
        (register(copy_intake(world, sums={}), by=commune, at=AT + timedelta(microseconds=120)), commune),
        (receive(send_birth(world).id, by=commune, at=AT), commune),
    ):
        told, read = json_as_written(case, by, at=AT), case_json(str(case.code), by)
        assert told == read
        with pytest.raises(NotFound):
            json_as_written(case, world.citizen("mother"), at=AT)


def test_each_is_one_statement_that_writes(world: World) -> None:
    case, clerk = send_birth(world), world.officer("clerk")
    register(copy_intake(world), by=clerk, at=AT)  # from now on the version need not be asked for first
    for action, questions, numbers in (
        (lambda: receive(case.id, by=clerk, at=AT), {"the case", "its dossier"}, set()),
        (lambda: register(copy_intake(world), by=clerk, at=AT), set(), {"of the day and the receipt; known?"}),
    ):
        with CaptureQueriesContext(connection) as asked:
            action()
        assert sum("INSERT" in one["sql"] for one in asked) == 1 + len(numbers)
        assert sum("cases_" in one["sql"] for one in asked) == 1 + len(numbers) + len(questions)


def test_what_is_refused_leaves_nothing_behind_and_takes_no_number(world: World) -> None:
    clerk = world.officer("clerk")
    for wrong in (copy_intake(world, name=" "), copy_intake(world, papers={"x": PaperTaken()}, answers={})):
        with pytest.raises(InvalidInput):
            register(wrong, by=clerk, at=AT)
    assert not Case.objects.exists()
    code = register(copy_intake(world), by=clerk, at=AT).code
    assert code is not None
    assert code.endswith("-0001")


def test_what_lies_in_a_dossier_is_the_same_in_one_statement(world: World) -> None:
    for case in (
        send_birth(world),
        carry(world, send_birth(world), to="APPROVE"),
        register(shop_intake(world), by=world.officer("district_clerk"), at=AT),
    ):
        for form in (1, 3):
            asked, said = contents(case.id, form), contents_step_by_step(case, form)
            assert asked.files == said.files
            assert asked.slips == said.slips
            for read, row in ((asked.papers, said.papers), (asked.payments, said.payments)):
                assert sorted(map(_facts, read)) == sorted(map(_facts, row))


def _facts(row: Any) -> str:
    names = ("paper", "state", "originals", "copies", "source", "items", "amount", "receipt_number")
    return str([getattr(row, name, None) for name in names])


def test_the_condition_of_statements_written_by_hand_shows_what_the_rows_show(world: World) -> None:
    send_birth(world)
    carry(world, send_birth(world), to="APPROVE")
    register(shop_intake(world), by=world.officer("district_clerk"), at=AT)
    drafted(world, *sampled()[0])
    callers: list[Actor] = [SYSTEM, ANONYMOUS, *map(world.officer, world.officers), *map(world.citizen, world.citizens)]
    seen = set()
    for actor in callers:
        condition, values = seen_by(actor)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT c.id FROM cases_case c WHERE {condition}", values)
            found = {row[0] for row in cursor.fetchall()}
        assert found == set(Case.objects.visible_to(actor).values_list("id", flat=True)), actor.name
        seen.add(len(found))
    assert len(seen) > 2


def test_the_version_in_force_is_the_one_that_the_lists_name(world: World) -> None:
    days = [date(2000, 1, 1), AT.date(), date(2030, 1, 1)]
    days += [
        day + timedelta(days=n)
        for day in ProcedureVersion.objects.values_list("valid_from", flat=True)
        for n in (-1, 0)
    ]
    for code in Procedure.objects.values_list("code", flat=True):
        for day in sorted(set(days)):
            for question, listed in (
                (current, ProcedureVersion.objects.listed(day)),
                (current_part, ProcedureVersion.objects.in_force(day)),
            ):
                row = listed.filter(procedure__code=code).first()
                if row is None:
                    with pytest.raises(NotFound):
                        question(code, day)
                else:
                    assert (question(code, day).id, question(code, day).number) == (row.id, row.number)
