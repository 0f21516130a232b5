"""The statement that sends an application writes row for row what the readable action says."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from camaug.cases.actions import submit as sending
from camaug.cases.actions.add_file import add_file
from camaug.cases.actions.save import Changes, save
from camaug.cases.actions.start import is_online, start
from camaug.cases.actions.submit import submit, submit_step_by_step
from camaug.cases.actions.submit_statement import own_draft, write
from camaug.cases.models import Case, CodeSeries
from camaug.cases.moves import Moving
from camaug.cases.routing import enter
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.models import ProcedureVersion
from camaug.catalogue.queries import definition, papers, receivers, version
from camaug.kernel.clock import LOCAL
from camaug.kernel.closed import Closing
from camaug.kernel.models import EventRecord
from camaug.people.queries import asked_once, directory
from tests import applications
from tests.applications import firm_where_needed
from tests.world import AT, COMMUNE, World

SAMPLES = {
    "dang-ky-khai-sinh": applications.BIRTH,
    "dang-ky-ho-kinh-doanh": applications.SHOP,
    "chung-thuc-ban-sao": applications.COPY,
    "cap-phieu-ly-lich-tu-phap": applications.RECORD,
    "cap-giay-phep-xay-dung": applications.HOUSE,
    "tro-cap-xa-hoi-hang-thang": applications.ALLOWANCE,
    "dang-ky-bien-dong-dat-dai": applications.LAND,
    "khai-sinh-thuong-tru-bao-hiem-y-te": applications.FAMILY,
}


def sampled() -> list[tuple[Definition, dict[str, Any], datetime]]:
    """Every procedure that can be applied for online with answers that are right: the cast's, and every scenario."""
    found = []
    for row in ProcedureVersion.objects.filter(part_only=False).select_related("procedure"):
        made = definition(row.id)
        if not is_online(made):
            continue
        if row.procedure.code in SAMPLES:
            found.append((made, SAMPLES[row.procedure.code], AT))
        for one in getattr(made, "scenarios", ()):
            if getattr(one, "channel", "") == "ONLINE":
                found.append((made, dict(one.answers), one.at.replace(tzinfo=LOCAL)))
    return found


def drafted(world: World, made: Definition, answers: dict[str, Any], at: datetime) -> Case | None:
    """A draft of the mother's with everything that the answers call for."""
    mother = world.citizen("mother", at=at)
    firm = firm_where_needed(made, head=mother.person_id, at=at)
    mother = world.citizen("mother", at=at)
    case = start(made.code, by=mother, at=at, business=firm)
    known = directory(at.date())
    staffed = set(world.agencies.values())
    able = [one.id for one in receivers(version(case.version_id), at.date()) if one.id in staffed]
    if not able:
        return None
    near = world.agencies[COMMUNE]
    chosen = near if near in able else able[0]
    assert chosen in known
    changes = Changes(answers=answers, receiving_agency=chosen, phone="+84918000123")
    save(case.id, changes, by=mother, at=at)
    for need in papers(made, answers, at.date()):
        if need.to_file:
            add_file(case.id, need.paper.id, content=applications.photo(), file_name="anh.jpg", by=mother, at=at)
    return Case.objects.get(pk=case.id)


def rows(case_id: UUID) -> dict[str, list[dict[str, Any]]]:
    """Everything of the case, without what is drawn anew at each writing."""
    found: dict[str, list[dict[str, Any]]] = {"case": list(Case.objects.filter(pk=case_id).values())}
    _open(Case, found["case"])
    for model in apps.get_app_config("cases").get_models():
        if any(field.name == "case" and field.related_model is Case for field in model._meta.fields):
            found[model.__name__] = list(model._default_manager.filter(case_id=case_id).values())
            _open(model, found[model.__name__])
    found["events"] = list(EventRecord.objects.filter(subject_id=case_id).order_by("id").values())
    found["series"] = list(apps.get_model("cases", "CodeSeries").objects.values("agency_code", "day", "last"))
    for kind in found.values():
        for row in kind:
            for drawn in ("recorded_at", "transaction"):
                row.pop(drawn, None)
            if kind is not found["case"]:
                row.pop("id", None)
        kind.sort(key=str)
    return found


def _open(model: type[Model], found: list[dict[str, Any]]) -> None:
    """What is encrypted anew at each writing, as it was given."""
    for field in (one for one in model._meta.concrete_fields if isinstance(one, Closing)):
        for row in found:
            row[field.attname] = field.opened(row[field.attname], SimpleNamespace(**row, pk=row["id"]))


def test_it_writes_what_the_readable_action_writes(world: World) -> None:
    compared = set()
    for made, answers, at in sampled():
        with transaction.atomic():
            case = drafted(world, made, answers, at)
            if case is not None:
                mother = world.citizen("mother", at=at)
                found = []
                for action in (submit, submit_step_by_step):
                    with transaction.atomic():
                        action(case.id, by=mother, at=at)
                        found.append(rows(case.id))
                        transaction.set_rollback(True)
                assert found[0] == found[1], made.code
                compared.add(made.code)
            transaction.set_rollback(True)
    assert compared >= {"dang-ky-khai-sinh", "khai-sinh-thuong-tru-bao-hiem-y-te", "cap-phieu-ly-lich-tu-phap"}


def test_what_the_action_returns_is_what_stands_in_the_database(world: World) -> None:
    case = drafted(world, *sampled()[0])
    assert case is not None
    sent = submit(case.id, by=world.citizen("mother"), at=AT)
    kept = Case.objects.get(pk=case.id)
    for field in Case._meta.concrete_fields:
        assert getattr(sent, field.attname) == getattr(kept, field.attname), field.name


def test_it_is_one_statement_and_one_reading(world: World) -> None:
    mother = world.citizen("mother")
    submit(birth(world).id, by=mother, at=AT)  # from here on the process knows the working calendars
    waiting = birth(world)
    with CaptureQueriesContext(connection) as asked, asked_once():
        submit(waiting.id, by=mother, at=AT)
    written = [one["sql"] for one in asked if "INSERT" in one["sql"] or "UPDATE cases" in one["sql"]]
    assert len(written) == 1
    assert sum("cases_" in one["sql"] for one in asked) == len(asked) == 2


def test_sent_twice_it_is_sent_once(world: World) -> None:
    case = birth(world)
    codes = {submit(case.id, by=world.citizen("mother"), at=AT).code for _ in range(2)}
    assert len(codes) == 1
    assert EventRecord.objects.filter(subject_id=case.id, name="cases.CaseSubmitted").count() == 1


def test_a_draft_that_changed_after_it_was_read_is_not_written_and_takes_no_number(world: World) -> None:
    case, mother = birth(world), world.citizen("mother")
    read = own_draft(case.id, by=mother)
    assert read is not None
    stale = read.case
    made = definition(stale.version_id)
    save(case.id, Changes(answers={"copies": 7}), by=mother, at=AT.replace(minute=5))
    moving = Moving(case=stale, name="submit", by=mother, at=AT, post=None, definition=made)
    agency = sending.lead(stale, made, on=AT.date())
    stale.submitted_at = AT
    enter(stale, made.process.first, at=AT)
    moving.moved()
    assert not write(moving, read, agency.code, AT.date(), [], sending.submitted(stale, made))
    assert not CodeSeries.objects.exists()
    assert Case.objects.get(pk=case.id).state == "DRAFT"
    assert submit(case.id, by=mother, at=AT.replace(minute=6)).answers["copies"] == 7


def birth(world: World) -> Case:
    """The mother's draft, ready to be sent."""
    case = drafted(world, *next(one for one in sampled() if one[0].code == "dang-ky-khai-sinh"))
    assert case is not None
    return case
